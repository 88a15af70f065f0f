//! The page starts, on any path, and says so when it can't.

use super::{assert_no_console_errors, host, open};
use inkling_e2e::page::Page;
use xtask::server::Fault;

#[test]
fn page_starts_without_errors_under_a_sub_path() {
    let host = host();
    let page = open(&host);
    assert_no_console_errors(&page);
    let requests = host.requests();
    assert!(!requests.is_empty(), "the page was asked for");
    assert!(requests.iter().all(|path| path.starts_with("/some/sub/path/")), "{requests:#?}");
}

#[test]
fn page_loads_nothing_from_elsewhere() {
    let host = host();
    let page = open(&host);
    let origins = page
        .js("return [...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin))]
               .filter((origin) => origin !== location.origin && origin !== 'null')")
        .unwrap();
    assert_eq!(origins, serde_json::json!([]));
}

#[test]
fn page_that_cannot_start_says_so() {
    let host = host();
    host.set_fault(".wasm", Some(Fault::Missing));
    let page = Page::open(&host.url()).unwrap();
    page.wait_until("a message", "return document.querySelector('#boot[role=alert]')").unwrap();
    let text = page.text().unwrap();
    assert!(text.contains("Inkling could not start. Reload the page"), "{text}");
}
