//! The page under its Content-Security-Policy: everything works, and nothing asks for more.

use super::story::{press, step_batches, wait_for_data};
use super::{assert_no_console_errors, host};
use inkling_e2e::page::Page;
use serde_json::json;
use std::thread;
use std::time::Duration;
use xtask::dist::policy::POLICY;

/// Notes what the browser refuses.
const LISTEN: &str = "window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
      violations.push(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}`));";

/// The page at that end of the address, whose host sends the policy with every file.
fn open_strictly(host: &xtask::server::Server, address_end: &str) -> Page {
    host.set_header("Content-Security-Policy", POLICY);
    let page = Page::blank().unwrap();
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTEN })).unwrap();
    page.goto(&format!("{}{address_end}", host.url())).unwrap();
    page.wait_until("the page has started", "return !document.getElementById('boot')").unwrap();
    page
}

#[track_caller]
fn assert_no_violations(page: &Page) {
    assert_eq!(page.js("return [...new Set(violations)]").unwrap(), json!([]));
    assert_no_console_errors(page);
}

#[test]
fn page_works_under_its_policy() {
    let host = host();
    let page = open_strictly(&host, "");
    wait_for_data(&page);
    step_batches(&page, 2);
    press(&page, "Evaluate on test set");
    for tab in ["Weights", "Gradients", "Evidence", "Features", "Surgery", "Code", "Activations"] {
        page.find("tab", tab).unwrap().click().unwrap();
        thread::sleep(Duration::from_millis(800));
    }
    // The inspector takes an output apart.
    page.css("[data-testid=layer-map] [data-row='3']").unwrap().click().unwrap();
    thread::sleep(Duration::from_millis(800));
    assert_no_violations(&page);
}

#[test]
fn probability_bars_are_as_long_as_their_probabilities() {
    let host = host();
    let page = open_strictly(&host, "");
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]')?.dataset.digit === '3'")
        .unwrap();
    // Bars take a moment to grow to their length.
    let is_sound = "const widths = [...document.querySelectorAll('.probability-bars__bar')].map((bar) =>
          bar.getBoundingClientRect().width / bar.parentElement.getBoundingClientRect().width);
        const sum = widths.reduce((sum, width) => sum + width, 0);
        return widths.length === 10 && widths[3] > 0.5 && Math.abs(sum - 1) < 0.02";
    page.wait_until("ten bars that make up the whole", is_sound).unwrap();
    assert_no_violations(&page);
}

#[test]
fn bench_works_under_the_policy() {
    let host = host();
    let page = open_strictly(&host, "bench.html");
    thread::sleep(Duration::from_secs(2));
    assert_no_violations(&page);
}

#[test]
fn page_says_its_policy_itself() {
    let host = host();
    let page = super::open(&host);
    let meta = "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content";
    assert_eq!(page.js(meta).unwrap(), json!(POLICY));
    let refused = "let refused = false;
        document.addEventListener('securitypolicyviolation', () => { refused = true; });
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return refused && !window.ran";
    assert_eq!(page.js(refused).unwrap(), true);
}
