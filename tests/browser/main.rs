//! The page's views in a real browser: what a user does, and what comes of it.
//!
//! `cargo test -p inkling --target wasm32-unknown-unknown --test browser`
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod evidence;
mod experiment;
mod inside;
mod pad;
mod probe;
mod run;
mod stage;
mod subject;
mod surgery;
mod weights;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
