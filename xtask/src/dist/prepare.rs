//! What Trunk and its hook would do one after the other, done ahead side by side: tools, the page and the workers compile
//! at the same time, so that no core waits for a link or for a crate that others need. Trunk then finds all of it done;
//! without it, it does the same itself. A build for this machine needs no Trunk.

use super::Kind;
use super::wasm_opt::WasmOpt;
use super::worker::{BUILDS, Build};
use crate::process::{cargo, run};
use crate::progress::timed;
use crate::setup;
use crate::side_by_side::both;
use anyhow::Result;

/// Installs what is missing and compiles page and workers, so that they only have to be put together.
///
/// # Errors
/// If a tool is missing and can't be installed, or a build fails.
pub fn prepare(kind: Kind, build_id: &str) -> Result<()> {
    setup::wasm_target()?;
    let programs = || match kind {
        Kind::Release | Kind::Local => both(|| page(kind, build_id), || workers(build_id)).map(|_| ()),
        // One after the other: they share a target folder and nearly all crates.
        Kind::Quick => page(kind, build_id).and_then(|()| quick_worker(build_id)),
    };
    let tools = || {
        match kind {
            Kind::Release => setup::tools()?,
            Kind::Local | Kind::Quick => setup::wasm_bindgen()?,
        }
        if kind != Kind::Quick {
            // Installed now, found when modules are optimized.
            let _ = WasmOpt::find();
        }
        Ok(())
    };
    both(programs, tools).map(|_| ())
}

/// Exactly as Trunk calls cargo (see index.html), so that Trunk finds it compiled.
fn page(kind: Kind, build_id: &str) -> Result<()> {
    let what = match kind {
        Kind::Release => "compiling the page (4 to 7 minutes, the first time)",
        Kind::Local => "compiling the page, not to be small (3 to 6 minutes, the first time)",
        Kind::Quick => "compiling the page, unoptimized (1 to 2 minutes, the first time)",
    };
    let mut build = cargo(&["build", "-q", "--bin", "app", "--target", setup::WASM_TARGET]);
    timed(what, || run(build.args(kind.profile()).env(super::BUILD_ID, build_id)))
}

fn workers(build_id: &str) -> Result<()> {
    let compile_group = |group: [Build; 2]| {
        group.into_iter().try_for_each(|build| build.compile(Kind::Release, Some(build_id)).map(|_| ()))
    };
    let [simd, relaxed] = BUILDS;
    timed("compiling the workers (2 to 4 minutes, the first time)", || {
        both(|| compile_group(simd), || compile_group(relaxed)).map(|_| ())
    })
}

fn quick_worker(build_id: &str) -> Result<()> {
    timed("compiling the worker", || BUILDS[0][1].compile(Kind::Quick, Some(build_id)).map(|_| ()))
}
