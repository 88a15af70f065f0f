//! News from the training worker to the page.

use super::questions::PackedAnswer;
use super::{AnyQuestion, Inspection, RunId, as_bytes};
use inkling_engine::explain::Edit;
use inkling_engine::history::{EpochRecord, StopReason};
use serde::{Deserialize, Serialize};

/// One fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The worker listens; the first event.
    Ready {
        /// The worker's [`BUILD_ID`](super::BUILD_ID).
        build_id: String,
        /// Which build it is.
        simd: Simd,
        /// Cores that the browser reports.
        n_cores: usize,
    },
    /// The data set is on its way.
    DataLoading(DataProgress),
    /// The whole data set is there.
    DataLoaded {
        /// Training images.
        n_train: usize,
        /// Test images.
        n_test: usize,
        /// bulk: the label of each training image, then of each test image.
        #[serde(skip)]
        labels: Vec<u8>,
    },
    /// A network is there, with the weights that were asked for.
    Built {
        /// Its run.
        run: RunId,
    },
    /// How far the run is; at most every 33 ms, and at each change of its phase.
    Progressed(Progress),
    /// Epochs ended: one, or for a small network all of the last 33 ms.
    EpochsEnded {
        /// Their run.
        run: RunId,
        /// Their figures, in order.
        records: Vec<EpochRecord>,
        /// Time spent on training and validation so far, in seconds.
        seconds: f64,
        /// bulk: the weights after the last of them, or none: they come at most once a second, and when the run is held or
        /// ends there.
        #[serde(skip)]
        weights: Vec<f32>,
    },
    /// The run trains on at another learning rate.
    RateChanged {
        /// The run.
        run: RunId,
        /// The change.
        change: RateChange,
    },
    /// The run is over.
    Finished {
        /// The run.
        run: RunId,
        /// Why.
        reason: StopReason,
        /// The epoch (from 1) whose weights came back, where a stop rule keeps the best ones.
        kept_epoch: Option<usize>,
    },
    /// The test set was run.
    Evaluated {
        /// The run.
        run: RunId,
        /// What came out.
        evaluation: Evaluation,
    },
    /// Part of the test set was run.
    Evaluating {
        /// The run.
        run: RunId,
        /// Images done.
        n_done: usize,
        /// Images in all.
        n_total: usize,
    },
    /// The subject's way through the network.
    Inspected(Inspection),
    /// How many workers share the gradient work from now on.
    WorkersChanged {
        /// Workers in use.
        n_workers: usize,
        /// Cores that the browser reports.
        n_cores: usize,
    },
    /// An answer about the inside of the network.
    Answered {
        /// Whose network.
        run: RunId,
        /// Updates that it had seen.
        n_steps: usize,
        /// What was asked.
        #[serde(with = "as_bytes")]
        question: AnyQuestion,
        /// The answer.
        answer: PackedAnswer,
    },
    /// A question does not fit the network.
    Refused {
        /// Whose network.
        run: RunId,
        /// What was asked.
        #[serde(with = "as_bytes")]
        question: AnyQuestion,
        /// What was expected and what there is, for the screen.
        message: String,
    },
    /// Edits of the weights do not fit the network; nothing was changed.
    EditsRefused {
        /// Whose network.
        run: RunId,
        /// What was expected and what there is, for the screen.
        message: String,
    },
    /// An update was made on edited weights, or with frozen parts: the run is no longer what its experiment
    /// alone would make of it.
    Committed {
        /// The run.
        run: RunId,
        /// The edits that have become part of the weights by that, in order.
        #[serde(with = "as_bytes")]
        edits: Vec<Edit>,
    },
    /// The run has ended, and the weights of its best epoch came back: edits made since are no longer in them.
    Reverted {
        /// The run.
        run: RunId,
        /// The best epoch, from 1.
        best_epoch: usize,
        /// The edits that are undone by that.
        #[serde(with = "as_bytes")]
        undone: Vec<UndoneEdit>,
    },
    /// A workload was timed.
    #[cfg(feature = "bench")]
    Benched {
        /// What came out: [`BenchFigures::pack`](super::BenchFigures::pack).
        figures: String,
    },
    /// Something went wrong; what is there is kept.
    Failed(Failure),
    /// The answer to a ping.
    Alive,
}

/// A change of the learning rate while a run was under way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RateChange {
    /// The last update before it: its epoch, from 1.
    pub epoch: usize,
    /// And its step in the epoch, from 1.
    pub step: usize,
    /// The learning rate up to then.
    pub from: f64,
    /// The learning rate from then on.
    pub to: f64,
}

/// A committed edit that the return to the best epoch has undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneEdit {
    /// Its place among all committed edits of its run.
    pub edit_idx: usize,
    /// Whether all of it is; else what of it was frozen has stayed.
    pub is_whole: bool,
}

/// The worker's build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Simd {
    /// 128-bit lanes, separate multiply and add.
    Simd128,
    /// The same with fused multiply-add.
    Relaxed,
}

/// State of a run, `data-state` on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Phase {
    /// Not begun.
    #[default]
    Idle,
    /// Waits for the data set.
    Loading,
    /// Training.
    Training,
    /// Held.
    Paused,
    /// All done, or stopped early.
    Finished,
    /// Given up.
    Failed,
}

impl Phase {
    /// The word of `data-state`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Idle => "idle",
            Phase::Loading => "loading",
            Phase::Training => "training",
            Phase::Paused => "paused",
            Phase::Finished => "finished",
            Phase::Failed => "failed",
        }
    }
}

/// How much of the data set is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataProgress {
    /// Compressed bytes received.
    pub n_bytes: usize,
    /// Compressed bytes in all.
    pub n_bytes_total: usize,
}

/// Points that a run's batches make at most. A longer run has the means of 2, 4, 8, … batches in their place.
pub const MAX_BATCH_POINTS: usize = 2_000;

/// Batches that one point stands for around update `n_steps`.
#[must_use]
pub fn batches_per_point(n_steps: usize) -> usize {
    n_steps.div_ceil(MAX_BATCH_POINTS).next_power_of_two()
}

/// Loss and accuracy of a batch before its update, or the means of several batches.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BatchPoint {
    /// Updates since the start of the run, this one included.
    pub n_steps: usize,
    /// Mean loss of the batch.
    pub loss: f64,
    /// Share recognised.
    pub accuracy: f64,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The run.
    pub run: RunId,
    /// What it does.
    pub phase: Phase,
    /// Epoch of the last update, from 1; 0 before the first.
    pub epoch: usize,
    /// Last update within that epoch, from 1; 0 before the first.
    pub step: usize,
    /// Updates per epoch.
    pub steps_per_epoch: usize,
    /// Epochs in all.
    pub epochs: usize,
    /// Training images per second over about the last second, if training.
    pub images_per_second: Option<f64>,
    /// Expected time to the last epoch's end, in seconds, if training.
    pub seconds_left: Option<f64>,
    /// The points since the last such event, each of [`batches_per_point`] batches.
    pub batches: Vec<BatchPoint>,
    /// The newest batch alone.
    pub last_batch: Option<BatchPoint>,
}

/// Result on the test set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Updates that the network had seen.
    pub n_steps: usize,
    /// Mean loss.
    pub loss: f64,
    /// Share recognised.
    pub accuracy: f64,
    /// Images in all.
    pub n_samples: usize,
    /// Indexes of the images that were misread, ascending.
    pub wrong: Vec<u32>,
    /// Rows: true digit, columns: predicted digit; 10×10, row by row.
    pub confusion: Vec<u32>,
}

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind.
    pub kind: FailureKind,
    /// What happened and what to do, for the screen.
    pub message: String,
}

/// Which part failed, and so which button helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// The worker did not start, or died: Restart.
    Worker,
    /// The worker does not answer; what it does goes on if it is there.
    Silence,
    /// The worker is of another build: Reload.
    Build,
    /// A part of the data set did not come, or is damaged: Retry.
    Data,
    /// The shipped network did not come: Train works all the same.
    Model,
    /// The part of the worker's program that answers questions did not come: Try again.
    Part,
    /// The browser lacks something that is needed: nothing helps but another browser.
    Browser,
    /// The experiment cannot be run.
    Experiment,
}
