//! What a first visit fetches, and in which order: no more than it needs or may, and the worker early.

use super::story::{press, wait_for_data};
use super::{assert_no_console_errors, host, open};
use inkling_e2e::page::{PATIENCE, Page};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use std::{fs, thread};
use xtask::dist::sizes::{FIRST_VISIT_LIMIT, Size, is_data_set, is_in_first_visit, is_part};
use xtask::dist::{Kind, build_id};
use xtask::server::{Fault, Server};

const EXAMPLE_IS_READ: &str = "return document.querySelector('[data-testid=prediction]')?.dataset.digit === '3'";

/// The name of the built file with that start and end.
fn built(start: &str, end: &str) -> String {
    let names = fs::read_dir(Kind::Release.folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string());
    names.map(Result::unwrap).find(|name| name.starts_with(start) && name.ends_with(end)).unwrap()
}

/// Paths within the page's folder of all that was fetched, in order.
fn fetched(host: &Server) -> Vec<String> {
    let within = |path: String| path.strip_prefix("/some/sub/path/").unwrap().to_owned();
    let named = |path: String| if path.is_empty() { "index.html".to_owned() } else { path };
    host.requests().into_iter().map(within).map(named).collect()
}

/// Paths within the page's folder of all built files that fit.
fn built_files(fits: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let folder = Kind::Release.folder();
    let files = build_id::files(&folder).unwrap();
    let paths = files.iter().map(|file| file.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"));
    paths.filter(|path| fits(path)).collect()
}

#[test]
fn first_visit_fetches_what_it_is_said_to_and_stays_below_its_limit() {
    let host = host();
    let page = open(&host);
    page.wait_until("a prediction", EXAMPLE_IS_READ).unwrap();
    wait_for_data(&page);
    let said = built_files(is_in_first_visit);
    let fetched = fetched(&host);
    let needed: BTreeSet<String> =
        fetched.iter().filter(|path| !is_data_set(path) && !is_part(path)).cloned().collect();
    assert_eq!(needed, said);
    let first_part = fetched.iter().position(|path| is_part(path)).unwrap();
    let before: BTreeSet<String> = fetched[..first_part].iter().filter(|path| !is_data_set(path)).cloned().collect();
    assert_eq!(before, said, "all that a first visit needs comes before the rest");
    let size = |path: &String| Size::of(&fs::read(Kind::Release.folder().join(path)).unwrap()).unwrap().brotli;
    let n_bytes: usize = said.iter().map(size).sum();
    assert!(n_bytes <= FIRST_VISIT_LIMIT, "a first visit takes {n_bytes} bytes, {FIRST_VISIT_LIMIT} at most");
}

/// The parts of the digits' program, those that they share with other parts included: the loader says of each shared one
/// whose it is. What reads links is fetched with a link alone.
fn parts_of_digits() -> BTreeSet<String> {
    let loader = fs::read_to_string(Kind::Release.folder().join(built("parts-", ".js"))).unwrap();
    let shared = loader.split("/* ").skip(1).filter_map(|text| {
        let (owners, rest) = text.split_once(" */")?;
        let file = rest.split_once("\"./")?.1.split_once('"')?.0;
        ["later", "training", "doubt"].iter().any(|part| owners.contains(part)).then(|| file.to_owned())
    });
    let own =
        ["part-later-", "part-training-", "part-doubt-", "part-worker-relaxed-"].map(|start| built(start, ".wasm"));
    shared.chain(own).chain([built("part-style-", ".css")]).collect()
}

#[test]
fn parts_are_there_before_they_are_asked_for_and_none_of_the_plane() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    let parts = parts_of_digits();
    assert!(parts.len() > 3, "{parts:?}");
    let begin = Instant::now();
    while !parts.iter().all(|part| fetched(&host).contains(part)) {
        assert!(begin.elapsed() < PATIENCE, "{parts:?} of {:?}", fetched(&host));
        thread::sleep(Duration::from_millis(50));
    }
    let is_of_plane = |path: &String| path.starts_with("part-plane-") || path.starts_with("worker-plane-");
    assert!(!fetched(&host).iter().any(is_of_plane), "{:?}", fetched(&host));
    assert_no_console_errors(&page);
}

#[test]
fn part_that_cannot_be_fetched_is_said_once_and_can_be_fetched_again() {
    for (part, show, there) in [
        ("part-later-", "Weights", "[data-testid=kernels]"),
        ("part-training-", "Activations", "[data-testid=run-status]"),
    ] {
        let host = host();
        let file = built(part, ".wasm");
        host.set_fault(&file, Some(Fault::Missing));
        let page = open(&host);
        page.wait_until("a prediction", EXAMPLE_IS_READ).unwrap();
        page.find("tab", show).unwrap().click().unwrap();
        let alerts = "[...document.querySelectorAll('[role=alert]')].filter((it) => it.innerText.includes('could not be fetched'))";
        page.wait_until("a message", &format!("return {alerts}.length")).unwrap();
        assert_eq!(page.js(&format!("return {alerts}.length")).unwrap(), 1, "it is said once");
        host.set_fault(&file, None);
        press(&page, "Try again");
        page.wait_until("the view", &format!("return document.querySelector('{there}')")).unwrap();
        assert_eq!(page.js(&format!("return {alerts}.length")).unwrap(), 0, "the message goes with its cause");
    }
}

#[test]
fn data_set_waits_until_the_network_stands() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    let requests = host.requests();
    let place = |end: &str| requests.iter().position(|path| path.ends_with(end)).unwrap();
    assert!(place("lesson-cnn.safetensors") < place("assets/mnist/manifest.json"), "{requests:#?}");
}

#[test]
fn worker_is_started_once_and_before_the_page() {
    let host = host();
    let page = Page::blank().unwrap();
    let count = "window.__started = 0;
        window.Worker = class extends Worker { constructor(...how) { super(...how); window.__started += 1; } };";
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": count })).unwrap();
    let program = built("app-", ".wasm");
    host.set_fault(&program, Some(Fault::Missing));
    page.goto(&host.url()).unwrap();
    page.wait_until("the page fails", "return document.querySelector('#boot[role=alert]')").unwrap();
    assert_eq!(page.js("return window.__started").unwrap(), 1, "a worker is there though the page is not");
    host.set_fault(&program, None);
    page.console_errors().unwrap();
    page.reload().unwrap();
    page.wait_until("a prediction", EXAMPLE_IS_READ).unwrap();
    assert_eq!(page.js("return window.__started").unwrap(), 1, "the page takes the early worker over");
    assert_no_console_errors(&page);
}

#[test]
fn worker_that_cannot_start_early_is_named_and_can_be_restarted() {
    let host = host();
    let script = built("worker-relaxed-", ".js");
    host.set_fault(&script, Some(Fault::Missing));
    let page = open(&host);
    let alerts = "[...document.querySelectorAll('[role=alert]')].filter((it) => it.innerText.includes('worker'))";
    page.wait_until("a message", &format!("return {alerts}.length")).unwrap();
    assert_eq!(page.js(&format!("return {alerts}.length")).unwrap(), 1, "it is said once");
    host.set_fault(&script, None);
    press(&page, "Restart");
    page.wait_until("a prediction", EXAMPLE_IS_READ).unwrap();
    assert_eq!(page.js(&format!("return {alerts}.length")).unwrap(), 0, "the message goes with its cause");
}

#[test]
fn questions_wait_until_what_answers_them_was_fetched() {
    let host = host();
    let file = built("part-worker-relaxed-", ".wasm");
    host.set_fault(&file, Some(Fault::Missing));
    let page = open(&host);
    let alerts =
        "[...document.querySelectorAll('[role=alert]')].filter((it) => it.innerText.includes('could not be fetched'))";
    page.wait_until("the reason", &format!("return {alerts}.length === 1")).unwrap();
    page.find("tab", "Weights").unwrap().click().unwrap();
    host.set_fault(&file, None);
    press(&page, "Try again");
    page.wait_until("the kernels", "return document.querySelector('[data-testid=kernels]')").unwrap();
    assert_eq!(page.js(&format!("return {alerts}.length")).unwrap(), 0, "the message goes with its cause");
}
