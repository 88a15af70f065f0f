//! How each layer of a network is shown: as maps, as one picture of cells, or as bars.

use super::layer_form::LayerForm;
use crate::components::glossary::Entry;
use inkling_engine::experiment::{Activation, CheckedLayer, LayerConfig, Shape};
use inkling_engine::layers::LayerFamily;

/// One layer's place in the strip.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LayerPlan {
    /// Index into the network.
    pub layer_idx: usize,
    /// Keras' name: `conv2d_1`.
    pub name: String,
    /// Its kind, with an explanation.
    pub entry: Entry,
    /// Shape of its values.
    pub shape: Shape,
    /// Whether its values can be negative, so that their sign is shown too.
    pub is_signed: bool,
    /// How it is shown.
    pub form: LayerForm,
    /// Whether it stands below the layer before it: it only passes on what that one shows.
    pub is_below: bool,
}

impl LayerPlan {
    /// Which of the layer's channels a picture shows; `None` if it shows all values.
    #[must_use]
    pub fn stats_channel(&self, channel: usize) -> Option<usize> {
        matches!(self.form, LayerForm::Maps { .. }).then_some(channel)
    }

    /// What a picture is called: `conv2d, channel 3 of 0–31, 26×26`.
    #[must_use]
    pub fn picture_name(&self, channel: usize) -> String {
        match self.form {
            LayerForm::Maps { height, width, channels } => {
                format!("{}, channel {channel} of 0–{}, {height}×{width}", self.name, channels - 1)
            }
            LayerForm::Cells { n, .. } | LayerForm::Bars { n } => format!("{}, {n} values", self.name),
        }
    }
}

/// Outputs up to this count are bars.
const MAX_BARS: usize = 16;

/// The plans of a checked network's layers, in order.
#[must_use]
pub fn plan_layers(layers: &[CheckedLayer]) -> Vec<LayerPlan> {
    let mut plans: Vec<LayerPlan> = Vec::with_capacity(layers.len());
    let mut is_signed = false;
    // Channels of the last image: a flattened one still has them side by side.
    let mut n_channels = layers.first().map_or(1, |first| first.input_shape.dims()[2]);
    for (layer_idx, layer) in layers.iter().enumerate() {
        is_signed = can_be_negative(&layer.config, is_signed);
        let columns_before = match plans.last().map(|before| before.form) {
            Some(LayerForm::Cells { columns, .. }) => Some(columns),
            _ => None,
        };
        let is_elementwise = layer.config.kind().family() == LayerFamily::Elementwise;
        let form = form(layer, layer_idx + 1 == layers.len(), n_channels, columns_before);
        if let Shape::Image { channels, .. } = layer.output_shape {
            n_channels = channels;
        }
        plans.push(LayerPlan {
            layer_idx,
            name: layer.name.clone(),
            entry: Entry::of_layer(&layer.config),
            shape: layer.output_shape,
            is_signed,
            form,
            is_below: is_elementwise && columns_before.is_some() && matches!(form, LayerForm::Cells { .. }),
        });
    }
    plans
}

fn form(layer: &CheckedLayer, is_last: bool, n_channels: usize, columns_before: Option<usize>) -> LayerForm {
    let (n, family) = (layer.output_shape.size(), layer.config.kind().family());
    match (layer.output_shape, columns_before) {
        (Shape::Image { height, width, channels }, _) if height * width > 1 => {
            LayerForm::Maps { height, width, channels }
        }
        _ if is_last && n <= MAX_BARS => LayerForm::Bars { n },
        (_, Some(columns)) if family == LayerFamily::Elementwise => LayerForm::Cells { n, columns },
        _ if family == LayerFamily::Reshaping => LayerForm::Cells { n, columns: n_columns(n, n_channels) },
        _ => LayerForm::Cells { n, columns: n_columns_of_vector(n) },
    }
}

fn can_be_negative(layer: &LayerConfig, is_input_signed: bool) -> bool {
    let kind = layer.kind();
    let shifts = matches!(layer, LayerConfig::BatchNormalization(_));
    let is_sum_signed = kind.kernel_initializer().is_some() || shifts || is_input_signed;
    match kind.activation() {
        Some(Activation::Relu | Activation::Sigmoid | Activation::Softmax) => false,
        Some(Activation::Linear | Activation::LeakyRelu | Activation::Elu | Activation::Tanh) | None => is_sum_signed,
    }
}

/// Cells in a row for a flattened image: whole positions (all channels of one place) side by side, so many that the
/// picture comes out about square. For an image of one channel that is the image itself, if it was square.
fn n_columns(n: usize, channels: usize) -> usize {
    let root = (n as f64).sqrt();
    let positions = (root / channels as f64).round().max(1.0) as usize;
    let columns = positions * channels;
    if columns as f64 <= 4.0 * root { columns } else { root.ceil() as usize }
}

/// Cells in a row for `n` values without a shape, such as the units of a Dense layer: eight, as with maps, and more for
/// more than eight rows.
#[must_use]
pub fn n_columns_of_vector(n: usize) -> usize {
    match n {
        0..=64 => 8,
        65..=256 => 16,
        257..=1024 => 32,
        _ => 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::{ActivationConfig, Conv2DConfig, DenseConfig, DropoutConfig, MaxPooling2DConfig};

    const INPUT: Shape = Shape::Image { height: 28, width: 28, channels: 1 };

    fn layer(config: LayerConfig, output_shape: Shape) -> CheckedLayer {
        CheckedLayer {
            name: config.kind().name_stem().to_owned(),
            config,
            input_shape: INPUT,
            output_shape,
            n_kernel: 0,
            n_bias: 0,
            n_normalized: 0,
        }
    }

    fn image(height: usize, width: usize, channels: usize) -> Shape {
        Shape::Image { height, width, channels }
    }

    fn conv2d(filters: usize, activation: Activation) -> LayerConfig {
        LayerConfig::Conv2D(Conv2DConfig::new(filters, [3, 3]).activation(activation))
    }

    fn dense(units: usize, activation: Activation) -> CheckedLayer {
        let config = DenseConfig::new(units).activation(activation);
        layer(LayerConfig::Dense(config), Shape::Vector(units))
    }

    fn dropout(n: usize) -> CheckedLayer {
        layer(LayerConfig::Dropout(DropoutConfig::new(0.2)), Shape::Vector(n))
    }

    fn forms(layers: &[CheckedLayer]) -> Vec<LayerForm> {
        plan_layers(layers).into_iter().map(|plan| plan.form).collect()
    }

    #[test]
    fn a_cnn_is_maps_then_cells_then_bars() {
        let plans = plan_layers(&[
            layer(conv2d(64, Activation::Relu), image(11, 11, 64)),
            layer(LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2])), image(5, 5, 64)),
            layer(LayerConfig::FLATTEN, Shape::Vector(1600)),
            dropout(1600),
            dense(10, Activation::Softmax),
        ]);
        let forms: Vec<LayerForm> = plans.iter().map(|plan| plan.form).collect();
        assert_eq!(forms[0], LayerForm::Maps { height: 11, width: 11, channels: 64 });
        assert_eq!(forms[2], LayerForm::Cells { n: 1600, columns: 64 });
        assert_eq!(forms[3], forms[2]);
        assert_eq!(forms[4], LayerForm::Bars { n: 10 });
        assert_eq!(plans.iter().map(|plan| plan.is_below).collect::<Vec<_>>(), [false, false, false, true, false]);
        assert!(plans.iter().all(|plan| !plan.is_signed));
    }

    #[test]
    fn a_flattened_image_looks_like_the_image_and_units_come_in_rows_of_eight() {
        let flatten = layer(LayerConfig::FLATTEN, Shape::Vector(784));
        let layers =
            [flatten, dense(16, Activation::Tanh), dense(512, Activation::Relu), dense(10, Activation::Softmax)];
        let expected = [
            LayerForm::Cells { n: 784, columns: 28 },
            LayerForm::Cells { n: 16, columns: 8 },
            LayerForm::Cells { n: 512, columns: 32 },
            LayerForm::Bars { n: 10 },
        ];
        assert_eq!(forms(&layers), expected);
    }

    #[test]
    fn sign_follows_the_activations() {
        let activation = |activation| LayerConfig::Activation(ActivationConfig { activation });
        let signs: Vec<bool> = plan_layers(&[
            layer(conv2d(4, Activation::Linear), image(26, 26, 4)),
            layer(LayerConfig::FLATTEN, Shape::Vector(2704)),
            layer(activation(Activation::Relu), Shape::Vector(2704)),
            layer(activation(Activation::Tanh), Shape::Vector(2704)),
            dense(10, Activation::Linear),
        ])
        .iter()
        .map(|plan| plan.is_signed)
        .collect();
        assert_eq!(signs, [true, true, false, false, true]);
    }

    #[test]
    fn odd_shapes_get_pictures_of_sensible_size() {
        // Maps of a single cell, the largest flattening, the most units, prime counts.
        let one_cell = layer(conv2d(512, Activation::Relu), image(1, 1, 512));
        assert_eq!(forms(&[one_cell, dense(10, Activation::Softmax)])[0], LayerForm::Cells { n: 512, columns: 32 });
        for (n, channels) in [(28 * 28 * 512, 512), (26 * 26 * 32, 32), (7 * 512, 512), (13, 13), (1, 1)] {
            let columns = n_columns(n, channels);
            let rows = n.div_ceil(columns);
            assert!(columns <= 4 * rows + 24 && rows <= 4 * columns, "{n} of {channels}: {rows} × {columns}");
        }
        assert_eq!(forms(&[dense(4096, Activation::Relu), dense(20, Activation::Linear)])[0].picture_size(), [64, 64]);
    }
}
