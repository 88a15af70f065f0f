//! The worker's news become the page's state; news of an older run are dropped.

use super::{AppState, DataState, Labels, Machine};
use crate::protocol::{BUILD_ID, Event, Failure, FailureKind, MAX_BATCH_POINTS, Phase, RunId, Start};
use leptos::prelude::*;
use std::sync::Arc;

impl AppState {
    pub(super) fn apply(&self, event: Event) {
        match event {
            Event::Ready { build_id, simd, n_cores } => {
                if build_id != BUILD_ID {
                    self.fail(Failure {
                        kind: FailureKind::Build,
                        message: format!("page and worker are of different builds ({BUILD_ID} and {build_id})"),
                    });
                    return;
                }
                self.machine.set(Some(Machine { simd, n_cores, n_workers: 1 }));
                self.on_ready();
            }
            Event::DataLoading(progress) => self.data.set(DataState::Loading(progress)),
            Event::DataLoaded { n_train, n_test, labels } => {
                self.labels.set(Arc::new(Labels::new(labels, n_train)));
                self.data.set(DataState::Loaded { n_train, n_test });
            }
            Event::Built { run } if self.is_present(run) => {
                self.dismiss(FailureKind::Experiment);
                self.load_data();
            }
            Event::Progressed(mut progress) if self.is_present(progress.run) => {
                let batches = std::mem::take(&mut progress.batches);
                if let Some(last) = batches.last() {
                    self.run.last_batch.set(Some(*last));
                    let room = MAX_BATCH_POINTS.saturating_sub(self.run.batches.read_untracked().len());
                    if room > 0 {
                        self.run.batches.update(|points| points.extend(batches.into_iter().take(room)));
                    }
                }
                self.run.progress.set(progress);
            }
            Event::EpochsEnded { run, records, seconds } if self.is_present(run) => {
                self.run.epochs.update(|epochs| epochs.extend(records));
                self.run.seconds.set(seconds);
            }
            Event::Finished { run, reason } if self.is_present(run) => self.run.stop_reason.set(Some(reason)),
            Event::Evaluating { run, n_done, n_total } if self.is_present(run) => {
                self.run.evaluating.set(Some((n_done, n_total)));
            }
            Event::Evaluated { run, evaluation } if self.is_present(run) => {
                self.run.evaluating.set(None);
                self.run.evaluation.set(Some(evaluation));
            }
            Event::Inspected(inspection) if self.is_present(inspection.run) => {
                self.inspection.set(Some(Arc::new(inspection)));
                self.ask_pinned();
            }
            Event::Answered { run, n_steps, answer } if self.is_present(run) => self.answers.take(n_steps, answer),
            Event::Committed { run, edits } if self.is_present(run) => {
                self.run.weight_edits.update(|weight_edits| weight_edits.settle(edits));
            }
            Event::Reverted { run, best_epoch, undone } if self.is_present(run) => {
                self.run.weight_edits.update(|weight_edits| weight_edits.return_to(best_epoch, &undone));
            }
            Event::WorkersChanged { n_workers, n_cores } => self.machine.update(|machine| {
                if let Some(machine) = machine {
                    (machine.n_workers, machine.n_cores) = (n_workers, n_cores);
                }
            }),
            Event::Failed(failure) => self.apply_failure(failure),
            // News of a run that is no longer shown.
            Event::Built { .. }
            | Event::Progressed(_)
            | Event::EpochsEnded { .. }
            | Event::Finished { .. }
            | Event::Evaluating { .. }
            | Event::Evaluated { .. }
            | Event::Inspected(_)
            | Event::Answered { .. }
            | Event::Committed { .. }
            | Event::Reverted { .. }
            // News for the bench's page.
            | Event::Benched { .. } => {}
        }
    }

    fn is_present(&self, run: RunId) -> bool {
        self.run.id.get_untracked() == run
    }

    fn apply_failure(&self, failure: Failure) {
        match failure.kind {
            FailureKind::Data => self.data.set(DataState::Failed),
            FailureKind::Worker => {
                self.machine.set(None);
                self.run.evaluating.set(None);
                self.run.progress.update(|progress| progress.phase = Phase::Failed);
            }
            // The network that stands has the seed's weights.
            FailureKind::Model => self.run.start.set(Start::Seed),
            FailureKind::Build | FailureKind::Browser | FailureKind::Experiment => {}
        }
        self.fail(failure);
    }
}
