//! The worker builds: the program of the digits and that of the plane and the speed bench, each once with SIMD and once with relaxed SIMD; the
//! page picks what its browser can run.

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
    /// The crate's features, comma-separated.
    features: &'static str,
    /// The target folder's part that is this build's and that of its like.
    folder: &'static str,
    /// What rustc may use.
    pub rustflags: &'static str,
    /// What wasm-opt may use.
    pub goal: Goal,
}

/// The builds that a release has, in groups: those of a group share a target folder, so one is made after the other.
pub const BUILDS: [[Build; 2]; 2] =
    [SIMD.of_both_places("simd", "plane-simd"), RELAXED.of_both_places("relaxed", "plane-relaxed")];

const SIMD: Build =
    Build { name: "", features: "", folder: "worker-simd", rustflags: "-C target-feature=+simd128", goal: Goal::Simd };

const RELAXED: Build = Build {
    folder: "worker-relaxed",
    rustflags: "-C target-feature=+simd128,+relaxed-simd",
    goal: Goal::RelaxedSimd,
    ..SIMD
};

/// The module's file name in a worker's script.
pub const WASM_FILE: &str = "worker_bg.wasm";

impl Build {
    const fn of_both_places(self, digits: &'static str, plane: &'static str) -> [Build; 2] {
        [Build { name: digits, ..self }, Build { name: plane, features: "plane,bench", ..self }]
    }

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
                let target = paths::target().join(self.folder);
                build.args(["--no-default-features", "--features", self.features]);
                build.args(["--profile", "worker", "--target-dir"]).arg(&target);
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
        self.bind(
            &target.join(setup::WASM_TARGET).join(profile).join("worker.wasm"),
            &target.join(format!("bound-{}", self.name)),
        )
    }

    fn bind(self, wasm: &Path, folder: &Path) -> Result<Bound> {
        let Bound { mut script, wasm } = bind(wasm, "worker", folder, &[])?.shrunk();
        let init = init_of(&script)?.to_owned();
        // Thrown outside of the promise, a failure reaches the page as the worker's `error` event.
        script.push_str(&format!("\n{init}().catch((error) => setTimeout(() => {{ throw error; }}));\n"));
        Ok(Bound { script, wasm })
    }
}
