//! Measures one list of changes on one run after the other.

use super::context::RobustnessContext;
use super::networks::is_built;
use super::queue::{Asked, Task};
use crate::browser::now_ms;
use crate::protocol::questions::ChangeList;
use leptos::prelude::*;

/// Begins to measure a list of changes on the chosen runs, in the place of what was measured before.
pub fn measure(context: RobustnessContext, changes: ChangeList) {
    let question = untrack(|| context.question(changes));
    cancel(context, changes);
    for candidate in context.chosen.get_untracked() {
        context.state.run_answers.forget(candidate.run, question);
        context.queue.update(|queue| queue.push(Task { run: candidate.run, question }));
    }
}

/// Ends the measurement of a list; what is known stays.
pub fn cancel(context: RobustnessContext, changes: ChangeList) {
    drop_tasks(context, |task| task.question.changes != changes);
}

fn drop_tasks(context: RobustnessContext, is_kept: impl Fn(&Task) -> bool) {
    let stopped = context.queue.try_update(|queue| queue.retain(is_kept)).flatten();
    if let Some(Task { run, question }) = stopped {
        context.state.withdraw_from(run, question);
    }
}

/// Puts one task after the other to the worker, as long as the panel is on the page.
pub fn work_through(context: RobustnessContext) {
    let RobustnessContext { state, queue, chosen, .. } = context;
    // Only the set that is shown, and runs that are chosen.
    Effect::new(move |_| {
        let (set, chosen) = (context.set.get(), chosen.get());
        let is_kept =
            |task: &Task| task.question.set == set && chosen.iter().any(|candidate| candidate.run == task.run);
        drop_tasks(context, is_kept);
    });
    let head = Memo::new(move |_| queue.read().tasks.first().copied());
    let is_worker_there = Memo::new(move |_| state.machine.read().is_some());
    // The first task's run, once its network is there, and whether it is the present one.
    let ready = Memo::new(move |_| {
        let task = head.get()?;
        let is_present = state.run.id.get() == task.run;
        (is_worker_there.get() && is_built(context, task.run)).then_some((task, is_present))
    });
    Effect::new(move |_| {
        let Some((task, was_present)) = ready.get() else {
            return queue.update(|queue| queue.asked = None);
        };
        let is_asked = queue.with_untracked(|queue| {
            queue.asked.is_some_and(|asked| asked.task == task && asked.was_present == was_present)
        });
        if !is_asked {
            state.run_answers.refused.set(None);
            queue.update(|queue| queue.asked = Some(Asked { task, begun_ms: now_ms(), was_present }));
            state.ask_run(task.run, task.question);
        }
    });
    Effect::new(move |_| {
        let Some(task) = head.get() else { return };
        let is_refused = state.run_answers.refused.read().as_ref().is_some_and(|(run, _)| *run == task.run);
        let answer = state.run_answers.to(task.run, task.question);
        if is_refused || answer.is_some_and(|(_, answer)| answer.is_complete()) {
            queue.update(|queue| {
                queue.retain(|other| *other != task);
            });
        }
    });
    on_cleanup(move || drop_tasks(context, |_| false));
}

/// How far a measurement is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Share of all changed images that is done.
    pub share: f64,
    /// Expected seconds to the end; `None` before the first news.
    pub seconds_left: Option<f64>,
}

/// How far the measurement of a list is; `None` if it is not measured at present. Reactive.
#[must_use]
pub fn progress(context: RobustnessContext, changes: ChangeList) -> Option<Progress> {
    let queue = context.queue.read();
    if !queue.has(changes) {
        return None;
    }
    let share_of = |task: &Task| {
        let answer = context.state.run_answers.to(task.run, task.question);
        answer.map_or(0.0, |(_, answer)| answer.progress.0 as f64 / answer.progress.1.max(1) as f64)
    };
    let shares: Vec<f64> = queue.of(changes).map(share_of).collect();
    let (n_left, sum) = (shares.len(), shares.iter().sum::<f64>());
    // Runs whose task is done are not in the queue any more.
    let n_finished = context.chosen.read().len().saturating_sub(n_left);
    let asked = queue.asked.filter(|asked| asked.task.question.changes == changes);
    let seconds_left =
        asked.and_then(|asked| seconds_left(share_of(&asked.task), n_left as f64 - sum, now_ms() - asked.begun_ms));
    Some(Progress { share: (n_finished as f64 + sum) / (n_finished + n_left) as f64, seconds_left })
}

/// Time before which no end is foretold: the first images say little.
const FORETELL_AFTER_MS: f64 = 1_500.0;

/// Time for `n_left` tasks if a share of one took `elapsed_ms`; `None` while that says too little.
fn seconds_left(share: f64, n_left: f64, elapsed_ms: f64) -> Option<f64> {
    (share > 0.0 && elapsed_ms > FORETELL_AFTER_MS).then(|| elapsed_ms / 1_000.0 * n_left / share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_takes_as_long_as_what_is_done() {
        assert_eq!(seconds_left(0.25, 1.75, 2_000.0), Some(14.0));
        assert_eq!(seconds_left(0.0, 2.0, 2_000.0), None);
        assert_eq!(seconds_left(0.25, 1.75, 200.0), None);
    }
}
