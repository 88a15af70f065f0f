//! Networks and their training, for Inkling's page and for native runs.
//!
//! The engine knows no web, no clock, no thread and no file: whoever calls it owns those.
//!
//! # Layout, in reading order
//! - [`experiment`]: what is trained, on what, how; checked once, before anything runs on it
//! - [`field`]: names, words and ranges of its fields, from which checks and editors are derived
//! - [`summary`]: the parameter table
//! - [`data`]: the data that networks are trained on
//! - [`random`]: randomness that depends on where it is used, not on when
//! - [`kernels`]: the numeric inner loops, and the only `unsafe`
//! - [`layers`], [`losses`], [`optimizers`], [`penalties`], [`initializers`], [`metrics`]: the parts of training
//! - [`model`]: a network with its weights: predictions, gradients, a look inside
//! - [`trainer`]: a training run as a state machine, and [`history`], what it leaves behind
//! - [`evaluation`]: loss, accuracy and confusion on samples that are not trained on; [`calibration`]: whether the network is
//!   as often right as it says
//! - [`model_file`]: weights as safetensors
//! - [`explain`]: takes a network's numbers apart for display
//! - [`benchmarks`]: what the speed bench times
//!
//! # Features
//! Without `plane` there are no points of the plane and none of the benchmarks, one of which trains on them: so is the
//! engine in the worker that a first visit to the digits loads. `help` adds the explanations of layers and fields.

mod arrays;
#[cfg(feature = "plane")]
pub mod benchmarks;
pub mod calibration;
pub mod data;
pub mod evaluation;
pub mod experiment;
pub mod explain;
pub mod field;
pub mod history;
pub mod initializers;
pub mod kernels;
pub mod layers;
pub mod losses;
pub mod metrics;
pub mod model;
pub mod model_file;
pub mod optimizers;
pub mod penalties;
pub mod random;
mod shrinking;
pub mod summary;
mod tagged;
pub mod trainer;

/// The README's example, run as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
