//! What needs the engine itself: built together with it, optimized for this machine's processor, when asked for.

use anyhow::Result;
use std::path::PathBuf;

/// A work of the lab.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Make the shards of MNIST from the idx files in this folder (absolute).
    Mnist(PathBuf),
}

/// Does the work, here.
///
/// # Errors
/// Those of the work.
#[cfg(feature = "lab")]
pub fn run(work: &Work) -> Result<()> {
    match work {
        Work::Mnist(idx_dir) => crate::mnist::make(idx_dir),
    }
}

/// Has the work done by an xtask that is built together with the engine.
///
/// # Errors
/// If the build or the work fails.
#[cfg(not(feature = "lab"))]
pub fn run(work: &Work) -> Result<()> {
    let mut lab =
        crate::process::cargo(&["run", "-q", "-p", "xtask", "--features", "lab", "--profile", "worker", "--"]);
    lab.env("RUSTFLAGS", "-C target-cpu=native");
    match work {
        Work::Mnist(idx_dir) => lab.arg("mnist").arg(idx_dir),
    };
    crate::process::run(&mut lab)
}
