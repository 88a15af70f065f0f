//! The training data: own digits that outlive a reload, a learning curve that can be cancelled, images that are chosen.

use super::story::{press, wait_for_data, wait_for_epoch};
use super::{assert_no_console_errors, host, open_at};
use inkling_e2e::link::link;
use inkling_e2e::page::Page;
use inkling_engine::experiment::{DataConfig, Preset};
use std::time::Duration;

/// Time to train small sizes on a slow machine.
const LONG: Duration = Duration::from_secs(120);

/// Opens the tab, and a section of it.
#[track_caller]
fn open_section(page: &Page, section: &str) {
    page.find("tab", "Training data").unwrap().click().unwrap();
    page.find("tab", section).unwrap().click().unwrap();
}

#[track_caller]
fn wait_for_own_digits(page: &Page, labels: &str) {
    let found = "[...document.querySelectorAll('[data-testid=own-digit]')].map(({ dataset }) => dataset.label).join()";
    page.wait_until("own digits", &format!("return {found} === '{labels}'")).unwrap();
}

#[test]
fn a_kept_drawing_is_still_there_after_a_reload() {
    let host = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    open_section(&page, "Your own digits");
    press(&page, "Keep as 3");
    press(&page, "Keep as 5");
    wait_for_own_digits(&page, "3,5");
    // The ready-made digit is a three, and the shipped network reads it.
    let score = "document.querySelector('[data-testid=own-score]').innerText";
    page.wait_until("their score", &format!("return {score}.startsWith('1 of 2 ')")).unwrap();
    page.wait_until("the misread one", "return document.querySelector('.own-digit--wrong[data-label=\"5\"]')").unwrap();
    page.reload().unwrap();
    page.wait_until("the page has started", "return !document.getElementById('boot')").unwrap();
    wait_for_data(&page);
    open_section(&page, "Your own digits");
    wait_for_own_digits(&page, "3,5");
    press(&page, "Delete your digit 2");
    wait_for_own_digits(&page, "3");
    // The pad has an Undo, too.
    page.js(
        "[...document.querySelectorAll('.own__kept button')].find((button) => button.textContent === 'Undo').click()",
    )
    .unwrap();
    wait_for_own_digits(&page, "3,5");
    assert_no_console_errors(&page);
}

#[test]
fn a_run_is_trained_on_own_digits() {
    let host = host();
    let mut experiment = Preset::Softmax.experiment();
    experiment.data = DataConfig::mnist(1_000);
    let page = open_at(&host, &link(&experiment).unwrap());
    wait_for_data(&page);
    open_section(&page, "Your own digits");
    press(&page, "Keep as 3");
    wait_for_own_digits(&page, "3");
    page.find("checkbox", "Train on my digits too").unwrap().click().unwrap();
    let said = "document.querySelector('[data-testid=own-training]').innerText";
    page.wait_until("what they count", &format!("return {said}.startsWith('1 own digits count as 20 of ')")).unwrap();
    press(&page, "Step epoch");
    wait_for_epoch(&page, 1);
    assert_no_console_errors(&page);
}

#[test]
fn a_learning_curve_comes_point_by_point_and_can_be_cancelled() {
    let host = host();
    // Of so many epochs that the last size would take minutes.
    let mut experiment = Preset::Softmax.experiment();
    experiment.training.epochs = 200;
    let page = open_at(&host, &link(&experiment).unwrap());
    wait_for_data(&page);
    open_section(&page, "Learning curve");
    press(&page, "Train 7 sizes");
    let n_points = "document.querySelectorAll('[data-testid=curve-point]').length";
    page.wait_up_to(LONG, "two sizes", &format!("return {n_points} >= 2")).unwrap();
    press(&page, "Cancel");
    let finding = "document.querySelector('[data-testid=curve-finding]').innerText";
    page.wait_until("it is cancelled", &format!("return {finding}.startsWith('Cancelled after ')")).unwrap();
    let n_now = page.js(&format!("return {n_points}")).unwrap();
    // A worker that went on would have trained some more sizes by then.
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(page.js(&format!("return {n_points}")).unwrap(), n_now);
    assert_no_console_errors(&page);
}

#[test]
fn an_image_of_the_grid_is_looked_at() {
    let host = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    page.find("tab", "Training data").unwrap().click().unwrap();
    page.css("[data-testid=training-image][data-image=\"4\"]").unwrap().click().unwrap();
    page.wait_until(
        "it runs through the network",
        "return document.querySelector('.prediction__subject')?.innerText.includes('training image 4, a 9')",
    )
    .unwrap();
    assert_no_console_errors(&page);
}
