//! The style sheets, `style/main.css` and `style/later.css`, with their imports put in place and minified: one small
//! file for the first view, and one for what comes with the parts of the program.

use anyhow::Result;
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::error::Error;
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::ParserOptions;
use std::fmt::Display;
use std::path::Path;

/// The text of a style sheet and all that it imports, without comments and white space.
///
/// Rules stay as they are written: neither merged nor rewritten for older browsers, which made the file larger after
/// compression.
///
/// # Errors
/// If a file is missing or is not CSS; the message names file and line.
pub fn bundle(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let sheet = bundler.bundle(main).map_err(placed)?;
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    Ok(sheet.to_css(options).map_err(placed)?.code)
}

/// The error with its place; lightningcss counts lines from 0.
fn placed(error: Error<impl Display>) -> anyhow::Error {
    match error.loc {
        Some(place) => anyhow::anyhow!("{}:{}: {}", place.filename, place.line + 1, error.kind),
        None => anyhow::anyhow!("{}", error.kind),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    /// Bundles files written into a folder of their own.
    fn bundled(folder: &str, files: &[(&str, &str)]) -> Result<String> {
        let folder = std::env::temp_dir().join(format!("inkling-style-{folder}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let result = bundle(&folder.join("main.css"));
        std::fs::remove_dir_all(&folder).unwrap();
        result
    }

    #[test]
    fn imports_are_put_in_place_and_comments_go() {
        let files = [
            ("main.css", "/* all */\n@import url(\"a.css\");\n@import 'b.css';\n"),
            ("a.css", "p:has(> a) {\n  color: var(--ink); /* why */\n}\n"),
            ("b.css", "@media (hover: hover) { q { field-sizing: content; } }"),
        ];
        assert_eq!(
            bundled("good", &files).unwrap(),
            "p:has(>a){color:var(--ink)}@media (hover:hover){q{field-sizing:content}}"
        );
    }

    #[test]
    fn missing_files_and_broken_rules_are_named() {
        let missing = bundled("missing", &[("main.css", "@import 'gone.css';")]).unwrap_err().to_string();
        assert!(missing.contains("main.css:1: "), "{missing}");
        let broken = bundled("broken", &[("main.css", "p {}\nq > {}")]).unwrap_err().to_string();
        assert!(broken.contains("main.css:2"), "{broken}");
    }

    #[test]
    fn the_pages_own_sheets_hold_every_file_once() {
        let style = crate::paths::root().join("style");
        let mut imports = String::new();
        for name in ["main.css", "later.css"] {
            let sheet = bundle(&style.join(name)).unwrap();
            assert!(!sheet.contains("@import") && !sheet.contains("/*"), "{sheet}");
            // Tokens choose between light and dark by an empty value, which has to stay.
            assert_eq!(sheet.contains("--light:initial;--dark: }"), name == "main.css", "{sheet}");
            imports += &std::fs::read_to_string(style.join(name)).unwrap();
        }
        for file in std::fs::read_dir(&style).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let n_imports = imports.matches(&format!("url(\"{name}\")")).count();
            assert_eq!(n_imports, usize::from(name != "main.css" && name != "later.css"), "{name}");
        }
    }
}
