//! The rules of the house that no compiler knows. Each message says how to mend it.

mod circles;
mod imports;
mod layering;
mod length;
mod module_tree;
mod texts;

use crate::dist::build_id::files;
use crate::paths;
use crate::steps::Counts;
use anyhow::{Result, bail};
use module_tree::ModuleTree;
use std::fs;

/// Folders and files with text of ours.
const PLACES: [&str; 9] =
    ["engine", "src", "xtask", "tests", "style", "shell", "index.html", "Trunk.toml", "Cargo.toml"];
/// Source folders of the crates whose imports have rules.
const CRATES: [&str; 2] = ["src/", "engine/src/"];

/// One text file of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    /// Path from the root, with slashes.
    path: String,
    text: String,
}

/// Checks all files.
///
/// # Errors
/// The list of what is not as it should be.
pub fn check() -> Result<Counts> {
    let sources = sources()?;
    let mut faults: Vec<String> = sources.iter().flat_map(texts::faults).collect();
    faults.extend(length::median_fault(&sources));
    for root in CRATES {
        let tree = ModuleTree::new(root, &sources);
        faults.extend(layering::faults(&tree));
        faults.extend(circles::faults(&tree));
    }
    if !faults.is_empty() {
        bail!("{} faults\n{}", faults.len(), faults.join("\n"));
    }
    Ok(Counts::default())
}

/// All texts of ours. Files that are not text, or that a build made, are left out.
fn sources() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for place in PLACES {
        for file in files(&paths::root().join(place))? {
            let path = file.strip_prefix(paths::root()).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            if !path.contains("/target/")
                && let Ok(text) = fs::read_to_string(&file)
            {
                sources.push(Source { path, text });
            }
        }
    }
    Ok(sources)
}

#[cfg(test)]
impl Source {
    fn new(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }
}
