//! How a network is trained: loss, optimizer, batches, epochs, validation and stop rule.

use super::dataset_spec::EPOCHS;
use super::{Regularization, StopRule, Validation};
use crate::field::{CountRange, FieldMut, FieldSpec, NumberRange};
use crate::losses::Loss;
use crate::optimizers::OptimizerConfig;
use serde::{Deserialize, Serialize};

/// All training hyperparameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingConfig {
    /// What is minimised, averaged over the batch.
    pub loss: Loss,
    /// How a gradient becomes a change of the weights.
    pub optimizer: OptimizerConfig,
    /// Step size, in `(0, 100]`. The only hyperparameter that a running training takes up at once.
    pub learning_rate: f64,
    /// Samples per update, in `1..=10_000`; the last batch of an epoch may be smaller.
    pub batch_size: usize,
    /// Passes through the training data, in `1..=1_000` for images and `1..=1_000_000` for points (scikit-learn: `max_iter`).
    pub epochs: usize,
    /// Penalty on all kernels, never on biases.
    pub regularization: Regularization,
    /// Which samples are kept back from training.
    pub validation: Validation,
    /// When to stop before `epochs`.
    pub stop: StopRule,
    /// New order of the training samples in every epoch.
    pub shuffle: bool,
    /// Samples that fill no batch at the end of an epoch wait for the first update of the next one, as in TensorFlow
    /// Playground; without it they are a smaller last batch.
    #[serde(default, skip_serializing_if = "is_false")]
    pub carry_leftover: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(switch: &bool) -> bool {
    !*switch
}

impl TrainingConfig {
    /// Step size.
    pub const LEARNING_RATE: FieldSpec<NumberRange> = FieldSpec::new(
        "learning_rate",
        "Learning rate",
        "How large each step is. Too small: slow. Too large: the loss jumps about or becomes infinite. The one setting that a running training takes up at once.",
        NumberRange::above(0.0, 100.0),
    )
    .term("learning rate");

    /// Samples per update.
    pub const BATCH_SIZE: FieldSpec<CountRange> = FieldSpec::new(
        "batch_size",
        "Batch size",
        "How many samples (images, or points of the plane) are looked at before the weights change once.",
        CountRange { low: 1, high: 10_000 },
    )
    .term("batch size");

    /// Passes through the training data, for images.
    pub const EPOCHS: FieldSpec<CountRange> = EPOCHS;

    /// Samples that fill no batch wait for the next epoch.
    pub const CARRY_LEFTOVER: FieldSpec<()> = FieldSpec::new(
        "carry_leftover",
        "Carry leftover samples",
        "Samples that fill no batch at the end of an epoch wait for the first update of the next one, as in TensorFlow Playground. Otherwise they are a smaller last batch.",
        (),
    )
    .term("carry leftover samples")
    .detail()
    .optional();

    /// New order of the training samples in every epoch.
    pub const SHUFFLE: FieldSpec<()> = FieldSpec::new(
        "shuffle",
        "Shuffle each epoch",
        "A new random order of the training samples in every epoch.",
        (),
    )
    .term("shuffle");

    /// The fields that every training has.
    #[must_use]
    pub fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![
            FieldMut::Number(&TrainingConfig::LEARNING_RATE, &mut self.learning_rate),
            FieldMut::Count(&TrainingConfig::BATCH_SIZE, &mut self.batch_size),
            FieldMut::Count(&TrainingConfig::EPOCHS, &mut self.epochs),
            FieldMut::Switch(&TrainingConfig::SHUFFLE, &mut self.shuffle),
            FieldMut::Switch(&TrainingConfig::CARRY_LEFTOVER, &mut self.carry_leftover),
        ]
    }
}
