//! Notices when the open step is complete.

use super::lesson_state::LessonState;
use super::page_parts;
use crate::lesson::{Complete, Step};
use crate::protocol::Subject;
use crate::state::AppState;
use leptos::{ev, prelude::*};
use std::sync::Arc;
use std::time::Duration;

/// Time that the page has to react to a click before it is looked at.
const REACTION: Duration = Duration::from_millis(300);

/// Marks steps as complete as soon as they are.
pub fn keep_complete(lesson: LessonState) {
    // What is only seen in the page is looked at after each click or key.
    let n_acts = RwSignal::new(0_u32);
    let count = move || {
        // The book can be gone by then.
        let _ = n_acts.try_update(|n_acts| *n_acts += 1);
    };
    let look = move || set_timeout(count, REACTION);
    let clicks = window_event_listener(ev::click, move |_| look());
    let keys = window_event_listener(ev::keyup, move |_| look());
    on_cleanup(move || {
        clicks.remove();
        keys.remove();
    });
    // Drawings and images of before the step was opened do not count.
    let baseline = Memo::new(move |former: Option<&(Option<Arc<Step>>, u32, Subject)>| {
        let step = lesson.step.get();
        match former {
            Some(former) if former.0 == step => former.clone(),
            _ => {
                let (state, _) = untrack(|| lesson.bench());
                (step, state.revision.get_untracked(), state.subject.get_untracked())
            }
        }
    });
    Effect::new(move |_| {
        let (step, revision, subject) = baseline.get();
        let Some(step) = step else { return };
        if lesson.is_complete(&step.id) {
            return;
        }
        let (state, _) = lesson.bench();
        let is_complete = match &step.complete {
            Complete::Read => false,
            Complete::Answered => is_answered(lesson, &step),
            Complete::Epochs(n) => n_trained(state, &step) >= *n,
            Complete::Drawn => state.revision.get() > revision,
            Complete::Image => state.subject.get() != subject,
            Complete::Cell => n_acts.get() > 0 && page_parts::inspected().is_some(),
            Complete::Test => state.run.is_test_opened.get(),
            Complete::Tab(title) => n_acts.get() > 0 && page_parts::is_tab_open(title),
            Complete::Parameters(n) => state.checked.read().as_ref().is_ok_and(|checked| checked.n_params() == *n),
        };
        if is_complete {
            lesson.complete(&step.id);
        }
    });
}

/// Whether all questions and the bet have answers, whatever they are.
fn is_answered(lesson: LessonState, step: &Step) -> bool {
    let progress = lesson.progress.read();
    let answers = progress.answers.get(&step.id).map_or(0, |answers| answers.len());
    let is_bet_over = |bets: &std::collections::BTreeMap<String, crate::lesson::Prediction>| {
        bets.get(&step.id).is_some_and(|prediction| !prediction.outcomes.is_empty())
    };
    answers >= step.questions.len() && (step.bet.is_none() || is_bet_over(&progress.bets))
}

/// Epochs of the step's experiment that were trained, whatever their learning rate.
fn n_trained(state: AppState, step: &Step) -> usize {
    let run = state.run.checked.read();
    let is_its = step
        .bench
        .experiment
        .as_ref()
        .is_none_or(|experiment| run.experiment().differs_at_most_in_rate_and_epochs(experiment));
    if is_its { state.run.progress.read().epoch } else { 0 }
}
