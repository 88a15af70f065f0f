//! Facts about the page and its browser: where it lies, which workers it was built with, what the browser can do, its
//! clock.

use crate::protocol::{Failure, FailureKind};

/// Address of the page's folder, ending in `/`: every asset lies below it, under any sub-path.
#[must_use]
pub fn base_url() -> String {
    let document_url = leptos::prelude::document().base_uri().ok().flatten().unwrap_or_default();
    let path = document_url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('/').map_or_else(String::new, |(folder, _page)| format!("{folder}/"))
}

/// Milliseconds since the page was opened; 0 in a browser without that clock.
#[must_use]
pub fn now_ms() -> f64 {
    leptos::prelude::window().performance().map_or(0.0, |performance| performance.now())
}

/// Whether the reader has asked for pictures that do not move.
#[must_use]
pub fn prefers_reduced_motion() -> bool {
    let query = leptos::prelude::window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Copies a text; `false` if it cannot: pages without https have no clipboard at all, others may be refused it.
pub async fn copy_text(text: &str) -> bool {
    let navigator = leptos::prelude::window().navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if !has_clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// A program of the training worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// What the digits need.
    Digits,
    /// The same with what the plane and the speed bench need beside it.
    Plane,
}

/// Address of the fastest worker build that this browser can run, as the page's shell (shell/early_worker.js) chose it.
///
/// # Errors
/// If the browser has no WebAssembly SIMD, or the page names no worker.
pub fn worker_url(program: Program) -> Result<String, Failure> {
    let meta = leptos::prelude::document().query_selector("meta[name=inkling-worker]").ok().flatten();
    let attribute = |name| meta.as_ref().and_then(|meta| meta.get_attribute(name));
    let chosen = attribute("data-chosen");
    let of_plane = match program {
        Program::Digits => None,
        Program::Plane if chosen == attribute("data-relaxed") => attribute("data-plane-relaxed"),
        Program::Plane => attribute("data-plane-simd"),
    };
    // A quick build has one worker with all programs.
    match chosen.map(|file| if file.is_empty() { file } else { of_plane.unwrap_or(file) }) {
        Some(file) if file.is_empty() => Err(Failure {
            kind: FailureKind::Browser,
            message: "this browser has no WebAssembly SIMD, which training needs; any Chrome, Edge or Firefox since \
                      2021 and Safari since 2023 has it"
                .to_owned(),
        }),
        Some(file) => Ok(format!("{}{}", base_url(), file.trim_start_matches("./"))),
        None => Err(Failure {
            kind: FailureKind::Worker,
            message: "the page's first script, which chooses a worker, could not be loaded; reload the page".to_owned(),
        }),
    }
}
