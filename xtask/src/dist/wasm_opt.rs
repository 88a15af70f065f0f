//! Binaryen's wasm-opt, where it can be found or installed: smaller and faster code. The build works without it.

use super::build_id::hex;
use crate::paths;
use crate::process::{self, find, output, run};
use crate::progress::timed;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// First version that knows all that we ask of it.
const MIN_VERSION: u32 = 116;
/// The version taken from npm.
const NPM_VERSION: &str = "132.0.0";
/// Instructions that the module may use: what Rust's target has switched on.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-multivalue",
];

/// What a module is optimized for, and what it may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// What a first visit begins with: as small as two rounds make it.
    Smallest,
    /// The page's other parts: small.
    Size,
    /// A worker: fast, with SIMD.
    Simd,
    /// A worker: fast, with relaxed SIMD.
    RelaxedSimd,
}

/// A wasm-opt that works.
#[derive(Debug, Clone)]
pub struct WasmOpt {
    program: PathBuf,
}

impl WasmOpt {
    /// The one on PATH, or the one from npm (installed once into the user's cache); else none.
    #[must_use]
    pub fn find() -> Option<WasmOpt> {
        let on_path = find("wasm-opt").filter(|program| version(program).is_some_and(|version| version >= MIN_VERSION));
        let program = on_path.or_else(|| {
            from_npm().inspect_err(|error| eprintln!("    npm could not bring wasm-opt: {error:#}")).ok().flatten()
        });
        if program.is_none() {
            eprintln!(
                "    no wasm-opt: install binaryen {MIN_VERSION} or later, or npm, for a smaller and faster build"
            );
        }
        program.map(|program| WasmOpt { program })
    }

    /// The module, optimized. The same module is optimized once: the result is kept in `cache`.
    ///
    /// # Errors
    /// If wasm-opt refuses the module.
    pub fn optimize(&self, wasm: &[u8], goal: Goal, cache: &Path) -> Result<Vec<u8>> {
        let key =
            Sha256::new().chain_update(format!("{}{goal:?}", self.program.display())).chain_update(wasm).finalize();
        let done = cache.join(format!("{}.wasm", hex(&key)));
        if let Ok(bytes) = fs::read(&done) {
            return Ok(bytes);
        }
        fs::create_dir_all(cache)?;
        // Threads may optimize two modules with the same bytes at once.
        static N_MODULES: AtomicUsize = AtomicUsize::new(0);
        let module_idx = N_MODULES.fetch_add(1, Ordering::Relaxed);
        let temporary = |kind: &str| done.with_extension(format!("{}-{module_idx}.{kind}", std::process::id()));
        let (raw, half_done) = (temporary("raw"), temporary("part"));
        fs::write(&raw, wasm)?;
        let options: &[&str] = match goal {
            Goal::Smallest => &["-Oz", "-Oz"],
            Goal::Size => &["-Oz"],
            Goal::Simd => &["-O3", "--enable-simd"],
            Goal::RelaxedSimd => &["-O3", "--enable-simd", "--enable-relaxed-simd"],
        };
        let mut command = process::command(&self.program.to_string_lossy(), options);
        run(command.args(FEATURES).arg(&raw).arg("-o").arg(&half_done))?;
        fs::rename(&half_done, &done)?;
        fs::remove_file(&raw)?;
        Ok(fs::read(&done)?)
    }
}

fn version(program: &Path) -> Option<u32> {
    let text = output(&mut process::command(&program.to_string_lossy(), &["--version"])).ok()?;
    text.split_whitespace().find_map(|word| word.parse().ok())
}

fn from_npm() -> Result<Option<PathBuf>> {
    let (Some(npm), Some(_node)) = (find("npm"), find("node")) else { return Ok(None) };
    let folder = paths::cache().join(format!("binaryen-{NPM_VERSION}"));
    let program = folder.join("node_modules/.bin/wasm-opt");
    if version(&program).is_none() {
        timed("installing wasm-opt from npm into the cache folder (some seconds, once)", || {
            fs::create_dir_all(&folder)?;
            let mut install =
                process::command(&npm.to_string_lossy(), &["install", "--silent", "--no-audit", "--no-fund"]);
            run(install.arg("--prefix").arg(&folder).arg(format!("binaryen@{NPM_VERSION}")))
        })?;
    }
    Ok(version(&program).map(|_| program))
}
