//! Optimizer, loss and training of a Keras script.

use super::layer::value;
use crate::code::numbers::float;
use crate::code::{Control, Section};
use inkling_engine::experiment::{
    CheckedExperiment, Loss, MnistConfig, OptimizerConfig, StopRule, TrainingConfig, Validation,
};
use inkling_engine::field::Variants;

/// `compile` and `fit`.
pub fn section(checked: &CheckedExperiment, digits: &MnistConfig) -> Section {
    let training = &checked.experiment().training;
    let mut section = Section::new("Training");
    push_optimizer(&mut section, training);
    if training.loss == Loss::HalfSquaredError {
        section.extend_from(
            Control::Loss,
            [
                "def half_squared_error(y_true, y_pred):",
                "    return 0.5 * keras.ops.sum(keras.ops.square(y_pred - y_true), axis=-1)",
            ],
        );
        section.push("");
    }
    let loss = match training.loss {
        Loss::CategoricalCrossentropy => "\"sparse_categorical_crossentropy\"".to_owned(),
        Loss::HalfSquaredError => "half_squared_error".to_owned(),
        named => format!("\"{}\"", named.as_str()),
    };
    section.push("model.compile(");
    section.push_from(Control::Optimizer, "    optimizer=optimizer,");
    section.push_from(Control::Loss, format!("    loss={loss},"));
    section.push(r#"    metrics=["accuracy"],"#);
    section.push(")");
    push_stop(&mut section, training.stop);
    let weights = digits.class_weight;
    if !weights.is_even() {
        let pairs: Vec<_> =
            weights.0.iter().enumerate().map(|(class, weight)| format!("{class}: {}", float(*weight))).collect();
        section.push_from(Control::DataSettings, format!("class_weight = {{{}}}", pairs.join(", ")));
    }
    if training.carry_leftover {
        section
            .push("# Inkling keeps images that fill no batch for the next epoch; fit trains on a smaller last batch.");
    }
    section.push("history = model.fit(");
    section.push("    x_train,");
    section.push("    y_train,");
    section.push_from(Control::BatchSize, format!("    batch_size={},", training.batch_size));
    section.push_from(Control::Epochs, format!("    epochs={},", training.epochs));
    match training.validation {
        Validation::None => {}
        Validation::Last { validation_split } => {
            section.push_from(Control::Validation, format!("    validation_split={},", float(validation_split)));
        }
        Validation::Random { .. } => section.push_from(Control::Validation, "    validation_data=(x_val, y_val),"),
    }
    if !training.shuffle {
        section.push_from(Control::Shuffle, "    shuffle=False,");
    }
    if !weights.is_even() {
        section.push_from(Control::DataSettings, "    class_weight=class_weight,");
    }
    if training.stop != StopRule::Never {
        section.push_from(Control::StopRule, "    callbacks=[early_stopping],");
    }
    section.push(")");
    section
}

fn push_optimizer(section: &mut Section, training: &TrainingConfig) {
    let mut optimizer = training.optimizer;
    let name = optimizer.name();
    section.push_from(Control::Optimizer, format!("optimizer = keras.optimizers.{name}("));
    section.push_from(Control::LearningRate, format!("    learning_rate={},", float(training.learning_rate)));
    let mut default = OptimizerConfig::all().into_iter().find(|kind| kind.name() == name).unwrap_or(optimizer);
    for (field, default) in optimizer.fields().into_iter().zip(default.fields()) {
        let (name, value, default) = (field.words().name, value(field), value(default));
        if value != default {
            section.push_from(Control::Optimizer, format!("    {name}={value},"));
        }
    }
    section.push(")");
}

/// The rule as a callback: Keras stops once its patience is reached, Inkling and scikit-learn once it is exceeded.
fn push_stop(section: &mut Section, stop: StopRule) {
    let (n_iter_no_change, tol, monitor, is_of_validation) = match stop {
        StopRule::Never => return,
        StopRule::ValidationScore { n_iter_no_change, tol } => (n_iter_no_change, tol, "val_accuracy", true),
        StopRule::TrainingLoss { n_iter_no_change, tol } => (n_iter_no_change, tol, "loss", false),
    };
    let mut push = |text: String| section.push_from(Control::StopRule, text);
    push("early_stopping = keras.callbacks.EarlyStopping(".to_owned());
    push(format!("    monitor=\"{monitor}\","));
    push(format!("    mode=\"{}\",", if is_of_validation { "max" } else { "min" }));
    push(format!("    min_delta={},", float(tol)));
    push(format!(
        "    patience={},  # Inkling: more than {n_iter_no_change} epochs without improvement",
        n_iter_no_change + 1
    ));
    if is_of_validation {
        push("    restore_best_weights=True,".to_owned());
    }
    push(")".to_owned());
}
