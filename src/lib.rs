//! Inkling: a neural-network playground that lives in a browser tab.
//!
//! # Layout, in reading order
//! - [`protocol`]: all that crosses the thread boundary
//! - [`browser`]: facts about the page and its browser
//! - [`client`]: the page's end of the line to the worker
//! - [`state`]: what the page knows, and what it can order
//! - [`views`]: what the page shows

pub mod browser;
pub mod client;
pub mod protocol;
pub mod state;
pub mod views;
pub mod worker;
