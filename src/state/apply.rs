//! The worker's events become the page's state; events of an older run are dropped. Nothing is sent from here.

use super::{AppState, DataState, Labels, Machine};
use crate::protocol::AnyQuestion;
use crate::protocol::questions::PredictionsAnswer;
use crate::protocol::{BUILD_ID, BatchPoint, Event, Failure, FailureKind, MAX_BATCH_POINTS, Phase, RunId, Start};
use leptos::prelude::*;
use std::sync::Arc;

/// What the page has to do after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FollowUp {
    /// Send the first commands to a worker that listens.
    Greet,
    /// Fetch the data set: a network is there.
    LoadData,
}

impl AppState {
    /// Takes up an event; what has to be done next, if anything.
    pub(super) fn apply(&self, event: Event) -> Option<FollowUp> {
        match event {
            Event::Ready { build_id, simd, n_cores } => {
                if build_id != BUILD_ID {
                    self.fail(Failure {
                        kind: FailureKind::Build,
                        message: format!("page and worker are of different builds ({BUILD_ID} and {build_id})"),
                    });
                    return None;
                }
                self.machine.set(Some(Machine { simd, n_cores, n_workers: 1 }));
                return Some(FollowUp::Greet);
            }
            Event::DataLoading(progress) => self.data.set(DataState::Loading(progress)),
            Event::DataLoaded { n_train, n_test, labels } => {
                self.labels.set(Arc::new(Labels::new(labels, n_train)));
                self.data.set(DataState::Loaded { n_train, n_test });
            }
            Event::Built { run } if self.is_present(run) => {
                self.dismiss(FailureKind::Experiment);
                return Some(FollowUp::LoadData);
            }
            Event::Progressed(mut progress) if self.is_present(progress.run) => {
                let batches = std::mem::take(&mut progress.batches);
                if let Some(last) = progress.last_batch {
                    self.run.last_batch.set(Some(last));
                }
                if !batches.is_empty() {
                    self.run.batches.update(|points| {
                        points.extend(batches);
                        thin(points);
                    });
                }
                self.run.progress.set(progress);
            }
            Event::EpochsEnded { run, records, seconds, weights } if self.is_present(run) => {
                self.run.epochs.update(|epochs| epochs.extend(records));
                self.run.seconds.set(self.keep_weights(weights, seconds));
            }
            Event::RateChanged { run, change } if self.is_present(run) => {
                self.run.rate_changes.update(|changes| changes.push(change));
            }
            Event::Finished { run, reason, kept_epoch } if self.is_present(run) => {
                self.run.kept_epoch.set(kept_epoch);
                self.keep_epoch(kept_epoch);
                self.run.stop_reason.set(Some(reason));
            }
            // The worker that was missed is there.
            Event::Alive => self.dismiss(FailureKind::Silence),
            Event::Evaluating { run, n_done, n_total } if self.is_present(run) => {
                self.run.evaluating.set(Some((n_done, n_total)));
            }
            Event::Evaluated { run, evaluation } if self.is_present(run) => {
                self.run.evaluating.set(None);
                self.run.is_test_opened.set(true);
                self.openings.update(|n| *n += 1);
                self.run.evaluation.set(Some(evaluation));
            }
            Event::Inspected(mut inspection) if self.is_present(inspection.run) => {
                if let Some(pinned) = inspection.pinned.take() {
                    self.pinned_cell.set(Some(Arc::new(pinned)));
                }
                self.inspection.set(Some(Arc::new(inspection)));
            }
            Event::Answered { run, n_steps, question: AnyQuestion::Predictions(question), answer }
                if self.is_present(run) =>
            {
                if let Some(PredictionsAnswer { n_total, classes, .. }) = answer.unpack() {
                    self.predictions.update(|predictions| {
                        predictions.entry(question.set).or_default().take(n_steps, n_total, classes);
                    });
                }
            }
            Event::Answered {
                run,
                n_steps,
                question: question @ (AnyQuestion::Robustness(_) | AnyQuestion::ChangedSubject(_)),
                answer,
            } => self.run_answers.take(run, n_steps, question, answer),
            Event::Answered { run, n_steps, question, answer } if self.is_present(run) => {
                self.answers.take(n_steps, question, answer);
            }
            Event::Refused { run, question: AnyQuestion::Robustness(_) | AnyQuestion::ChangedSubject(_), message } => {
                self.run_answers.refused.set(Some((run, message)));
            }
            Event::Refused { run, message, .. } | Event::EditsRefused { run, message } if self.is_present(run) => {
                self.answers.refused.set(Some(message));
            }
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
            // Of a network beside the present one.
            Event::Built { run } => self.run_answers.built.update(|built| built.push(run)),
            // Of a run that is no longer shown.
            | Event::Progressed(_)
            | Event::EpochsEnded { .. }
            | Event::RateChanged { .. }
            | Event::Finished { .. }
            | Event::Evaluating { .. }
            | Event::Evaluated { .. }
            | Event::Inspected(_)
            | Event::Answered { .. }
            | Event::Refused { .. }
            | Event::EditsRefused { .. }
            | Event::Committed { .. }
            | Event::Reverted { .. }
            // For the bench's page.
            | Event::Benched { .. } => {}
        }
        None
    }

    fn is_present(&self, run: RunId) -> bool {
        self.run.id.get_untracked() == run
    }

    fn apply_failure(&self, failure: Failure) {
        match failure.kind {
            FailureKind::Data => self.data.set(DataState::Failed),
            // A worker that has stopped is silent, too.
            FailureKind::Silence if self.run.progress.read_untracked().phase == Phase::Failed => return,
            FailureKind::Worker => {
                self.dismiss(FailureKind::Silence);
                self.machine.set(None);
                self.run.evaluating.set(None);
                self.run.progress.update(|progress| progress.phase = Phase::Failed);
            }
            // The network has the seed's weights.
            FailureKind::Model => self.run.start.set(Start::Seed),
            FailureKind::Silence
            | FailureKind::Part
            | FailureKind::Build
            | FailureKind::Browser
            | FailureKind::Experiment => {}
        }
        self.fail(failure);
    }
}

/// Makes means of pairs once there are too many points, as the worker does from then on.
fn thin(points: &mut Vec<BatchPoint>) {
    if points.len() > MAX_BATCH_POINTS {
        let mean = |pair: &[BatchPoint]| {
            let n = pair.len() as f64;
            let sum = |of: fn(&BatchPoint) -> f64| pair.iter().map(of).sum::<f64>() / n;
            let n_steps = pair.last().map_or(0, |last| last.n_steps);
            BatchPoint { n_steps, loss: sum(|point| point.loss), accuracy: sum(|point| point.accuracy) }
        };
        *points = points.chunks(2).map(mean).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_keeps_its_whole_curve() {
        let point = |n_steps| BatchPoint { n_steps, loss: n_steps as f64, accuracy: 1.0 };
        let mut points: Vec<_> = (1..=MAX_BATCH_POINTS).map(point).collect();
        thin(&mut points);
        assert_eq!(points.len(), MAX_BATCH_POINTS);
        points.push(point(MAX_BATCH_POINTS + 2));
        thin(&mut points);
        assert_eq!(points.len(), MAX_BATCH_POINTS / 2 + 1);
        assert_eq!((points[0].n_steps, points[0].loss), (2, 1.5));
        assert_eq!(points.last().map(|point| point.n_steps), Some(MAX_BATCH_POINTS + 2));
    }
}
