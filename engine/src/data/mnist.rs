//! MNIST: 70,000 handwritten digits as grey images of 28×28 pixels (LeCun, Cortes and Burges).

use super::dataset::{Dataset, DatasetError, Inputs, Targets};
use super::{Augmentation, ClassWeight, DatasetKind, DatasetWork, OwnDigitsConfig};
use crate::experiment::{DatasetSpec, Field, Place, Shape, ValidationErrors};
use crate::field::{CountRange, FieldMut, FieldSpec, NumberRange};
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
    /// Whether the pixels of all images, also of the test set and of drawings, are shuffled into one order, which depends
    /// on the seed.
    #[serde(default, skip_serializing_if = "is_off")]
    pub shuffle_pixels: bool,
    /// Share of the training part's labels that are replaced by other classes; in `[0, 0.5]`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub label_noise: f64,
    /// How training images are moved, anew in each epoch.
    #[serde(default, skip_serializing_if = "Augmentation::is_none")]
    pub augmentation: Augmentation,
    /// What the classes count in training.
    #[serde(default, skip_serializing_if = "ClassWeight::is_even")]
    pub class_weight: ClassWeight,
    /// Drawings that are trained on as well.
    #[serde(default, skip_serializing_if = "OwnDigitsConfig::is_none")]
    pub own_digits: OwnDigitsConfig,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_off(switch: &bool) -> bool {
    !*switch
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

impl Default for MnistConfig {
    fn default() -> MnistConfig {
        MnistConfig {
            n_samples: MNIST_N_TRAIN,
            shuffle_pixels: false,
            label_noise: 0.0,
            augmentation: Augmentation::NONE,
            class_weight: ClassWeight::default(),
            own_digits: OwnDigitsConfig::default(),
        }
    }
}

const N_SAMPLES: FieldSpec<CountRange> = FieldSpec::new(
    "n_samples",
    "Images",
    "How many of MNIST's 60,000 training images are used. The validation part is taken from them; the 10,000 test images are never among them.",
    CountRange { low: 1, high: MNIST_N_TRAIN },
)
.term("training images");

const SHUFFLE_PIXELS: FieldSpec<()> = FieldSpec::new(
    "shuffle_pixels",
    "Shuffle pixels",
    "Puts the pixels of every image into the same random order. A Dense network learns as well as before, since it does not know which pixels are neighbours; a convolution looks at neighbours and loses.",
    (),
)
.term("shuffled pixels")
.detail()
.optional();

const LABEL_NOISE: FieldSpec<NumberRange> = FieldSpec::new(
    "label_noise",
    "Label noise",
    "Share of the training labels that are replaced by a wrong digit. Validation and test labels stay right, so they show whether the network learns the digits or the mistakes.",
    NumberRange::closed(0.0, 0.5),
)
.term("label noise")
.detail()
.optional();

impl DatasetKind for MnistConfig {
    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        let mut fields = vec![
            FieldMut::Count(&N_SAMPLES, &mut self.n_samples),
            FieldMut::Number(&LABEL_NOISE, &mut self.label_noise),
            FieldMut::Switch(&SHUFFLE_PIXELS, &mut self.shuffle_pixels),
        ];
        fields.extend(self.augmentation.fields());
        fields.extend(self.class_weight.fields());
        fields.extend(self.own_digits.fields());
        fields
    }

    fn spec(&self) -> DatasetSpec {
        let input_shape = Shape::Image { height: MNIST_SIDE, width: MNIST_SIDE, channels: 1 };
        DatasetSpec {
            class_names: &CLASS_NAMES,
            pixel_range: Some([0.0, 1.0]),
            n_available: MNIST_N_TRAIN,
            n_test: MNIST_N_TEST,
            n_extra: self.own_digits.n_images(),
            ..DatasetSpec::new(input_shape, self.n_samples, CLASS_NAMES.len())
        }
    }

    fn check(&self, errors: &mut ValidationErrors) {
        let is_learned = self.class_weight.0.iter().any(|weight| *weight != 0.0);
        errors.require(is_learned, Place::Data(Field::ClassWeight), "a class with a weight above 0", "0 for all");
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
