//! Failures are reported where they belong, and the rest goes on working.

use super::story::{press, wait_for_data, wait_for_state};
use super::{host, open, open_at};
use xtask::server::Fault;

#[test]
fn damaged_shard_is_named_and_can_be_fetched_again() {
    let host = host();
    host.set_fault("train-2.bin", Some(Fault::Corrupt));
    let page = open(&host);
    page.wait_until("a message", "return document.body.innerText.includes('train-2.bin')").unwrap();
    host.set_fault("train-2.bin", None);
    press(&page, "Retry");
    wait_for_data(&page);
    assert!(!page.text().unwrap().contains("train-2.bin"), "the message goes when the data are there");
}

#[test]
fn missing_shard_is_named() {
    let host = host();
    host.set_fault("test-0.bin", Some(Fault::Missing));
    let page = open(&host);
    page.wait_until("a message", "return document.body.innerText.includes('test-0.bin')").unwrap();
    // The pad and the pretrained network still work.
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]').dataset.digit === '3'")
        .unwrap();
}

#[test]
fn missing_pretrained_network_leaves_training_possible() {
    let host = host();
    host.set_fault(".safetensors", Some(Fault::Missing));
    let page = open_at(&host, "?preset=lesson-cnn");
    press(&page, "Step batch");
    wait_for_state(&page, "paused");
}

#[test]
fn damaged_pretrained_network_is_named_and_leaves_training_possible() {
    let host = host();
    host.set_fault(".safetensors", Some(Fault::Corrupt));
    let page = open(&host);
    page.wait_until("a message", "return document.body.innerText.includes('lesson-cnn.safetensors')").unwrap();
    press(&page, "Step batch");
    wait_for_state(&page, "paused");
}

#[test]
fn rubbish_in_the_address_is_said_once_and_the_page_goes_on() {
    let host = host();
    for address in ["#rubbish", "#x1.AAAA", "?preset=nonsense", "?preset=&a=%E0%A4%A"] {
        let page = open_at(&host, address);
        page.wait_until(
            "a prediction",
            "return document.querySelector('[data-testid=prediction]')?.dataset.digit === '3'",
        )
        .unwrap();
    }
}

#[test]
fn page_without_workers_or_simd_says_so() {
    let host = host();
    for (missing, word) in [("delete window.Worker", "worker"), ("WebAssembly.validate = () => false", "SIMD")] {
        let page = inkling_e2e::page::Page::blank().unwrap();
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": missing })).unwrap();
        page.goto(&host.url()).unwrap();
        page.wait_until(
            &format!("a message about {word}"),
            &format!(
                "return [...document.querySelectorAll('[role=alert]')].some((it) => it.innerText.includes('{word}'))"
            ),
        )
        .unwrap();
    }
}
