//! What a user does and sees, in the words of the tests: press, wait for a state, read a figure.

use inkling_e2e::page::Page;
use std::time::Duration;

/// Time that the data set and some epochs may take on a slow machine.
const LONG: Duration = Duration::from_secs(240);

/// Presses the button with that name.
#[track_caller]
pub fn press(page: &Page, name: &str) {
    page.find("button", name).unwrap().click().unwrap();
}

/// Waits until the run is in that state.
#[track_caller]
pub fn wait_for_state(page: &Page, state: &str) {
    let body = format!("return document.querySelector('[data-testid=run-status]').dataset.state === '{state}'");
    page.wait_up_to(LONG, &format!("the run is {state}"), &body).unwrap();
}

/// Waits until that many epochs have ended.
#[track_caller]
pub fn wait_for_epoch(page: &Page, epoch: usize) {
    let body = format!("return +document.querySelector('[data-testid=run-status]').dataset.epoch >= {epoch}");
    page.wait_up_to(LONG, &format!("epoch {epoch}"), &body).unwrap();
}

/// Waits until the data set is there: the test set can be run.
#[track_caller]
pub fn wait_for_data(page: &Page) {
    let body = "return [...document.querySelectorAll('button')]
        .some((button) => button.textContent.trim() === 'Evaluate on test set' && !button.disabled)";
    page.wait_up_to(LONG, "the data set is loaded", body).unwrap();
}

/// A figure of the run: `epoch`, `step`, `loss`, `valAccuracy`.
#[track_caller]
pub fn figure(page: &Page, name: &str) -> f64 {
    let body = format!("return parseFloat(document.querySelector('[data-testid=run-status]').dataset.{name})");
    page.js(&body).unwrap().as_f64().unwrap_or(f64::NAN)
}

/// Runs the test set; its accuracy.
#[track_caller]
pub fn test_accuracy(page: &Page) -> f64 {
    press(page, "Evaluate on test set");
    let read = "return document.querySelector('[data-testid=test-result]')?.dataset.accuracy";
    page.wait_up_to(LONG, "the test result", read).unwrap();
    page.js(read).unwrap().as_str().unwrap().parse().unwrap()
}

/// Makes that many updates, one by one.
#[track_caller]
pub fn step_batches(page: &Page, n_steps: usize) {
    for step in 1..=n_steps {
        press(page, "Step batch");
        let body = format!(
            "const {{ state, step }} = document.querySelector('[data-testid=run-status]').dataset;
             return state === 'paused' && +step === {step}"
        );
        page.wait_up_to(LONG, &format!("step {step}"), &body).unwrap();
    }
}
