//! MNIST: 70,000 handwritten digits as grey images of 28×28 pixels (LeCun, Cortes and Burges).

use super::dataset::{Dataset, DatasetError, Inputs, Targets};
use super::{DatasetKind, DatasetWork};
use crate::experiment::{DatasetSpec, Shape};
use crate::field::{CountRange, FieldMut, FieldSpec};
use serde::{Deserialize, Serialize};

/// Rows of an image, and columns.
pub const MNIST_SIDE: usize = 28;
/// Images in the training set.
pub const MNIST_N_TRAIN: usize = 60_000;
/// Images in the test set.
pub const MNIST_N_TEST: usize = 10_000;

const CLASS_NAMES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// The first images of MNIST's training set; the validation part is taken from them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MnistConfig {
    /// In `1..=60_000`; all by default.
    pub n_samples: usize,
}

impl Default for MnistConfig {
    fn default() -> MnistConfig {
        MnistConfig { n_samples: MNIST_N_TRAIN }
    }
}

const N_SAMPLES: FieldSpec<CountRange> = FieldSpec::new(
    "n_samples",
    "Images",
    "How many of MNIST's 60,000 training images are used. The validation part is taken from them; the 10,000 test images are never among them.",
    CountRange { low: 1, high: MNIST_N_TRAIN },
)
.term("training images");

impl DatasetKind for MnistConfig {
    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Count(&N_SAMPLES, &mut self.n_samples)]
    }

    fn spec(&self) -> DatasetSpec {
        let input_shape = Shape::Image { height: MNIST_SIDE, width: MNIST_SIDE, channels: 1 };
        DatasetSpec {
            class_names: &CLASS_NAMES,
            pixel_range: Some([0.0, 1.0]),
            n_available: MNIST_N_TRAIN,
            n_test: MNIST_N_TEST,
            ..DatasetSpec::new(input_shape, self.n_samples, CLASS_NAMES.len())
        }
    }
}

/// Its images are in files.
impl DatasetWork for MnistConfig {}

impl Dataset {
    /// MNIST's images, a byte per pixel (ink = 255), and their labels.
    ///
    /// # Errors
    /// If counts don't fit each other.
    pub fn digits(pixels: Vec<u8>, labels: Vec<u8>) -> Result<Dataset, DatasetError> {
        Dataset::new(Inputs::Pixels(pixels), MNIST_SIDE * MNIST_SIDE, Targets::Labels(labels))
    }
}
