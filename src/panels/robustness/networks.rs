//! Keeps the chosen runs' networks in the worker while the panel is on the page: past ones are made again from their last
//! weights, and rest there.

use super::context::RobustnessContext;
use crate::protocol::RunId;
use crate::state::PRETRAINED_RUN;
use leptos::prelude::*;

/// Has the worker make the networks of chosen runs, and forget those that are not chosen any more.
pub fn keep_networks(context: RobustnessContext) {
    let state = context.state;
    let held = StoredValue::new(Vec::<RunId>::new());
    let wanted = Memo::new(move |_| {
        let chosen = context.chosen.read();
        chosen.iter().filter(|candidate| !candidate.is_present).map(|candidate| candidate.run).collect::<Vec<_>>()
    });
    let is_ready = Memo::new(move |_| state.machine.read().is_some());
    Effect::new(move |_| {
        if !is_ready.get() {
            // The worker is gone, and the networks with it.
            held.set_value(Vec::new());
            state.run_answers.built.set(Vec::new());
            return;
        }
        let wanted = wanted.get();
        let before = held.get_value();
        before.iter().filter(|run| !wanted.contains(run)).for_each(|run| state.close(*run));
        for run in wanted.iter().filter(|run| !before.contains(run)) {
            if *run == PRETRAINED_RUN {
                state.build_pretrained();
            } else if let Some(record) = state.past_runs.read_untracked().iter().find(|record| record.id == *run) {
                state.rebuild(record);
            }
        }
        held.set_value(wanted);
    });
    on_cleanup(move || {
        if let Some(held) = held.try_get_value() {
            held.into_iter().for_each(|run| state.close(run));
        }
    });
}

/// Whether a run's network is in the worker. Reactive.
#[must_use]
pub fn is_built(context: RobustnessContext, run: RunId) -> bool {
    let is_present = context.chosen.read().iter().any(|candidate| candidate.run == run && candidate.is_present);
    is_present || context.state.run_answers.built.read().contains(&run)
}
