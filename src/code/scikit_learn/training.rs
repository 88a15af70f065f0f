//! The `MLPClassifier` of a scikit-learn script, and its training.

use super::hidden_layers::HiddenLayers;
use crate::code::numbers::{boolean, float};
use crate::code::{Control, Section, penalty};
use inkling_engine::experiment::{
    CheckedExperiment, Initializer, OptimizerConfig, Regularization, StopRule, TrainingConfig, Validation,
};

/// The classifier with its settings, and `fit`.
pub fn section(checked: &CheckedExperiment, hidden: &HiddenLayers) -> Section {
    let training = &checked.experiment().training;
    let mut section = Section::new("Model and training");
    section.push(HiddenLayers::n_params_remark(checked.n_params()));
    push_differences(&mut section, checked);
    section.push("model = MLPClassifier(");
    let network =
        hidden.units.first().map_or(Control::Layer(checked.layers().len() - 1), |(place, _)| Control::Layer(*place));
    section.push_from(network, format!("    hidden_layer_sizes={},", hidden.tuple()));
    section.push_from(network, format!("    activation=\"{}\",", hidden.activation));
    push_solver(&mut section, training.optimizer);
    section.push_from(Control::LearningRate, format!("    learning_rate_init={},", float(training.learning_rate)));
    section.push_from(Control::Penalty, format!("    alpha={},", alpha(checked)));
    section.push_from(Control::BatchSize, format!("    batch_size={},", training.batch_size));
    section.push_from(Control::Epochs, format!("    max_iter={},", training.epochs));
    push_stop(&mut section, training);
    section.push_from(Control::Shuffle, format!("    shuffle={},", boolean(training.shuffle)));
    section.push_from(Control::Seed, "    random_state=seed,");
    section.push("    verbose=True,");
    section.push(")");
    section.push("model.fit(x_train, y_train)");
    section
}

/// What the classifier does otherwise than the experiment.
fn push_differences(section: &mut Section, checked: &CheckedExperiment) {
    let training = &checked.experiment().training;
    for (layer_idx, layer) in checked.layers().iter().enumerate() {
        if let Some(initializer) = layer.config.kind().kernel_initializer()
            && initializer != Initializer::ScikitLearn
        {
            let text = format!(
                "# Layer {} begins with scikit-learn's own initializer instead of {}.",
                layer_idx + 1,
                initializer.as_str()
            );
            section.push_from(Control::Layer(layer_idx), text);
        }
    }
    if !matches!(training.optimizer, OptimizerConfig::Sgd(_) | OptimizerConfig::Adam(_)) {
        let text = format!("# scikit-learn has no {}: this is its adam.", training.optimizer.name());
        section.push_from(Control::Optimizer, text);
    }
    let penalties = penalty::of_layers(checked);
    let has_l1 = penalties.iter().flatten().any(|penalty| penalty.l1 > 0.0);
    let is_shared = penalty::shared(&penalties).is_some();
    if has_l1 {
        section.push_from(Control::Penalty, "# Not in this script: the l1 penalty. MLPClassifier has only l2.");
    }
    if !is_shared {
        section.push_from(Control::Penalty, "# Not in this script: layers with penalties of their own.");
    }
    if let Regularization::Playground { l1, l2 } = training.regularization
        && (l1 > 0.0 || l2 > 0.0)
    {
        section.push_from(Control::Penalty, "# Not in this script: weights that shrink after each update.");
    }
    if training.carry_leftover {
        section
            .push("# Inkling keeps images that fill no batch for the next epoch; fit trains on a smaller last batch.");
    }
    if matches!(training.stop, StopRule::ValidationScore { .. })
        && matches!(training.validation, Validation::Last { .. })
    {
        section.push_from(
            Control::Validation,
            "# MLPClassifier draws its validation images at random; Inkling takes the last ones here.",
        );
    }
}

/// The penalty by scikit-learn's rule, `alpha/2·Σw² / batch size`.
fn alpha(checked: &CheckedExperiment) -> String {
    let training = &checked.experiment().training;
    if let Regularization::ScikitLearn { alpha } = training.regularization {
        return float(alpha);
    }
    match penalty::shared(&penalty::of_layers(checked)) {
        Some(penalty) if penalty.l2 > 0.0 => format!("2 * {} * {}", float(penalty.l2), training.batch_size),
        _ => "0.0".to_owned(),
    }
}

fn push_solver(section: &mut Section, optimizer: OptimizerConfig) {
    let mut push = |text: String| section.push_from(Control::Optimizer, text);
    match optimizer {
        OptimizerConfig::Sgd(sgd) => {
            push("    solver=\"sgd\",".to_owned());
            push(format!("    momentum={},", float(sgd.momentum)));
            push(format!("    nesterovs_momentum={},", boolean(sgd.nesterov)));
        }
        OptimizerConfig::Adam(adam) => {
            push("    solver=\"adam\",".to_owned());
            push(format!("    beta_1={},", float(adam.beta_1)));
            push(format!("    beta_2={},", float(adam.beta_2)));
            push(format!("    epsilon={},", float(adam.epsilon)));
        }
        _ => push("    solver=\"adam\",".to_owned()),
    }
}

/// The rule; a run that never stops early gets a patience of all its epochs.
fn push_stop(section: &mut Section, training: &TrainingConfig) {
    let mut push = |text: String| section.push_from(Control::StopRule, text);
    match training.stop {
        StopRule::Never => {
            push("    early_stopping=False,".to_owned());
            push(format!("    n_iter_no_change={},  # never stops early", training.epochs));
            push("    tol=0.0,".to_owned());
        }
        StopRule::TrainingLoss { n_iter_no_change, tol } => {
            push("    early_stopping=False,".to_owned());
            push(format!("    n_iter_no_change={n_iter_no_change},"));
            push(format!("    tol={},", float(tol)));
        }
        StopRule::ValidationScore { n_iter_no_change, tol } => {
            push("    early_stopping=True,".to_owned());
            push(format!("    n_iter_no_change={n_iter_no_change},"));
            push(format!("    tol={},", float(tol)));
        }
    }
    if let (StopRule::ValidationScore { .. }, Validation::Random { validation_fraction: share })
    | (StopRule::ValidationScore { .. }, Validation::Last { validation_split: share }) =
        (training.stop, training.validation)
    {
        section.push_from(Control::Validation, format!("    validation_fraction={},", float(share)));
    }
}
