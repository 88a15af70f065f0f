//! Tests of the engine through its public interface.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is a failed test")]

mod batch_normalization;
mod boundaries;
mod check;
mod data_experiments;
mod files;
mod frozen;
mod golden;
mod golden_runner;
mod gradients;
mod initial_weights;
mod inside;
mod not_finite;
mod plane_data;
mod plane_subjects;
mod playground;
mod shipped;
mod subjects;
mod training;
mod wiring;
