//! The modules of a crate, one per file, and which of them a path leads to.

use super::Source;
use super::imports::{Import, imports};
use std::collections::BTreeMap;

/// How many re-exports a path may lead through.
const MAX_HOPS: usize = 8;

/// Path of a module within its crate: `["panels", "run"]`; empty for the root.
pub type ModulePath = Vec<String>;

/// A file of a crate.
#[derive(Debug)]
pub struct Module {
    /// Path of the file from the root of the checkout.
    pub file: String,
    /// What it names.
    pub imports: Vec<Import>,
}

/// All modules of a crate.
#[derive(Debug)]
pub struct ModuleTree {
    modules: BTreeMap<ModulePath, Module>,
}

impl ModuleTree {
    /// The modules of the crate whose files are below `root` (which ends in `/`), without its binaries.
    pub fn new(root: &str, sources: &[Source]) -> ModuleTree {
        let modules = sources.iter().filter_map(|Source { path, text }| {
            let stem = path.strip_prefix(root)?.strip_suffix(".rs").filter(|stem| !stem.starts_with("bin/"))?;
            let mut module: ModulePath = stem.split('/').map(str::to_owned).collect();
            if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
                module.pop();
            }
            Some((module, Module { file: path.clone(), imports: imports(text) }))
        });
        ModuleTree { modules: modules.collect() }
    }

    /// All of them, in order.
    pub fn modules(&self) -> impl Iterator<Item = (&ModulePath, &Module)> {
        self.modules.iter()
    }

    /// The module that defines what `import` of `module` leads to; `None` if that is in another crate.
    pub fn target(&self, module: &[String], import: &Import) -> Option<&ModulePath> {
        self.resolve(module, &import.path, MAX_HOPS)
    }

    fn resolve(&self, module: &[String], path: &[String], n_hops: usize) -> Option<&ModulePath> {
        let mut segments = path.iter().map(String::as_str).peekable();
        let mut place = module.to_vec();
        match *segments.peek()? {
            "crate" => {
                segments.next();
                place.clear();
            }
            "self" => drop(segments.next()),
            "super" => {
                while segments.next_if_eq(&"super").is_some() {
                    place.pop()?;
                }
            }
            // Without such a beginning, it is a child of this module or another crate.
            child => {
                let is_child = self.modules.contains_key(&[module, &[child.to_owned()]].concat());
                is_child.then_some(())?;
            }
        }
        while let Some(segment) = segments.next() {
            place.push(segment.to_owned());
            if !self.modules.contains_key(&place) {
                place.pop();
                // Not a file: an item of this one, or one that it imports by name.
                let mut imports = self.modules.get(&place)?.imports.iter();
                let passed_on = imports.find(|import| import.name == segment && segment != "*");
                if let (Some(import), Some(n_hops)) = (passed_on, n_hops.checked_sub(1)) {
                    let rest = segments.map(str::to_owned);
                    let path: Vec<String> = import.path.iter().cloned().chain(rest).collect();
                    return self.resolve(&place, &path, n_hops);
                }
                break;
            }
        }
        self.modules.get_key_value(&place).map(|(path, _)| path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> ModuleTree {
        ModuleTree::new(
            "src/",
            &[
                Source::new("src/lib.rs", "pub mod a;\npub mod b;\n"),
                Source::new(
                    "src/a/mod.rs",
                    "mod c;\npub use c::Thing;\nuse super::b::{self, Other};\nuse std::io::*;\n",
                ),
                Source::new(
                    "src/a/c.rs",
                    "use super::Other;\nuse crate::b::thing as f;\nuse std::fs;\nuse super::*;\n",
                ),
                Source::new("src/b.rs", "use crate::a::Thing;\nuse crate::a::c;\n"),
                Source::new("src/bin/app.rs", "use inkling::a;\n"),
            ],
        )
    }

    fn targets(module: &str) -> Vec<Option<String>> {
        let tree = tree();
        let (path, found) = tree.modules().find(|(path, _)| path.join("/") == module).into_iter().next().unzip();
        let imports = found.map(|module: &Module| module.imports.as_slice()).unwrap_or_default();
        imports.iter().map(|import| Some(tree.target(path?, import)?.join("/"))).collect()
    }

    fn some(path: &str) -> Option<String> {
        Some(path.to_owned())
    }

    #[test]
    fn paths_lead_to_the_file_that_defines_them() {
        assert_eq!(targets("a"), [some("a/c"), some("b"), some("b"), None]);
        assert_eq!(targets("a/c"), [some("b"), some("b"), None, some("a")]);
    }

    #[test]
    fn re_exports_are_followed() {
        assert_eq!(targets("b"), [some("a/c"), some("a/c")]);
    }

    #[test]
    fn binaries_are_crates_of_their_own() {
        assert_eq!(tree().modules().count(), 4);
    }
}
