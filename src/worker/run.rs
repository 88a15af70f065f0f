//! One run in the worker: a network, and once it is trained, its trainer.

use super::bench::Recording;
use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::edit_session::{EditSession, reverted_to};
use super::known_images::KnownImages;
use super::pace::Pace;
use super::report_pace::ReportPace;
use super::thinning::Thinning;
use super::throughput::Throughput;
#[cfg(feature = "plane")]
use super::weight_path::WeightPath;
use crate::protocol::questions::WeightKind;
use crate::protocol::{BatchPoint, Event, Phase, Progress, RateChange, RunId};
use inkling_engine::data::Dataset;
#[cfg(feature = "plane")]
use inkling_engine::data::Split;
#[cfg(feature = "plane")]
use inkling_engine::experiment::DataConfig;
use inkling_engine::experiment::{CheckedExperiment, ExperimentErrors, TrainingConfig};
use inkling_engine::history::EpochRecord;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::trainer::{Stage, StepReport, Trainer};
use std::sync::Arc;

/// What the learner has asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Nothing further.
    Rest,
    /// One more update.
    Batch,
    /// To the end of this epoch, its validation included.
    Epoch,
    /// To the end.
    All,
}

/// The network, alone or in training.
pub enum Network {
    /// Not trained yet.
    Bare(Box<Model>),
    /// Its trainer holds it.
    InTraining(Box<Trainer>),
}

impl Network {
    fn model(&self) -> &Model {
        match self {
            Network::Bare(model) => model,
            Network::InTraining(trainer) => trainer.model(),
        }
    }
}

/// A run.
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// What is run.
    pub checked: CheckedExperiment,
    /// What is trained.
    pub network: Network,
    /// Changes of its weights beside training.
    pub edit_session: EditSession,
    /// What its network knows, once that was asked for.
    pub known_images: Option<KnownImages>,
    /// The weights that it began with.
    pub initial: Vec<f32>,
    /// The weights of past epochs.
    #[cfg(feature = "plane")]
    pub path: WeightPath,
    /// Scratch for looking inside and for the test set.
    pub workspace: Workspace,
    /// What has been asked for.
    pub goal: Goal,
    /// What it does.
    pub phase: Phase,
    /// How fast it may go.
    pub pace: Pace,
    /// Images per second and seconds spent.
    pub throughput: Throughput,
    /// Updates so far.
    pub n_steps: usize,
    /// Figures of the updates, if somebody times them.
    pub recording: Option<Recording>,
    /// Whether its first weights are there: those that are fetched take a while.
    pub has_weights: bool,
    /// Epochs that are done.
    n_epochs: usize,
    epoch: usize,
    step: usize,
    batches: Vec<BatchPoint>,
    last_batch: Option<BatchPoint>,
    thinning: Thinning,
    records: Vec<EpochRecord>,
    /// The weights after the last of these records, if they are to be sent with them.
    weights: Vec<f32>,
    report_pace: ReportPace,
    weights_throttle: Throttle,
}

impl Run {
    /// A run that has not begun.
    #[must_use]
    pub fn new(id: RunId, checked: CheckedExperiment) -> Run {
        let model = Model::new(&checked);
        let report_pace = if checked.data().measures_training { ReportPace::MOVING } else { ReportPace::CURVES };
        Run {
            id,
            workspace: Workspace::new(&model),
            initial: model.weights().to_vec(),
            network: Network::Bare(Box::new(model)),
            #[cfg(feature = "plane")]
            path: WeightPath::default(),
            edit_session: EditSession::default(),
            known_images: None,
            checked,
            goal: Goal::Rest,
            phase: Phase::Idle,
            pace: Pace::default(),
            throughput: Throughput::default(),
            n_steps: 0,
            recording: None,
            has_weights: false,
            n_epochs: 0,
            epoch: 0,
            step: 0,
            batches: Vec::new(),
            last_batch: None,
            thinning: Thinning::default(),
            records: Vec::new(),
            weights: Vec::new(),
            report_pace,
            weights_throttle: Throttle::new(1_000.0),
        }
    }

    /// Gives a run that has not begun what another worker had made of it before it died.
    pub fn restore(&mut self, n_epochs: usize, weights: &[f32]) {
        if let Network::Bare(model) = &mut self.network
            && model.n_params() == weights.len()
        {
            model.set_weights(weights);
            self.stand_after(n_epochs);
            self.n_steps = n_epochs * self.step;
            let is_over = n_epochs >= self.checked.experiment().training.epochs;
            self.phase = if is_over { Phase::Finished } else { Phase::Paused };
        }
    }

    /// Goes on with another experiment on the same data and network: the weights stay, the optimizer begins afresh.
    /// Batches of an epoch that is not done are no epoch then.
    pub fn amend(&mut self, checked: CheckedExperiment) {
        self.commit();
        let mut model = Model::new(&checked);
        if model.n_params() == self.model().n_params() {
            model.set_weights(self.model().weights());
        }
        self.workspace = Workspace::new(&model);
        self.network = Network::Bare(Box::new(model));
        self.checked = checked;
        self.stand_after(self.n_epochs);
        if matches!(self.phase, Phase::Finished | Phase::Failed) {
            self.enter(Phase::Paused);
        }
    }

    fn stand_after(&mut self, n_epochs: usize) {
        self.n_epochs = n_epochs;
        (self.epoch, self.step) = (n_epochs, if n_epochs == 0 { 0 } else { self.checked.steps_per_epoch() });
    }

    /// Epochs that are done.
    #[cfg(feature = "plane")]
    pub fn n_epochs(&self) -> usize {
        self.n_epochs
    }

    /// Weights that an L1 penalty has set to 0 for good, by their place among all.
    #[cfg(feature = "plane")]
    pub fn dead_weights(&self) -> Vec<u32> {
        let Network::InTraining(trainer) = &self.network else { return Vec::new() };
        let dead = trainer.dead().iter().enumerate();
        dead.filter(|(_, is_dead)| **is_dead).map(|(weight_idx, _)| weight_idx as u32).collect()
    }

    /// The data set and its parts, where the data are computed and not fetched.
    ///
    /// # Errors
    /// If the experiment cannot be run on them.
    #[cfg(feature = "plane")]
    pub fn computed_data(&mut self) -> Result<(Arc<Dataset>, Split), String> {
        if !self.has_begun() {
            let generated = self.checked.generate_data().ok_or("data that are computed, got data in files")?;
            self.begin(Arc::new(generated.map_err(|error| error.to_string())?))?;
        }
        match &self.network {
            Network::InTraining(trainer) => Ok((trainer.dataset().clone(), trainer.split().clone())),
            Network::Bare(_) => Err("a run that has begun, got none".to_owned()),
        }
    }

    /// The network.
    pub fn model(&self) -> &Model {
        self.network.model()
    }

    /// The network, and the scratch to run it with.
    pub fn model_and_workspace(&mut self) -> (&Model, &mut Workspace) {
        (self.network.model(), &mut self.workspace)
    }

    /// The trainer, once the run has begun, and the scratch to run its network with.
    #[cfg(feature = "plane")]
    pub fn trainer_and_workspace(&mut self) -> Option<(&Trainer, &mut Workspace)> {
        match &self.network {
            Network::Bare(_) => None,
            Network::InTraining(trainer) => Some((trainer, &mut self.workspace)),
        }
    }

    /// The trainer, once the run has begun.
    pub fn trainer_mut(&mut self) -> Option<&mut Trainer> {
        match &mut self.network {
            Network::Bare(_) => None,
            Network::InTraining(trainer) => Some(trainer),
        }
    }

    /// Begins the run, if it has not: its weights go to a trainer.
    ///
    /// # Errors
    /// If the data set is not one that the experiment can be run on.
    pub fn begin(&mut self, train: Arc<Dataset>) -> Result<(), String> {
        if let Network::Bare(model) = &self.network {
            let mut trainer = Trainer::with_model(self.checked.clone(), train, (**model).clone())
                .map_err(|error| error.to_string())?;
            trainer.set_frozen(self.edit_session.mask(self.checked.layers()));
            if self.n_steps > 0 {
                trainer.go_on_after(self.epoch);
            }
            self.network = Network::InTraining(Box::new(trainer));
            #[cfg(feature = "plane")]
            if self.path.is_empty() {
                self.keep_place(self.n_epochs);
            }
        }
        Ok(())
    }

    /// What the present network knows; `None` if it is another network than the one that was asked for it.
    #[must_use]
    pub fn known_images(&self) -> Option<&KnownImages> {
        let known = self.known_images.as_ref()?;
        let is_same = known.n_steps == self.n_steps_seen() && self.edit_session.before().is_none();
        is_same.then_some(known)
    }

    /// Kernel, then bias of a layer: what they are, their last gradient, or how they have changed.
    pub fn weights_of(&mut self, layer_idx: usize, kind: WeightKind) -> Vec<f32> {
        let (model, _) = self.model_and_workspace();
        let range = model.param_ranges()[layer_idx].all();
        let values = model.weights()[range.clone()].to_vec();
        match kind {
            WeightKind::Values => values,
            WeightKind::Change => values.iter().zip(&self.initial[range]).map(|(now, then)| now - then).collect(),
            WeightKind::Gradients => match &self.network {
                Network::InTraining(trainer) => trainer.last_gradients().get(range).map(<[f32]>::to_vec),
                Network::Bare(_) => None,
            }
            .unwrap_or_else(|| vec![0.0; values.len()]),
        }
    }

    /// Whether the run has a trainer.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        matches!(self.network, Network::InTraining(_))
    }

    /// Changes what a run takes up at once: the learning rate and the number of epochs.
    ///
    /// # Errors
    /// If a value is out of range; nothing is changed then.
    pub fn adjust(&mut self, change: impl FnOnce(&mut TrainingConfig)) -> Result<(), ExperimentErrors> {
        let mut experiment = self.checked.experiment().clone();
        change(&mut experiment.training);
        self.checked = experiment.check()?;
        if let Network::InTraining(trainer) = &mut self.network {
            let was_finished = matches!(trainer.stage(), Stage::Finished(_));
            trainer.set_learning_rate(experiment.training.learning_rate)?;
            trainer.set_epochs(experiment.training.epochs)?;
            if !was_finished {
                self.end();
            }
        }
        Ok(())
    }

    /// Updates that the present weights have seen: fewer than were made, where the end of the run has brought the best
    /// epoch's weights back.
    #[must_use]
    pub fn n_steps_seen(&self) -> usize {
        self.kept_epoch().map_or(self.n_steps, |epoch| epoch * self.checked.steps_per_epoch())
    }

    /// The epoch (from 1) whose weights came back at the end of the run; `None` if they are the last ones.
    #[must_use]
    pub fn kept_epoch(&self) -> Option<usize> {
        match &self.network {
            Network::Bare(_) => None,
            Network::InTraining(trainer) => reverted_to(trainer),
        }
    }

    /// Changes the learning rate from the next update on.
    ///
    /// # Errors
    /// If it is out of range; nothing is changed then.
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), ExperimentErrors> {
        let from = self.checked.experiment().training.learning_rate;
        self.adjust(|training| training.learning_rate = learning_rate)?;
        if self.n_steps > 0 && from != learning_rate {
            let change = RateChange { epoch: self.epoch, step: self.step, from, to: learning_rate };
            post(Event::RateChanged { run: self.id, change });
        }
        Ok(())
    }

    /// Takes up an update that was made.
    pub fn count(&mut self, report: &StepReport) {
        self.commit();
        self.n_steps += 1;
        self.epoch = report.epoch;
        self.step = report.step;
        if report.epoch_ended {
            self.n_epochs = report.epoch;
            #[cfg(feature = "plane")]
            self.keep_place(report.epoch);
            // Of an epoch that is not recorded there will be no more news.
            if self.goal == Goal::Epoch && self.is_between_epochs() {
                self.goal = Goal::Rest;
            }
        }
        self.throughput.count(report.n_samples);
        let batch = BatchPoint { n_steps: self.n_steps, loss: report.loss, accuracy: report.accuracy };
        self.last_batch = Some(batch);
        self.batches.extend(self.thinning.push(batch));
        if let Some(recording) = &mut self.recording {
            recording.push(report);
        }
        if self.goal == Goal::Batch {
            self.goal = Goal::Rest;
        }
    }

    /// Keeps the weights after an epoch of a network on the plane.
    #[cfg(feature = "plane")]
    fn keep_place(&mut self, epoch: usize) {
        if matches!(self.checked.experiment().data, DataConfig::Plane(_)) {
            self.path.push(epoch, self.network.model().weights());
        }
    }

    fn is_between_epochs(&self) -> bool {
        matches!(&self.network, Network::InTraining(trainer) if trainer.stage() != Stage::Validation)
    }

    /// Milliseconds until the run may go on, if the next thing is an epoch that would come too early.
    pub fn wait_ms(&mut self) -> Option<f64> {
        let begins_epoch = self.goal == Goal::All && self.n_epochs == self.epoch && self.is_between_epochs();
        if begins_epoch { self.pace.begin_epoch(now_ms()).err() } else { None }
    }

    /// Changes what the run does, and starts or stops its clock.
    pub fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        if phase == Phase::Training {
            self.throughput.start();
        } else {
            self.throughput.stop();
        }
    }

    /// Holds the run, and reports that.
    pub fn rest(&mut self) {
        self.enter(if self.n_steps > 0 { Phase::Paused } else { Phase::Idle });
        self.report();
    }

    /// Reports to the page how far the run is, if it is time; whether it is. Painting a report takes the page `paint_ms`.
    pub fn report_if_due(&mut self, paint_ms: f64) -> bool {
        let is_due = self.report_pace.is_due(paint_ms);
        if is_due {
            self.report();
        }
        is_due
    }

    /// Reports to the page how far the run is.
    pub fn report(&mut self) {
        post(Event::Progressed(self.progress()));
        if !self.records.is_empty() || !self.weights.is_empty() {
            let (records, weights) = (std::mem::take(&mut self.records), std::mem::take(&mut self.weights));
            post(Event::EpochsEnded { run: self.id, records, seconds: self.throughput.seconds(), weights });
        }
    }

    /// Takes up an epoch that ended.
    pub fn count_epoch(&mut self, record: EpochRecord) {
        self.end();
        self.records.push(record);
        if self.goal == Goal::Epoch {
            self.goal = Goal::Rest;
        }
        // After each epoch of a small network it would be a hundred times a second.
        if self.goal == Goal::Rest || !self.weights.is_empty() || self.weights_throttle.is_due() {
            self.send_weights();
        }
    }

    /// Takes up a round of validation that began at `start_ms`, and the epoch's record if it was the last.
    pub fn count_validation(&mut self, start_ms: f64, record: Option<EpochRecord>) {
        if let Some(recording) = &mut self.recording {
            recording.count_validation(now_ms() - start_ms);
        }
        if let Some(record) = record {
            self.count_epoch(record);
        }
    }

    /// Sends the weights with the next report, for a worker that would have to take this one's place.
    pub fn send_weights(&mut self) {
        // Open edits are the page's to make again.
        self.weights = self.edit_session.before().unwrap_or(self.model()).weights().to_vec();
    }

    fn progress(&mut self) -> Progress {
        let training = &self.checked.experiment().training;
        let steps_per_epoch = self.checked.steps_per_epoch();
        let images_per_second = self.throughput.images_per_second();
        let n_images_left = (training.epochs.saturating_sub(self.epoch) * self.checked.n_train()) as f64
            + (steps_per_epoch.saturating_sub(self.step) * training.batch_size) as f64;
        Progress {
            run: self.id,
            phase: self.phase,
            epoch: self.epoch,
            step: self.step,
            steps_per_epoch,
            epochs: training.epochs,
            images_per_second,
            seconds_left: images_per_second.map(|per_second| n_images_left / per_second),
            batches: std::mem::take(&mut self.batches),
            last_batch: self.last_batch,
        }
    }
}
