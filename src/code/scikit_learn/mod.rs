//! An experiment as a scikit-learn script, where `MLPClassifier` can be such a network.

mod hidden_layers;
mod training;

use super::keras::{push_label_noise, push_own_digits, push_random_split};
use super::numbers::{float, python_seed, seed_remark};
use super::{Control, Script, Section};
use hidden_layers::{HiddenLayers, Obstacle};
use inkling_engine::experiment::{CheckedExperiment, MnistConfig, StopRule, Validation};

/// The experiment as a script for scikit-learn; if `MLPClassifier` cannot be its network, a comment that says why. For
/// points of the plane it only says that they are not printed.
#[must_use]
pub fn scikit_learn_script(checked: &CheckedExperiment) -> Script {
    let Some(digits) = checked.experiment().data.digits() else { return super::script::for_digits_only() };
    match HiddenLayers::of(checked) {
        Ok(hidden) => {
            let sections =
                vec![imports(checked), data(checked, digits), training::section(checked, &hidden), evaluation(checked)];
            Script { sections }
        }
        Err(obstacles) => Script { sections: vec![what_prevents_it(&obstacles)] },
    }
}

fn what_prevents_it(obstacles: &[Obstacle]) -> Section {
    let mut section =
        Section::new("scikit-learn has no such network. Its MLPClassifier has only Dense hidden layers with one");
    section
        .push("# activation for all of them, then a softmax, and minimises the cross-entropy. What prevents it here:");
    for obstacle in obstacles {
        section.push_from(obstacle.control, format!("# - {}", obstacle.text));
    }
    section
}

fn imports(checked: &CheckedExperiment) -> Section {
    let seed = checked.experiment().seed;
    let mut section = Section::new(
        "The experiment in scikit-learn. Its random numbers are not Inkling's, so results differ a little.",
    );
    section.push("import numpy as np");
    section.push("from sklearn.datasets import fetch_openml");
    section.push("from sklearn.neural_network import MLPClassifier");
    section.push("");
    if let Some(remark) = seed_remark(seed) {
        section.push_from(Control::Seed, remark);
    }
    section.push_from(Control::Seed, format!("seed = {}", python_seed(seed)));
    section.push_from(Control::Seed, "rng = np.random.default_rng(seed)");
    section
}

fn data(checked: &CheckedExperiment, digits: &MnistConfig) -> Section {
    let training = &checked.experiment().training;
    let mut section = Section::new("Data: 784 pixels from 0 to 1; the first 60,000 images are for training");
    section.push("x, y = fetch_openml(\"mnist_784\", version=1, return_X_y=True, as_frame=False)");
    section.push("x, y = x.astype(\"float32\") / 255, y.astype(int)");
    section.push_from(Control::Samples, format!("x_train, y_train = x[:{0}], y[:{0}]", digits.n_samples));
    section.push("x_test, y_test = x[60000:], y[60000:]");
    if digits.shuffle_pixels {
        section.extend_from(
            Control::DataSettings,
            [
                "pixel_order = rng.permutation(28 * 28)",
                "x_train, x_test = x_train[:, pixel_order], x_test[:, pixel_order]",
            ],
        );
    }
    if !is_split_by_classifier(checked) {
        match training.validation {
            Validation::None => {}
            Validation::Last { validation_split } => {
                section.push_from(
                    Control::Validation,
                    format!("n_train = int(len(x_train) * (1 - {}))", float(validation_split)),
                );
                section.extend_from(
                    Control::Validation,
                    [
                        "x_val, y_val = x_train[n_train:], y_train[n_train:]",
                        "x_train, y_train = x_train[:n_train], y_train[:n_train]",
                    ],
                );
            }
            Validation::Random { validation_fraction } => push_random_split(&mut section, validation_fraction),
        }
        push_label_noise(&mut section, checked, digits);
    } else if digits.label_noise > 0.0 {
        section.push_from(
            Control::DataSettings,
            "# Labels are replaced in the validation part as well: MLPClassifier splits the data itself.",
        );
        let (n, share) = (digits.n_samples, float(digits.label_noise));
        section.push_from(Control::DataSettings, format!("noisy = np.flatnonzero(rng.random({n}) < {share})"));
        section.push_from(
            Control::DataSettings,
            "y_train[noisy] = (y_train[noisy] + rng.integers(1, 10, len(noisy))) % 10",
        );
    }
    if !digits.augmentation.is_none() {
        section.push_from(Control::DataSettings, "# Not in this script: images that are moved anew in every epoch.");
    }
    if !digits.class_weight.is_even() {
        section.push_from(Control::DataSettings, "# Not in this script: class weights. MLPClassifier has none.");
    }
    push_own_digits(&mut section, digits);
    section
}

/// Whether `MLPClassifier` itself keeps samples back: with `early_stopping`.
fn is_split_by_classifier(checked: &CheckedExperiment) -> bool {
    matches!(checked.experiment().training.stop, StopRule::ValidationScore { .. })
}

fn evaluation(checked: &CheckedExperiment) -> Section {
    let mut section = Section::new("Evaluation, after the last choice");
    if is_split_by_classifier(checked) {
        section.push(r#"print(f"validation accuracy: {model.best_validation_score_:.4f}")"#);
    } else if checked.n_validation() > 0 {
        section.push(r#"print(f"validation accuracy: {model.score(x_val, y_val):.4f}")"#);
    }
    section.push("print(f\"parameters: {sum(w.size for w in model.coefs_ + model.intercepts_)}\")");
    section.push(r#"print(f"test accuracy: {model.score(x_test, y_test):.4f}")"#);
    section
}
