//! Which image and which layers' values the worker is asked to send: only those that somebody looks at.

use super::AppState;
use crate::protocol::{Command, Subject, Watch};
use inkling_engine::experiment::Shape;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A view that shows layers' values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Viewer {
    /// The strip of all layers.
    Strip,
    /// The weights, ordered by what their units do.
    Weights,
}

impl AppState {
    /// Looks at another image.
    pub fn look_at(&self, subject: Subject) {
        self.subject.set(subject);
        self.send_watch();
    }

    /// Names the layers whose values a view shows, in the place of those that it showed.
    pub fn watch_layers(&self, viewer: Viewer, layers: Vec<usize>) {
        self.viewed.update_value(|viewed| drop(viewed.insert(viewer, layers)));
        self.send_watch();
    }

    /// The layers that are looked at, ascending: by the views, and by the inspector of one number.
    #[must_use]
    pub fn watched_layers(&self) -> Vec<usize> {
        let mut layers: BTreeSet<usize> = self.viewed.with_value(|viewed| viewed.values().flatten().copied().collect());
        layers.extend(self.probed_layers());
        layers.into_iter().collect()
    }

    /// Tells the worker what is looked at, if that is not what it was told last.
    pub(super) fn send_watch(&self) {
        let watch = Watch { subject: self.subject.get_untracked(), layers: self.watched_layers() };
        if self.told_watch.with_value(|told| told.as_ref() != Some(&watch)) {
            self.told_watch.set_value(Some(watch.clone()));
            self.send(Command::Watch(watch));
        }
    }

    /// The maps that the inspector shows beside a cell's arithmetic: the pinned layer's, and those that it is made of.
    fn probed_layers(&self) -> Vec<usize> {
        let Some((layer_idx, _)) = self.pinned.get_untracked() else { return Vec::new() };
        let checked = self.run.checked.read_untracked();
        let is_map = |layer_idx: usize| {
            checked.layers().get(layer_idx).is_some_and(|layer| matches!(layer.output_shape, Shape::Image { .. }))
        };
        if is_map(layer_idx) { (layer_idx.saturating_sub(1)..=layer_idx).collect() } else { Vec::new() }
    }
}
