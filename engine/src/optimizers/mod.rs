//! Optimizers: how a gradient becomes a change of the weights, and what is remembered between steps.
//!
//! One file each, the simplest first: config with Keras' defaults, memory, update, and the page's texts about it. A new
//! one is a file and a line in each of the three lists of this file; menu, editors, checks and help are made from that.

mod adam;
mod adamw;
mod rmsprop;
mod sgd;

pub use adam::AdamConfig;
pub use adamw::AdamWConfig;
pub use rmsprop::RmsPropConfig;
pub use sgd::SgdConfig;

use crate::field::{FieldMut, FieldSpec, FieldWords, NumberRange, Variants};
use crate::tagged::impl_deserialize;
use serde::Serialize;
use std::fmt::Debug;

/// An optimizer with its hyperparameters; as JSON `{"type": "Adam", "beta_1": 0.9, …}`, by Keras' names.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "type")]
pub enum OptimizerConfig {
    /// Gradient descent, with or without momentum.
    #[serde(rename = "SGD")]
    Sgd(SgdConfig),
    /// Steps divided by the root of the mean square of past gradients.
    #[serde(rename = "RMSprop")]
    RmsProp(RmsPropConfig),
    /// RMSprop with momentum, both corrected for their start at 0.
    Adam(AdamConfig),
    /// Adam with decoupled weight decay.
    AdamW(AdamWConfig),
}

/// Evaluates `$body` with `$config` bound to the hyperparameters of whichever optimizer it is.
macro_rules! with_config {
    ($optimizer:expr, $config:ident => $body:expr) => {
        match $optimizer {
            OptimizerConfig::Sgd($config) => $body,
            OptimizerConfig::RmsProp($config) => $body,
            OptimizerConfig::Adam($config) => $body,
            OptimizerConfig::AdamW($config) => $body,
        }
    };
}

impl OptimizerConfig {
    /// Gradient descent without momentum.
    pub const SGD: OptimizerConfig = OptimizerConfig::Sgd(SgdConfig::KERAS);
    /// RMSprop with Keras' defaults.
    pub const RMSPROP: OptimizerConfig = OptimizerConfig::RmsProp(RmsPropConfig::KERAS);
    /// Adam with Keras' defaults.
    pub const ADAM: OptimizerConfig = OptimizerConfig::Adam(AdamConfig::KERAS);
    /// Adam with scikit-learn's defaults.
    pub const ADAM_SCIKIT_LEARN: OptimizerConfig = OptimizerConfig::Adam(AdamConfig::SCIKIT_LEARN);

    /// Keras' name: `SGD`, `RMSprop`, `Adam`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        fn name<T: OptimizerKind>(_: &T) -> &'static str {
            T::NAME
        }
        with_config!(self, config => name(config))
    }

    /// The update as a formula with its numbers: `w ← w − 0.03 · g`.
    #[must_use]
    pub fn formula(&self, learning_rate: f64) -> String {
        with_config!(self, config => config.formula(learning_rate))
    }
}

impl_deserialize!(OptimizerConfig, "type", OptimizerConfig::name);

impl Variants for OptimizerConfig {
    const WORDS: FieldWords = FieldWords::new(
        "optimizer",
        "Optimizer",
        "optimizer",
        "The rule by which a gradient becomes a change of the weights.",
    );

    fn all() -> Vec<OptimizerConfig> {
        vec![
            OptimizerConfig::Sgd(SgdConfig::default()),
            OptimizerConfig::RmsProp(RmsPropConfig::default()),
            OptimizerConfig::Adam(AdamConfig::default()),
            OptimizerConfig::AdamW(AdamWConfig::default()),
        ]
    }

    fn title(&self) -> &'static str {
        self.name()
    }

    fn help(&self) -> &'static str {
        fn help<T: OptimizerKind>(_: &T) -> &'static str {
            T::HELP
        }
        with_config!(self, config => help(config))
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        with_config!(self, config => config.fields())
    }
}

/// A share of past gradients that is kept.
const SHARE: NumberRange = NumberRange::below(0.0, 1.0);

/// Keeps a division by the root of a mean square finite.
const EPSILON: FieldSpec<NumberRange> = FieldSpec::new(
    "epsilon",
    "epsilon",
    "A tiny number beside the root of the gradient's size that keeps the division from exploding. Keras: 1e-7, scikit-learn: 1e-8.",
    // Below it, `f32` may round to 0 and divide by it.
    NumberRange::closed(1e-30, 1.0),
);

/// What every optimizer's config gives.
trait OptimizerKind {
    /// Keras' name.
    const NAME: &'static str;
    /// What it does, in a sentence for somebody who meets it for the first time.
    const HELP: &'static str;

    /// Its hyperparameters, in the order of their editors.
    fn fields(&mut self) -> Vec<FieldMut<'_>>;

    /// The update as a formula with its numbers.
    fn formula(&self, learning_rate: f64) -> String;

    /// The optimizer before its first step, for `n_params` weights.
    fn build(&self, n_params: usize) -> Box<dyn Update>;
}

/// An optimizer at work, with what it remembers.
trait Update: Debug + Send + Sync {
    /// One update of all weights.
    ///
    /// # Panics
    /// If lengths differ.
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64);

    /// A copy with the same memory.
    fn boxed_clone(&self) -> Box<dyn Update>;
}

/// An optimizer with its memory of a few numbers per weight.
#[derive(Debug)]
pub struct Optimizer(Box<dyn Update>);

impl Optimizer {
    /// An optimizer that has not seen a gradient.
    #[must_use]
    pub fn new(config: OptimizerConfig, n_params: usize) -> Optimizer {
        Optimizer(with_config!(config, config => config.build(n_params)))
    }

    /// One update.
    ///
    /// # Panics
    /// If lengths differ.
    pub fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64) {
        self.0.step(weights, gradients, learning_rate);
    }
}

impl Clone for Optimizer {
    fn clone(&self) -> Optimizer {
        Optimizer(self.0.boxed_clone())
    }
}

/// `1 − share` without binary rounding errors, for formulas.
fn rest_of_one(share: f64) -> f64 {
    ((1.0 - share) * 1e12).round() / 1e12
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    /// Three updates with changing gradients, against the same formula for one weight in `f64`.
    /// `expected` gets weight, gradient, two numbers of memory (0 at first) and the step from 1.
    #[track_caller]
    pub fn check_update(
        config: OptimizerConfig,
        learning_rate: f64,
        expected: impl Fn(&mut f64, f64, &mut [f64; 2], i32),
    ) {
        use crate::kernels::tests::numbers;
        const N: usize = 37;
        let mut optimizer = Optimizer::new(config, N);
        let mut weights = numbers(N, 1, 0.0);
        let mut twins: Vec<(f64, [f64; 2])> = weights.iter().map(|&w| (f64::from(w), [0.0; 2])).collect();
        for step in 1..=3 {
            let gradients = numbers(N, 10 + step, 0.1);
            optimizer.step(&mut weights, &gradients, learning_rate);
            for (twin, g) in twins.iter_mut().zip(&gradients) {
                expected(&mut twin.0, f64::from(*g), &mut twin.1, step as i32);
            }
        }
        for (w, (expected, _)) in weights.iter().zip(twins) {
            assert!((f64::from(*w) - expected).abs() < 3e-7, "{w} {expected}");
        }
    }

    #[test]
    fn the_name_is_the_type_in_json() {
        for config in OptimizerConfig::all() {
            let json = serde_json::to_value(config).unwrap();
            assert_eq!(json["type"], config.name());
            assert_eq!(serde_json::from_value::<OptimizerConfig>(json.clone()).unwrap(), config);
            let mut unknown = json;
            unknown["gamma"] = 1.into();
            assert!(serde_json::from_value::<OptimizerConfig>(unknown).is_err(), "{}", config.name());
        }
    }

    #[test]
    fn a_copy_goes_on_from_the_same_memory() {
        for config in OptimizerConfig::all() {
            let mut optimizer = Optimizer::new(config, 2);
            let mut weights = [1.0, -1.0];
            optimizer.step(&mut weights, &[0.5, 0.25], 0.1);
            let (mut copy, mut twins) = (optimizer.clone(), weights);
            optimizer.step(&mut weights, &[0.5, -0.25], 0.1);
            copy.step(&mut twins, &[0.5, -0.25], 0.1);
            assert_eq!(weights, twins, "{}", config.name());
        }
    }
}
