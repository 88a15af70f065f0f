//! Dropout: silences inputs at random while training, and scales up the others so that the mean stays.

use super::{Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, TrainingPass};
use crate::experiment::{Activation, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField};
use crate::field::{FieldMut, FieldSpec, NumberRange, help_text};
use serde::Serialize;

const RATE: FieldSpec<NumberRange> = FieldSpec::new(
    "rate",
    "rate",
    "Share of inputs silenced at each training step, from 0 to below 1.",
    NumberRange::below(0.0, 1.0),
)
.term("dropout rate");

/// Hyperparameter of Dropout (inverted: kept inputs are divided by `1 - rate`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DropoutConfig {
    /// Share of inputs silenced, in `[0, 1)`.
    pub rate: f64,
}

impl DropoutConfig {
    /// Dropout at that rate.
    #[must_use]
    pub fn new(rate: f64) -> DropoutConfig {
        DropoutConfig { rate }
    }
}

impl Default for DropoutConfig {
    fn default() -> DropoutConfig {
        DropoutConfig::new(0.2)
    }
}

impl LayerKind for DropoutConfig {
    fn type_name(&self) -> &'static str {
        "Dropout"
    }

    fn name_stem(&self) -> &'static str {
        "dropout"
    }

    fn help(&self) -> &'static str {
        help_text(
            "Silences a random share of its inputs at each training step, so that no unit can rely on a single other one. Off when the network is used.",
        )
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Elementwise
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Number(&RATE, &mut self.rate)]
    }

    fn output_shape(&self, input: Shape, _errors: &mut LayerErrors<'_>) -> Option<Shape> {
        Some(input)
    }

    fn input_field(&self, _input: Shape, output: ReceptiveField) -> ReceptiveField {
        output
    }
}

impl LayerWork for DropoutConfig {
    fn build(&self, site: &LayerSite<'_>, _activation: Activation) -> Box<dyn Layer> {
        Box::new(Dropout::new(site.layer_idx, self, site.checked.input_shape.size()))
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        CellArithmetic::Same { origin: cell, result: sample.output_at(cell) }
    }
}

/// Inverted dropout: `y = x · mask / (1 - rate)` in training, `y = x` otherwise.
#[derive(Debug)]
struct Dropout {
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
    fn new(layer_idx: usize, config: &DropoutConfig, len: usize) -> Dropout {
        Dropout {
            layer_idx,
            len,
            threshold: (config.rate * (f64::from(u32::MAX) + 1.0)) as u32,
            scale: (1.0 / (1.0 - config.rate)) as f32,
            factors: vec![],
            fixed: None,
        }
    }

    /// Draws the masks of `n` samples, each from a key of its own.
    fn draw(&mut self, training: TrainingPass, n: usize) {
        self.factors.resize(n * self.len, 0.0);
        let (threshold, scale) = (self.threshold, self.scale);
        for (sample_idx, factors) in self.factors.chunks_exact_mut(self.len).enumerate() {
            let key = training.key.with(self.layer_idx as u64).with((training.first + sample_idx) as u64).at(0);
            let (start, salt) = (key as u32, (key >> 32) as u32);
            for (factor, counter) in factors.iter_mut().zip(0_u32..) {
                let bits = mix_32(start.wrapping_add(counter.wrapping_mul(0x9E37_79B9))) ^ salt;
                *factor = if bits < threshold { 0.0 } else { scale };
            }
        }
    }
}

/// The finalizer of Appleby's MurmurHash3: 32 bits at a time, so that the loop above can take many at once (one
/// 64-bit number for two inputs took four times as long).
#[inline(always)]
fn mix_32(mut x: u32) -> u32 {
    x = (x ^ (x >> 16)).wrapping_mul(0x85EB_CA6B);
    x = (x ^ (x >> 13)).wrapping_mul(0xC2B2_AE35);
    x ^ (x >> 16)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose};

    fn dropout(rate: f64, len: usize) -> Dropout {
        Dropout::new(5, &DropoutConfig { rate }, len)
    }

    fn run(dropout: &mut Dropout, first: usize, n: usize) -> Vec<f32> {
        let x = vec![1.0; n * dropout.len];
        let mut y = vec![f32::NAN; x.len()];
        let key = Key::new(1, Purpose::Dropout).with(1);
        dropout.forward(&x, &[], Some(TrainingPass { key, first }), &mut y);
        y
    }

    /// Shares of silenced inputs: over all, by place and by sample, and of neighbours silenced together.
    #[test]
    fn share_of_silenced_inputs_is_the_rate_everywhere() {
        let (n, len, rate) = (2_000, 100, 0.2);
        let y = run(&mut dropout(rate, len), 0, n);
        let is_silent: Vec<bool> = y.iter().map(|&y| y == 0.0).collect();
        assert!(y.iter().all(|&y| y == 0.0 || (y - 1.25).abs() < 1e-6));
        let near = |count: usize, out_of: usize, share: f64| {
            let deviation = (share * (1.0 - share) / out_of as f64).sqrt();
            let got = count as f64 / out_of as f64;
            assert!((got - share).abs() < 5.0 * deviation, "{got} instead of {share}");
        };
        near(is_silent.iter().filter(|&&it| it).count(), n * len, rate);
        for place in 0..len {
            near((0..n).filter(|sample_idx| is_silent[sample_idx * len + place]).count(), n, rate);
        }
        for sample in is_silent.chunks(len) {
            near(sample.iter().filter(|&&it| it).count(), len, rate);
        }
        let pairs =
            |distance: usize| (0..n * len - distance).filter(|&i| is_silent[i] && is_silent[i + distance]).count();
        for distance in [1, 2, len, len + 1, 7 * len] {
            near(pairs(distance), n * len - distance, rate * rate);
        }
    }

    #[test]
    fn masks_depend_on_the_place_in_the_epoch_only() {
        let mut dropout = dropout(0.5, 33);
        let whole = run(&mut dropout, 100, 50);
        assert_eq!(run(&mut dropout, 125, 25), whole[25 * 33..]);
        assert_ne!(run(&mut dropout, 101, 50), whole);
    }

    #[test]
    fn nothing_is_silenced_outside_of_training() {
        let mut dropout = dropout(0.9, 4);
        run(&mut dropout, 0, 1);
        let mut y = [0.0; 4];
        dropout.forward(&[1.0, 2.0, 3.0, 4.0], &[], None, &mut y);
        assert_eq!(y, [1.0, 2.0, 3.0, 4.0]);
        let mut dx = [0.0; 4];
        dropout.backward(&[], &y, &mut [5.0, 6.0, 7.0, 8.0], &mut [], Some(&mut dx));
        assert_eq!(dx, [5.0, 6.0, 7.0, 8.0]);
    }
}
