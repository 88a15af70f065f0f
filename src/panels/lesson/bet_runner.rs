//! Runs what a bet is about, one run after the other, on the bench: with the buttons that the learner has.

use super::bench_setter::replace;
use super::lesson_state::LessonState;
use crate::lesson::{Bet, Outcome, Step};
use crate::protocol::{Phase, RunId};
use crate::state::{AppState, last_epoch};
use leptos::prelude::*;
use std::sync::Arc;

/// A run of the bet that is under way.
#[derive(Debug, Clone, Copy, PartialEq)]
struct UnderWay {
    id: RunId,
    run_idx: usize,
    seed: u64,
}

/// The runs of a bet.
#[derive(Clone)]
pub struct BetRunner {
    lesson: LessonState,
    step: Arc<Step>,
    bet: Arc<Bet>,
    under_way: RwSignal<Option<UnderWay>>,
    /// What has come so far, as the prediction keeps it.
    outcomes: RwSignal<Vec<Vec<Outcome>>>,
    message: RwSignal<&'static str>,
}

impl BetRunner {
    /// None is under way; its runs are noticed when they end as long as the calling component is on the page.
    #[must_use]
    pub fn new(lesson: LessonState, step: Arc<Step>, bet: Arc<Bet>) -> BetRunner {
        let runner = BetRunner {
            lesson,
            step,
            under_way: RwSignal::new(None),
            outcomes: RwSignal::new(vec![Vec::new(); bet.runs.len()]),
            message: RwSignal::new(""),
            bet,
        };
        let watched = runner.clone();
        Effect::new(move |_| watched.watch());
        runner
    }

    fn bench(&self) -> AppState {
        self.lesson.places.of(self.step.bench.place).0
    }

    /// Begins with the first run.
    fn begin(&self) {
        self.message.set("");
        self.outcomes.set(vec![Vec::new(); self.bet.runs.len()]);
        self.next();
    }

    /// Begins the next run that is missing: all runs with the first seed, then with the second one, and so on.
    fn next(&self) {
        // The step can be closed by now.
        let missing = self.outcomes.try_with_untracked(|outcomes| {
            let all =
                (0..self.bet.n_seeds).flat_map(|repetition| (0..outcomes.len()).map(move |run| (run, repetition)));
            all.into_iter().find(|(run, repetition)| outcomes[*run].len() <= *repetition)
        });
        let Some(missing) = missing else { return };
        let Some((run_idx, repetition)) = missing else { return self.finish() };
        let Some(run) = self.bet.runs.get(run_idx) else { return };
        let seed = run.seed(repetition);
        let mut experiment = run.experiment.clone();
        experiment.seed = seed;
        let state = untrack(|| self.bench());
        replace(self.lesson, self.step.bench.place, experiment);
        state.reset();
        let id = state.run.id.get_untracked();
        self.under_way.set(Some(UnderWay { id, run_idx, seed }));
        state.train();
    }

    /// Takes up the run that has ended. Reactive.
    fn watch(&self) {
        let Some(UnderWay { id, run_idx, seed }) = self.under_way.get() else { return };
        let state = self.bench();
        let (run, progress) = (state.run, state.run.progress.read());
        if run.id.get() != id {
            self.under_way.set(None);
            return self.message.set("Another network took the bench, so the runs were not finished.");
        }
        match progress.phase {
            Phase::Failed => {
                self.under_way.set(None);
                self.message.set("A run failed, so there is nothing to compare. The bench says why.");
            }
            // Its last epoch can be a message behind.
            Phase::Finished if run.stop_reason.read().is_some() && last_epoch(&run.epochs.read()) == progress.epoch => {
                let epochs = run.epochs.get();
                self.outcomes.update(|outcomes| {
                    if let Some(seeds) = outcomes.get_mut(run_idx) {
                        seeds.push(Outcome { seed, epochs });
                    }
                });
                self.under_way.set(None);
                let runner = self.clone();
                // After this event is over, so that nothing of the run that ends is lost.
                set_timeout(move || runner.next(), std::time::Duration::ZERO);
            }
            _ => {}
        }
    }

    /// Keeps what came beside the prediction.
    fn finish(&self) {
        let outcomes = self.outcomes.get_untracked();
        self.lesson.progress.update(|progress| {
            if let Some(prediction) = progress.bets.get_mut(&self.step.id) {
                prediction.outcomes = outcomes;
            }
        });
    }

    fn cancel(&self) {
        let state = untrack(|| self.bench());
        self.under_way.set(None);
        state.pause();
        self.message.set("Stopped. The run on the bench is held.");
    }

    /// The button that starts them, and how far they are.
    pub fn view(&self) -> impl IntoView + use<> {
        let (n_all, under_way, outcomes, message) =
            (self.bet.runs.len() * self.bet.n_seeds, self.under_way, self.outcomes, self.message);
        let n_done = move || outcomes.read().iter().map(Vec::len).sum::<usize>();
        let names = StoredValue::new(self.bet.runs.iter().map(|run| run.name.clone()).collect::<Vec<_>>());
        let is_over = {
            let (lesson, id) = (self.lesson, self.step.id.clone());
            Memo::new(move |_| lesson.prediction(&id).is_some_and(|prediction| !prediction.outcomes.is_empty()))
        };
        let epochs = {
            let runner = self.clone();
            move || {
                let progress = runner.bench().run.progress.read();
                (progress.epoch, progress.phase)
            }
        };
        let text = move || {
            let Some(UnderWay { run_idx, seed, .. }) = under_way.get() else { return String::new() };
            let (epoch, phase) = epochs();
            let name = names.with_value(|names| names.get(run_idx).cloned().unwrap_or_default());
            let state = if phase == Phase::Paused { ", held: press Train to go on" } else { "" };
            format!("Run {} of {n_all}: {name}, seed {seed}, epoch {epoch} done{state}.", n_done() + 1)
        };
        let (begin, cancel) = (self.clone(), self.clone());
        view! {
            <div class="bet__runs">
                <button
                    type="button"
                    class="button button--primary"
                    hidden=move || under_way.read().is_some()
                    on:click=move |_| begin.begin()
                    prop:textContent=move || match (is_over.get(), n_all) {
                        (false, 1) => "Run it",
                        (false, _) => "Run them",
                        (true, 1) => "Run it again",
                        (true, _) => "Run them again",
                    }
                ></button>
                <button
                    type="button"
                    class="button button--quiet"
                    hidden=move || under_way.read().is_none()
                    on:click=move |_| cancel.cancel()
                >
                    "Cancel"
                </button>
                <p class="bet__progress" translate="no" prop:textContent=text></p>
                <p class="message" role="status" prop:textContent=move || message.get()></p>
            </div>
        }
    }
}
