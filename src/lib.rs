//! Inkling: a neural-network playground that lives in a browser tab.
//!
//! # Layout, in reading order
//! - [`protocol`]: all that crosses the thread boundary
//! - [`browser`]: facts about the page and its browser
//! - [`client`]: the page's end of the line to the worker
//! - [`state`]: what the page knows, and what it can order
//! - [`link`]: an experiment as part of a link
//! - [`ink`]: strokes of a pen, and how they become MNIST's kind of image
//! - [`plot`]: pictures of numbers: scales, ticks, colour maps
//! - [`views`]: what the page shows

pub mod browser;
pub mod client;
pub mod ink;
pub mod link;
pub mod plot;
pub mod protocol;
pub mod state;
pub mod views;
pub mod worker;
