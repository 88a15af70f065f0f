//! What scripts and modules do not need to work: comments, indentation, and long names of imports.

use super::bindgen::Bound;
use std::collections::BTreeSet;

/// How wasm-bindgen's names of imports begin; they end with a hash, which no compression makes smaller.
const PREFIX: &str = "__wbg_";
const HASH_DIGITS: usize = 16;

impl Bound {
    /// The same program in fewer bytes.
    #[must_use]
    pub fn shrunk(self) -> Bound {
        let mut names = Vec::new();
        let mut script = without_comments(&self.script);
        for (name_idx, name) in import_names(&script).into_iter().enumerate() {
            // As long as the name, so that no offset in the module changes.
            let short = format!("{PREFIX}{name_idx:0width$}", width = name.len() - PREFIX.len());
            script = script.replace(&name, &short);
            names.push((name, short));
        }
        let mut wasm = self.wasm;
        rename(&mut wasm, &names);
        Bound { script, wasm }
    }
}

/// The imports that a script gives to its module.
fn import_names(script: &str) -> BTreeSet<String> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let names = script.match_indices(PREFIX).filter_map(|(start, _)| script[start..].split(|c| !is_in_name(c)).next());
    let is_hashed = |name: &&str| {
        name.rsplit_once('_')
            .is_some_and(|(_, hash)| hash.len() == HASH_DIGITS && hash.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    names.filter(is_hashed).map(str::to_owned).collect()
}

/// Gives imports their new names, which have the same length.
fn rename(wasm: &mut [u8], names: &[(String, String)]) {
    for start in 0..wasm.len().saturating_sub(PREFIX.len()) {
        let rest = &mut wasm[start..];
        if !rest.starts_with(PREFIX.as_bytes()) {
            continue;
        }
        if let Some((_, new)) = names.iter().find(|(old, _)| rest.starts_with(old.as_bytes())) {
            rest[..new.len()].copy_from_slice(new.as_bytes());
        }
    }
}

/// A script without lines that are comments, empty lines and indentation. No string in it may span lines.
#[must_use]
pub fn without_comments(script: &str) -> String {
    let is_comment =
        |line: &&str| ["//", "/**", "* ", "*/"].iter().any(|begin| line.starts_with(begin)) || *line == "*";
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_code_stays() {
        let script =
            "/**\n * @param {number} a\n *\n */\nfunction f(a) {\n    // why\n    return \"http://c\"; // d\n}\n\n";
        assert_eq!(without_comments(script), "function f(a) {\nreturn \"http://c\"; // d\n}\n");
    }

    #[test]
    fn imports_are_numbered_in_script_and_module() {
        let script = "__wbg_get_0123456789abcdef: f,\n__wbg_set_fedcba9876543210: __wbg_init,\n".to_owned();
        let wasm = b"\0a__wbg_set_fedcba9876543210\0__wbg_init\0__wbg_get_0123456789abcdef".to_vec();
        let Bound { script, wasm } = Bound { script, wasm }.shrunk();
        assert_eq!(script, "__wbg_00000000000000000000: f,\n__wbg_00000000000000000001: __wbg_init,\n");
        assert_eq!(wasm, b"\0a__wbg_00000000000000000001\0__wbg_init\0__wbg_00000000000000000000");
    }
}
