//! Networks and their training, for Inkling's page and for native runs.
//!
//! The engine knows no web, no clock, no thread and no file: whoever calls it owns those.
//!
//! # Layout, in reading order
//! - [`experiment`]: what is trained, on what, how; checked once at the door
//! - [`data`]: the data that networks are trained on
//! - [`summary`]: the parameter table
//! - [`kernels`]: the numeric inner loops, and the only `unsafe`
//! - [`explain`]: takes a network's numbers apart for display

pub mod data;
pub mod experiment;
pub mod explain;
pub mod history;
pub mod kernels;
pub mod summary;
