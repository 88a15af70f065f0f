//! Dropout: silences inputs at random while training, and scales up the others so that the mean stays.

use super::{Layer, TrainingPass};
use crate::experiment::{CheckedLayer, DropoutConfig};

/// Inverted dropout: `y = x · mask / (1 - rate)` in training, `y = x` otherwise.
#[derive(Debug)]
pub struct Dropout {
    layer_idx: usize,
    len: usize,
    /// A random number of 32 bits below this silences its input.
    threshold: u32,
    /// `1 / (1 - rate)`.
    scale: f32,
    /// `mask / (1 - rate)` of the last pass; empty if nothing was silenced.
    factors: Vec<f32>,
    /// Masks given instead of random ones.
    fixed: Option<Vec<f32>>,
}

impl Dropout {
    /// The layer at `layer_idx`, whose masks differ from those of other layers.
    pub fn new(layer_idx: usize, config: &DropoutConfig, checked: &CheckedLayer) -> Dropout {
        Dropout {
            layer_idx,
            len: checked.input_shape.size(),
            threshold: (config.rate * (f64::from(u32::MAX) + 1.0)) as u32,
            scale: (1.0 / (1.0 - config.rate)) as f32,
            factors: vec![],
            fixed: None,
        }
    }

    /// Draws the masks of `n` samples: one random number of 64 bits for two inputs.
    fn draw(&mut self, training: TrainingPass, n: usize) {
        self.factors.resize(n * self.len, 0.0);
        let factor = |bits: u32| if bits < self.threshold { 0.0 } else { self.scale };
        for (sample_idx, factors) in self.factors.chunks_exact_mut(self.len).enumerate() {
            let key = training.key.with(self.layer_idx as u64).with((training.first + sample_idx) as u64);
            for (pair_idx, pair) in factors.chunks_mut(2).enumerate() {
                let bits = key.at(pair_idx as u64);
                for (place, target) in pair.iter_mut().enumerate() {
                    *target = factor((bits >> (32 * place)) as u32);
                }
            }
        }
    }
}

impl Layer for Dropout {
    fn forward(&mut self, x: &[f32], _weights: &[f32], training: Option<TrainingPass>, y: &mut [f32]) {
        match (training, &self.fixed) {
            (None, _) => self.factors.clear(),
            (Some(_), Some(fixed)) => {
                self.factors.clear();
                self.factors.extend_from_slice(&fixed[..x.len()]);
            }
            (Some(training), None) => self.draw(training, x.len() / self.len),
        }
        if self.factors.is_empty() {
            y.copy_from_slice(x);
        } else {
            y.iter_mut().zip(x).zip(&self.factors).for_each(|((y, x), factor)| *y = x * factor);
        }
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        let Some(dx) = dx else { return };
        if self.factors.is_empty() {
            dx.copy_from_slice(dy);
        } else {
            dx.iter_mut().zip(dy).zip(&self.factors).for_each(|((dx, dy), factor)| *dx = *dy * factor);
        }
    }

    fn set_dropout_factors(&mut self, factors: Option<Vec<f32>>) {
        self.fixed = factors;
    }
}
