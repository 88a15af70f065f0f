//! Inkling: a neural-network playground that lives in a browser tab.
//!
//! # Layout, in reading order
//! - [`protocol`]: all that crosses the thread boundary
//! - [`browser`]: facts about the page and its browser
//! - [`client`]: the page's end of the line to the worker
//! - [`worker`]: the training worker and its gradient helpers
//! - [`state`]: what the page knows, and what it can ask of the worker
//! - [`link`]: an experiment as part of a link
//! - [`lesson`]: lessons as files, what a learner does in them, and the report of it
//! - [`code`]: an experiment as a Python script, and back
//! - [`points`]: own points of the plane as text
//! - [`drawing`]: strokes of a pen, and how they become MNIST's kind of image
//! - [`digits`]: the learner's own digits as files, and photos of digits
//! - [`plot`]: pictures of numbers: scales, ticks, colour maps
//! - [`components`]: what panels share
//! - [`panels`]: one folder per panel, one component per file
//! - [`places`]: panels put together for one kind of data
//! - [`app`]: the page around the place that is open
//!
//! What only the page needs is behind the feature `page`, so that the workers are built without it.

#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
pub mod browser;
pub mod client;
#[cfg(feature = "page")]
pub mod code;
#[cfg(feature = "page")]
pub mod components;
#[cfg(feature = "page")]
pub mod digits;
#[cfg(feature = "page")]
pub mod drawing;
#[cfg(feature = "page")]
pub mod lesson;
#[cfg(feature = "page")]
pub mod link;
#[cfg(feature = "page")]
pub mod panels;
#[cfg(feature = "page")]
pub mod places;
#[cfg(feature = "page")]
pub mod plot;
#[cfg(feature = "page")]
pub mod points;
pub mod protocol;
#[cfg(feature = "page")]
pub mod state;
pub mod worker;
