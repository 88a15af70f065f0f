//! Hosts and frames that are not as they should be: the page works all the same, or names the cause and what to do.

use super::story::{step_batches, wait_for_data};
use super::{assert_no_console_errors, host, open};
use inkling_e2e::page::Page;
use serde_json::json;
use xtask::dist::Kind;
use xtask::server::{Fault, Server};

const BOOT_FAILED: &str = "return document.querySelector('#boot[role=alert]')";

#[test]
fn programs_start_under_any_type() {
    for mime in ["application/octet-stream", "text/plain"] {
        let host = host();
        host.set_type(".wasm", mime);
        let page = open(&host);
        wait_for_data(&page);
        step_batches(&page, 1);
        page.find("tab", "Weights").unwrap().click().unwrap();
        page.css("[data-testid=kernels]").unwrap();
        assert_no_console_errors(&page);
    }
}

#[test]
fn page_opened_as_a_file_says_so() {
    let file = Kind::Release.folder().join("index.html");
    let page = Page::open(&format!("file://{}", file.display())).unwrap();
    page.wait_until("a message", BOOT_FAILED).unwrap();
    let text = page.text().unwrap();
    assert!(text.contains("opened as a file") && text.contains("localhost:8000"), "{text}");
}

#[test]
fn folder_without_its_slash_is_named() {
    let host = host();
    host.serve_without_slash();
    let page = Page::open(host.url().trim_end_matches('/')).unwrap();
    let text = page.text().unwrap();
    assert!(text.contains("must end with a slash"), "{text}");
    // Where the files are found, nothing is said of slashes.
    let text = Page::open(&host.url()).unwrap().text().unwrap();
    assert!(!text.contains("slash"), "{text}");
}

/// The page in a frame with that `sandbox` attribute.
fn in_frame(host: &Server, sandbox: &str) -> Page {
    let page = Page::open(&format!("{}assets/models/README.md", host.url())).unwrap();
    page.js(&format!(
        "const frame = document.createElement('iframe');
         Object.assign(frame, {{ src: '{}', width: 1200, height: 800 }});
         frame.sandbox = '{sandbox}';
         document.body.append(frame);",
        host.url()
    ))
    .unwrap();
    page.css("iframe").unwrap().enter_frame().unwrap();
    page
}

#[test]
fn sandboxed_frame_is_named() {
    let host = host();
    let page = in_frame(&host, "allow-scripts");
    page.wait_until("a message", BOOT_FAILED).unwrap();
    let text = page.text().unwrap();
    assert!(text.contains("sandboxed frame") && text.contains("allow-same-origin"), "{text}");
    assert_eq!(page.css("#boot a").unwrap().text().unwrap(), host.url());
}

#[test]
fn sandboxed_frame_that_gets_its_files_is_named_too() {
    let host = host();
    host.set_header("Access-Control-Allow-Origin", "*");
    let page = in_frame(&host, "allow-scripts");
    let named = "return [...document.querySelectorAll('[role=alert]')]
        .some(({ innerText }) => innerText.includes('sandboxed frame') && innerText.includes('allow-same-origin'))";
    page.wait_until("a message", named).unwrap();
}

#[test]
fn sandboxed_frame_with_an_origin_works() {
    let host = host();
    let page = in_frame(&host, "allow-scripts allow-same-origin");
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]')?.dataset.digit === '3'")
        .unwrap();
}

#[test]
fn missing_program_is_named() {
    let host = host();
    host.set_fault(".wasm", Some(Fault::Missing));
    let page = Page::open(&host.url()).unwrap();
    page.wait_until("a message", BOOT_FAILED).unwrap();
    let text = page.text().unwrap();
    assert!(text.contains("Inkling could not start. Reload the page") && text.contains(".wasm"), "{text}");
}

#[test]
fn errors_of_others_are_not_the_pages() {
    // Each is told to the page while its program is on its way; noted is whether the page then claims that it failed.
    let tell = "window.claims = {};
        // The program never starts, so that the notice stays.
        WebAssembly.instantiateStreaming = () => new Promise(() => {});
        addEventListener('DOMContentLoaded', () => {
          const note = (name) => { claims[name] = document.querySelector('#boot')?.getAttribute('role') ?? 'no boot'; };
          const error = (filename, message) => dispatchEvent(new ErrorEvent('error', { filename, message }));
          const stack = (url) => Object.assign(new Error('oops'), { stack: `Error: oops\\n  at f (${url}:1:1)` });
          const reject = (reason) => dispatchEvent(
            new PromiseRejectionEvent('unhandledrejection', { promise: Promise.resolve(), reason }));
          error('chrome-extension://abc/content.js', 'oops'), note('Chromium extension');
          error('moz-extension://abc/content.js', 'oops'), note('Firefox extension');
          error('', 'Script error.'), note('script of another origin');
          error('https://cdn.example/a.js', 'oops'), note('script from elsewhere');
          error(location.href, 'oops'), note('script put into the page');
          reject(stack('chrome-extension://abc/content.js')), note('promise of an extension');
          reject(undefined), note('promise without a reason');
          const script = document.createElement('script');
          script.src = 'chrome-extension://abc/missing.js';
          document.body.append(script);
          script.dispatchEvent(new Event('error')), note('missing script of an extension');
          error(new URL('app-1.js', document.baseURI).href, 'ours'), note('own');
        });";
    let host = host();
    let page = Page::blank().unwrap();
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": tell })).unwrap();
    page.goto(&host.url()).unwrap();
    let claims = page.js("return claims").unwrap();
    let claims = claims.as_object().unwrap();
    assert_eq!(claims.len(), 9, "{claims:?}");
    for (whose, role) in claims {
        assert_eq!(role, if whose == "own" { "alert" } else { "status" }, "{whose}");
    }
}
