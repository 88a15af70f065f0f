//! Which image is looked at: MNIST's images by number, by digit, and those that are misread.

use super::story::{press, step_batches, test_accuracy, wait_for_data, wait_for_state};
use super::{assert_no_console_errors, host, open_at};
use inkling_e2e::link::link;
use inkling_e2e::page::Page;
use inkling_engine::experiment::Preset;
use serde_json::json;
use std::time::Duration;

/// Time to read 10,000 images on a slow machine.
const LONG: Duration = Duration::from_secs(120);

/// Chooses a line of the menu with that name.
#[track_caller]
pub fn choose(page: &Page, menu: &str, line: &str) {
    page.js(&format!(
        "const menu = document.querySelector('select[aria-label=\"{menu}\"]');
         menu.value = [...menu.options].find((option) => option.text === '{line}').value;
         menu.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .unwrap();
}

/// Types into the field between the arrows.
#[track_caller]
pub fn type_number(page: &Page, number: usize) {
    page.js(&format!(
        "const field = document.querySelector('.stepper__number');
         field.value = '{number}';
         field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .unwrap();
}

/// Label, and what is read, of the image that is looked at.
#[track_caller]
fn truth(page: &Page) -> [u8; 2] {
    let body = "const { label, digit } = document.querySelector('[data-testid=subject-truth]').dataset;
                return label && digit && [Number(label), Number(digit)]";
    page.wait_until("an image with its label", body).unwrap();
    serde_json::from_value(page.js(body).unwrap()).unwrap()
}

/// Images that pass the filter.
#[track_caller]
fn n_fitting(page: &Page) -> usize {
    page.js("return Number(document.querySelector('[data-testid=n-fitting]').dataset.value)").unwrap().as_u64().unwrap()
        as usize
}

/// Walks on to the image after this one, and waits for it.
#[track_caller]
fn walk_on(page: &Page) {
    let before = page.js("return document.querySelector('[data-testid=image-idx]').dataset.value").unwrap();
    press(page, "Next image");
    let place = "document.querySelector('[data-testid=image-idx]').dataset.value";
    page.wait_until("the next image", &format!("return {place} !== {before}")).unwrap();
    // Its label comes from the worker.
    page.wait_until(
        "the image is looked at",
        &format!("return document.querySelector('.prediction__subject').innerText.includes(`image ${{{place}}},`)"),
    )
    .unwrap();
}

#[test]
fn images_of_a_digit_are_walked_one_by_one() {
    let host = host();
    let page = open_at(&host, "?preset=lesson-cnn");
    wait_for_data(&page);
    choose(&page, "Source of the image", "test image");
    choose(&page, "Digit that the image shows", "3");
    page.wait_until("the filter", "return document.querySelector('[data-testid=n-fitting]')").unwrap();
    assert_eq!(n_fitting(&page), 1_010, "threes among MNIST's test images");
    for _ in 0..4 {
        assert_eq!(truth(&page)[0], 3);
        walk_on(&page);
    }
    let place = |page: &Page| page.js("return document.querySelector('.stepper__number').value").unwrap();
    assert_eq!(place(&page), json!("5"));
    type_number(&page, 1_010);
    press(&page, "Next image");
    page.wait_until(
        "after the last comes the first",
        "return document.querySelector('.stepper__number').value === '1'",
    )
    .unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn misread_images_are_found_and_are_as_many_as_the_test_says() {
    let host = host();
    // So many epochs that the run is still going on when it is held.
    let mut experiment = Preset::Mlp16x16.experiment();
    experiment.training.epochs = 1_000;
    let page = open_at(&host, &link(&experiment).unwrap());
    wait_for_data(&page);
    step_batches(&page, 40);
    choose(&page, "Source of the image", "test image");
    let accuracy = test_accuracy(&page);
    page.find("checkbox", "only misread").unwrap().click().unwrap();
    let notice = "document.querySelector('[data-testid=subject-notice]').innerText";
    page.wait_up_to(LONG, "the list is complete", &format!("return {notice}.includes('are misread.')")).unwrap();
    let n_misread = n_fitting(&page);
    for _ in 0..3 {
        let [label, digit] = truth(&page);
        assert_ne!(label, digit);
        walk_on(&page);
    }
    choose(&page, "Digit that the image shows", "8");
    let n_misread_eights = n_fitting(&page);
    assert!(0 < n_misread_eights && n_misread_eights < n_misread, "{n_misread_eights} of {n_misread}");
    choose(&page, "Digit that the image shows", "any digit");
    assert_eq!(n_misread as f64, ((1.0 - accuracy) * 10_000.0).round(), "accuracy {accuracy}");
    // While the network learns, the list becomes outdated and says so; it is renewed once the run rests.
    press(&page, "Train");
    wait_for_state(&page, "training");
    page.wait_until("the list's age", &format!("return {notice}.includes('Found after step 40 of epoch 1;')")).unwrap();
    press(&page, "Look again");
    press(&page, "Pause");
    wait_for_state(&page, "paused");
    page.wait_up_to(
        LONG,
        "a new list",
        &format!("return !{notice}.includes('Found') && {notice}.includes('are misread.')"),
    )
    .unwrap();
    press(&page, "Evaluate on test set");
    let result = "document.querySelector('[data-testid=test-result]')";
    let is_new = format!(
        "return / after (epoch|step)/.test({result}.innerText) && !{result}.innerText.includes('after step 40 of epoch 1')"
    );
    page.wait_up_to(LONG, "the new result", &is_new).unwrap();
    let accuracy = page.js(&format!("return Number({result}.dataset.accuracy)")).unwrap().as_f64().unwrap();
    assert_eq!(n_fitting(&page) as f64, ((1.0 - accuracy) * 10_000.0).round(), "accuracy {accuracy}");
    assert_no_console_errors(&page);
}
