//! BatchNormalization: brings each channel to mean 0 and variance 1, then scales and shifts it.
//!
//! In training, mean and variance are those of the whole batch; outside of it, moving averages of them. Keras 3's way: the
//! variance is the biased one (divided by the count) for both, and the averages move once a step, in its forward pass.

mod explanation;
mod view;

pub use explanation::BatchNormalizationArithmetic;
pub use view::NormalizationView;

use super::{
    Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, OverBatch, ParamRange, ParamShapes,
    TrainingPass,
};
use crate::experiment::{Activation, Shape, thousands};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField};
use crate::field::{FieldMut, FieldSpec, NumberRange, help_text};
use crate::kernels::batch_normalization::{self as kernels, ChannelScales};
use serde::Serialize;

/// Keras' defaults.
const DEFAULT_MOMENTUM: f64 = 0.99;
const DEFAULT_EPSILON: f64 = 1e-3;

const MOMENTUM: FieldSpec<NumberRange> = FieldSpec::new(
    "momentum",
    "momentum",
    "Share of the moving mean and variance that stays at each training step; the rest is taken from the batch. From 0 to below 1.",
    NumberRange::below(0.0, 1.0).default_is(DEFAULT_MOMENTUM),
)
.term("momentum of BatchNormalization")
.optional();

const EPSILON: FieldSpec<NumberRange> = FieldSpec::new(
    "epsilon",
    "epsilon",
    "Small number added to the variance, so that a channel that hardly varies is not divided by almost 0.",
    NumberRange::above(0.0, 1.0).default_is(DEFAULT_EPSILON),
)
.term("epsilon of BatchNormalization")
.optional();

/// Hyperparameters of BatchNormalization, over the last axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BatchNormalizationConfig {
    /// Share of the moving statistics that stays at each step, in `[0, 1)`.
    pub momentum: f64,
    /// Added to the variance, in `(0, 1]`.
    pub epsilon: f64,
}

impl Default for BatchNormalizationConfig {
    fn default() -> BatchNormalizationConfig {
        BatchNormalizationConfig { momentum: DEFAULT_MOMENTUM, epsilon: DEFAULT_EPSILON }
    }
}

/// Channels that are normalized apart: of a vector, each number.
fn n_channels(input: Shape) -> usize {
    input.dims()[2]
}

impl LayerKind for BatchNormalizationConfig {
    fn type_name(&self) -> &'static str {
        "BatchNormalization"
    }

    fn name_stem(&self) -> &'static str {
        "batch_normalization"
    }

    fn help(&self) -> &'static str {
        help_text(
            "Brings each unit or map to mean 0 and variance 1 over the batch of a training step, then scales it by gamma and \
         shifts it by beta, which are learned. When the network is used, moving averages take the place of the batch's mean and \
         variance.",
        )
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Elementwise
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Number(&MOMENTUM, &mut self.momentum), FieldMut::Number(&EPSILON, &mut self.epsilon)]
    }

    fn output_shape(&self, input: Shape, _errors: &mut LayerErrors<'_>) -> Option<Shape> {
        Some(input)
    }

    fn params(&self, input: Shape) -> Option<ParamShapes> {
        let n_normalized = n_channels(input);
        Some(ParamShapes {
            kernel: vec![],
            n_bias: 0,
            n_normalized,
            fans: [1, 1],
            arithmetic: format!("4·{}", thousands(n_normalized)),
        })
    }

    fn input_field(&self, _input: Shape, output: ReceptiveField) -> ReceptiveField {
        output
    }
}

impl LayerWork for BatchNormalizationConfig {
    fn build(&self, site: &LayerSite<'_>, _activation: Activation) -> Box<dyn Layer> {
        Box::new(BatchNormalization::new(self.epsilon, site.params))
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        let numbers = [sample.input[[cell.row, cell.column, cell.channel]], sample.output_at(cell)];
        let view = sample.normalization();
        CellArithmetic::BatchNormalization(BatchNormalizationArithmetic::new(
            &view,
            cell.channel,
            self.epsilon,
            numbers,
        ))
    }
}

/// The layer at work.
#[derive(Debug)]
struct BatchNormalization {
    epsilon: f64,
    params: ParamRange,
    /// The model's gamma.
    gamma: Vec<f32>,
    /// Those of the last pass.
    scales: ChannelScales,
    /// Rows that the last pass normalized by their own statistics, in the whole batch; 0 outside of training.
    n_rows: f64,
    /// Given for the next forward pass.
    moments: Option<Vec<f64>>,
    /// Sums over these samples, if they have been asked for.
    own_sums: Option<Vec<f64>>,
    /// Given for the next backward pass.
    sums: Option<Vec<f64>>,
}

impl BatchNormalization {
    fn new(epsilon: f64, params: ParamRange) -> BatchNormalization {
        BatchNormalization {
            epsilon,
            params,
            gamma: vec![],
            scales: ChannelScales::default(),
            n_rows: 0.0,
            moments: None,
            own_sums: None,
            sums: None,
        }
    }

    fn n_channels(&self) -> usize {
        self.params.n_normalized
    }

    /// Normalizes by these moments: count, means, sums of squared deviations.
    fn take_moments(&mut self, moments: &[f64]) {
        let (means, squares) = moments[1..].split_at(self.params.n_normalized);
        self.n_rows = moments[0];
        let variances = squares.iter().map(|squares| squares / moments[0]);
        self.scales.set(self.epsilon, means.iter().zip(variances).map(|(mean, variance)| [*mean, variance]));
    }
}

impl Layer for BatchNormalization {
    fn pack(&mut self, weights: &[f32]) {
        let [gamma, _] = self.params.scale_and_shift();
        self.gamma.clear();
        self.gamma.extend_from_slice(&weights[gamma]);
    }

    fn forward(&mut self, x: &[f32], weights: &[f32], training: Option<TrainingPass>, y: &mut [f32]) {
        if training.is_some() {
            let moments = self.moments.take().unwrap_or_else(|| OverBatch::moments(self, x));
            self.take_moments(&moments);
        } else {
            let [means, variances] = self.params.moving().map(|range| &weights[range]);
            let statistics = means.iter().zip(variances).map(|(mean, variance)| [*mean, *variance].map(f64::from));
            self.scales.set(self.epsilon, statistics);
            self.n_rows = 0.0;
        }
        self.own_sums = None;
        let scale_and_shift = self.params.scale_and_shift().map(|range| &weights[range]);
        kernels::forward(x, &self.scales, scale_and_shift, y);
    }

    fn backward(&mut self, x: &[f32], _y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>) {
        let own_sums = self.own_sums.take().unwrap_or_else(|| kernels::gradient_sums(x, &self.scales, dy));
        let [shifts, scales] = [0, 1].map(|part| &own_sums[part * self.n_channels()..][..self.n_channels()]);
        let [gamma, beta] = self.params.scale_and_shift();
        for (range, sums) in [(gamma, scales), (beta, shifts)] {
            gradients[range].iter_mut().zip(sums).for_each(|(gradient, sum)| *gradient = *sum as f32);
        }
        self.params.moving().into_iter().for_each(|range| gradients[range].fill(0.0));
        let sums = self.sums.take();
        let Some(dx) = dx else { return };
        let sums = sums.unwrap_or(own_sums);
        let share = if self.n_rows > 0.0 { 1.0 / self.n_rows } else { 0.0 };
        let means: Vec<f32> = sums.iter().map(|sum| (sum * share) as f32).collect();
        kernels::backward(x, &self.scales, &self.gamma, &means, dy, dx);
    }

    fn has_params(&self) -> bool {
        true
    }

    fn over_batch(&mut self) -> Option<&mut dyn OverBatch> {
        Some(self)
    }
}

impl OverBatch for BatchNormalization {
    fn moments(&self, x: &[f32]) -> Vec<f64> {
        let mut moments = vec![(x.len() / self.n_channels()) as f64];
        moments.extend(kernels::moments(x, self.n_channels()));
        moments
    }

    fn set_moments(&mut self, moments: &[f64]) {
        assert_eq!(moments.len(), 1 + 2 * self.n_channels(), "moments of a batch");
        self.moments = Some(moments.to_vec());
    }

    fn gradient_sums(&mut self, x: &[f32], dy: &[f32]) -> Vec<f64> {
        let sums = kernels::gradient_sums(x, &self.scales, dy);
        self.own_sums = Some(sums.clone());
        sums
    }

    fn set_gradient_sums(&mut self, sums: &[f64]) {
        assert_eq!(sums.len(), 2 * self.n_channels(), "sums of a batch's gradients");
        self.sums = Some(sums.to_vec());
    }
}

#[cfg(test)]
mod tests;
