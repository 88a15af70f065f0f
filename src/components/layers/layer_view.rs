//! How a layer's kernel is shown, and what each picture of it holds.
//!
//! In words all of them are counted from 0, as in the arrays themselves.

use crate::plot::number::thousands;
use crate::protocol::questions::Weights;
use crate::state::Answered;
use inkling_engine::experiment::{CheckedLayer, LayerConfig, Shape};
use inkling_engine::explain::{SourceImage, WeightView, weight_picture};
use inkling_engine::layers::KernelView;
use ndarray::{Array2, ArrayView1, Axis, CowArray, Ix2, s};
use std::ops::Range;

/// A layer with weights.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerView {
    /// Index into the network.
    pub layer_idx: usize,
    /// The layer.
    pub layer: CheckedLayer,
    /// The image that its inputs come from, if a Flatten made them.
    pub source: Option<SourceImage>,
    /// How its kernel is shown.
    pub form: KernelForm,
}

/// How a kernel is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KernelForm {
    /// Dense on an image of one channel: a picture of that image's size for each unit.
    Units {
        /// Pictures.
        n: usize,
        /// `[height, width]` of each.
        size: [usize; 2],
    },
    /// Dense on an image of several channels: a picture for each unit, a row for each channel, a column for each place.
    UnitMatrices {
        /// Pictures.
        n: usize,
        /// `[channels, places]`
        size: [usize; 2],
    },
    /// Dense on features: one picture, a row for each unit, a column for each input.
    Matrix {
        /// `[units, inputs]`
        size: [usize; 2],
    },
    /// Conv2D on one channel: a picture for each filter.
    Kernels {
        /// Pictures.
        n: usize,
        /// `[height, width]` of each.
        size: [usize; 2],
    },
    /// Conv2D on several channels: the lengths of all kernels, a row for each filter, a column for each channel, and
    /// those of one filter or one channel enlarged.
    Slices {
        /// `[filters, channels]`
        n: [usize; 2],
        /// `[height, width]` of each.
        size: [usize; 2],
    },
}

/// The layers of a network that have weights, in order.
#[must_use]
pub fn layers_with_weights(layers: &[CheckedLayer]) -> Vec<LayerView> {
    let views = (0..layers.len()).filter_map(|layer_idx| {
        let source = SourceImage::of(layers, layer_idx);
        let form = form_of(&layers[layer_idx], source.as_ref())?;
        Some(LayerView { layer_idx, layer: layers[layer_idx].clone(), source, form })
    });
    views.collect()
}

fn form_of(layer: &CheckedLayer, source: Option<&SourceImage>) -> Option<KernelForm> {
    match (&layer.config, source.map(|source| source.shape.dims())) {
        (LayerConfig::Dense(dense), Some([height, width, 1])) => {
            Some(KernelForm::Units { n: dense.units, size: [height, width] })
        }
        (LayerConfig::Dense(dense), Some([height, width, channels])) => {
            Some(KernelForm::UnitMatrices { n: dense.units, size: [channels, height * width] })
        }
        (LayerConfig::Dense(dense), None) => Some(KernelForm::Matrix { size: [dense.units, layer.input_shape.size()] }),
        (LayerConfig::Conv2D(conv2d), _) => match layer.input_shape.dims()[2] {
            1 => Some(KernelForm::Kernels { n: conv2d.filters, size: conv2d.kernel_size }),
            channels => Some(KernelForm::Slices { n: [conv2d.filters, channels], size: conv2d.kernel_size }),
        },
        _ => None,
    }
}

impl LayerView {
    /// Units or filters.
    #[must_use]
    pub fn n_units(&self) -> usize {
        self.layer.output_shape.dims()[2]
    }

    /// `unit 0` or `filter 0`: the first.
    #[must_use]
    pub fn unit_name(&self, unit: usize) -> String {
        let is_filter = matches!(self.layer.config, LayerConfig::Conv2D(_));
        if is_filter { format!("filter {unit}") } else { format!("unit {unit}") }
    }

    /// The kernel and the bias of an answer about this layer; `None` if it is about another, or was cut.
    #[must_use]
    pub fn arrays<'a>(&self, answered: &'a Answered<Weights>) -> Option<(KernelView<'a>, ArrayView1<'a, f32>)> {
        let values = &answered.answer.values;
        let fits = answered.question.layer_idx == self.layer_idx && values.len() == self.layer.n_params();
        let (kernel, bias) = fits.then(|| values.split_at(self.layer.n_kernel))?;
        Some((KernelView::new(&self.layer.kernel_shape(), kernel)?, ArrayView1::from(bias)))
    }

    /// What the picture of a unit holds, for [`KernelForm::Units`] and [`KernelForm::UnitMatrices`]; of the latter some
    /// rows.
    #[must_use]
    pub fn unit_picture<'a>(
        &self,
        kernel: KernelView<'a>,
        unit: usize,
        rows: Range<usize>,
    ) -> Option<CowArray<'a, f32, Ix2>> {
        match self.form {
            KernelForm::Units { .. } => self.picture(kernel, WeightView::Unit { unit, channel: 0 }),
            KernelForm::UnitMatrices { n, size: [channels, places] } if unit < n && rows.end <= channels => {
                let kernel = kernel.by_unit().into_shape_with_order([places, channels, n]).ok()?;
                Some(kernel.slice_move(s![.., rows, unit]).reversed_axes().into())
            }
            _ => None,
        }
    }

    /// The weights of some units as a row each, for [`KernelForm::Matrix`].
    #[must_use]
    pub fn unit_rows(&self, kernel: KernelView<'_>, units: &[usize]) -> Option<Array2<f32>> {
        let (KernelForm::Matrix { size: [n_units, _] }, KernelView::Dense(kernel)) = (self.form, kernel) else {
            return None;
        };
        let fits = units.iter().all(|unit| *unit < n_units);
        // Input by input, as the kernel lies in memory: there may be millions of weights.
        fits.then(|| kernel.select(Axis(1), units).reversed_axes())
    }

    /// One of the engine's pictures of the kernel.
    #[must_use]
    pub fn picture<'a>(&self, kernel: KernelView<'a>, view: WeightView) -> Option<CowArray<'a, f32, Ix2>> {
        weight_picture(&self.layer, self.source.as_ref(), kernel, view).ok()
    }

    /// Where the number at `[row, column]` of a unit's picture comes from, in words.
    #[must_use]
    pub fn input_text(&self, [row, column]: [usize; 2]) -> String {
        match (self.form, self.source.map(|source| source.shape)) {
            (KernelForm::UnitMatrices { .. }, Some(Shape::Image { width, .. })) => {
                format!("channel {row}, row {}, column {}", column / width, column % width)
            }
            _ => format!("row {row}, column {column}"),
        }
    }

    /// `kernel 784×40 + bias 40 = 31,400 parameters`
    #[must_use]
    pub fn size_text(&self) -> String {
        let kernel: Vec<String> = self.layer.kernel_shape().iter().map(ToString::to_string).collect();
        format!(
            "kernel {} + bias {} = {} parameters",
            kernel.join("×"),
            self.layer.n_bias,
            thousands(self.layer.n_params())
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::protocol::Workload;
    use crate::protocol::questions::{WeightKind, WeightsAnswer};
    use inkling_engine::experiment::Preset;

    #[test]
    fn lesson_networks_have_their_forms() {
        let cnn = layers_with_weights(Preset::LessonCnn.experiment().check().unwrap().layers());
        let forms: Vec<KernelForm> = cnn.iter().map(|view| view.form).collect();
        let expected = [
            KernelForm::Kernels { n: 32, size: [3, 3] },
            KernelForm::Slices { n: [64, 32], size: [3, 3] },
            KernelForm::UnitMatrices { n: 10, size: [64, 25] },
        ];
        assert_eq!(forms, expected);
        assert_eq!(cnn[1].size_text(), "kernel 3×3×32×64 + bias 64 = 18,496 parameters");
        let mlp = layers_with_weights(Workload::WideMlpTraining.experiment().unwrap().check().unwrap().layers());
        assert_eq!(mlp[0].form, KernelForm::Units { n: 40, size: [28, 28] });
        assert_eq!(mlp[1].form, KernelForm::Matrix { size: [10, 40] });
    }

    #[test]
    fn a_unit_after_maps_has_a_row_for_each_channel() {
        let cnn = layers_with_weights(Preset::LessonCnn.experiment().check().unwrap().layers());
        let dense = &cnn[2];
        let weights: Vec<f32> = (0..16_000).map(|i| i as f32).collect();
        let kernel = KernelView::new(&[1_600, 10], &weights).unwrap();
        let picture = dense.unit_picture(kernel, 3, 0..64).unwrap();
        // Input 130 = place 2, channel 2 of 5×5×64.
        assert_eq!((picture.dim(), picture[[2, 2]]), ((64, 25), weights[130 * 10 + 3]));
        let part = dense.unit_picture(kernel, 3, 2..4).unwrap();
        assert_eq!(part, picture.slice(s![2..4, ..]));
        assert!(dense.unit_picture(kernel, 3, 2..65).is_none());
        assert_eq!(dense.input_text([2, 7]), "channel 2, row 1, column 2");
    }

    #[test]
    fn units_of_a_matrix_are_rows_in_any_order() {
        let mlp = layers_with_weights(Workload::WideMlpTraining.experiment().unwrap().check().unwrap().layers());
        let weights: Vec<f32> = (0..400).map(|i| i as f32).collect();
        let kernel = KernelView::new(&[40, 10], &weights).unwrap();
        let rows = mlp[1].unit_rows(kernel, &[7, 0]).unwrap();
        assert_eq!((rows.dim(), rows[[0, 1]], rows[[1, 0]]), ((2, 40), weights[10 + 7], weights[0]));
        assert!(mlp[1].unit_rows(kernel, &[10]).is_none());
    }

    #[test]
    fn an_answer_is_cut_into_kernel_and_bias() {
        let mlp = layers_with_weights(Workload::WideMlpTraining.experiment().unwrap().check().unwrap().layers());
        let answer = |layer_idx, n| Answered {
            n_steps: 0,
            question: Weights { layer_idx, kind: WeightKind::Values },
            answer: WeightsAnswer { kernel_shape: vec![], values: vec![0.0; n] },
        };
        let answered = answer(2, 410);
        let (kernel, bias) = mlp[1].arrays(&answered).unwrap();
        assert_eq!((kernel.by_unit().dim(), bias.len()), ((40, 10), 10));
        assert!(mlp[1].arrays(&answer(2, 409)).is_none());
        assert!(mlp[1].arrays(&answer(1, 410)).is_none());
    }
}
