//! What is wrong with samples.

use thiserror::Error;

/// Why samples are not a data set, or do not fit this experiment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DatasetError {
    /// The inputs are not a whole number of samples.
    #[error("{n_numbers} numbers are no whole number of samples of {input_len}")]
    Ragged {
        /// Numbers in all.
        n_numbers: usize,
        /// Numbers that a sample should have.
        input_len: usize,
    },
    /// The numbers of inputs and targets differ.
    #[error("expected a target for each of {n_samples} samples, got {n_targets}")]
    Count {
        /// Samples.
        n_samples: usize,
        /// Targets.
        n_targets: usize,
    },
    /// The experiment asks for more samples than there are.
    #[error("expected at least {expected} samples, got {got}")]
    TooFew {
        /// Samples asked for.
        expected: usize,
        /// Samples there.
        got: usize,
    },
    /// The samples do not have the network's input shape.
    #[error("expected samples of {expected} numbers, got {got}")]
    InputLen {
        /// The network's.
        expected: usize,
        /// The data set's.
        got: usize,
    },
    /// The samples are not what [`training_data`](crate::experiment::CheckedExperiment::training_data) makes of them.
    #[error("expected the samples as the experiment's training_data gives them")]
    NotArranged,
    /// The experiment was made with own digits that are not these.
    #[error(
        "the experiment is trained on {expected} own digits that are not the {got} kept here: import those, or train without any"
    )]
    OwnDigits {
        /// Own digits of the experiment.
        expected: usize,
        /// Own digits that are there.
        got: usize,
    },
    /// The targets do not fit the network's output.
    #[error("expected targets of {expected}, got {got}")]
    Targets {
        /// What the network and its loss need.
        expected: String,
        /// What there is.
        got: String,
    },
}
