//! The style sheet: `style/main.css` with its imports put in place, so that the page fetches one file.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// The text of a style sheet, each `@import url("…");` line replaced by what it names (one level deep).
///
/// # Errors
/// If an imported file is missing, or imports on its own.
pub fn bundle(main: &Path) -> Result<String> {
    let mut bundle = String::new();
    let text = fs::read_to_string(main).with_context(|| format!("cannot read {}", main.display()))?;
    for line in text.lines() {
        match imported(line) {
            Some(file) => {
                let path = main.with_file_name(file);
                let text = fs::read_to_string(&path).with_context(|| format!("{} imports {file}", main.display()))?;
                ensure!(!text.lines().any(|line| imported(line).is_some()), "{file}: only main.css may import");
                bundle.push_str(&text);
            }
            None => bundle.push_str(line),
        }
        bundle.push('\n');
    }
    Ok(without_comments(&bundle))
}

/// The file that a line imports.
fn imported(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("@import")?.trim().strip_suffix(';')?.trim();
    Some(rest.strip_prefix("url(").and_then(|url| url.strip_suffix(')')).unwrap_or(rest).trim_matches(['"', '\'']))
}

/// Without comments and empty lines. No string of ours holds a comment's opening.
fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_recognised() {
        assert_eq!(imported("@import url(\"tokens.css\");"), Some("tokens.css"));
        assert_eq!(imported("  @import 'base.css' ;"), Some("base.css"));
        assert_eq!(imported(".import { color: red; }"), None);
    }

    #[test]
    fn comments_go_and_rules_stay() {
        assert_eq!(
            without_comments("/* a */ p { }\n\n  q { /* b\n c */ r: s; }\n/* open"),
            "p { }\nq {\nr: s; }\n".replace("{\nr", "{  r")
        );
    }
}
