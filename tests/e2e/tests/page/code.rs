//! The tab Code on the built page: a script that fits its frame, and a network built from code, which is then trained.

use super::story::{step_batches, wait_for_data};
use super::{assert_no_console_errors, host, open};

/// The lesson's practice exercise.
const PRACTICE: &str = "model = keras.Sequential([
    layers.Flatten(input_shape=(28, 28)),
    layers.Dense(16, activation='relu'),
    layers.Dense(16, activation='relu'),
    layers.Dense(10, activation='softmax'),
])";

#[test]
fn code_is_shown_on_a_phone_and_builds_a_network_that_trains() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    page.set_viewport(390, 800).unwrap();
    page.find("tab", "Code").unwrap().click().unwrap();
    page.wait_until("the script", "return document.querySelector('[data-testid=code-keras]')").unwrap();
    let script = page.js("return document.querySelector('[data-testid=code-keras]').textContent").unwrap();
    let script = script.as_str().unwrap();
    assert!(script.contains("keras.layers.Conv2D(32, (3, 3), activation=\"relu\"),\n"), "{script}");
    let fits = page.js("return document.documentElement.scrollWidth <= 390").unwrap();
    assert_eq!(fits, true, "the page is wider than the screen");
    let code = serde_json::to_string(PRACTICE).unwrap();
    page.js(&format!(
        "const area = document.querySelector('[data-testid=code-input]');
         area.value = {code};
         area.dispatchEvent(new Event('input', {{ bubbles: true }}));"
    ))
    .unwrap();
    page.find("button", "Build from code").unwrap().click().unwrap();
    let is_built = "return document.querySelector('[data-testid=param-count]')?.dataset.total === '13002'";
    page.wait_until("a network of 13,002 parameters", is_built).unwrap();
    step_batches(&page, 2);
    assert_no_console_errors(&page);
}
