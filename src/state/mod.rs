//! What the page knows, as signals, and what it can ask of the worker.
//!
//! One direction: panels edit the [`Experiment`] or call an action; the worker's events are applied here and nowhere
//! else; panels read signals. An edit never destroys a trained network: it takes effect with the next Train or Reset,
//! but for the learning rate and the number of epochs, which a run under way takes up at once while its experiment is
//! the one that is edited.

mod actions;
mod answers;
mod apply;
mod editor;
mod live_edits;
mod other_runs;
mod own_digits;
pub mod own_digits_store;
mod paint_time;
mod places;
mod predictions;
mod restart;
mod run;
mod sureness;
mod watching;
mod weight_edits;

pub use crate::link::Place;
pub use actions::NextTrain;
pub use answers::{Answered, Answers, AnswersTo};
pub use editor::{Editor, Part, provide_editor, use_editor};
pub use other_runs::{PRETRAINED_RUN, RunAnswers};
pub use own_digits::OwnDigits;
pub use places::{Places, is_open};
pub use predictions::{Labels, Predictions, SetPredictions};
pub use run::{RunRecord, RunState, last_epoch};
pub use sureness::ENTROPY_LIMIT;
pub use watching::Viewer;
pub use weight_edits::{Reverted, WeightEdits};

use crate::client::Client;
use crate::protocol::{DataProgress, Failure, ImageSet, Inspection, PinnedCell, RunId, Simd, Subject, Watch};
use inkling_engine::experiment::{CheckedExperiment, Experiment, ExperimentErrors, Preset};
use inkling_engine::explain::CellIndex;
use leptos::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// All of the page's signals; cheap to copy, found with [`use_app_state`].
#[derive(Clone, Copy)]
pub struct AppState {
    /// The place that it belongs to.
    pub place: Place,
    /// What the learner edits.
    pub experiment: RwSignal<Experiment>,
    /// The same, checked.
    pub checked: Memo<Result<CheckedExperiment, ExperimentErrors>>,
    /// The run whose network the worker holds.
    pub run: RunState,
    /// Former runs with at least one update, oldest first.
    pub past_runs: RwSignal<Vec<RunRecord>>,
    /// How much of MNIST is there.
    pub data: RwSignal<DataState>,
    /// MNIST's labels; none before the data set is there.
    pub labels: RwSignal<Arc<Labels>>,
    /// The image that runs through the network.
    pub subject: RwSignal<Subject>,
    /// Number of the newest drawing, counted from 1; 0 before the first.
    pub revision: RwSignal<u32>,
    /// The newest look inside.
    pub inspection: RwSignal<Option<Arc<Inspection>>>,
    /// The number of a layer's output that is taken apart: layer and cell.
    pub pinned: RwSignal<Option<(usize, CellIndex)>>,
    /// What it is made of, as of the newest look that it was pinned in.
    pub pinned_cell: RwSignal<Option<Arc<PinnedCell>>>,
    /// Digits that the learner has kept.
    pub own_digits: OwnDigits,
    /// What networks have predicted for whole sets of images.
    pub predictions: RwSignal<HashMap<ImageSet, Predictions>>,
    /// The newest answers about the inside of the network.
    pub answers: Answers,
    /// The newest answers about several runs.
    pub run_answers: RunAnswers,
    /// How often the test set was opened, for any run.
    pub openings: RwSignal<usize>,
    /// The entropy above which the network is said to be not sure; `None`: it always names a digit.
    pub entropy_limit: RwSignal<Option<f64>>,
    /// A temperature that the learner tries; `None`: the one that fits best.
    pub tried_temperature: RwSignal<Option<f64>>,
    /// What went wrong and has not been dismissed; at most one of a kind.
    pub failures: RwSignal<Vec<Failure>>,
    /// The worker's build and the cores; unknown until the worker is ready.
    pub machine: RwSignal<Option<Machine>>,
    client: StoredValue<Option<Client>, LocalStorage>,
    next_run: StoredValue<RunId>,
    paint_time: StoredValue<paint_time::PaintTime>,
    kept: StoredValue<Kept>,
    /// The last weights of past runs, oldest first.
    past_weights: StoredValue<Vec<other_runs::KeptWeights>>,
    /// The layers that each panel shows.
    viewed: StoredValue<BTreeMap<Viewer, Vec<usize>>>,
    /// What the worker looks at.
    watched: StoredValue<Option<Watch>>,
}

/// What is kept for a worker that takes a dead one's place.
#[derive(Debug, Default)]
struct Kept {
    /// Pixels of the newest drawing.
    pixels: Vec<f32>,
    /// The newest weights that the worker has sent, and the epoch of the present run that they are of; 0 before the first.
    weights: Vec<f32>,
    n_epochs: usize,
    /// Seconds of training in workers that have died.
    seconds: f64,
    /// The limit of epochs per second; `None`: as fast as can be.
    epochs_per_second: Option<f64>,
}

/// How much of MNIST is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DataState {
    /// Nothing was heard yet.
    #[default]
    Waiting,
    /// On its way.
    Loading(DataProgress),
    /// All there.
    Loaded {
        /// Training images.
        n_train: usize,
        /// Test images.
        n_test: usize,
    },
    /// See [`AppState::failures`].
    Failed,
}

impl DataState {
    /// Whether nothing more is coming.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, DataState::Loaded { .. } | DataState::Failed)
    }
}

/// What computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    /// The worker's build.
    pub simd: Simd,
    /// Cores that the browser reports.
    pub n_cores: usize,
    /// Workers that share the gradient work.
    pub n_workers: usize,
}

/// Makes the state of the digits and puts it into the context of the calling component.
pub fn provide_app_state(preset: Preset) -> AppState {
    let Ok(checked) = preset.experiment().check() else { unreachable!("every preset passes the check") };
    let state = AppState::new(Place::Digits, checked);
    provide_context(state);
    state
}

impl AppState {
    /// The state of a place that begins with an experiment.
    #[must_use]
    pub fn new(place: Place, checked: CheckedExperiment) -> AppState {
        let experiment = RwSignal::new(checked.experiment().clone());
        AppState {
            place,
            experiment,
            checked: Memo::new(move |_| experiment.read().check()),
            run: RunState::new(checked),
            past_runs: RwSignal::new(Vec::new()),
            data: RwSignal::new(DataState::Waiting),
            labels: RwSignal::new(Arc::default()),
            subject: RwSignal::new(Subject::Drawing),
            revision: RwSignal::new(0),
            inspection: RwSignal::new(None),
            pinned: RwSignal::new(None),
            pinned_cell: RwSignal::new(None),
            own_digits: OwnDigits::new(),
            predictions: RwSignal::new(HashMap::new()),
            answers: Answers::new(),
            run_answers: RunAnswers::new(),
            openings: RwSignal::new(0),
            entropy_limit: RwSignal::new(Some(ENTROPY_LIMIT)),
            tried_temperature: RwSignal::new(None),
            failures: RwSignal::new(Vec::new()),
            machine: RwSignal::new(None),
            client: StoredValue::new_local(None),
            next_run: StoredValue::new(1),
            paint_time: StoredValue::default(),
            kept: StoredValue::new(Kept::default()),
            past_weights: StoredValue::new(Vec::new()),
            viewed: StoredValue::new(BTreeMap::new()),
            watched: StoredValue::new(None),
        }
    }
}

/// The page's state.
///
/// # Panics
/// Outside of a component below [`provide_app_state`].
#[must_use]
pub fn use_app_state() -> AppState {
    expect_context::<AppState>()
}
