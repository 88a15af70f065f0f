//! `shot`: a picture of the page. The browser is driven by the package `inkling-e2e`.

use crate::dist::{self, Kind};
use crate::process::{cargo, run};
use crate::setup;
use anyhow::{Result, ensure};
use std::path::PathBuf;

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Which build.
    pub kind: Kind,
    /// Build it first.
    pub build: bool,
    /// What follows the page's address.
    pub url_suffix: String,
    /// Viewport, as in `1440x900`.
    pub size: String,
    /// prefers-color-scheme: dark.
    pub dark: bool,
    /// A script to run before the picture is taken.
    pub js: Option<PathBuf>,
    /// Milliseconds between the page's start and the script.
    pub wait_ms: u64,
    /// The PNG file.
    pub out: PathBuf,
}

/// Takes the picture; what the page wrote to its console goes to the terminal.
///
/// # Errors
/// If the build fails, or the browser can't be driven.
pub fn shot(options: &Options) -> Result<()> {
    setup::browser()?;
    let folder = options.kind.folder();
    if options.build {
        dist::build(options.kind)?;
    }
    ensure!(folder.join("index.html").is_file(), "no build in {}: leave out --no-build", folder.display());
    let mut shot = cargo(&["run", "-q", "-p", "inkling-e2e", "--bin", "shot", "--"]);
    // Paths are those of the caller, not of the checkout's root.
    shot.arg(&folder).arg(std::path::absolute(&options.out)?);
    let scheme = if options.dark { "dark" } else { "light" };
    shot.args([options.url_suffix.as_str(), &options.size, scheme]);
    shot.arg(options.wait_ms.to_string());
    if let Some(js) = &options.js {
        shot.arg(std::path::absolute(js)?);
    }
    run(&mut shot)
}
