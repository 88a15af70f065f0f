//! Kinds `fit` and `sklearn_epochs`: whole runs through the trainer, epoch by epoch.

use super::network::{Subject, optimizer};
use super::steps::{Masks, check_outputs, check_pass};
use super::{Report, count, list, number, numbers, tensor};
use inkling_engine::experiment::{CheckedExperiment, Validation};
use inkling_engine::history::{EpochRecord, StopReason};
use inkling_engine::model::Workspace;
use inkling_engine::trainer::{Stage, Trainer};
use serde_json::Value;

/// Keras' `fit`.
pub fn run_keras(case: &Value, report: &mut Report) {
    let subject = Subject::new(case);
    let fit = &case["fit"];
    let validation = Validation::Last { validation_split: number(&fit["validation_split"]) };
    let checked = checked(&subject, fit, validation);
    report.equal("n_train", checked.n_train(), count(&fit["n_train"]));
    report.equal("n_val", checked.n_validation(), count(&fit["n_val"]));
    let mut trainer = Trainer::with_model(checked, subject.dataset.clone(), subject.model()).unwrap();
    let history = &case["history"];
    let [loss, accuracy, val_loss, val_accuracy] =
        ["loss", "accuracy", "val_loss", "val_accuracy"].map(|key| numbers(&history[key]).into_iter());
    for curve in [&loss, &accuracy, &val_loss, &val_accuracy] {
        report.equal("epochs", curve.len(), count(&fit["epochs"]));
    }
    for (((loss, accuracy), val_loss), val_accuracy) in loss.zip(accuracy).zip(val_loss).zip(val_accuracy) {
        let record = run_epoch(&mut trainer);
        report.close("history", "loss", record.loss, loss);
        report.equal("accuracy", record.accuracy as f32, accuracy as f32);
        report.close("history", "val_loss", record.val_loss.unwrap(), val_loss);
        report.equal("val_accuracy", record.val_accuracy.unwrap() as f32, val_accuracy as f32);
    }
    report.equal("stage", trainer.stage(), Stage::Finished(StopReason::EpochsDone));
    check_weights(&case["final_weights"], &subject, &trainer, report);
    if let outputs @ Value::Object(_) = &case["final_inference_output"] {
        let got = trainer.model().predict(&mut Workspace::new(trainer.model()), &subject.x);
        report.all_close("outputs", "final_inference_output", got.as_slice().unwrap(), &tensor(outputs));
    }
}

/// scikit-learn's `partial_fit`, once an epoch.
pub fn run_scikit_learn(case: &Value, report: &mut Report) {
    let subject = Subject::new(case);
    let model = subject.model();
    check_outputs(case, &subject, &model, report);
    check_pass(case, &subject, &model, &Masks::new(case, &subject), report);
    let checked = checked(&subject, &case["fit"], Validation::None);
    let mut trainer = Trainer::with_model(checked, subject.dataset.clone(), model).unwrap();
    let loss_curve = numbers(&case["loss_curve"]);
    report.equal("epochs", list(&case["after_epochs"]).len(), loss_curve.len());
    for (entry, expected) in list(&case["after_epochs"]).iter().zip(loss_curve) {
        let record = run_epoch(&mut trainer);
        report.equal("epoch", record.epoch, count(&entry["epoch"]));
        report.close("history", "loss", record.loss, expected);
        check_weights(&entry["weights"], &subject, &trainer, report);
    }
}

fn checked(subject: &Subject, fit: &Value, validation: Validation) -> CheckedExperiment {
    let (config, learning_rate) = optimizer(&fit["optimizer"]);
    subject.checked(|training| {
        training.optimizer = config;
        training.learning_rate = learning_rate;
        training.batch_size = count(&fit["batch_size"]);
        training.epochs = count(&fit["epochs"]);
        training.validation = validation;
    })
}

fn run_epoch(trainer: &mut Trainer) -> EpochRecord {
    loop {
        match trainer.stage() {
            Stage::Step => {
                trainer.step();
            }
            Stage::Validation => {
                if let Some(record) = trainer.validate_chunk() {
                    return record;
                }
            }
            Stage::Finished(reason) => panic!("the run is over: {reason:?}"),
        }
    }
}

fn check_weights(expected: &Value, subject: &Subject, trainer: &Trainer, report: &mut Report) {
    for (name, value) in expected.as_object().unwrap() {
        let weights = &trainer.model().weights()[subject.range(trainer.model(), name)];
        report.all_close("weights", name, weights, &tensor(value));
    }
}
