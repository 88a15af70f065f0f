//! The build's name: a hash of all sources, compiled into page and workers, so that they notice if they don't match.

use crate::paths;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What a build is made from.
const SOURCES: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "Trunk.toml", "index.html", "shell", "src", "engine/src", "style"];

/// Twelve hexadecimal digits that change with any source.
///
/// # Errors
/// If a source can't be read.
pub fn of_sources() -> Result<String> {
    let mut sha256 = Sha256::new();
    for source in SOURCES {
        for file in files(&paths::root().join(source))? {
            let bytes = fs::read(&file)?;
            let path = file.strip_prefix(paths::root()).unwrap_or(&file);
            sha256.update(format!("{}\0{}\0", path.display(), bytes.len()));
            sha256.update(bytes);
        }
    }
    Ok(hex(&sha256.finalize())[..12].to_owned())
}

/// Eight hexadecimal digits for a file's name.
#[must_use]
pub fn of_content(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))[..8].to_owned()
}

/// Lower-case hexadecimal digits of bytes.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The file itself, or all files below the folder, sorted; without hidden ones.
///
/// # Errors
/// If a folder can't be read.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(if path.is_file() { vec![path.to_path_buf()] } else { Vec::new() });
    }
    let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    entries.retain(|entry| entry.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
    entries.sort();
    let mut all = Vec::new();
    for entry in entries {
        all.extend(files(&entry)?);
    }
    Ok(all)
}
