//! The worker builds: the program of the digits and that of the plane and the speed bench, each once with SIMD and once with relaxed SIMD; the
//! page picks what its browser can run.

use super::bindgen::{bind, init_of};
use super::parts::cut;
use super::wasm_opt::Goal;
use super::{BUILD_ID, Kind};
use crate::process::{cargo, run};
use crate::{paths, setup};
use anyhow::Result;
use std::path::PathBuf;

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

/// The first module's file name in a worker's script.
pub const WASM_FILE: &str = "worker_bg.wasm";

/// A worker that was built.
#[derive(Debug)]
pub struct Made {
    /// Starts itself, once [`WASM_FILE`] and the names of the parts' files in it are those of the files.
    pub script: String,
    /// What it starts with.
    pub wasm: Vec<u8>,
    /// What it fetches later, each with the file name that the script gives to it.
    pub parts: Vec<(String, Vec<u8>)>,
}

impl Build {
    const fn of_both_places(self, digits: &'static str, plane: &'static str) -> [Build; 2] {
        [Build { name: digits, ..self }, Build { name: plane, features: "plane,bench", ..self }]
    }

    /// Compiles the worker; returns its target folder and its module. A second call finds it compiled, if it has the
    /// same build ID.
    ///
    /// # Errors
    /// If the build fails.
    pub fn compile(self, kind: Kind, build_id: Option<&str>) -> Result<(PathBuf, PathBuf)> {
        let mut build = cargo(&["rustc", "-q", "--bin", "worker", "--target", setup::WASM_TARGET]);
        if let Some(build_id) = build_id {
            build.env(BUILD_ID, build_id);
        }
        let (target, profile) = match kind {
            Kind::Release | Kind::Local => {
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
        let wasm = target.join(setup::WASM_TARGET).join(profile).join("worker.wasm");
        Ok((target, wasm))
    }

    /// Compiles and binds the worker; a release in parts.
    ///
    /// # Errors
    /// If a build fails.
    pub fn make(self, kind: Kind, build_id: Option<&str>) -> Result<Made> {
        let (target, wasm) = self.compile(kind, build_id)?;
        let folder = target.join(format!("bound-{}", self.name));
        let made = match kind {
            Kind::Release | Kind::Local => {
                let program = cut(&wasm, "worker", &folder)?;
                let parts = program.parts.iter().map(|(file, _, wasm)| (file.clone(), wasm.clone())).collect();
                Made { script: program.joined_script()?, wasm: program.first.wasm, parts }
            }
            Kind::Quick => {
                let bound = bind(&wasm, "worker", &folder, &[])?.shrunk();
                Made { script: bound.script, wasm: bound.wasm, parts: Vec::new() }
            }
        };
        made.starting_itself()
    }
}

impl Made {
    fn starting_itself(mut self) -> Result<Made> {
        let init = init_of(&self.script)?.to_owned();
        // Thrown outside of the promise, a failure reaches the page as the worker's `error` event.
        self.script.push_str(&format!("\n{init}().catch((error) => setTimeout(() => {{ throw error; }}));\n"));
        Ok(self)
    }
}
