//! Cases about metrics and calibration.

use super::{Report, count, list, number, numbers, tensor, tensor_f32};
use inkling_engine::calibration::{Reliability, confidences, fit_temperature, negative_log_likelihood};
use inkling_engine::metrics::{ClassScores, Confusion, Scores, log_loss};
use serde_json::Value;

fn labels(value: &Value) -> Vec<u8> {
    tensor(value).into_iter().map(|label| label as u8).collect()
}

/// A case of kind `metrics`.
pub fn run_metrics(case: &Value, report: &mut Report) {
    for part in list(&case["classification"]) {
        let confusion =
            Confusion::new(count(&part["n_classes"]), &labels(&part["labels"]), &labels(&part["predictions"]));
        let counts: Vec<f64> = confusion.0.iter().map(|count| f64::from(*count)).collect();
        report.compare("confusion matrix", &counts, &tensor(&part["confusion_matrix"]), 0.0);
        report.compare("accuracy", &[confusion.accuracy()], &[number(&part["accuracy"])], 1e-12);
        for expected in list(&part["scores"]) {
            let found = ClassScores::new(&confusion, number(&expected["zero_division"]));
            compare(report, &found.classes, expected, numbers);
            let support: Vec<f64> = found.support.iter().map(|support| f64::from(*support)).collect();
            report.compare("support", &support, &numbers(&expected["support"]), 0.0);
            let averages = found.averages(&confusion);
            let of_one = |value: &Value| vec![number(value)];
            compare(report, &[averages.macro_average], &expected["macro"], of_one);
            compare(report, &[averages.weighted], &expected["weighted"], of_one);
            compare(report, &[averages.micro], &expected["micro"], of_one);
        }
    }
    for part in list(&case["log_loss"]) {
        let n_classes = count(&part["probabilities"]["shape"][1]);
        let found = log_loss(&tensor(&part["probabilities"]), n_classes, &labels(&part["labels"]));
        report.compare("log loss", &[found], &[number(&part["log_loss"])], 1e-12);
    }
}

fn compare(report: &mut Report, found: &[Scores], expected: &Value, read: impl Fn(&Value) -> Vec<f64>) {
    let column = |of: fn(&Scores) -> f64| found.iter().map(of).collect::<Vec<_>>();
    report.compare("precision", &column(|scores| scores.precision), &read(&expected["precision"]), 1e-12);
    report.compare("recall", &column(|scores| scores.recall), &read(&expected["recall"]), 1e-12);
    report.compare("F1", &column(|scores| scores.f1), &read(&expected["f1"]), 1e-12);
}

/// A case of kind `calibration`.
pub fn run_calibration(case: &Value, report: &mut Report) {
    let cases = list(&case["reliability"]);
    for part in cases {
        let labels = labels(&part["labels"]);
        let n_bins = count(&part["n_bins"]);
        let found = if part["logits"].is_null() {
            let probs = tensor(&part["probabilities"]);
            let rows = probs.chunks_exact(count(&part["probabilities"]["shape"][1])).zip(&labels);
            let sample = |(row, label): (&[f64], &u8)| {
                let confidence = row.iter().copied().fold(0.0, f64::max);
                (confidence, row.iter().position(|prob| *prob == confidence) == Some(usize::from(*label)))
            };
            Reliability::new(rows.map(sample), n_bins)
        } else {
            let n_classes = count(&part["logits"]["shape"][1]);
            Reliability::new(confidences(&tensor_f32(&part["logits"]), n_classes, &labels, 1.0), n_bins)
        };
        for (bin, expected) in found.bins.iter().zip(list(&part["bins"])) {
            let or_zero = |value: &Value| value.as_f64().unwrap_or(0.0);
            let expected =
                [number(&expected["count"]), or_zero(&expected["confidence"]), or_zero(&expected["accuracy"])];
            report.compare("bin", &[bin.count as f64, bin.confidence, bin.accuracy], &expected, 1e-12);
        }
        report.compare("ece", &[found.ece, found.mce], &[number(&part["ece"]), number(&part["mce"])], 1e-12);
    }
    for part in list(&case["temperature_scaling"]) {
        let of = &cases[count(&part["logits_of"])];
        let (logits, n_classes, labels) =
            (tensor_f32(&of["logits"]), count(&of["logits"]["shape"][1]), labels(&of["labels"]));
        let temperature = fit_temperature(&logits, n_classes, &labels);
        report.compare("temperature", &[temperature], &[number(&part["temperature"])], 1e-6);
        let loss = |temperature| negative_log_likelihood(&logits, n_classes, &labels, temperature);
        report.compare("loss before", &[loss(1.0)], &[number(&part["nll_before"])], 1e-9);
        report.compare("loss after", &[loss(temperature)], &[number(&part["nll_after"])], 1e-9);
        let ece = |temperature| Reliability::new(confidences(&logits, n_classes, &labels, temperature), 15).ece;
        report.compare("ece after", &[ece(temperature)], &[number(&part["ece_after"])], 1e-6);
    }
}
