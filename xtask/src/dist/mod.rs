//! The release build: `dist/`, a folder that any static host can serve under any path.
//!
//! Trunk builds the page and, when that is done, calls `cargo xtask pack` (see Trunk.toml), which builds the workers,
//! optimizes all modules, names every file by its content and puts the names into the page. So a plain `trunk build`
//! makes the same page. [`prepare`] only does ahead, and side by side, what Trunk and its hook would do in turn. Builds
//! for this machine alone are put together [`without_trunk`].

pub mod bindgen;
pub mod boot;
pub mod build_id;
pub mod html;
pub mod pack;
pub mod parts;
pub mod policy;
pub mod prepare;
pub mod shrink;
pub mod sizes;
pub mod style;
pub mod wasm_opt;
pub mod without_trunk;
pub mod worker;

use crate::paths;
use crate::process::{command, run};
use crate::progress::{pass_on, timed};
use anyhow::Result;
use std::path::PathBuf;

/// Which build is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What is published: small page, fast workers; into `dist/`.
    Release,
    /// For this machine, where nothing travels far: the same fast workers, and a page that is not made small, which takes
    /// longest; into the target folder.
    Local,
    /// For a quick look: shares its build with the tests, neither small nor fast; into the target folder.
    Quick,
}

impl Kind {
    /// Where this build goes.
    #[must_use]
    pub fn folder(self) -> PathBuf {
        match self {
            Kind::Release => paths::root().join("dist"),
            Kind::Local => paths::target().join("local-dist"),
            Kind::Quick => paths::target().join("quick-dist"),
        }
    }

    /// The build that Trunk's hook is called for.
    #[must_use]
    pub fn of_hook() -> Kind {
        let is_debug = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug");
        if is_debug { Kind::Quick } else { Kind::Release }
    }

    /// The options by which cargo builds the page.
    #[must_use]
    pub fn profile(self) -> &'static [&'static str] {
        match self {
            Kind::Release => &["--release"],
            Kind::Local => &["--profile", "local"],
            Kind::Quick => &[],
        }
    }
}

/// Compiled into page and workers: the hash of the sources.
const BUILD_ID: &str = "INKLING_BUILD_ID";

/// Builds it all; returns the folder.
///
/// # Errors
/// If a tool is missing and can't be installed, or a build fails.
pub fn build(kind: Kind) -> Result<PathBuf> {
    let (folder, build_id) = (kind.folder(), build_id::of_sources()?);
    prepare::prepare(kind, &build_id)?;
    timed("putting the page together", || match kind {
        Kind::Release => {
            let mut trunk = command("trunk", &["build", "--release", "--dist"]);
            pass_on(trunk.arg(&folder).env(BUILD_ID, build_id));
            // Trunk refuses NO_COLOR=1, which is how that variable is commonly set.
            run(trunk.env_remove("NO_COLOR"))
        }
        Kind::Local | Kind::Quick => without_trunk::put_together(kind, build_id),
    })?;
    Ok(folder)
}

/// Builds it all; of a release, prints what each file weighs.
///
/// # Errors
/// As [`build`].
pub fn build_and_weigh(kind: Kind) -> Result<()> {
    let folder = build(kind)?;
    if kind == Kind::Release { sizes::print(&folder) } else { Ok(()) }
}
