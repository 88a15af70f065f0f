//! How fields change the experiment.

use super::AppState;
use inkling_engine::experiment::{Experiment, LayerConfig};
use leptos::prelude::*;

/// The one way from a field to the experiment.
#[derive(Clone, Copy)]
pub struct Editor {
    state: AppState,
    /// Counts how often the experiment was replaced or its layers were moved: fields then forget what was typed.
    pub n_loads: RwSignal<u32>,
    /// Whether anything was edited since the page was opened; only then does its address change.
    pub is_touched: RwSignal<bool>,
}

/// Puts the editor into the context.
pub fn provide_editor(state: AppState) -> Editor {
    let editor = Editor { state, n_loads: RwSignal::new(0), is_touched: RwSignal::new(false) };
    provide_context(editor);
    editor
}

/// The page's editor.
///
/// # Panics
/// Outside of a component below [`provide_editor`].
#[must_use]
pub fn use_editor() -> Editor {
    expect_context::<Editor>()
}

impl Editor {
    /// Changes a value.
    pub fn edit(self, change: impl FnOnce(&mut Experiment)) {
        self.is_touched.set(true);
        self.state.edit(change);
    }

    /// Changes which layers there are.
    pub fn edit_layers(self, change: impl FnOnce(&mut Vec<LayerConfig>)) {
        self.edit(|experiment| change(&mut experiment.network));
        self.n_loads.update(|n_loads| *n_loads += 1);
    }

    /// Replaces the whole experiment, as the learner asked.
    pub fn load(self, experiment: Experiment) {
        self.is_touched.set(true);
        self.replace(experiment);
    }

    /// Replaces the whole experiment, as the page's address asked.
    pub fn replace(self, experiment: Experiment) {
        self.state.load(experiment);
        self.n_loads.update(|n_loads| *n_loads += 1);
    }

    /// One number or word of the experiment, as a signal; while it does not exist, the signal keeps its last value.
    pub fn value<T: Copy + PartialEq + Default + Send + Sync + 'static>(self, part: impl Part<T>) -> Signal<T> {
        let experiment = self.state.experiment;
        Memo::new(move |former: Option<&T>| {
            let mut experiment = experiment.get();
            part(&mut experiment).copied().or(former.copied()).unwrap_or_default()
        })
        .into()
    }

    /// What puts that number or word into the experiment.
    pub fn setter<T: 'static>(self, part: impl Part<T>) -> impl Fn(T) + Copy + Send + Sync + 'static {
        move |value| {
            self.edit(|experiment| {
                if let Some(place) = part(experiment) {
                    *place = value;
                }
            });
        }
    }
}

/// Where in an experiment a number or a word stands, if it is there.
pub trait Part<T>: Fn(&mut Experiment) -> Option<&mut T> + Copy + Send + Sync + 'static {}

impl<T, F: Fn(&mut Experiment) -> Option<&mut T> + Copy + Send + Sync + 'static> Part<T> for F {}
