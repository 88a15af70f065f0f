//! The same reference cases in a browser, with the kernels that browsers run:
//! `cargo test -p inkling-engine --target wasm32-unknown-unknown --test golden_wasm`.
#![cfg(target_arch = "wasm32")]

#[path = "it/golden_runner/mod.rs"]
mod golden_runner;

use golden_runner::{Report, run_all};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn golden_cases_pass() {
    let mut report = Report::default();
    run_all(&mut report);
    assert!(report.n_cases() >= 73, "only {} cases were found", report.n_cases());
    console_log!("{report}");
    report.assert_passed();
}
