//! The script that runs before the page's program is there, from the files in `shell/`.

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

/// Without lines that are comments, empty lines and indentation. No string of ours spans lines.
fn without_comments(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn comments_go_and_code_stays() {
        assert_eq!(without_comments("// a\n  let b = \"http://c\";\n\n// d\n"), "let b = \"http://c\";\n");
    }

    #[test]
    fn script_holds_all_parts() {
        let script = script().unwrap();
        assert!(script.contains("could not start") && script.contains("inklingEarlyWorker"), "{script}");
    }
}
