//! The worker builds: one program, once with SIMD, once with relaxed SIMD; the page picks what its browser can run.

use super::Kind;
use super::bindgen::{Bound, bind, init_of};
use super::wasm_opt::Goal;
use crate::process::{cargo, run};
use crate::{paths, setup};
use anyhow::Result;
use std::path::Path;

/// One of the builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Build {
    /// Part of file names, and the page's `data-…` attribute.
    pub name: &'static str,
    /// What rustc may use.
    pub rustflags: &'static str,
    /// What wasm-opt may use.
    pub goal: Goal,
}

/// The builds that a release has.
pub const BUILDS: [Build; 2] = [
    Build { name: "simd", rustflags: "-C target-feature=+simd128", goal: Goal::Simd },
    Build { name: "relaxed", rustflags: "-C target-feature=+simd128,+relaxed-simd", goal: Goal::RelaxedSimd },
];

/// The module's file name in a worker's script.
pub const WASM_FILE: &str = "worker_bg.wasm";

impl Build {
    /// Compiles and binds the worker: its script starts itself, once [`WASM_FILE`] in it is the module's file name.
    ///
    /// # Errors
    /// If a build fails.
    pub fn make(self, kind: Kind) -> Result<Bound> {
        let mut build = cargo(&["rustc", "-q", "--bin", "worker", "--target", setup::WASM_TARGET]);
        let (target, profile) = match kind {
            Kind::Release => {
                // Each build has its own target folder, so that both can run at the same time without rebuilding the
                // other's crates.
                let target = paths::target().join(format!("worker-{}", self.name));
                build.args(["--no-default-features", "--profile", "worker", "--target-dir"]).arg(&target);
                build.env("RUSTFLAGS", self.rustflags);
                // The link's level counts for all that it joins: at the package's own, small networks train a quarter
                // slower.
                build.args(["--", "-C", "opt-level=3"]);
                (target, "worker")
            }
            // With the page's features, as the tests build it.
            Kind::Quick => (paths::target(), "debug"),
        };
        run(&mut build)?;
        self.bind(&target.join(setup::WASM_TARGET).join(profile).join("worker.wasm"), &target.join("bound-worker"))
    }

    fn bind(self, wasm: &Path, folder: &Path) -> Result<Bound> {
        let Bound { mut script, wasm } = bind(wasm, "worker", folder, &[])?.shrunk();
        let init = init_of(&script)?.to_owned();
        // Thrown outside of the promise, a failure reaches the page as the worker's `error` event.
        script.push_str(&format!("\n{init}().catch((error) => setTimeout(() => {{ throw error; }}));\n"));
        Ok(Bound { script, wasm })
    }
}
