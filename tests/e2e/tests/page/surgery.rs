//! Surgery on the built page: edited weights change the numbers, and undo brings these back exactly.

use super::story::{figure, press, wait_for_data, wait_for_state};
use super::{assert_no_console_errors, host, open, open_at};
use inkling_e2e::link::link;
use inkling_e2e::page::Page;
use inkling_engine::experiment::{DataConfig, Experiment, Preset, StopRule, TrainingConfig};
use serde_json::Value;

/// Opens the tab and waits until the network was judged.
fn operate(page: &Page) {
    page.find("tab", "Surgery").unwrap().click().unwrap();
    page.wait_until(
        "a prediction and weights",
        "return document.querySelector('[data-testid=outlook][data-after]')
            && document.querySelector('[data-testid=kernel-fields] [data-value]')",
    )
    .unwrap();
}

/// The panel's figures of prediction and accuracy: the ten outputs, then the accuracies.
fn numbers(page: &Page) -> Value {
    page.js("return [...document.querySelectorAll('[data-testid=outlook-row], [data-testid=score-row]')]
            .map((row) => row.dataset.after)")
        .unwrap()
}

/// The numbers of the kernel that is shown, row by row.
fn kernel(page: &Page) -> Value {
    page.js("return [...document.querySelectorAll('[data-testid=kernel-fields] input')].map((field) => field.dataset.value)")
        .unwrap()
}

fn wait_for_edits(page: &Page, n: usize) {
    let body = format!("return document.querySelector('[data-testid=edits]').dataset.edits === '{n}'");
    page.wait_until(&format!("{n} edits"), &body).unwrap();
}

/// Waits until all images were judged with edits, or without.
fn wait_for_judgement(page: &Page, is_compared: bool) {
    let body = format!(
        "const row = document.querySelector('[data-testid=score-row][data-digit=all]');
         return row && !document.querySelector('[data-testid=score] progress') && ('before' in row.dataset) === {is_compared}"
    );
    page.wait_until("a judgement", &body).unwrap();
}

#[test]
fn silenced_filters_cost_and_come_back_exactly() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    operate(&page);
    wait_for_judgement(&page, false);
    let before = numbers(&page);
    assert_eq!(before.as_array().map(Vec::len), Some(10 + 11));
    for filter in 0..6 {
        press(&page, &format!("Silence filter {filter}"));
        page.find("button", "Next unit").unwrap().click().unwrap();
    }
    wait_for_edits(&page, 6);
    wait_for_judgement(&page, true);
    let after = numbers(&page);
    assert_ne!(after, before, "six of 32 filters less make a difference");
    let told_before = page
        .js("return [...document.querySelectorAll('[data-testid=outlook-row], [data-testid=score-row]')]
            .map((row) => row.dataset.before)")
        .unwrap();
    assert_eq!(told_before, before);
    press(&page, "Restore all");
    wait_for_judgement(&page, false);
    page.wait_until("no edits are compared", "return !document.querySelector('[data-testid=outlook][data-before]')")
        .unwrap();
    assert_eq!(numbers(&page), before);
    assert_no_console_errors(&page);
}

#[test]
fn a_frozen_kernel_stays_while_others_learn() {
    let host = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    press(&page, "Reset");
    operate(&page);
    press(&page, "Next unit");
    let other = kernel(&page);
    press(&page, "Previous unit");
    press(&page, "Sobel x");
    press(&page, "Freeze filter 0");
    wait_for_edits(&page, 1);
    let weight_edits = kernel(&page);
    assert_eq!(weight_edits, serde_json::json!(["-0.25", "0", "0.25", "-0.5", "0", "0.5", "-0.25", "0", "0.25"]));
    for step in 1..=3 {
        press(&page, "Step batch");
        let body = format!("return +document.querySelector('[data-testid=run-status]').dataset.step === {step}");
        page.wait_until("a step", &body).unwrap();
        wait_for_state(&page, "paused");
    }
    assert_eq!(figure(&page, "step"), 3.0);
    // Read again from the worker, not from the page's memory.
    page.wait_until("the edit has settled", "return document.querySelector('.edit-list__edit--committed')").unwrap();
    press(&page, "Next unit");
    page.wait_until(
        "the other kernel has learnt",
        &format!(
            "return JSON.stringify([...document.querySelectorAll('[data-testid=kernel-fields] input')]
                .map((field) => field.dataset.value)) !== JSON.stringify({other})"
        ),
    )
    .unwrap();
    press(&page, "Previous unit");
    assert_eq!(kernel(&page), weight_edits);
    assert_eq!(page.find("button", "Undo").unwrap().property("disabled").unwrap().as_deref(), Some("true"));
    assert!(page.css(".run-table tbody tr").unwrap().text().unwrap().contains("edited by hand"));
    assert_no_console_errors(&page);
}

/// The length of a unit's weights, as the tab "Weights" shows it.
fn norm_of_unit(page: &Page, unit: usize) -> String {
    page.find("tab", "Weights").unwrap().click().unwrap();
    let read = format!("return document.querySelector('[data-unit=\"{unit}\"] [data-value]')?.dataset.value");
    page.wait_until("a unit's weights", &read).unwrap();
    let norm = page.js(&read).unwrap().as_str().unwrap().to_owned();
    page.find("tab", "Surgery").unwrap().click().unwrap();
    norm
}

#[test]
fn an_edit_that_early_stopping_undoes_is_said_to_be_undone() {
    let preset = Preset::Softmax.experiment();
    let stop = StopRule::ValidationScore { n_iter_no_change: 1, tol: 0.0 };
    let experiment = Experiment {
        data: DataConfig::mnist(2_000),
        training: TrainingConfig { epochs: 50, stop, ..preset.training },
        ..preset
    };
    let host = host();
    let page = open_at(&host, &link(&experiment).unwrap());
    wait_for_data(&page);
    press(&page, "Step epoch");
    wait_for_state(&page, "paused");
    let of_best_epoch = norm_of_unit(&page, 0);
    press(&page, "Silence unit 0");
    wait_for_edits(&page, 1);
    assert_eq!(norm_of_unit(&page, 0), "0");
    // Steps so small that the silenced unit learns nothing: no later epoch is better than the first.
    let field = page.find("textbox", "Learning rate").unwrap();
    field.keys("\u{e009}a\u{e000}0.000001\n").unwrap();
    press(&page, "Train");
    wait_for_state(&page, "finished");
    page.wait_until("the edit is undone", "return document.querySelector('.edit-list__edit--undone')").unwrap();
    let told = page.css(".edit-list__edits").unwrap().text().unwrap();
    assert!(told.contains("silenced · undone: the run's end brought back the weights of epoch 1, the best"), "{told}");
    assert_eq!(norm_of_unit(&page, 0), of_best_epoch);

    // Edits from here on start from these weights, and undo returns to them.
    // The drawing pad has an Undo of its own.
    let button = |place: usize| page.css(&format!(".edit-list__buttons button:nth-child({place})")).unwrap();
    let (undo, redo, restore_all) = (1, 2, 3);
    let is_disabled = |place| button(place).property("disabled").unwrap().unwrap();
    assert_eq!([undo, redo, restore_all].map(is_disabled), ["true"; 3]);
    press(&page, "Silence unit 0");
    wait_for_edits(&page, 2);
    assert_eq!(norm_of_unit(&page, 0), "0");
    button(undo).click().unwrap();
    wait_for_edits(&page, 1);
    assert_eq!(norm_of_unit(&page, 0), of_best_epoch);
    button(redo).click().unwrap();
    wait_for_edits(&page, 2);
    assert_eq!(norm_of_unit(&page, 0), "0");
    button(restore_all).click().unwrap();
    wait_for_edits(&page, 1);
    assert_eq!(norm_of_unit(&page, 0), of_best_epoch);
    assert_no_console_errors(&page);
}
