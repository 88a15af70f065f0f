//! Programs in parts: the one that a first visit needs, and those that it can wait for.
//!
//! Release builds of `app` and `worker` say where they can be cut (see `src/components/part.rs`, `src/app/address_reader.rs`,
//! `src/worker/question_part.rs` and `build.rs`); wasm-split cuts them.

use super::bindgen::{Bound, bind, clear};
use super::shrink::without_comments;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use wasm_split_cli_support::{Options, transform};

/// The module that fetches the parts, as the program's script names it.
pub const LOADER: &str = "./parts.js";
/// The program's script, as the loader names it.
pub const SCRIPT: &str = "./program.js";

/// How wasm-split's loader instantiates a part. Browsers refuse this for files that come under another type than
/// `application/wasm`.
const INSTANTIATE: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// The replacement, which accepts files of any type.
const INSTANTIATE_ANY: &str = "instantiate(src, imports)";
const INSTANTIATE_FUNCTION: &str = r#"
async function instantiate(fetching, imports) {
    const response = await fetching;
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
    return response.headers.get("Content-Type") === "application/wasm"
        ? WebAssembly.instantiateStreaming(response, imports)
        : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
"#;

/// A program.
#[derive(Debug)]
pub struct Program {
    /// What a first visit needs; its script imports [`LOADER`].
    pub first: Bound,
    /// Fetches parts; imports [`SCRIPT`].
    pub loader: String,
    /// Each part's file name in the loader, what it is called, and its module.
    pub parts: Vec<(String, String, Vec<u8>)>,
}

/// Cuts the release build `built` of a program and generates its bindings under a name; `folder` is emptied and used for it.
///
/// # Errors
/// If it is not built, or not so that it can be cut.
pub fn cut(built: &Path, name: &str, folder: &Path) -> Result<Program> {
    let wasm = fs::read(built).with_context(|| format!("there is no {}", built.display()))?;
    clear(folder)?;
    let first = folder.join(format!("{name}.wasm"));
    let mut options = Options::new(&wasm);
    (options.output_dir, options.main_out_path) = (folder, &first);
    (options.link_name, options.main_module) = (LOADER, SCRIPT);
    let cut = transform(options).map_err(|error| anyhow::anyhow!("wasm-split: {error:#}"))?;
    ensure!(!cut.split_modules.is_empty(), "{name} has no parts");
    let parts = cut.split_modules.iter().map(|path| read_part(path)).collect::<Result<Vec<_>>>()?;
    let loader = for_any_type(&fs::read_to_string(folder.join(LOADER))?)?;
    // The parts call functions of the first by its table, so the table has to be exported.
    let first = bind(&first, name, &folder.join("bound"), &["--keep-lld-exports"])?.shrunk();
    let is_met = first.script.contains(&imports(LOADER)) && loader.contains(&imports(SCRIPT));
    ensure!(is_met, "the script of {name} and the loader don't import each other");
    Ok(Program { first, loader, parts })
}

impl Program {
    /// The program's script with its loader inside: one file less to fetch before the program starts.
    ///
    /// # Errors
    /// If script or loader are not written as wasm-bindgen and wasm-split write them.
    pub fn joined_script(&self) -> Result<String> {
        let import = self.first.script.lines().find(|line| line.contains(&imports(LOADER)));
        let import = import.context("the script does not import its loader")?;
        let name = import.strip_prefix("import * as ").and_then(|rest| rest.split(' ').next());
        let name = name.context("the script does not import its loader as a whole")?;
        let loader = without_comments(&self.loader);
        let body: Vec<_> = loader.lines().filter(|line| !line.contains(&imports(SCRIPT))).collect();
        let body = body.join("\n").replace("export const ", &format!("{name}."));
        Ok(self.first.script.replace(import, &format!("const {name} = {{}};\n(() => {{\n{body}\n}})();")))
    }
}

/// The loader, changed so that it accepts parts of any type.
fn for_any_type(loader: &str) -> Result<String> {
    ensure!(loader.contains(INSTANTIATE), "wasm-split's loader does not contain {INSTANTIATE}");
    Ok(loader.replace(INSTANTIATE, INSTANTIATE_ANY) + INSTANTIATE_FUNCTION)
}

/// How a script imports another: the end of its import statement. The same name elsewhere is one that modules go by.
#[must_use]
pub fn imports(script: &str) -> String {
    format!(" from \"{script}\"")
}

/// `split_later.wasm` is what only one part needs, `chunk_3.wasm` what several do.
fn read_part(path: &Path) -> Result<(String, String, Vec<u8>)> {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).context("a part has no name")?;
    let name = stem.strip_prefix("split_").map_or_else(|| stem.replace("chunk_", "shared"), str::to_owned);
    let wasm = fs::read(path).with_context(|| format!("there is no {}", path.display()))?;
    Ok((format!("{stem}.wasm"), format!("part-{name}"), wasm))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn loader_takes_parts_under_any_type() {
        let loader =
            for_any_type("return async (imports) => (WebAssembly.instantiateStreaming(src, imports));").unwrap();
        assert!(loader.starts_with("return async (imports) => (instantiate(src, imports));"), "{loader}");
        assert!(loader.contains("WebAssembly.instantiate(await response.arrayBuffer(), imports)"), "{loader}");
        assert!(for_any_type("another loader").is_err());
    }
}
