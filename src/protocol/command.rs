//! Commands from the page to the training worker.

use super::{AnyQuestion, LayerCell, RunId, as_bytes, as_json};
#[cfg(feature = "bench")]
use super::{BenchOptions, Workload};
use inkling_engine::experiment::Experiment;
use inkling_engine::explain::{Edit, Frozen};
use serde::{Deserialize, Serialize};

/// One order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Where the assets lie; sent once, first.
    Open {
        /// Address of the page's folder, ending in `/`.
        base_url: String,
    },
    /// Asks for a sign of life ([`Event::Alive`](super::Event::Alive)).
    Ping,
    /// Fetches the data set (again, after a failure).
    LoadData,
    /// Fetches what answers questions again, after a failure.
    FetchPart,
    /// Makes a network and a run of it, beside the runs that there are.
    Build {
        /// Number of the new run.
        run: RunId,
        /// What is to be run.
        #[serde(with = "as_json")]
        experiment: Box<Experiment>,
        /// With which weights.
        start: Start,
        /// bulk: the weights of a run that goes on, else none.
        #[serde(skip)]
        weights: Vec<f32>,
    },
    /// Ends a run and forgets its network.
    Close {
        /// The run meant.
        run: RunId,
    },
    /// Trains until paused or finished. Several runs take turns.
    Train {
        /// The run meant.
        run: RunId,
    },
    /// Stops after the present step.
    Pause {
        /// The run meant.
        run: RunId,
    },
    /// One update.
    StepBatch {
        /// The run meant.
        run: RunId,
    },
    /// To the end of the present epoch, or one whole epoch.
    StepEpoch {
        /// The run meant.
        run: RunId,
    },
    /// New learning rate from the next step on.
    SetLearningRate {
        /// The run meant.
        run: RunId,
        /// In `(0, 100]`.
        learning_rate: f64,
    },
    /// New number of epochs.
    SetEpochs {
        /// The run meant.
        run: RunId,
        /// In `1..=1_000`.
        epochs: usize,
    },
    /// How fast a run may go on.
    SetPace {
        /// The run meant.
        run: RunId,
        /// `None`: as fast as can be.
        epochs_per_second: Option<f64>,
    },
    /// Another experiment for a run, on the same data and network: it goes on from its weights, with a fresh optimizer.
    Amend {
        /// The run meant.
        run: RunId,
        /// What it is from now on.
        #[serde(with = "as_json")]
        experiment: Box<Experiment>,
    },
    /// Runs the whole test set.
    Evaluate {
        /// The run meant.
        run: RunId,
    },
    /// What is on the screen: news of it is wanted from now on.
    Watch(Watch),
    /// A new drawing.
    Draw {
        /// Counts drawings, so that an answer can be told to belong to the newest.
        revision: u32,
        /// bulk: 28×28 in `[0, 1]`, row by row, ink = 1.
        #[serde(skip)]
        pixels: Vec<f32>,
    },
    /// The learner's own digits, all of them, for runs that are trained on them; in place of those before.
    SetOwnDigits {
        /// bytes: 28×28 each (ink = 255), one after the other.
        #[serde(skip)]
        pixels: Vec<u8>,
        /// The digit of each.
        labels: Vec<u8>,
    },
    /// What painting a report takes the page's thread: where that is long, reports are rarer (see
    /// [`PAINT_SHARE`](super::PAINT_SHARE)).
    SetPaintTime {
        /// All frames and messages of one report together, the browser's layout and painting included.
        milliseconds: f64,
    },
    /// How many workers share the gradient work.
    SetWorkers {
        /// In `1..=n_cores`; `None`: chosen by the size of the network.
        n_workers: Option<usize>,
    },
    /// Asks about the inside of the network.
    Ask {
        /// The run meant.
        run: RunId,
        /// What.
        #[serde(with = "as_bytes")]
        question: AnyQuestion,
    },
    /// No longer wants to know: work on questions of this kind stops.
    Withdraw {
        /// The run meant.
        run: RunId,
        /// What was asked.
        #[serde(with = "as_bytes")]
        question: AnyQuestion,
    },
    /// Changes weights directly, beside training. Each such command carries all edits that hold from now on, so that
    /// undoing is a command with fewer edits: the worker keeps the weights from before the first edit and applies the
    /// present edits to them.
    ///
    /// An update under way is finished first. With the next update the edits become part of the weights
    /// ([`Event::Committed`](super::Event::Committed)).
    EditWeights {
        /// The run meant.
        run: RunId,
        /// Committed edits of the run that the page knew of when it wrote `edits`.
        n_committed: usize,
        /// All edits since those, in order.
        #[serde(with = "as_bytes")]
        edits: Vec<Edit>,
        /// All parts that training must not change.
        #[serde(with = "as_bytes")]
        frozen: Vec<Frozen>,
    },
    /// Times a workload.
    #[cfg(feature = "bench")]
    Bench {
        /// Which.
        workload: Workload,
        /// How long.
        options: BenchOptions,
    },
}

/// The weights that a network begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// Drawn from the experiment's seed.
    Seed,
    /// The shipped weights of the lesson's CNN.
    Pretrained,
    /// Those that the run had after so many epochs, in a worker that has died.
    After(usize),
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// The run whose network is looked at.
    pub run: RunId,
    /// The image that runs through the network.
    pub subject: Subject,
    /// The layers whose activations are on the screen, by index into the network, ascending.
    pub layers: Vec<usize>,
    /// The number of a layer's output whose arithmetic is shown with every look.
    pub pinned: Option<LayerCell>,
}

/// An image to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// The learner's drawing.
    Drawing,
    /// An image of the training set, by its index in MNIST.
    Train(usize),
    /// An image of the test set, by its index in MNIST.
    Test(usize),
}

/// One of MNIST's two sets of images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImageSet {
    /// The images that networks learn from.
    Train,
    /// The images that they are judged by.
    Test,
}

impl ImageSet {
    /// One of its images, by its index in MNIST.
    #[must_use]
    pub fn subject(self, image_idx: usize) -> Subject {
        match self {
            ImageSet::Train => Subject::Train(image_idx),
            ImageSet::Test => Subject::Test(image_idx),
        }
    }
}

impl Subject {
    /// Set and index of one of MNIST's images; `None` for the drawing.
    #[must_use]
    pub fn place(self) -> Option<(ImageSet, usize)> {
        match self {
            Subject::Drawing => None,
            Subject::Train(image_idx) => Some((ImageSet::Train, image_idx)),
            Subject::Test(image_idx) => Some((ImageSet::Test, image_idx)),
        }
    }
}
