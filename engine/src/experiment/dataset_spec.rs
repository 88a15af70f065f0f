//! What network and page must know of a data set: shapes, classes and counts, not the samples.

use super::Shape;
use crate::field::{CountRange, FieldSpec};

/// Passes through the training data.
pub(super) const EPOCHS: FieldSpec<CountRange> = FieldSpec::new(
    "epochs",
    "Epochs",
    "How often training goes through all training samples.",
    CountRange { low: 1, high: 1_000 },
)
.term("epochs");

/// Passes through the points of the plane.
const EPOCHS_OF_POINTS: FieldSpec<CountRange> = FieldSpec::new(
    "epochs",
    "Epochs",
    "How often training goes through all training points.",
    CountRange { low: 1, high: 1_000_000 },
)
.term("epochs");

/// Shape, classes and size of a data set: the only source of these facts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DatasetSpec {
    /// Shape of one sample that goes in.
    pub input_shape: Shape,
    /// Numbers that the network must give for a sample.
    pub n_outputs: usize,
    /// Names of the classes, in the order of their labels; empty where targets are numbers.
    pub class_names: &'static [&'static str],
    /// Whether targets are numbers rather than classes: accuracy then means little.
    pub is_regression: bool,
    /// Least and greatest value of a pixel, as the network gets it; `None` where samples are not images.
    pub pixel_range: Option<[f32; 2]>,
    /// Samples that are used, training and validation together.
    pub n_samples: usize,
    /// Further samples, which are all trained on: own digits, as often as each is counted.
    pub n_extra: usize,
    /// Samples that could be used.
    pub n_available: usize,
    /// Samples of the test set, which are never among the others; 0 without one.
    pub n_test: usize,
    /// Passes through the training samples that may be asked for.
    pub max_epochs: usize,
    /// Whether loss and accuracy of the training samples are measured after an epoch, with its weights, rather than
    /// summed up on the way through it.
    pub measures_training: bool,
}

impl DatasetSpec {
    /// The most epochs on points: so many stand for training until it is paused.
    pub const ENDLESS: usize = EPOCHS_OF_POINTS.range.high;

    /// Any data of that shape and size, with targets of `n_outputs` numbers or labels below `n_outputs`.
    #[must_use]
    pub fn new(input_shape: Shape, n_samples: usize, n_outputs: usize) -> DatasetSpec {
        DatasetSpec {
            input_shape,
            n_outputs,
            class_names: &[],
            is_regression: false,
            pixel_range: None,
            n_samples,
            n_extra: 0,
            n_available: n_samples,
            n_test: 0,
            max_epochs: EPOCHS.range.high,
            measures_training: false,
        }
    }

    /// What is to be known of the number of epochs on this data.
    #[must_use]
    pub fn epochs_field(&self) -> &'static FieldSpec<CountRange> {
        if self.max_epochs > EPOCHS.range.high { &EPOCHS_OF_POINTS } else { &EPOCHS }
    }

    /// Classes; 0 where targets are numbers.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.class_names.len()
    }
}
