//! Facts about the page and its browser: where it lies, which workers it was built with, what the browser can do.

use crate::protocol::{Failure, FailureKind};
use js_sys::{Uint8Array, WebAssembly};

/// The smallest module that uses a 128-bit lane: `i32.const 0; i8x16.splat; drop`.
const SIMD128_PROBE: &[u8] =
    &[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11];
/// The same with a fused multiply-add: `f32x4.relaxed_madd` of three splats of zero.
const RELAXED_PROBE: &[u8] = &[
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 20, 1, 18, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65,
    0, 253, 15, 253, 133, 2, 26, 11,
];

/// Address of the page's folder, ending in `/`: every asset lies below it, under any sub-path.
#[must_use]
pub fn base_url() -> String {
    let document_url = leptos::prelude::document().base_uri().ok().flatten().unwrap_or_default();
    let path = document_url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('/').map_or_else(String::new, |(folder, _page)| format!("{folder}/"))
}

/// Address of the fastest worker build that this browser can run.
///
/// # Errors
/// If the browser has no WebAssembly SIMD, or the page names no worker.
pub fn worker_url() -> Result<String, Failure> {
    let build = if can_run(RELAXED_PROBE) {
        "data-relaxed"
    } else if can_run(SIMD128_PROBE) {
        "data-simd"
    } else {
        return Err(Failure {
            kind: FailureKind::Browser,
            message: "this browser has no WebAssembly SIMD, which training needs; any Chrome, Edge or Firefox since \
                      2021 and Safari since 2023 has it"
                .to_owned(),
        });
    };
    leptos::prelude::document()
        .query_selector("meta[name=inkling-worker]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute(build))
        .map(|file| format!("{}{}", base_url(), file.trim_start_matches("./")))
        .ok_or_else(|| Failure {
            kind: FailureKind::Worker,
            message: "the page names no worker: it was not built by `cargo xtask dist`".to_owned(),
        })
}

fn can_run(module: &[u8]) -> bool {
    WebAssembly::validate(&Uint8Array::from(module)).unwrap_or(false)
}
