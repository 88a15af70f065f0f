//! The release build: `dist/`, a folder that any static host can serve under any path.
//!
//! Trunk builds the page and, when that is done, calls `cargo xtask pack` (see Trunk.toml), which builds the workers,
//! optimizes all modules, names every file by its content and puts the names into the page. So a plain `trunk build`
//! makes the same page.

pub mod bindgen;
pub mod boot;
pub mod build_id;
pub mod html;
pub mod pack;
pub mod parts;
pub mod policy;
pub mod shrink;
pub mod sizes;
pub mod style;
pub mod wasm_opt;
pub mod worker;

use crate::process::{command, run, timed};
use crate::{paths, setup};
use anyhow::Result;
use std::path::PathBuf;

/// Which build is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Small page, fast workers; into `dist/`.
    Release,
    /// For a quick look: shares its build with the tests, neither small nor fast; into the target folder.
    Quick,
}

impl Kind {
    /// Where this build goes.
    #[must_use]
    pub fn folder(self) -> PathBuf {
        match self {
            Kind::Release => paths::root().join("dist"),
            Kind::Quick => paths::target().join("quick-dist"),
        }
    }

    /// The build that `pack` is called for, by environment variables.
    #[must_use]
    pub fn from_env() -> Kind {
        let is_debug = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug");
        if is_debug || std::env::var_os(QUICK).is_some() { Kind::Quick } else { Kind::Release }
    }
}

const QUICK: &str = "INKLING_QUICK";

/// Builds it all; returns the folder.
///
/// # Errors
/// If a tool is missing and can't be installed, or a build fails.
pub fn build(kind: Kind) -> Result<PathBuf> {
    setup::for_build()?;
    let folder = kind.folder();
    timed("building the page and its workers", || {
        let mut trunk = command("trunk", &["build", "--dist"]);
        trunk.arg(&folder).env("INKLING_BUILD_ID", build_id::of_sources()?);
        // Trunk refuses NO_COLOR=1, which is how that variable is commonly set.
        trunk.env_remove("NO_COLOR");
        match kind {
            Kind::Release => trunk.arg("--release"),
            Kind::Quick => trunk.env(QUICK, "1"),
        };
        run(&mut trunk)
    })?;
    Ok(folder)
}
