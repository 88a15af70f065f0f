//! wasm-bindgen: from a compiled program to a module and the script that loads it.

use crate::process::{command, run};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// A bound program.
#[derive(Debug)]
pub struct Bound {
    /// An ES module; it names the WebAssembly module `{name}_bg.wasm`.
    pub script: String,
    /// The WebAssembly module.
    pub wasm: Vec<u8>,
}

/// Binds a compiled program under a name; `folder` is emptied and used for it. `options` are wasm-bindgen's.
///
/// # Errors
/// If wasm-bindgen refuses the program, or a dependency of it brings JavaScript of its own.
pub fn bind(wasm: &Path, name: &str, folder: &Path, options: &[&str]) -> Result<Bound> {
    clear(folder)?;
    let mut bindgen = command("wasm-bindgen", &["--target", "web", "--no-typescript", "--out-name", name]);
    run(bindgen.args(options).arg("--out-dir").arg(folder).arg(wasm))?;
    ensure!(!folder.join("snippets").exists(), "a dependency of {name} brings JavaScript of its own");
    let script = fs::read_to_string(folder.join(format!("{name}.js")))?;
    let wasm_file = format!("{name}_bg.wasm");
    ensure!(script.contains(&wasm_file), "wasm-bindgen's script does not name its module");
    let wasm = fs::read(folder.join(&wasm_file)).with_context(|| format!("wasm-bindgen wrote no {wasm_file}"))?;
    Ok(Bound { script, wasm })
}

/// Removes a folder with all that an earlier build left in it.
///
/// # Errors
/// If it is there and can't be removed.
pub fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(())
}

/// The name that a bound program's script gives to the function which loads and starts the program.
///
/// # Errors
/// If the script exports none.
pub fn init_of(script: &str) -> Result<&str> {
    let before = script.rsplit_once(" as default }").map(|(before, _)| before);
    before.and_then(|before| before.rsplit([' ', '{', ',']).next()).context("the script has no default export")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn init_is_the_default_export() {
        assert_eq!(init_of("code;\nexport { initSync, __wbg_init as default };\n").unwrap(), "__wbg_init");
        assert!(init_of("export { initSync };").is_err());
    }
}
