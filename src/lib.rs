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
//!
//! What only the page needs is behind the feature `page`, so that the workers are built without it.

#[cfg(feature = "page")]
pub mod browser;
pub mod client;
#[cfg(feature = "page")]
pub mod ink;
#[cfg(feature = "page")]
pub mod link;
#[cfg(feature = "page")]
pub mod plot;
pub mod protocol;
#[cfg(feature = "page")]
pub mod state;
#[cfg(feature = "page")]
pub mod views;
pub mod worker;
