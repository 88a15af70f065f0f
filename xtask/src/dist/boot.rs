//! The script that runs before the page's program is there, from the files in `shell/`.

use super::shrink::without_comments;
use crate::paths;
use anyhow::{Context, Result};
use std::fs;

/// The script's name in `index.html`, before it is named by its content.
pub const FILE: &str = "boot.js";
/// Its parts, in the order in which they run: failures are heard of first.
const PARTS: [&str; 2] = ["shell/failure.js", "shell/early_worker.js"];

/// The script's text, without comments.
///
/// # Errors
/// If a part is missing.
pub fn script() -> Result<String> {
    let parts =
        PARTS.map(|part| fs::read_to_string(paths::root().join(part)).with_context(|| format!("reading {part}")));
    let text = parts.into_iter().collect::<Result<String>>()?;
    Ok(without_comments(&text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn script_holds_all_parts() {
        let script = script().unwrap();
        assert!(script.contains("could not start") && script.contains("inklingEarlyWorker"), "{script}");
    }
}
