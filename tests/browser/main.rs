//! The page's views in a real browser: what a user does, and what comes of it.
//!
//! `cargo test -p inkling --target wasm32-unknown-unknown --test browser`
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod activations;
mod code;
mod dense_graph;
mod doubt;
mod evidence;
mod experiment;
mod image_browser;
mod lesson;
mod pad;
mod plane_closer;
mod plane_data;
mod plane_step;
mod removal;
mod robustness;
mod run;
mod slow_motion;
mod stage;
mod surgery;
mod training_data;
mod translation;
mod unit_inspector;
mod weights;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
