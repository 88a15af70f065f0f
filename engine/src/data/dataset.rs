//! Samples of any kind and their targets, in memory.

use super::arranged_pixels::Arrangement;
use super::{Augmentation, OwnDigits, PixelOrder};
use crate::experiment::{CheckedExperiment, Loss};
use crate::kernels::vector;
use crate::random::Key;
use std::ops::Range;
use std::sync::Arc;
use thiserror::Error;

/// The samples' inputs, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub enum Inputs {
    /// Bytes that stand for `byte / 255`: a quarter of the memory of numbers.
    Pixels(Vec<u8>),
    /// Numbers as they are.
    Numbers(Vec<f32>),
}

/// What the network should give for each sample.
#[derive(Debug, Clone, PartialEq)]
pub enum Targets {
    /// One class per sample.
    Labels(Vec<u8>),
    /// `n_outputs` numbers per sample.
    Values {
        /// `[n, n_outputs]`
        values: Vec<f32>,
        /// At least 1.
        n_outputs: usize,
    },
}

/// A data set; immutable. Clones share the inputs.
///
/// ```
/// use inkling_engine::data::{Dataset, Inputs, Targets};
///
/// // Four points of the plane and their exclusive or.
/// let points = vec![0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
/// let dataset = Dataset::new(Inputs::Numbers(points), 2, Targets::Labels(vec![0, 1, 1, 0]))?;
/// assert_eq!((dataset.len(), dataset.label(2)), (4, Some(1)));
/// assert_eq!(dataset.input(2), Some(vec![1.0, 0.0]));
/// # Ok::<(), inkling_engine::data::DatasetError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    inputs: Arc<Inputs>,
    input_len: usize,
    targets: Targets,
    len: usize,
    arrangement: Arrangement,
}

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
    /// The samples are not what [`CheckedExperiment::training_data`] makes of them.
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

impl Dataset {
    /// A data set of `inputs` of `input_len` numbers each.
    ///
    /// # Errors
    /// If counts don't fit each other.
    pub fn new(inputs: Inputs, input_len: usize, targets: Targets) -> Result<Dataset, DatasetError> {
        let n_numbers = match &inputs {
            Inputs::Pixels(pixels) => pixels.len(),
            Inputs::Numbers(numbers) => numbers.len(),
        };
        if input_len == 0 || !n_numbers.is_multiple_of(input_len) {
            return Err(DatasetError::Ragged { n_numbers, input_len });
        }
        let n_samples = n_numbers / input_len;
        let n_targets = match &targets {
            Targets::Labels(labels) => labels.len(),
            Targets::Values { values, n_outputs } => {
                if *n_outputs == 0 || !values.len().is_multiple_of(*n_outputs) {
                    return Err(DatasetError::Ragged { n_numbers: values.len(), input_len: *n_outputs });
                }
                values.len() / n_outputs
            }
        };
        if n_samples != n_targets {
            return Err(DatasetError::Count { n_samples, n_targets });
        }
        Ok(Dataset {
            inputs: Arc::new(inputs),
            input_len,
            targets,
            len: n_samples,
            arrangement: Arrangement::default(),
        })
    }

    /// Samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Numbers in one sample's input.
    #[must_use]
    pub fn input_len(&self) -> usize {
        self.input_len
    }

    /// All inputs as they were given: pixels in their own order, and without own digits.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// All targets.
    #[must_use]
    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// The class of a sample, if there is such a sample and samples have classes.
    #[must_use]
    pub fn label(&self, sample_idx: usize) -> Option<u8> {
        match &self.targets {
            Targets::Labels(labels) => labels.get(sample_idx).copied(),
            Targets::Values { .. } => None,
        }
    }

    /// The samples that were added to the first ones.
    pub(super) fn extra_range(&self) -> Range<u32> {
        (self.len - self.arrangement.n_extra()) as u32..self.len as u32
    }

    /// With the pixels of all images in another order.
    pub(super) fn with_order(mut self, order: PixelOrder) -> Dataset {
        self.arrangement.order = Some(Arc::new(order));
        self
    }

    /// With further images at its end: each of `own`, and that `weight` times.
    pub(super) fn with_extra(self, own: &Arc<OwnDigits>, weight: usize) -> Dataset {
        let mut dataset = self.with_labels(|labels| labels.extend(own.labels().repeat(weight)));
        dataset.len += own.len() * weight;
        dataset.arrangement.extra = Some((own.clone(), weight));
        dataset
    }

    /// With images that are moved anew in each epoch of training.
    pub(super) fn with_augmentation(mut self, augmentation: Augmentation, key: Key) -> Dataset {
        self.arrangement.augmentation = Some((augmentation, key));
        self
    }

    /// With other labels.
    pub(super) fn with_labels(mut self, change: impl FnOnce(&mut Vec<u8>)) -> Dataset {
        if let Targets::Labels(labels) = &mut self.targets {
            change(labels);
        }
        self
    }

    /// Overwrites `y` by the pixels of some images, one after the other: as they are, or as an epoch (counted from 1)
    /// trains on them. Leaves `y` as it is if inputs are no pixels.
    ///
    /// # Shapes
    /// y `[sample_idxs, input_len]`.
    ///
    /// # Panics
    /// If it is not, or there is no such sample.
    pub fn gather_pixels(&self, sample_idxs: &[u32], epoch: Option<usize>, y: &mut [u8]) {
        let Inputs::Pixels(pixels) = &*self.inputs else { return };
        if self.arrangement.is_none() {
            vector::gather_rows(pixels, self.input_len, sample_idxs, y);
        } else {
            self.arrangement.gather(pixels, self.input_len, sample_idxs, epoch, y);
        }
    }

    /// A sample's input as numbers, pixels divided by 255; `None` if there is no such sample.
    #[must_use]
    pub fn input(&self, sample_idx: usize) -> Option<Vec<f32>> {
        if sample_idx >= self.len {
            return None;
        }
        let mut x = vec![0.0; self.input_len];
        match &*self.inputs {
            Inputs::Pixels(_) => {
                let mut pixels = vec![0; self.input_len];
                self.gather_pixels(&[sample_idx as u32], None, &mut pixels);
                vector::scale_pixels(&pixels, &mut x);
            }
            Inputs::Numbers(numbers) => x.copy_from_slice(&numbers[sample_idx * self.input_len..][..self.input_len]),
        }
        Some(x)
    }

    /// Whether an experiment can be run on these samples.
    ///
    /// # Errors
    /// If there are too few samples, their inputs or targets are of another shape than the network's, or they are not what
    /// [`training_data`](CheckedExperiment::training_data) makes of them.
    pub fn check_fits(&self, checked: &CheckedExperiment) -> Result<(), DatasetError> {
        let data = checked.data();
        let got = self.len - self.arrangement.n_extra();
        if got < data.n_samples {
            return Err(DatasetError::TooFew { expected: data.n_samples, got });
        }
        if !self.arrangement.is_of(checked) {
            return Err(DatasetError::NotArranged);
        }
        self.check_shape(data.input_shape.size(), data.n_outputs, checked.experiment().training.loss)
    }

    /// Whether a network of that shape can be trained or tested on these samples.
    ///
    /// # Errors
    /// If inputs or targets are of another shape.
    pub fn check_shape(&self, input_len: usize, n_outputs: usize, loss: Loss) -> Result<(), DatasetError> {
        if self.input_len != input_len {
            return Err(DatasetError::InputLen { expected: input_len, got: self.input_len });
        }
        let (expected, got) = match &self.targets {
            Targets::Labels(labels) => match labels.iter().find(|&&label| usize::from(label) >= n_outputs) {
                Some(label) => (format!("{n_outputs} classes"), format!("label {label}")),
                None => return Ok(()),
            },
            Targets::Values { n_outputs: n_values, .. } => {
                if !loss.takes_values() {
                    ("labels".to_owned(), "numbers".to_owned())
                } else if *n_values != n_outputs {
                    (format!("{n_outputs} numbers"), n_values.to_string())
                } else {
                    return Ok(());
                }
            }
        };
        Err(DatasetError::Targets { expected, got })
    }
}
