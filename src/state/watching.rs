//! Which image and which layers' values the worker is asked to send: only those that somebody looks at.

use super::AppState;
use crate::protocol::{Command, Inspection, LayerCell, Subject, Watch};
use inkling_engine::experiment::Shape;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A panel that shows layers' values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Viewer {
    /// The strip of all layers.
    Strip,
    /// The weights, ordered by what their units do.
    Weights,
    /// The graph of Dense layers.
    Graph,
}

impl AppState {
    /// Looks at another image.
    pub fn look_at(&self, subject: Subject) {
        self.subject.set(subject);
        self.send_watch();
    }

    /// The newest look at the present run's network; nothing while a new network is on its way. Reactive.
    #[must_use]
    pub fn seen(&self) -> Option<Arc<Inspection>> {
        self.inspection.get().filter(|inspection| inspection.run == self.run.id.get())
    }

    /// Names the layers whose values a panel shows, in the place of those that it showed.
    pub fn watch_layers(&self, viewer: Viewer, layers: Vec<usize>) {
        self.viewed.update_value(|viewed| drop(viewed.insert(viewer, layers)));
        self.send_watch();
    }

    /// The layers that are looked at, ascending: by the panels, and by the inspector of one number.
    #[must_use]
    pub fn watched_layers(&self) -> Vec<usize> {
        let mut layers: BTreeSet<usize> = self.viewed.with_value(|viewed| viewed.values().flatten().copied().collect());
        layers.extend(self.inspected_layers());
        layers.into_iter().collect()
    }

    /// Sends the worker what is looked at, if that has changed.
    pub(super) fn send_watch(&self) {
        let watch = Watch {
            run: self.run.id.get_untracked(),
            subject: self.subject.get_untracked(),
            layers: self.watched_layers(),
            pinned: self.pinned.get_untracked().map(|(layer_idx, cell)| LayerCell { layer_idx, cell }),
        };
        if self.watched.with_value(|watched| watched.as_ref() != Some(&watch)) {
            self.watched.set_value(Some(watch.clone()));
            self.send(Command::Watch(watch));
        }
    }

    /// The maps that the inspector shows beside a cell's arithmetic: the pinned layer's, and those that it is made of.
    fn inspected_layers(&self) -> Vec<usize> {
        let Some((layer_idx, _)) = self.pinned.get_untracked() else { return Vec::new() };
        let checked = self.run.checked.read_untracked();
        let is_map = |layer_idx: usize| {
            checked.layers().get(layer_idx).is_some_and(|layer| matches!(layer.output_shape, Shape::Image { .. }))
        };
        if is_map(layer_idx) { (layer_idx.saturating_sub(1)..=layer_idx).collect() } else { Vec::new() }
    }
}
