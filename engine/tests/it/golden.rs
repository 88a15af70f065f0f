//! The engine gives the numbers of Keras and scikit-learn.

use crate::golden_runner::{Report, run_all, run_case};
use std::fs;
use std::path::Path;

#[test]
fn golden_cases_pass() {
    let mut report = Report::default();
    run_all(&mut report);
    assert!(report.n_cases() >= 73, "only {} cases were found", report.n_cases());
    println!("{report}");
    assert!(report.skipped().is_empty(), "the project's own cases are all run: {:?}", report.skipped());
    report.assert_passed();
}

/// Cases of the folder that the environment variable `GOLDEN_DIR` names and of its folder `plane`, or of the project's
/// own.
#[test]
fn golden_cases_of_a_folder_pass() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let folder = std::env::var("GOLDEN_DIR").unwrap_or_else(|_| own.to_owned());
    let mut report = Report::default();
    let files = |folder: &Path| fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = files(Path::new(&folder)).chain(files(&Path::new(&folder).join("plane"))).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        run_case(&fs::read_to_string(path).unwrap(), &mut report);
    }
    assert!(report.n_cases() > 0, "no case was found in {folder}");
    println!("{report}");
    report.assert_passed();
}

/// A wrong number, an unknown kind and an unknown format don't pass.
#[test]
fn golden_runner_notices_mistakes() {
    let case = include_str!("../golden/adam_epsilon_keras.json");
    let mut report = Report::default();
    run_case(case, &mut report);
    report.assert_passed();
    for (right, wrong) in [
        ("1.1014969760316875", "1.1016"),
        ("\"train_steps\"", "\"other_kind\""),
        ("\"golden-v1\"", "\"golden-v2\""),
        ("1e-07", "1e-08"),
    ] {
        let mut report = Report::default();
        run_case(&case.replace(right, wrong), &mut report);
        assert!(!report.failures().is_empty(), "{wrong} instead of {right} was not noticed");
    }
    let case = include_str!("../golden/plane/circle_l1.json");
    for (right, wrong) in [
        ("\"plane-v1\"", "\"plane-v2\""),
        ("regularizationRate=0.01", "regularizationRate=0.012"),
        ("0.3998906834072349", "0.3998926834072349"),
        ("seed=0.90210", "seed=0.9021"),
    ] {
        let mut report = Report::default();
        run_case(&case.replace(right, wrong), &mut report);
        assert!(!report.failures().is_empty(), "{wrong} instead of {right} was not noticed");
    }
    let mut report = Report::default();
    run_case(r#"{"format": "golden-v1", "kind": "summary", "name": "empty", "architectures": []}"#, &mut report);
    assert_eq!(report.failures(), ["empty: nothing was compared"]);
}
