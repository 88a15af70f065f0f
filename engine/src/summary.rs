//! The parameter table, as Keras' `model.summary()` prints it, with the arithmetic behind each number.

use crate::experiment::{CheckedExperiment, CheckedLayer, Shape, thousands};
use std::fmt;

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// Keras' name: `conv2d_1`.
    pub name: String,
    /// Keras' class name: `Conv2D`.
    pub layer_type: &'static str,
    /// Shape of one sample that comes out.
    pub output_shape: Shape,
    /// Numbers that the layer keeps.
    pub n_params: usize,
    /// Those of them that no gradient changes: moving statistics.
    pub n_non_trainable: usize,
    /// How `n_params` comes about: `(3·3·32 + 1)·64 = 18,496`; `None` for layers without parameters.
    pub arithmetic: Option<String>,
}

impl SummaryRow {
    /// The row of a layer.
    #[must_use]
    pub fn new(layer: &CheckedLayer) -> SummaryRow {
        let total = thousands(layer.n_params());
        let params = layer.config.kind().params(layer.input_shape);
        let arithmetic = params.map(|params| format!("{} = {total}", params.arithmetic));
        SummaryRow {
            name: layer.name.clone(),
            layer_type: layer.config.type_name(),
            output_shape: layer.output_shape,
            n_params: layer.n_params(),
            n_non_trainable: layer.n_non_trainable(),
            arithmetic,
        }
    }

    /// Size of the parameters as `f32`, in bytes.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        self.n_params.saturating_mul(size_of::<f32>())
    }

    /// Keras' writing of the output shape: `(None, 26, 26, 32)`.
    #[must_use]
    pub fn keras_output_shape(&self) -> String {
        match self.output_shape {
            Shape::Vector(n) => format!("(None, {n})"),
            Shape::Image { height, width, channels } => format!("(None, {height}, {width}, {channels})"),
        }
    }
}

/// The whole table. Its text is Keras' table without the frame.
///
/// ```
/// use inkling_engine::experiment::Preset;
///
/// let summary = Preset::LessonCnn.experiment().check()?.summary();
/// assert_eq!(summary.rows[2].arithmetic.as_deref(), Some("(3·3·32 + 1)·64 = 18,496"));
/// assert_eq!(summary.size_text(), "136.04 KB");
/// # Ok::<(), inkling_engine::experiment::ExperimentErrors>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// One row a layer.
    pub rows: Vec<SummaryRow>,
}

impl Summary {
    /// The table of a network's layers.
    #[must_use]
    pub fn new(layers: &[CheckedLayer]) -> Summary {
        Summary { rows: layers.iter().map(SummaryRow::new).collect() }
    }

    /// Numbers in all.
    #[must_use]
    pub fn total_params(&self) -> usize {
        self.rows.iter().fold(0, |sum: usize, row| sum.saturating_add(row.n_params))
    }

    /// Those that gradients change.
    #[must_use]
    pub fn trainable_params(&self) -> usize {
        self.total_params() - self.non_trainable_params()
    }

    /// Those that no gradient changes: moving statistics.
    #[must_use]
    pub fn non_trainable_params(&self) -> usize {
        self.rows.iter().fold(0, |sum: usize, row| sum.saturating_add(row.n_non_trainable))
    }

    /// Size of all parameters as `f32`, in bytes.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        self.total_params().saturating_mul(size_of::<f32>())
    }

    /// Keras' text for the size: `136.04 KB`.
    #[must_use]
    pub fn size_text(&self) -> String {
        size_text(self.n_bytes())
    }
}

impl CheckedExperiment {
    /// The parameter table.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::new(self.layers())
    }
}

/// A size in bytes as Keras writes it: in units of 1,024, two decimals (`52.00 B`, `136.04 KB`).
#[must_use]
pub fn size_text(n_bytes: usize) -> String {
    let mut size = n_bytes as f64;
    for unit in ["B", "KB", "MB"] {
        if size < 1024.0 {
            return format!("{size:.2} {unit}");
        }
        size /= 1024.0;
    }
    format!("{size:.2} GB")
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<34} {:<24} {:>12}", "Layer (type)", "Output Shape", "Param #")?;
        for row in &self.rows {
            let layer = format!("{} ({})", row.name, row.layer_type);
            writeln!(f, "{layer:<34} {:<24} {:>12}", row.keras_output_shape(), thousands(row.n_params))?;
        }
        let count = |n: usize| format!("{} ({})", thousands(n), size_text(n.saturating_mul(size_of::<f32>())));
        writeln!(f, "Total params: {}", count(self.total_params()))?;
        writeln!(f, "Trainable params: {}", count(self.trainable_params()))?;
        write!(f, "Non-trainable params: {}", count(self.non_trainable_params()))
    }
}
