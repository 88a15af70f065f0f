//! The rules of the house that no compiler knows. Each message says how to mend it.

use crate::dist::build_id::files;
use crate::paths;
use crate::steps::Counts;
use anyhow::{Result, bail};
use std::fs;

/// Folders and files with text of ours.
const PLACES: [&str; 9] =
    ["engine", "src", "xtask", "tests", "style", "shell", "index.html", "Trunk.toml", "Cargo.toml"];
/// A file that needs more lines than this has more than one concept.
const MAX_LINES: usize = 500;

/// One text file of ours.
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
    let mut faults = Vec::new();
    for place in PLACES {
        for file in files(&paths::root().join(place))? {
            let path = file.strip_prefix(paths::root()).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            // Files that are no text, or not written by hand, are of no interest here.
            if !path.contains("/target/")
                && let Ok(text) = fs::read_to_string(&file)
            {
                faults.extend(faults_of(&Source { path, text }));
            }
        }
    }
    if !faults.is_empty() {
        bail!("{} faults\n{}", faults.len(), faults.join("\n"));
    }
    Ok(Counts::default())
}

fn faults_of(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    if source.path.ends_with(".rs") {
        faults.extend(opening(source));
        faults.extend(length(source));
        faults.extend(engine_purity(source));
    }
    if source.path.ends_with(".css") {
        faults.extend(length(source));
    }
    faults.extend(bare_todos(source));
    faults.extend(third_parties(source));
    faults
}

/// Every Rust file says what it is.
fn opening(Source { path, text }: &Source) -> Option<String> {
    let is_opened = text.starts_with("//! ") || text.starts_with("#![doc");
    (!is_opened).then(|| format!("{path}:1: open the file with a line `//! …` that says what it is"))
}

/// One concept per file.
fn length(Source { path, text }: &Source) -> Option<String> {
    let n_lines = text.lines().count();
    (n_lines > MAX_LINES).then(|| {
        format!("{path}: {n_lines} lines; split it into files of one concept each (at most {MAX_LINES} lines)")
    })
}

/// The engine knows no web.
fn engine_purity(Source { path, text }: &Source) -> Vec<String> {
    if !path.starts_with("engine/src/") {
        return Vec::new();
    }
    let words = ["web_sys", "js_sys", "wasm_bindgen", "std::time", "std::thread", "std::fs"];
    lines_with(text, |line| words.iter().any(|word| line.contains(word)))
        .map(|n| format!("{path}:{n}: the engine knows no web, clock, thread or file: let its caller do this"))
        .collect()
}

/// A task without an owner is nobody's.
fn bare_todos(Source { path, text }: &Source) -> Vec<String> {
    let marks = ["TO\u{44}O", "FIX\u{4d}E", "XX\u{58}"];
    lines_with(text, |line| marks.iter().any(|mark| line.contains(mark) && !line.contains(&format!("{mark}("))))
        .map(|n| format!("{path}:{n}: do it now, or file it and say who will"))
        .collect()
}

/// Nothing is loaded from a third party.
fn third_parties(Source { path, text }: &Source) -> Vec<String> {
    let is_loaded = ["src/", "style/", "shell/"].iter().any(|folder| path.starts_with(folder)) || path == "index.html";
    if !is_loaded {
        return Vec::new();
    }
    let is_foreign = |line: &str| {
        let code = line.trim_start();
        let is_comment = code.starts_with("//") || code.starts_with("/*") || code.starts_with('*');
        let rest = line.replace("http://www.w3.org/", "");
        !is_comment && ["https://", "http://"].iter().any(|scheme| rest.contains(scheme)) && loads(&rest)
    };
    lines_with(text, is_foreign)
        .map(|n| {
            format!("{path}:{n}: the page loads nothing from other hosts: put a copy under assets/, with its licence")
        })
        .collect()
}

/// Whether a line with a foreign address makes the browser fetch it. A link that the user may follow does not.
fn loads(line: &str) -> bool {
    let is_link_to_follow = line.contains("<a ") || line.contains("href=\"http") && !line.contains("<link");
    !is_link_to_follow || line.contains("src=") || line.contains("url(")
}

/// Numbers of the lines that fit.
fn lines_with(text: &str, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = usize> {
    text.lines().enumerate().filter(move |(_, line)| fits(line)).map(|(line_idx, _)| line_idx + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> Vec<String> {
        faults_of(&Source { path: path.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn good_file_has_no_faults() {
        assert!(check("src/lib.rs", "//! What it is.\n// See https://example.org\n").is_empty());
    }

    #[test]
    fn rust_file_without_opening_is_named() {
        assert_eq!(
            check("src/a.rs", "fn a() {}"),
            ["src/a.rs:1: open the file with a line `//! …` that says what it is"]
        );
    }

    #[test]
    fn long_file_is_named() {
        let text = "//! a\n".repeat(501);
        assert_eq!(
            check("src/a.rs", &text),
            ["src/a.rs: 501 lines; split it into files of one concept each (at most 500 lines)"]
        );
    }

    #[test]
    fn engine_must_not_know_the_web() {
        let text = "//! a\nuse web_sys::Window;\n";
        assert_eq!(check("engine/src/a.rs", text).len(), 1);
        assert!(check("src/a.rs", text).is_empty());
    }

    #[test]
    fn tasks_need_an_owner() {
        let mark = "TO\u{44}O";
        assert_eq!(check("src/a.rs", &format!("//! a\n// {mark}: b\n")).len(), 1);
        assert!(check("src/a.rs", &format!("//! a\n// {mark}(ann): b\n")).is_empty());
    }

    #[test]
    fn foreign_addresses_must_not_be_loaded() {
        assert_eq!(check("index.html", "<script src=\"https://cdn.example/x.js\"></script>").len(), 1);
        assert_eq!(check("style/a.css", "a { background: url(https://cdn.example/x.png); }").len(), 1);
        assert_eq!(check("src/a.rs", "//! a\nlet url = \"https://cdn.example/x\";").len(), 1);
        assert!(check("src/a.rs", "//! a\nview! { <a href=\"https://keras.io\">\"Keras\"</a> }").is_empty());
        assert!(check("src/a.rs", "//! a\nlet svg = \"http://www.w3.org/2000/svg\";").is_empty());
    }
}
