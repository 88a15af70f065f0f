//! The run whose network the worker holds, and what is kept of former ones.

use super::WeightEdits;
use crate::protocol::{BatchPoint, Evaluation, Phase, Progress, RateChange, RunId, Start};
use inkling_engine::experiment::{CheckedExperiment, DatasetSpec, Shape};
use inkling_engine::history::{EpochRecord, StopReason};
use leptos::prelude::*;

/// Signals of the present run.
#[derive(Clone, Copy)]
pub struct RunState {
    /// Its number; 0 before the first network stands.
    pub id: RwSignal<RunId>,
    /// The experiment that the worker runs; the edited one may already be another.
    pub checked: RwSignal<CheckedExperiment>,
    /// Whether the experiment that is edited is this run's, so that its learning rate and epochs reach the run; not after
    /// a preset, a link or a former run's experiment has taken its place.
    pub takes_edits: RwSignal<bool>,
    /// Changes of its learning rate while it was under way, in order.
    pub rate_changes: RwSignal<Vec<RateChange>>,
    /// With which weights it began.
    pub start: RwSignal<Start>,
    /// The epoch whose weights it went on from after its worker had died, with a fresh optimizer.
    pub restored: RwSignal<Option<usize>>,
    /// The epochs after which other settings of its training were taken up, but for the learning rate.
    pub amended: RwSignal<Vec<usize>>,
    /// The edits of its network's weights.
    pub weight_edits: RwSignal<WeightEdits>,
    /// How far it is, without the batches.
    pub progress: RwSignal<Progress>,
    /// Figures per epoch.
    pub epochs: RwSignal<Vec<EpochRecord>>,
    /// Figures per batch, of later batches as means: at most
    /// [`MAX_BATCH_POINTS`](crate::protocol::MAX_BATCH_POINTS).
    pub batches: RwSignal<Vec<BatchPoint>>,
    /// Figures of the newest batch.
    pub last_batch: RwSignal<Option<BatchPoint>>,
    /// Seconds of training and validation up to the last epoch's end.
    pub seconds: RwSignal<f64>,
    /// Why it ended, once it did.
    pub stop_reason: RwSignal<Option<StopReason>>,
    /// The epoch (from 1) whose weights came back at its end; `None` if they are the last ones.
    pub kept_epoch: RwSignal<Option<usize>>,
    /// Result on the test set, with the updates that the network had seen.
    pub evaluation: RwSignal<Option<Evaluation>>,
    /// Whether its result on the test set was looked at: until then nothing else on the page may give it away.
    pub is_test_opened: RwSignal<bool>,
    /// Images done and in all of an evaluation under way.
    pub evaluating: RwSignal<Option<(usize, usize)>>,
}

/// What the run table keeps of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRecord {
    /// Its number.
    pub id: RunId,
    /// What was run.
    pub checked: CheckedExperiment,
    /// Figures per epoch.
    pub epochs: Vec<EpochRecord>,
    /// Seconds of training and validation.
    pub seconds: f64,
    /// Why it ended; `None` if it was left.
    pub stop_reason: Option<StopReason>,
    /// The epoch (from 1) whose weights came back at its end; `None` if they were the last ones.
    pub kept_epoch: Option<usize>,
    /// Changes of its learning rate while it was under way, in order.
    pub rate_changes: Vec<RateChange>,
    /// The epochs after which other settings of its training were taken up, but for the learning rate.
    pub amended: Vec<usize>,
    /// Updates that were made.
    pub n_steps: usize,
    /// Accuracy on the test set, if that was asked for.
    pub test_accuracy: Option<f64>,
    /// Whether its weights were edited: then the experiment alone does not give these figures again.
    pub is_edited: bool,
    /// The epoch whose weights it went on from after its worker had died: nor does it then.
    pub restored: Option<usize>,
}

impl RunRecord {
    /// The figures of the epoch whose weights remain, or of the last one.
    #[must_use]
    pub fn kept(&self) -> Option<EpochRecord> {
        kept_record(&self.epochs, self.kept_epoch)
    }
}

/// The last epoch of which there are figures; of a long run there are not figures of each.
#[must_use]
pub fn last_epoch(epochs: &[EpochRecord]) -> usize {
    epochs.last().map_or(0, |record| record.epoch)
}

/// The figures of the epoch whose weights remain, or of the last one.
fn kept_record(epochs: &[EpochRecord], kept_epoch: Option<usize>) -> Option<EpochRecord> {
    kept_epoch.and_then(|kept| epochs.iter().find(|record| record.epoch == kept)).or(epochs.last()).copied()
}

impl RunState {
    /// The figures of the epoch whose weights remain, or of the last one.
    #[must_use]
    pub fn kept(&self) -> Option<EpochRecord> {
        kept_record(&self.epochs.read(), self.kept_epoch.get())
    }

    pub(super) fn new(checked: CheckedExperiment) -> RunState {
        RunState {
            id: RwSignal::new(0),
            checked: RwSignal::new(checked),
            takes_edits: RwSignal::new(true),
            rate_changes: RwSignal::new(Vec::new()),
            start: RwSignal::new(Start::Pretrained),
            restored: RwSignal::new(None),
            amended: RwSignal::new(Vec::new()),
            weight_edits: RwSignal::new(WeightEdits::default()),
            progress: RwSignal::new(no_progress(0)),
            epochs: RwSignal::new(Vec::new()),
            batches: RwSignal::new(Vec::new()),
            last_batch: RwSignal::new(None),
            seconds: RwSignal::new(0.0),
            stop_reason: RwSignal::new(None),
            kept_epoch: RwSignal::new(None),
            evaluation: RwSignal::new(None),
            is_test_opened: RwSignal::new(false),
            evaluating: RwSignal::new(None),
        }
    }

    /// Share of test images recognised, once they were run; `None` if the outputs are not numbers.
    #[must_use]
    pub fn test_accuracy(&self) -> Option<f64> {
        let evaluation = self.evaluation.read();
        evaluation.as_ref().filter(|evaluation| evaluation.loss.is_finite()).map(|evaluation| evaluation.accuracy)
    }

    /// The run as the table shows it.
    #[must_use]
    pub fn record(&self) -> RunRecord {
        RunRecord {
            id: self.id.get(),
            checked: self.checked.get(),
            epochs: self.epochs.get(),
            seconds: self.seconds.get(),
            stop_reason: self.stop_reason.get(),
            kept_epoch: self.kept_epoch.get(),
            rate_changes: self.rate_changes.get(),
            amended: self.amended.get(),
            n_steps: self.last_batch.get().map_or(0, |batch| batch.n_steps),
            test_accuracy: self.test_accuracy(),
            is_edited: self.weight_edits.read().is_edited(),
            restored: self.restored.get(),
        }
    }

    /// Shape, classes and size of its data.
    #[must_use]
    pub fn data(&self) -> DatasetSpec {
        *self.checked.read().data()
    }

    /// Names of its classes, in the order of their labels; a reader is told when they change.
    #[must_use]
    pub fn class_names(self) -> Memo<&'static [&'static str]> {
        Memo::new(move |_| self.data().class_names)
    }

    /// Rows and columns of its images.
    #[must_use]
    pub fn image_size(&self) -> [usize; 2] {
        let [height, width, _] = self.data().input_shape.dims();
        [height, width]
    }

    /// Whether its network tells images of several classes apart.
    #[must_use]
    pub fn is_on_images(&self) -> bool {
        let data = self.data();
        matches!(data.input_shape, Shape::Image { .. }) && data.n_classes() > 0
    }

    /// Epochs that have ended: the last one of which there are figures.
    #[must_use]
    pub fn n_epochs(&self) -> usize {
        last_epoch(&self.epochs.read())
    }

    /// What the run does at present.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.progress.read().phase
    }

    /// Forgets the former run and names the new one.
    pub(super) fn begin(&self, id: RunId, checked: CheckedExperiment, start: Start) {
        self.id.set(id);
        self.checked.set(checked);
        self.takes_edits.set(true);
        self.rate_changes.set(Vec::new());
        self.start.set(start);
        self.restored.set(None);
        self.amended.set(Vec::new());
        self.weight_edits.set(WeightEdits::default());
        self.progress.set(no_progress(id));
        self.epochs.set(Vec::new());
        self.batches.set(Vec::new());
        self.last_batch.set(None);
        self.seconds.set(0.0);
        self.stop_reason.set(None);
        self.kept_epoch.set(None);
        self.evaluation.set(None);
        self.is_test_opened.set(false);
        self.evaluating.set(None);
    }
}

fn no_progress(run: RunId) -> Progress {
    Progress {
        run,
        phase: Phase::Idle,
        epoch: 0,
        step: 0,
        steps_per_epoch: 0,
        epochs: 0,
        images_per_second: None,
        seconds_left: None,
        batches: Vec::new(),
        last_batch: None,
    }
}
