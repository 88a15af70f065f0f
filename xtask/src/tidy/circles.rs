//! Files that import each other in a circle. Two may, a type and its parts; more can't be read one at a time.

use super::module_tree::{ModulePath, ModuleTree};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What each file imports, by the files' paths. What a file only passes on (`pub use`) does not count: that is a way to
/// the file that defines it.
type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The circles of more than two files, the shortest of those that share a file.
pub fn faults(tree: &ModuleTree) -> Vec<String> {
    let graph = graph(tree);
    let edges = graph.iter().flat_map(|(&from, targets)| targets.iter().map(move |&to| (from, to)));
    let mut circles: Vec<Vec<&str>> = edges.filter_map(|(from, to)| circle(&graph, from, to)).collect();
    circles.sort_by_key(|circle| (circle.len(), circle.clone()));
    let mut named = BTreeSet::new();
    circles.retain(|circle| {
        let is_new = circle.iter().all(|file| !named.contains(file));
        named.extend(circle.iter().copied());
        is_new
    });
    circles.iter().map(|circle| message(circle)).collect()
}

fn message(circle: &[&str]) -> String {
    format!(
        "{}: {} files import each other in a circle, {} → {}: move what they share into a file of its own",
        circle[0],
        circle.len(),
        circle.join(" → "),
        circle[0]
    )
}

fn graph(tree: &ModuleTree) -> Graph<'_> {
    let files: BTreeMap<&ModulePath, &str> =
        tree.modules().map(|(path, module)| (path, module.file.as_str())).collect();
    let targets = |path, module: &super::module_tree::Module| {
        let uses = module.imports.iter().filter(|import| !import.is_reexport);
        let targets = uses.filter_map(|import| files.get(tree.target(path, import)?).copied());
        targets.filter(|target| *target != module.file).collect()
    };
    tree.modules().map(|(path, module)| (files[path], targets(path, module))).collect()
}

/// The shortest circle of more than two files that begins with the import of `to` by `from`.
fn circle<'a>(graph: &Graph<'a>, from: &'a str, to: &'a str) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::from([(to, from)]);
    let mut queue = VecDeque::from([to]);
    while let Some(file) = queue.pop_front() {
        for &next in graph.get(file)? {
            if next == from && file != to {
                return Some(way_back(&came_from, from, file));
            }
            if next != from && !came_from.contains_key(next) {
                came_from.insert(next, file);
                queue.push_back(next);
            }
        }
    }
    None
}

/// The files from `from` to `last`, in the order in which they import each other.
fn way_back<'a>(came_from: &BTreeMap<&'a str, &'a str>, from: &'a str, last: &'a str) -> Vec<&'a str> {
    let mut files = vec![last];
    while let Some(&before) = files.last().and_then(|file| came_from.get(file)) {
        files.push(before);
        if before == from {
            break;
        }
    }
    files.reverse();
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::Source;

    fn check(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
        faults(&ModuleTree::new("src/", &sources))
    }

    #[test]
    fn three_files_in_a_circle_are_named_once() {
        let faults = check(&[
            ("src/lib.rs", "mod a;\nmod b;\nmod c;\n"),
            ("src/a.rs", "use crate::b::B;\n"),
            ("src/b.rs", "fn b(c: crate::c::C) {}\n"),
            ("src/c.rs", "use super::a::{A, D};\nuse crate::b::B;\n"),
        ]);
        assert_eq!(
            faults,
            [
                "src/a.rs: 3 files import each other in a circle, src/a.rs → src/b.rs → src/c.rs → src/a.rs: move what they \
              share into a file of its own"
            ]
        );
    }

    #[test]
    fn two_files_may_import_each_other_and_modules_pass_on_their_parts() {
        let faults = check(&[
            ("src/lib.rs", "pub mod a;\n"),
            (
                "src/a/mod.rs",
                "mod b;\nmod c;\npub use b::B;\npub use c::C;\nuse b::helper;\nuse c::other;\npub struct A;\n",
            ),
            ("src/a/b.rs", "use super::A;\n"),
            ("src/a/c.rs", "use super::A;\n"),
        ]);
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn a_circle_through_re_exports_is_found() {
        let faults = check(&[
            ("src/lib.rs", "pub mod a;\n"),
            ("src/a/mod.rs", "mod b;\nmod c;\nmod d;\npub use b::B;\npub use c::C;\npub use d::D;\n"),
            ("src/a/b.rs", "use super::C;\n"),
            ("src/a/c.rs", "use super::D;\n"),
            ("src/a/d.rs", "use super::B;\n"),
        ]);
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
}
