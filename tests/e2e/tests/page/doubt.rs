//! Mistakes and confidence on the built page, with real digits.

use super::story::wait_for_data;
use super::{assert_no_console_errors, host, open};

const N_JUDGED: &str = "return [...document.querySelectorAll('[data-testid=confusion] td')]
    .reduce((n, cell) => n + Number(cell.dataset.count), 0)";
const PREDICTION: &str = "document.querySelector('[data-testid=prediction]').dataset";

#[test]
fn confusion_counts_all_validation_images_and_leads_to_them() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    page.wait_until("all validation images", &format!("{N_JUDGED} === 6000")).unwrap();
    page.js("[...document.querySelectorAll('[data-testid=confusion] td')]
            .find((cell) => cell.dataset.true !== cell.dataset.predicted && cell.dataset.count > 0)
            .querySelector('button').click()")
        .unwrap();
    let listed = "document.querySelectorAll('[data-testid=mistake-images] .image-list__button')";
    page.wait_until("its images", &format!("return {listed}.length > 0")).unwrap();
    page.js(&format!("{listed}[0].click()")).unwrap();
    page.wait_until("a look at it", "return document.querySelector('.prediction__subject')").unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn the_example_is_sure_and_blank_paper_is_not() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    page.wait_until("the temperature", "return document.querySelector('#doubt [role=tab]')").unwrap();
    page.find("tab", "Confidence").unwrap().click().unwrap();
    page.wait_until(
        "its calibration",
        "return document.querySelector('[data-testid=temperature]')?.dataset.temperature",
    )
    .unwrap();
    page.wait_until("the example", &format!("return {PREDICTION}.digit === '3' && {PREDICTION}.sure === 'yes'"))
        .unwrap();
    let entropy = page.js(&format!("return Number({PREDICTION}.entropy)")).unwrap();
    assert!(entropy.as_f64().unwrap() < 0.5, "{entropy}");
    page.find("button", "Clear").unwrap().click().unwrap();
    page.wait_until("not sure", &format!("return {PREDICTION}.sure === 'no'")).unwrap();
    assert_no_console_errors(&page);
}
