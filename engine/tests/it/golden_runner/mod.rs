//! Runs reference cases (`tests/golden/*.json`) against the engine. Works natively and in a browser: the cases that
//! lie in the folder are compiled in, others can be handed in as text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed unwrap is a failed test")]
#![allow(dead_code, reason = "each test binary uses its part")]

mod early_stopping;
mod facts;
mod judged;
mod network;
mod plane;
mod report;
mod runs;
mod steps;

pub use report::Report;

use include_dir::{Dir, include_dir};
use serde_json::Value;

static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/golden");

/// Runs all cases that are compiled in.
pub fn run_all(report: &mut Report) {
    let plane = CASES.get_dir("plane").expect("a folder of cases of the plane");
    let files = CASES.files().chain(plane.files());
    for file in files.filter(|file| file.path().extension().is_some_and(|extension| extension == "json")) {
        run_case(file.contents_utf8().expect("a case is UTF-8"), report);
    }
}

/// Kinds of cases about what the engine does not have.
const UNSUPPORTED_KINDS: [&str; 5] =
    ["keras_early_stopping", "reduce_lr_on_plateau", "schedules", "sklearn_adaptive", "sklearn_rates"];
/// What a case needs that the engine does not have.
fn unsupported(case: &Value) -> Option<&str> {
    let kind = case["kind"].as_str().filter(|kind| UNSUPPORTED_KINDS.contains(kind));
    kind.or_else(|| steps::unsupported_optimizer(case))
}

/// Runs one case, of a library (`golden-v1`) or of TensorFlow Playground (`plane-v1`). Those that are known to need what the engine does not have are counted as skipped; an unknown kind is
/// a failure.
pub fn run_case(json: &str, report: &mut Report) {
    let case: Value = serde_json::from_str(json).expect("a case is JSON");
    report.begin(text(&case["name"]));
    if case["format"] == "plane-v1" {
        return plane::run(&case, report);
    }
    if case["format"] != "golden-v1" {
        return report.fail(format!("unknown format {}", case["format"]));
    }
    if let Some(what) = unsupported(&case) {
        return report.skip(what);
    }
    let n_before = report.n_numbers();
    match text(&case["kind"]) {
        "train_steps" => steps::run(&case, report),
        "fit" => runs::run_keras(&case, report),
        "sklearn_epochs" => runs::run_scikit_learn(&case, report),
        "early_stopping" => early_stopping::run(&case, report),
        "summary" => facts::run_summary(&case, report),
        "init" => facts::run_init(&case, report),
        "metrics" => judged::run_metrics(&case, report),
        "calibration" => judged::run_calibration(&case, report),
        kind => return report.fail(format!("unknown kind {kind}")),
    }
    if report.n_numbers() == n_before {
        report.fail("nothing was compared");
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("expected a string, got {value}"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("expected a number, got {value}"))
}

fn count(value: &Value) -> usize {
    value.as_u64().unwrap_or_else(|| panic!("expected a count, got {value}")) as usize
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("expected a list, got {value}"))
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

fn counts(value: &Value) -> Vec<usize> {
    list(value).iter().map(count).collect()
}

/// The numbers of a tensor `{"shape": …, "data": …}`.
fn tensor(value: &Value) -> Vec<f64> {
    let data = numbers(&value["data"]);
    assert_eq!(data.len(), counts(&value["shape"]).iter().product::<usize>(), "numbers of a tensor");
    data
}

/// As [`tensor`], in the engine's precision.
fn tensor_f32(value: &Value) -> Vec<f32> {
    tensor(value).into_iter().map(|x| x as f32).collect()
}
