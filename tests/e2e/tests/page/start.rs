//! The page starts, on any path, and says so when it can't.

use super::story::wait_for_data;
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
    wait_for_data(&page);
    let addresses = page.js("return performance.getEntriesByType('resource').map(({ name }) => name)").unwrap();
    let addresses: Vec<String> = serde_json::from_value(addresses).unwrap();
    // The page is known to fetch these, so the list is one of what it fetches.
    for own in ["app-", "part-training-", "worker-"] {
        assert!(addresses.iter().any(|address| address.contains(own)), "{own} is not in {addresses:#?}");
    }
    let folder = host.url();
    assert!(addresses.iter().all(|address| address.starts_with(&folder)), "{addresses:#?}");
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
