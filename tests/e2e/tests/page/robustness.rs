//! Changed images on the built page: a trained network, measured for each shift beside a past run.

use super::story::{figure, press, wait_for_data, wait_for_state};
use super::{assert_no_console_errors, host, open_at};
use inkling_e2e::link::link;
use inkling_e2e::page::Page;
use inkling_engine::experiment::{DataConfig, Experiment, Preset, TrainingConfig};
use std::time::Duration;

/// Time that some thousand images may take on a slow machine.
const LONG: Duration = Duration::from_secs(120);

/// 400 images are kept for validation: all of them are used.
fn small_mlp() -> Experiment {
    let preset = Preset::Mlp16x16.experiment();
    let training = TrainingConfig { epochs: 5, ..preset.training };
    Experiment { data: DataConfig::mnist(4_000), training, ..preset }
}

/// Accuracies of the present run's map at `(dx, dy)`.
fn accuracy(page: &Page, dx: i32, dy: i32) -> f64 {
    let body = format!(
        "return +document.querySelector('[data-present] [data-dx=\"{dx}\"][data-dy=\"{dy}\"]').dataset.accuracy"
    );
    page.js(&body).unwrap().as_f64().unwrap()
}

fn wait_for_cells(page: &Page, what: &str, n_cells: usize) {
    let body =
        format!("return document.querySelectorAll('[data-testid=shift-map] [data-accuracy]').length >= {n_cells}");
    page.wait_up_to(LONG, what, &body).unwrap();
}

fn open_tab(page: &Page) {
    page.find("tab", "Robustness").unwrap().click().unwrap();
    page.wait_until("the panel", "return document.querySelector('[data-testid=shift-map]')").unwrap();
}

#[test]
fn a_small_network_knows_centred_digits_best() {
    let host = host();
    let page = open_at(&host, &link(&small_mlp()).unwrap());
    wait_for_data(&page);
    press(&page, "Train");
    wait_for_state(&page, "finished");
    let val_accuracy = figure(&page, "valAccuracy");
    open_tab(&page);
    // The pretrained network is chosen, too: what a past run needs is tested with it.
    press(&page, "Measure all shifts");
    wait_for_cells(&page, "both maps", 2 * 289);
    assert!((accuracy(&page, 0, 0) - val_accuracy).abs() < 1e-6, "the images as they are: {val_accuracy}");
    for (dx, dy) in [(-8, -8), (8, -8), (-8, 8), (8, 8)] {
        assert!(accuracy(&page, dx, dy) < 0.6 * val_accuracy, "({dx}, {dy}): {}", accuracy(&page, dx, dy));
    }
    let of_pretrained = "return +document.querySelector(
        'figure.shift-map:not([data-present]) [data-dx=\"0\"][data-dy=\"0\"]').dataset.accuracy";
    assert!(page.js(of_pretrained).unwrap().as_f64().unwrap() > 0.97, "its own weights, not those of a seed");
    assert_no_console_errors(&page);
}

#[test]
fn what_is_measured_stays_after_cancel_and_a_past_run_is_measured_as_before() {
    let host = host();
    let page = open_at(&host, &link(&small_mlp()).unwrap());
    wait_for_data(&page);
    press(&page, "Train");
    wait_for_state(&page, "finished");
    open_tab(&page);
    press(&page, "Measure all shifts");
    wait_for_cells(&page, "some cells", 5);
    // Several kinds of measurements can be cancelled: this is the only one.
    press(&page, "Cancel");
    page.wait_until("it is cancelled", "return !document.querySelector('[data-measuring]')").unwrap();
    let centre = accuracy(&page, 0, 0);
    assert!(centre > 0.5, "{centre}");
    // Another run begins: the former one's network is made again from its last weights.
    press(&page, "Reset");
    page.wait_until(
        "a past run",
        "return document.querySelector('[data-testid=robustness-runs] b')?.textContent === '●'",
    )
    .unwrap();
    press(&page, "Measure the corruptions");
    let rows = "[data-testid=robustness] tr[data-corruption=identity]";
    let body = format!(
        "const rows = [...document.querySelectorAll('{rows}')];
         return rows.length > 1 && rows.every((row) => row.dataset.accuracy) && !document.querySelector('[data-measuring]')"
    );
    page.wait_up_to(LONG, "all runs are measured", &body).unwrap();
    let accuracies =
        page.js(&format!("return [...document.querySelectorAll('{rows}')].map((row) => +row.dataset.accuracy)"));
    let accuracies: Vec<f64> = accuracies.unwrap().as_array().unwrap().iter().filter_map(|it| it.as_f64()).collect();
    assert!(accuracies.iter().any(|accuracy| (accuracy - centre).abs() < 1e-6), "{accuracies:?} and {centre}");
    assert!(accuracies[0] < 0.4, "the fresh network guesses: {accuracies:?}");
    assert_no_console_errors(&page);
}
