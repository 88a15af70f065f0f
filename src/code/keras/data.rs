//! The data of a Keras script.

use crate::code::numbers::float;
use crate::code::{Control, Section};
use inkling_engine::experiment::{CheckedExperiment, Loss, MnistConfig, Validation};

/// Loads and splits the images, and changes in them what the experiment changes.
pub fn section(checked: &CheckedExperiment, digits: &MnistConfig) -> Section {
    let training = &checked.experiment().training;
    let n_samples = digits.n_samples;
    let mut section = Section::new("Data: 28×28 pixels from 0 to 1");
    section.push("(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()");
    if n_samples < checked.data().n_available {
        section.push_from(Control::Samples, format!("x_train, y_train = x_train[:{n_samples}], y_train[:{n_samples}]"));
    }
    section.push(r#"x_train = x_train[..., np.newaxis].astype("float32") / 255"#);
    section.push(r#"x_test = x_test[..., np.newaxis].astype("float32") / 255"#);
    if digits.shuffle_pixels {
        section.extend_from(
            Control::DataSettings,
            [
                "pixel_order = rng.permutation(28 * 28)",
                "x_train = x_train.reshape(-1, 28 * 28)[:, pixel_order].reshape(-1, 28, 28, 1)",
                "x_test = x_test.reshape(-1, 28 * 28)[:, pixel_order].reshape(-1, 28, 28, 1)",
            ],
        );
    }
    if let Validation::Random { validation_fraction } = training.validation {
        push_random_split(&mut section, validation_fraction);
    }
    push_label_noise(&mut section, checked, digits);
    push_own_digits(&mut section, digits);
    if training.loss != Loss::CategoricalCrossentropy {
        for part in ["train", "val", "test"] {
            if part != "val" || matches!(training.validation, Validation::Random { .. }) {
                section.push_from(Control::Loss, format!("y_{part} = keras.utils.to_categorical(y_{part}, 10)"));
            }
        }
    }
    section
}

/// A random part for validation, as scikit-learn draws it.
pub fn push_random_split(section: &mut Section, validation_fraction: f64) {
    section.push_from(Control::Validation, format!("validation_fraction = {}", float(validation_fraction)));
    section.extend_from(
        Control::Validation,
        [
            "n_validation = int(np.ceil(validation_fraction * len(x_train)))",
            "order = rng.permutation(len(x_train))",
            "x_val, y_val = x_train[order[:n_validation]], y_train[order[:n_validation]]",
            "x_train, y_train = x_train[order[n_validation:]], y_train[order[n_validation:]]",
        ],
    );
}

/// Wrong labels for a share of what is trained on.
pub fn push_label_noise(section: &mut Section, checked: &CheckedExperiment, digits: &MnistConfig) {
    if digits.label_noise > 0.0 {
        let n_train = checked.n_train() - checked.data().n_extra;
        let share = float(digits.label_noise);
        section.push_from(Control::DataSettings, format!("noisy = np.flatnonzero(rng.random({n_train}) < {share})"));
        section.push_from(
            Control::DataSettings,
            "y_train[noisy] = (y_train[noisy] + rng.integers(1, 10, len(noisy))) % 10",
        );
    }
}

/// What is said of own digits, which only the browser has.
pub fn push_own_digits(section: &mut Section, digits: &MnistConfig) {
    let own = digits.own_digits;
    if own.n > 0 {
        section.push_from(
            Control::DataSettings,
            format!(
                "# Not in this script: {} own digits, each counted as {} images. Training data exports them.",
                own.n, own.weight
            ),
        );
    }
}
