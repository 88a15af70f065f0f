//! What a network must know of its data: shapes and counts, not the samples.

use super::{DataConfig, Shape};

/// Shape and size of a data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatasetSpec {
    /// Shape of one sample that goes in.
    pub input_shape: Shape,
    /// Samples, training and validation together.
    pub n_samples: usize,
    /// Numbers that the network must give for a sample.
    pub n_outputs: usize,
    /// Whether targets are numbers rather than classes: accuracy then means little.
    pub is_regression: bool,
}

impl DataConfig {
    /// Shape and size of this data set.
    #[must_use]
    pub fn outline(&self) -> DatasetSpec {
        DatasetSpec {
            input_shape: self.input_shape(),
            n_samples: self.n_samples(),
            n_outputs: self.n_outputs(),
            is_regression: matches!(self, DataConfig::Plane { dataset, .. } if dataset.is_regression()),
        }
    }
}
