//! An experiment as a Keras script.

mod data;
mod layer;
mod model;
mod training;

pub(super) use data::{push_label_noise, push_own_digits, push_random_split};

use super::numbers::{python_seed, seed_remark};
use super::{Control, Script, Section};
use inkling_engine::experiment::CheckedExperiment;

/// The experiment as a script for Keras 3. For points of the plane, which Keras has no data set of, it only says so.
#[must_use]
pub fn keras_script(checked: &CheckedExperiment) -> Script {
    let Some(digits) = checked.experiment().data.digits() else { return super::script::for_digits_only() };
    let sections = vec![
        imports(checked),
        data::section(checked, digits),
        model::section(checked, digits),
        training::section(checked, digits),
        evaluation(),
    ];
    Script { sections }
}

fn imports(checked: &CheckedExperiment) -> Section {
    let seed = checked.experiment().seed;
    let mut section =
        Section::new("The experiment in Keras 3. Its random numbers are not Inkling's, so results differ a little.");
    section.push("import keras");
    section.push("import numpy as np");
    section.push("");
    if let Some(remark) = seed_remark(seed) {
        section.push_from(Control::Seed, remark);
    }
    section.push_from(Control::Seed, format!("keras.utils.set_random_seed({})", python_seed(seed)));
    section.push_from(Control::Seed, format!("rng = np.random.default_rng({})", python_seed(seed)));
    section
}

fn evaluation() -> Section {
    let mut section = Section::new("Evaluation, after the last choice");
    section.push("test_loss, test_accuracy = model.evaluate(x_test, y_test)");
    section.push(r#"print(f"test accuracy: {test_accuracy:.4f}")"#);
    section
}
