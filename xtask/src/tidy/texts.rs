//! Rules about the text of one file: what it opens with, what it must not name.

use super::{Source, length};

/// What is wrong in a file.
pub fn faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    if source.path.ends_with(".rs") {
        faults.extend(opening(source));
        faults.extend(length::fault(source));
        faults.extend(engine_purity(source));
    }
    if source.path.ends_with(".css") {
        faults.extend(length::fault(source));
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

/// Every note about a task names its owner.
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
    let is_link_to_follow = line.contains("<a ")
        || line.contains("const LINK_TO_FOLLOW")
        || line.contains("href=\"http") && !line.contains("<link");
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
        faults(&Source::new(path, text))
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
