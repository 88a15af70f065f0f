//! Failures are reported where they belong, and the rest goes on working.

use super::story::{figure, press, step_batches, test_accuracy, wait_for_data, wait_for_state};
use super::{host, open, open_at};
use inkling_e2e::page::Page;
use serde_json::json;
use xtask::server::{Fault, Server};

/// Runs in the page before its own scripts: keeps the newest worker at hand, and what looks after it, and
/// counts the pauses that have passed.
const WATCH_WORKER: &str = "
    window.Worker = class extends Worker { constructor(...how) { super(...how); window.newestWorker = this; } };
    const later = window.setTimeout.bind(window);
    window.nWaited = 0;
    const every = window.setInterval.bind(window);
    window.setInterval = (act, ms, ...rest) => { if (ms === 5000) window.beat = act; return every(act, ms, ...rest); };
    window.setTimeout = (act, ms, ...rest) =>
      later(() => { act(...rest); if (ms === 6000) window.nWaited += 1; }, ms);
    window.report = (message) => newestWorker.dispatchEvent(new ErrorEvent('error', { message, cancelable: true }));";

fn open_with_worker_at_hand(host: &Server, address_end: &str) -> Page {
    let page = Page::blank().unwrap();
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH_WORKER })).unwrap();
    page.goto(&format!("{}{address_end}", host.url())).unwrap();
    wait_for_data(&page);
    page
}

/// Ends the worker with that error; what the page says of it.
#[track_caller]
fn kill_worker(page: &Page, error: &str) -> String {
    page.js(&format!("newestWorker.terminate(); report('{error}')")).unwrap();
    let banner = "document.querySelector('.banners [role=alert]')";
    page.wait_until("a message", &format!("return {banner}")).unwrap();
    page.js(&format!("return {banner}.innerText")).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn restart_goes_on_from_the_weights_of_the_last_epoch() {
    let host = host();
    let page = open_with_worker_at_hand(&host, "?preset=mlp-16-16");
    for epoch in [1.0, 2.0] {
        press(&page, "Step epoch");
        wait_for_state(&page, "paused");
        page.wait_until(
            "the epoch's end",
            &format!(
                "const {{ epoch, state }} = document.querySelector('[data-testid=run-status]').dataset;
                 return state === 'paused' && +epoch === {epoch}"
            ),
        )
        .unwrap();
    }
    let accuracy = figure(&page, "valAccuracy");
    assert!(accuracy > 0.8, "{accuracy}");
    let said = kill_worker(&page, "Uncaught RuntimeError: unreachable");
    assert!(said.contains("The worker stopped: Uncaught RuntimeError: unreachable"), "{said}");
    assert!(said.contains("Restart goes on from the weights of epoch 2"), "{said}");
    press(&page, "Restart");
    wait_for_state(&page, "paused");
    assert_eq!((figure(&page, "epoch"), figure(&page, "valAccuracy")), (2.0, accuracy), "the curves are kept");
    let next = page.test_id("next-train").unwrap().text().unwrap();
    assert!(next.contains("from the weights of epoch 2; the optimizer begins afresh"), "{next}");
    wait_for_data(&page);
    let restored = test_accuracy(&page);
    assert!(restored > 0.8, "the test set by the restored network: {restored}");
    press(&page, "Step epoch");
    let third = "return +document.querySelector('[data-testid=run-status]').dataset.epoch === 3";
    page.wait_until("the third epoch", third).unwrap();
    wait_for_state(&page, "paused");
    assert!(figure(&page, "valAccuracy") > accuracy - 0.02, "it goes on, it does not begin anew");
    let table = page.css(".run-table tbody").unwrap().text().unwrap();
    assert!(table.contains("fresh optimizer after epoch 2"), "{table}");
    assert_eq!(page.all(".run-table tbody tr").unwrap().len(), 1, "it is still the same run");
}

#[test]
fn worker_that_dies_in_its_first_epoch_begins_anew_and_says_how_to_save_memory() {
    let host = host();
    let page = open_with_worker_at_hand(&host, "?preset=mlp-16-16");
    step_batches(&page, 1);
    let said = kill_worker(&page, "RangeError: Array buffer allocation failed");
    for words in ["It ran out of memory: fewer units or filters, a smaller batch size", "Restart begins anew"] {
        assert!(said.contains(words), "{words:?} is not in {said:?}");
    }
    press(&page, "Restart");
    wait_for_state(&page, "idle");
    step_batches(&page, 1);
}

#[test]
fn error_that_the_worker_survives_is_not_its_end() {
    let host = host();
    let page = open_with_worker_at_hand(&host, "?preset=mlp-16-16");
    step_batches(&page, 1);
    let n_waited = page.js("const before = nWaited; report('Uncaught Error: a trifle'); return before").unwrap();
    page.wait_until("the time for a sign of life is over", &format!("return nWaited > {n_waited}")).unwrap();
    assert_eq!(page.all(".banners [role=alert]").unwrap().len(), 0);
    press(&page, "Step batch");
    let second = "return +document.querySelector('[data-testid=run-status]').dataset.step === 2";
    page.wait_until("the run goes on", second).unwrap();
}

/// Whether the page calls the worker missing.
const IS_MISSED: &str =
    "document.querySelector('.banners [role=alert]')?.innerText.includes('does not answer') ?? false";

#[test]
fn worker_that_ends_without_an_error_is_missed_and_one_that_answers_again_is_not() {
    let host = host();
    let page = open_with_worker_at_hand(&host, "?preset=mlp-16-16");
    step_batches(&page, 1);
    // Questions that do not arrive are what a worker in a long update looks like.
    page.js("newestWorker.postMessage = () => {}; for (let n = 0; n < 6; n++) beat(); return 0").unwrap();
    page.wait_until("the worker is missed", &format!("return {IS_MISSED}")).unwrap();
    page.js("delete newestWorker.postMessage; beat(); return 0").unwrap();
    page.wait_until("it is there again", &format!("return !({IS_MISSED})")).unwrap();
    press(&page, "Step batch");
    let second = "return +document.querySelector('[data-testid=run-status]').dataset.step === 2";
    page.wait_until("the run goes on", second).unwrap();
    page.js("newestWorker.terminate(); for (let n = 0; n < 6; n++) beat(); return 0").unwrap();
    page.wait_until("the worker is missed", &format!("return {IS_MISSED}")).unwrap();
    press(&page, "Restart");
    page.wait_until("no message is left", &format!("return !({IS_MISSED})")).unwrap();
    step_batches(&page, 1);
}

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
        let page = Page::blank().unwrap();
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": missing })).unwrap();
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
