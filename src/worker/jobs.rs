//! Questions that take longer than a moment: worked on between the slices of training, told as they go on.

use super::answers::Look;
use super::clock::{Throttle, now_ms};
use super::predictions::PredictionsWork;
use super::run::Run;
use super::score::{CHUNK, N_JUDGED, ScoreWork, judge};
use super::session::{DataSlot, Session};
use crate::protocol::{Answer, Question, TopImage};
use inkling_engine::data::Dataset;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::experiment::Shape;
use inkling_engine::explain::{
    ActivationMaximization, ActivationMaximizationConfig, ActivationMaximizationState, CellIndex, DeadUnits, Edit,
    ExplainError, Occlusion, OcclusionConfig, TopSamples, apply_edits, gradient_times_input,
};
use inkling_engine::model::{Model, Workspace};
use std::mem::discriminant;
use std::sync::Arc;

/// How long a slice goes on beginning new pieces.
const SLICE_MS: f64 = 12.0;
/// Time between two reports of a job.
const REPORT_PERIOD_MS: f64 = 120.0;
/// Test images that excite a unit most.
const N_TOP: usize = 9;
/// The patch that covers the image: odd, so that it has a middle.
const PATCH: [usize; 2] = [5, 5];

/// The jobs under way, at most one of a kind.
#[derive(Default)]
pub struct Jobs {
    jobs: Vec<Job>,
}

/// A job.
pub struct Job {
    question: Question,
    throttle: Throttle,
    work: Work,
}

enum Work {
    Saliency { gradient_input: Vec<f32>, occlusion: Occlusion },
    TopSamples { test: Arc<Dataset>, top: TopSamples, n_done: usize },
    ActivationMaximization(Box<ActivationMaximization>),
    Ablation(Box<AblationWork>),
    Predictions(Box<PredictionsWork>),
    Score(Box<ScoreWork>),
}

struct AblationWork {
    test: Arc<Dataset>,
    original: Vec<f32>,
    /// The network with the unit at hand silenced; none while the whole one is judged.
    ablated: Option<Model>,
    workspace: Workspace,
    evaluator: Evaluator,
    accuracy: Option<f64>,
    without: Vec<f64>,
    dead: DeadUnits,
    n_looked: usize,
    n_units: usize,
}

impl Jobs {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Takes up a job, in the place of an older one of its kind.
    pub fn take_up(&mut self, job: Job) {
        self.leave(job.question);
        self.jobs.push(job);
    }

    /// Leaves the job of that kind of question.
    pub fn leave(&mut self, question: Question) {
        self.jobs.retain(|job| discriminant(&job.question) != discriminant(&question));
    }

    /// Forgets all jobs: another network stands.
    pub fn clear(&mut self) {
        self.jobs.clear();
    }
}

impl Session {
    /// Works on one job for a while; the jobs take turns.
    pub(super) fn work_on_jobs(&mut self) {
        if self.jobs.is_empty() {
            return;
        }
        let mut job = self.jobs.jobs.remove(0);
        let end_ms = now_ms() + SLICE_MS;
        let mut is_done = false;
        while !is_done && now_ms() < end_ms {
            let Some(run) = &mut self.run else { return };
            is_done = job.step(run);
        }
        if is_done || job.throttle.is_due() {
            match job.n_steps() {
                Some(n_steps) => self.tell_answer_of(n_steps, job.answer()),
                None => self.tell_answer(job.answer()),
            }
        }
        if !is_done {
            self.jobs.jobs.push(job);
        }
        self.ticker.wake();
    }
}

impl Job {
    /// Takes a question up.
    ///
    /// # Errors
    /// If it does not fit the network or the data that are there.
    pub(super) fn new(session: &mut Session, question: Question) -> Result<Job, ExplainError> {
        let Look { pixels, input_shape, layers, activations } = session.look()?;
        let mnist = match &session.data {
            DataSlot::Loaded(mnist) => Ok(mnist.clone()),
            DataSlot::Missing | DataSlot::Loading => {
                Err(ExplainError::new("data set", "MNIST", "none yet: it is being loaded"))
            }
        };
        let unit_of = |layer_idx: usize, channel: usize| -> Result<Shape, ExplainError> {
            ExplainError::check_index("layer", layer_idx, layers.len())?;
            let shape = layers[layer_idx].output_shape;
            ExplainError::check_index("channel", channel, shape.dims()[2])?;
            Ok(shape)
        };
        let Some(run) = &mut session.run else { return Err(ExplainError::new("network", "one", "none")) };
        let n_steps = run.n_steps;
        let (model, workspace) = run.model_and_workspace();
        let work = match question {
            Question::Saliency { class } => {
                let n_classes = activations.last().map_or(0, |output| output.values.len());
                let config = OcclusionConfig { window: PATCH, strides: [1, 1], class };
                let occlusion = Occlusion::new(&pixels, input_shape, n_classes, config)?;
                let gradient = model.input_gradient(workspace, &pixels, class);
                Work::Saliency {
                    gradient_input: gradient_times_input(&gradient, &pixels, input_shape.dims()[2]),
                    occlusion,
                }
            }
            Question::TopSamples { layer_idx, channel } => {
                let top = TopSamples::new(unit_of(layer_idx, channel)?, N_TOP);
                Work::TopSamples { top, test: mnist?.test, n_done: 0 }
            }
            Question::ActivationMaximization { layer_idx, channel } => {
                unit_of(layer_idx, channel)?;
                Work::ActivationMaximization(Box::new(ActivationMaximization::new(
                    input_shape,
                    ActivationMaximizationConfig::default(),
                )?))
            }
            Question::Ablation { layer_idx } => {
                let n_units = unit_of(layer_idx, 0)?.dims()[2];
                if layers[layer_idx].n_kernel == 0 {
                    return Err(ExplainError::new(&layers[layer_idx].name, "a layer with weights", "none"));
                }
                let test = mnist?.test;
                Work::Ablation(Box::new(AblationWork {
                    evaluator: judge(&test),
                    test,
                    original: model.weights().to_vec(),
                    ablated: None,
                    workspace: Workspace::new(model),
                    accuracy: None,
                    without: Vec::with_capacity(n_units),
                    dead: DeadUnits::new(n_units),
                    n_looked: 0,
                    n_units,
                }))
            }
            Question::Predictions { set } => {
                let digits = mnist?.of(set).clone();
                Work::Predictions(Box::new(PredictionsWork::new(set, digits, model.clone(), n_steps)))
            }
            Question::Score => {
                let (test, run) = (mnist?.test, &*run);
                Work::Score(Box::new(ScoreWork::new(run.model(), &run.edit_session, test)))
            }
            Question::Cell { .. }
            | Question::Weights { .. }
            | Question::Histograms { .. }
            | Question::Contributions
            | Question::Comparison
            | Question::Gradients { .. }
            | Question::TrialStep { .. } => {
                return Err(ExplainError::new("question", "one that takes a while", "one that is answered at once"));
            }
        };
        Ok(Job { question, throttle: Throttle::new(REPORT_PERIOD_MS), work })
    }

    /// One piece of the work; `true` when all is done.
    fn step(&mut self, run: &mut Run) -> bool {
        if let Work::Score(work) = &mut self.work {
            return work.step(&mut run.edit_session);
        }
        let (model, workspace) = run.model_and_workspace();
        match (&mut self.work, self.question) {
            (Work::Saliency { occlusion, .. }, _) => occlusion.step(8, |images, _| model.logits(workspace, images)),
            (Work::TopSamples { test, top, n_done }, Question::TopSamples { layer_idx, .. }) => {
                let Some(pixels) = test.input(*n_done) else { return true };
                top.push(*n_done, &model.activations(workspace, &pixels)[layer_idx].values);
                *n_done += 1;
                *n_done == test.len()
            }
            (Work::ActivationMaximization(ascent), Question::ActivationMaximization { layer_idx, channel }) => {
                ascent.step(|image| model.activation_gradient(workspace, image, layer_idx, channel))
                    != ActivationMaximizationState::Climbing
            }
            (Work::Ablation(work), Question::Ablation { layer_idx }) => work.step(model, layer_idx),
            (Work::Predictions(work), _) => work.step(),
            _ => true,
        }
    }

    fn answer(&self) -> Answer {
        match (&self.work, self.question) {
            (Work::Saliency { gradient_input, occlusion }, Question::Saliency { class }) => {
                let values = [gradient_input.as_slice(), &occlusion.map()].concat();
                Answer::Saliency { class, progress: occlusion.progress(), values }
            }
            (Work::TopSamples { test, top, n_done }, Question::TopSamples { layer_idx, channel }) => {
                let best = top.of_unit(channel).unwrap_or_default();
                let values = best.iter().filter_map(|sample| test.input(sample.sample_idx)).flatten().collect();
                let samples = best
                    .iter()
                    .map(|sample| TopImage {
                        sample_idx: sample.sample_idx,
                        label: test.label(sample.sample_idx).unwrap_or_default(),
                        value: sample.value,
                        cell: CellIndex { row: sample.row, column: sample.column, channel },
                    })
                    .collect();
                Answer::TopSamples { layer_idx, channel, samples, progress: (*n_done, test.len()), values }
            }
            (Work::ActivationMaximization(ascent), Question::ActivationMaximization { layer_idx, channel }) => {
                Answer::ActivationMaximization {
                    layer_idx,
                    channel,
                    snapshots: ascent.snapshots().iter().map(|snapshot| (snapshot.step, snapshot.objective)).collect(),
                    progress: ascent.progress(),
                    values: ascent.snapshots().iter().flat_map(|snapshot| snapshot.image.iter().copied()).collect(),
                }
            }
            (Work::Ablation(work), Question::Ablation { layer_idx }) => Answer::Ablation {
                layer_idx,
                accuracy: work.accuracy.unwrap_or_default(),
                without: work.without.clone(),
                dead: if work.n_looked == N_JUDGED { work.dead.units() } else { Vec::new() },
                n_units: work.n_units,
            },
            (Work::Predictions(work), _) => work.answer(),
            (Work::Score(work), _) => work.answer(),
            _ => Answer::Refused("a job and its question do not belong together".to_owned()),
        }
    }

    /// Updates that the network at work had seen, if it is kept as it was; `None`: it is the present one.
    fn n_steps(&self) -> Option<usize> {
        match &self.work {
            Work::Predictions(work) => Some(work.n_steps()),
            _ => None,
        }
    }
}

impl AblationWork {
    /// Judges the whole network, looks for units that are always silent, then silences one unit after the other.
    fn step(&mut self, model: &Model, layer_idx: usize) -> bool {
        if self.accuracy.is_none() {
            if let Some(evaluation) = self.evaluator.chunk(model, &mut self.workspace, CHUNK) {
                self.accuracy = Some(evaluation.accuracy);
            }
            return false;
        }
        if let Some(pixels) = self.test.input(self.n_looked).filter(|_| self.n_looked < N_JUDGED) {
            self.dead.push(&model.activations(&mut self.workspace, &pixels)[layer_idx].values);
            self.n_looked += 1;
            return false;
        }
        if self.ablated.is_none() {
            self.evaluator = judge(&self.test);
            let edit = Edit::SilenceUnit { layer_idx, unit: self.without.len() };
            let Ok(weights) = apply_edits(model.layers(), &self.original, &[edit]) else { return true };
            let mut ablated = model.clone();
            ablated.set_weights(&weights);
            self.ablated = Some(ablated);
        }
        if let Some(ablated) = &self.ablated
            && let Some(evaluation) = self.evaluator.chunk(ablated, &mut self.workspace, CHUNK)
        {
            self.without.push(evaluation.accuracy);
            self.ablated = None;
        }
        self.without.len() == self.n_units
    }
}
