//! Undo and redo of edits to the experiment.

use crate::state::{AppState, Editor};
use inkling_engine::experiment::Experiment;
use leptos::prelude::*;

/// Edits that can be taken back.
const MAX_KEPT: usize = 50;

/// The experiments before the present one, and those that were taken back.
#[derive(Clone, Copy)]
pub struct EditHistory {
    editor: Editor,
    state: AppState,
    past: RwSignal<Vec<Experiment>>,
    future: RwSignal<Vec<Experiment>>,
    /// What undo or redo has just brought: no edit to be remembered.
    brought: StoredValue<Option<Experiment>>,
}

impl EditHistory {
    /// Remembers the edits from now on, and puts the history into the context.
    pub fn provide(state: AppState, editor: Editor) -> EditHistory {
        let history = EditHistory {
            editor,
            state,
            past: RwSignal::new(Vec::new()),
            future: RwSignal::new(Vec::new()),
            brought: StoredValue::new(None),
        };
        Effect::watch(move || state.experiment.get(), move |now, former, _| history.remember(now, former), false);
        provide_context(history);
        history
    }

    fn remember(self, now: &Experiment, former: Option<&Experiment>) {
        let Some(former) = former.filter(|former| *former != now) else { return };
        if self.brought.try_update_value(Option::take).flatten().is_some_and(|brought| brought == *now) {
            return;
        }
        self.past.update(|past| {
            past.push(former.clone());
            drop(past.drain(..past.len().saturating_sub(MAX_KEPT)));
        });
        self.future.set(Vec::new());
    }

    /// Whether there is an edit to take back. Reactive.
    #[must_use]
    pub fn can_undo(self) -> bool {
        !self.past.read().is_empty()
    }

    /// Whether there is an edit to bring back. Reactive.
    #[must_use]
    pub fn can_redo(self) -> bool {
        !self.future.read().is_empty()
    }

    /// Takes the last edit back.
    pub fn undo(self) {
        self.go(self.past, self.future);
    }

    /// Brings the edit back that was taken back last.
    pub fn redo(self) {
        self.go(self.future, self.past);
    }

    fn go(self, from: RwSignal<Vec<Experiment>>, to: RwSignal<Vec<Experiment>>) {
        let Some(experiment) = from.try_update(Vec::pop).flatten() else { return };
        to.update(|kept| kept.push(self.state.experiment.get_untracked()));
        self.brought.set_value(Some(experiment.clone()));
        self.editor.load(experiment);
    }
}
