//! Drives the built page in headless Chromium, for end-to-end tests, benches and pictures.
//!
//! # Layout, in reading order
//! - [`chromedriver`]: the process that drives the browser
//! - [`page`]: the page in its browser, as a user and a developer see it
//! - [`command`]: what WebDriver can do beyond its client crate
//! - [`link`]: addresses that bring an experiment
//! - [`strip`]: what looking inside costs the training
//! - [`smooth`]: how long the page is busy at a stretch
//! - [`networks`], [`peers`]: how fast networks of many kinds train, beside other libraries
//! - [`visit`], [`memory`]: what a visit costs
//!
//! ```no_run
//! # fn main() -> anyhow::Result<()> {
//! use inkling_e2e::page::Page;
//! use std::path::Path;
//! use xtask::server::Server;
//!
//! let server = Server::start(Path::new("dist"), "some/path", 0)?;
//! let page = Page::open(&server.url())?;
//! page.find("button", "Train")?.click()?;
//! page.wait_until("an epoch has ended", "return document.body.innerText.includes('epoch 1')")?;
//! assert_eq!(page.console_errors()?, Vec::<String>::new());
//! # Ok(()) }
//! ```

pub mod chromedriver;
pub mod command;
pub mod link;
pub mod memory;
pub mod networks;
pub mod page;
pub mod peers;
pub mod smooth;
pub mod strip;
pub mod visit;
