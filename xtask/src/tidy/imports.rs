//! What a Rust file names of its own crate: `use` declarations, and paths that begin with `crate`, `super` or `self`.
//!
//! No full parser: comments are left out, and so is everything from the file's `mod tests` on.

/// One path that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// From 1.
    pub line: usize,
    /// Its segments, as written: `["super", "plan", "Plan"]`; a glob ends in `*`.
    pub path: Vec<String>,
    /// What the file calls it.
    pub name: String,
    /// Whether the file passes it on (`pub use`).
    pub is_reexport: bool,
}

/// All paths that a file names, in order.
pub fn imports(text: &str) -> Vec<Import> {
    let mut imports = Vec::new();
    let mut declaration: Option<(usize, bool, String)> = None;
    for (line_idx, line) in code_lines(text) {
        let line_number = line_idx + 1;
        let (first_line, is_reexport, mut tree) = match declaration.take() {
            Some(begun) => begun,
            None => match declared(line) {
                Some((is_reexport, _)) => (line_number, is_reexport, String::new()),
                None => {
                    imports.extend(inline_paths(line).map(|path| Import::new(line_number, path, None, false)));
                    continue;
                }
            },
        };
        tree.push_str(declared(line).map_or(line, |(_, rest)| rest));
        match tree.split_once(';') {
            Some((tree, _)) => add_tree(tree, &[], (first_line, is_reexport), &mut imports),
            None => declaration = Some((first_line, is_reexport, tree)),
        }
    }
    imports
}

impl Import {
    fn new(line: usize, path: Vec<String>, alias: Option<&str>, is_reexport: bool) -> Import {
        let name = alias.unwrap_or_else(|| path.last().map_or("", String::as_str)).to_owned();
        Import { line, path, name, is_reexport }
    }
}

/// Lines of code with their index, up to the unit tests.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.lines().take_while(|line| !line.starts_with("mod tests"));
    code.map(|line| line.split_once("//").map_or(line, |(code, _)| code)).enumerate()
}

/// Whether a line begins a `use` declaration that is `pub`, and what follows the keyword.
fn declared(line: &str) -> Option<(bool, &str)> {
    let line = line.trim_start();
    let visible = line.strip_prefix("pub").map(|rest| match rest.strip_prefix('(') {
        Some(scoped) => scoped.split_once(')').map_or("", |(_, rest)| rest),
        None => rest,
    });
    let rest = visible.unwrap_or(line).trim_start().strip_prefix("use ")?;
    Some((visible.is_some(), rest))
}

/// Adds the paths of a use tree: `a::{b::C, d as e}`.
fn add_tree(tree: &str, prefix: &[String], place: (usize, bool), imports: &mut Vec<Import>) {
    let tree = tree.trim();
    let (path, group) = match tree.split_once('{') {
        Some((path, group)) => (path, Some(group.trim_end().trim_end_matches('}'))),
        None => (tree, None),
    };
    let (path, alias) = path.split_once(" as ").map_or((path, None), |(path, alias)| (path, Some(alias.trim())));
    let mut segments = prefix.to_vec();
    segments.extend(path.split("::").map(str::trim).filter(|segment| !segment.is_empty()).map(str::to_owned));
    match group {
        Some(group) => branches(group).into_iter().for_each(|tree| add_tree(tree, &segments, place, imports)),
        None => {
            // `a::{self}` names `a`.
            if !prefix.is_empty() && segments.last().is_some_and(|last| last == "self") {
                segments.pop();
            }
            imports.push(Import::new(place.0, segments, alias, place.1));
        }
    }
}

/// A group's parts, at its commas that are in no inner group.
fn branches(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let parts = group.split(move |character| {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        character == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty()).collect()
}

/// Paths within a line of code that begin with `crate`, `super` or `self`.
fn inline_paths(line: &str) -> impl Iterator<Item = Vec<String>> {
    let is_in_path = |character: char| character.is_alphanumeric() || matches!(character, '_' | ':');
    line.split(move |character| !is_in_path(character)).filter_map(|word| {
        let segments: Vec<String> = word.trim_end_matches(':').split("::").map(str::to_owned).collect();
        let is_ours = segments.len() > 1 && matches!(segments[0].as_str(), "crate" | "super" | "self");
        (is_ours && segments.iter().all(|segment| !segment.contains(':'))).then_some(segments)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        imports(text).into_iter().map(|import| format!("{} {}", import.line, import.path.join("::"))).collect()
    }

    #[test]
    fn groups_are_taken_apart() {
        let text = "//! a\nuse crate::a::{self, b::{C, D}, e as f};\nuse std::fs;\n";
        assert_eq!(paths(text), ["2 crate::a", "2 crate::a::b::C", "2 crate::a::b::D", "2 crate::a::e", "3 std::fs"]);
        assert_eq!(imports(text)[3].name, "f");
    }

    #[test]
    fn declarations_may_be_long_and_public() {
        let text = "pub(crate) use super::{\n    a::B, // why\n    C,\n};\nuse super::*;\n";
        assert_eq!(paths(text), ["1 super::a::B", "1 super::C", "5 super::*"]);
        let publicity: Vec<bool> = imports(text).iter().map(|import| import.is_reexport).collect();
        assert_eq!(publicity, [true, true, false]);
    }

    #[test]
    fn paths_in_code_count_and_comments_and_tests_do_not() {
        let text =
            "// crate::no\nfn a(b: &crate::c::D) -> super::E { self.f(self::g()) }\nmod tests {\nuse super::*;\n}\n";
        assert_eq!(paths(text), ["2 crate::c::D", "2 super::E", "2 self::g"]);
    }
}
