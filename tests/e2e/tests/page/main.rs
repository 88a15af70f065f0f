//! End-to-end tests of the built page: `dist/` on a static host, in headless Chromium, as a user has it.
//!
//! They are run by `cargo xtask test`, which builds `dist/` first.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is a failed test")]

mod accessibility;
mod activations;
mod bench;
mod changed_data;
mod code;
mod doubt;
mod draw;
mod failures;
mod first_visit;
mod helpers;
mod hosts;
mod image_browser;
mod layout;
mod lesson;
mod links;
mod networks;
mod plane;
mod policy;
mod robustness;
mod several_runs;
mod start;
mod story;
mod surgery;
mod train;
mod training_data;
mod unit_inspector;

use inkling_e2e::page::Page;
use xtask::dist::Kind;
use xtask::server::Server;

/// The built page on a host that serves it under a sub-path.
fn host() -> Server {
    let folder = Kind::Release.folder();
    assert!(folder.join("index.html").is_file(), "build the page first: cargo xtask dist");
    Server::start(&folder, "some/sub/path", 0).unwrap()
}

/// The page, started.
fn open(host: &Server) -> Page {
    open_at(host, "")
}

/// The page, started at an address with that end.
fn open_at(host: &Server, address_end: &str) -> Page {
    let page = Page::open(&format!("{}{address_end}", host.url())).unwrap();
    page.wait_until("the page has started", "return !document.getElementById('boot')").unwrap();
    page
}

/// Fails if the console has an error.
#[track_caller]
fn assert_no_console_errors(page: &Page) {
    assert_eq!(page.console_errors().unwrap(), Vec::<String>::new());
}
