//! Kind `early_stopping`: when scikit-learn stops, which weights it keeps, and how it splits.

use super::{Report, count, counts, list, number, numbers, text};
use inkling_engine::data::{Dataset, Inputs, Split, Targets};
use inkling_engine::experiment::{DatasetSpec, Loss, Preset, Shape, StopRule, Validation};
use inkling_engine::trainer::EarlyStopping;
use serde_json::Value;

pub fn run(case: &Value, report: &mut Report) {
    for scenario in list(&case["scenarios"]) {
        run_scenario(scenario, report);
    }
    for split in list(&case["split_observed"]) {
        check_split(split, report);
    }
}

fn run_scenario(scenario: &Value, report: &mut Report) {
    let (n_iter_no_change, tol) = (count(&scenario["n_iter_no_change"]), number(&scenario["tol"]));
    let keeps_best = scenario["mode"] == "validation_score";
    let rule = match text(&scenario["mode"]) {
        "validation_score" => StopRule::ValidationScore { n_iter_no_change, tol },
        "training_loss" => StopRule::TrainingLoss { n_iter_no_change, tol },
        other => return report.fail(format!("unknown mode {other}")),
    };
    let mut early_stopping = EarlyStopping::new(rule).unwrap();
    let (mut kept, mut stops, mut no_improvement_counts) = (0, false, vec![]);
    for (epoch_idx, figure) in numbers(&scenario["sequence"]).into_iter().take(count(&scenario["max_iter"])).enumerate()
    {
        let verdict = early_stopping.update(figure);
        no_improvement_counts.push(early_stopping.n_no_improvement());
        if verdict.is_best || !keeps_best {
            kept = epoch_idx + 1;
        }
        stops = verdict.stops;
        if stops {
            break;
        }
    }
    let name = text(&scenario["scenario"]);
    report.equal(name, no_improvement_counts.len(), count(&scenario["n_iter"]));
    report.equal(name, stops, scenario["stopped_early"].as_bool().unwrap());
    report.equal(name, no_improvement_counts, counts(&scenario["no_improvement_counts"]));
    report.equal(name, early_stopping.best(), number(&scenario["best"]));
    report.equal(name, kept, count(&scenario["weights_kept_from_iteration"]));
}

/// Sizes of a split, and whether it is stratified.
fn check_split(observed: &Value, report: &mut Report) {
    let (n_samples, n_classes) = (count(&observed["n_samples"]), count(&observed["n_classes"]));
    let is_binary = n_classes == 2;
    let n_outputs = if is_binary { 1 } else { n_classes };
    let outline = DatasetSpec::new(Shape::Vector(1), n_samples, n_outputs);
    let mut experiment = Preset::Softmax.experiment();
    experiment.training.validation =
        Validation::Random { validation_fraction: number(&observed["validation_fraction"]) };
    experiment.training.loss = Loss::MeanSquaredError;
    if let inkling_engine::experiment::LayerConfig::Dense(dense) = &mut experiment.network[1] {
        dense.units = n_outputs;
    }
    let checked = experiment.check_on(&outline).unwrap();
    report.equal("n_train", checked.n_train(), count(&observed["n_train"]));
    report.equal("n_val", checked.n_validation(), count(&observed["n_val"]));
    report.equal("stratify_is_none", !is_binary, observed["stratify_is_none"].as_bool().unwrap());
    // A quarter of the samples, all at the end, is of the first class.
    let n_first = n_samples / 4;
    let targets = if is_binary {
        let value = |i: usize| if i + n_first < n_samples { -1.0 } else { 1.0 };
        Targets::Values { values: (0..n_samples).map(value).collect(), n_outputs: 1 }
    } else {
        Targets::Labels(vec![0; n_samples])
    };
    let dataset = Dataset::new(Inputs::Numbers(vec![0.0; n_samples]), 1, targets).unwrap();
    let split = Split::new(&checked, &dataset);
    report.equal("train", split.train.len(), checked.n_train());
    report.equal("validation", split.validation.len(), checked.n_validation());
    if is_binary {
        let n_first_train = split.train.iter().filter(|&&i| i as usize + n_first >= n_samples).count();
        let share = n_first as f64 * checked.n_train() as f64 / n_samples as f64;
        report.equal("stratified", (n_first_train as f64 - share).abs() <= 0.5, true);
    }
}
