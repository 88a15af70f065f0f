//! The page's imports run one way: app → places → panels → components → plot. No panel or place imports another one.

use super::imports::Import;
use super::module_tree::{ModulePath, ModuleTree};

/// From the top down: a layer may import those that come after it.
const LAYERS: [&str; 5] = ["app", "places", "panels", "components", "plot"];
/// Layers whose members must not import each other.
const OF_SIBLINGS: [&str; 2] = ["places", "panels"];

/// Imports that run upwards or sideways.
pub fn faults(tree: &ModuleTree) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, module) in tree.modules() {
        for import in module.imports.iter().filter(|import| import.path[0] != "std") {
            let target = tree.target(path, import);
            if let Some(cure) = target.and_then(|target| cure(path, target)) {
                faults.push(format!("{}:{}: {}: {cure}", module.file, import.line, shown(import)));
            }
        }
    }
    faults.dedup();
    faults
}

fn shown(import: &Import) -> String {
    import.path.join("::")
}

/// What to do about an import of `to` in `from`, if it runs the wrong way.
fn cure(from: &ModulePath, to: &ModulePath) -> Option<String> {
    let ((from_layer, from_rank), (to_layer, to_rank)) = (layer(from)?, layer(to)?);
    if from_rank > to_rank {
        return Some(format!(
            "{from_layer} never import {to_layer}: hand it down as a prop or a context, or move what both need into \
             src/{from_layer}"
        ));
    }
    let (from_member, to_member) = (from.get(1)?, to.get(1)?);
    let is_sideways = from_rank == to_rank && from_member != to_member && OF_SIBLINGS.contains(&from_layer);
    is_sideways.then(|| {
        let below = LAYERS[from_rank + 1];
        format!(
            "{from_layer} never import each other ({from_member}, {to_member}): move what both need into src/{below} or \
             src/state, or put them together in the layer above"
        )
    })
}

/// A module's layer and its rank, from the top.
fn layer(module: &ModulePath) -> Option<(&'static str, usize)> {
    let rank = LAYERS.iter().position(|layer| module.first().is_some_and(|first| first == layer))?;
    Some((LAYERS[rank], rank))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::Source;

    /// The faults of a file with this import.
    fn check(path: &str, import: &str) -> Vec<String> {
        let mut sources: Vec<Source> = ["app/page", "places/digits/tabs", "panels/run/chart", "panels/pad/mod"]
            .into_iter()
            .chain([
                "components/card",
                "plot/ticks",
                "app/mod",
                "places/mod",
                "panels/mod",
                "components/mod",
                "plot/mod",
            ])
            .map(|stem| Source::new(&format!("src/{stem}.rs"), ""))
            .filter(|source| source.path != path)
            .collect();
        sources.push(Source::new(path, &format!("//! a\nuse {import};\n")));
        faults(&ModuleTree::new("src/", &sources))
    }

    #[test]
    fn arrows_run_down() {
        for (path, import) in [
            ("src/app/page.rs", "crate::places::digits::tabs::Tabs"),
            ("src/places/digits/tabs.rs", "crate::panels::{pad, run::chart::Chart}"),
            ("src/panels/run/chart.rs", "crate::components::card::Card"),
            ("src/components/card.rs", "crate::plot::ticks::ticks"),
            ("src/panels/pad/mod.rs", "leptos::prelude::*"),
        ] {
            assert!(check(path, import).is_empty(), "{path} {import}");
        }
    }

    #[test]
    fn arrows_upwards_are_faults() {
        assert_eq!(
            check("src/components/card.rs", "crate::panels::pad::Pad"),
            [
                "src/components/card.rs:2: crate::panels::pad::Pad: components never import panels: hand it down as a prop \
              or a context, or move what both need into src/components"
            ]
        );
        assert_eq!(check("src/panels/run/chart.rs", "crate::places::digits::tabs::Tabs").len(), 1);
        assert_eq!(check("src/places/digits/tabs.rs", "crate::app::page").len(), 1);
        assert_eq!(check("src/plot/ticks.rs", "super::super::components::card::Card").len(), 1);
    }

    #[test]
    fn panels_do_not_import_each_other() {
        assert_eq!(
            check("src/panels/run/chart.rs", "super::super::pad::Pad"),
            [
                "src/panels/run/chart.rs:2: super::super::pad::Pad: panels never import each other (run, pad): move what \
              both need into src/components or src/state, or put them together in the layer above"
            ]
        );
    }
}
