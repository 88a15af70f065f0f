//! What the page can do: edit the experiment, and press the buttons of a run.

use super::apply::FollowUp;
use super::paint_time::PaintTime;
use super::{AppState, DataState, Place, Predictions, WeightEdits};
use crate::browser::Program;
use crate::client::Client;
use crate::plot::frame_scheduler::count_task;
use crate::protocol::questions::Predictions as PredictionsQuestion;
use crate::protocol::{AnyQuestion, Command, Event, Failure, FailureKind, ImageSet, Phase, Start};
use inkling_engine::experiment::{CheckedExperiment, Experiment, Preset};
use inkling_engine::explain::CellIndex;
use inkling_engine::history::StopReason;
use leptos::prelude::*;
use std::collections::HashMap;

/// Former runs that are kept on the plane.
const MAX_PLANE_RUNS: usize = 20;

/// What the next press of Train or of a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextTrain {
    /// Begins training a network that is there.
    Begin,
    /// Goes on where the run was held.
    GoOn,
    /// Goes on after an epoch whose weights were given to a new worker, with a fresh optimizer.
    GoOnAfter {
        /// The epoch.
        epoch: usize,
    },
    /// Goes on after the run's end, for more epochs.
    Continue {
        /// Epochs in all.
        epochs: usize,
    },
    /// Begins another run; the present one is kept in the table.
    BeginAnother {
        /// Whether because settings were changed; else because the present run is over.
        is_edited: bool,
    },
}

impl AppState {
    /// Changes the experiment. A run that has not begun takes up every valid change at once. One that is under way takes
    /// up learning rate and epochs, as long as nothing else differs and the experiment is still that run's.
    pub fn edit(&self, change: impl FnOnce(&mut Experiment)) {
        self.experiment.update(change);
        if self.place == Place::Plane {
            return self.take_up_edit();
        }
        let Ok(checked) = self.checked.get_untracked() else { return };
        let phase = self.run.progress.read_untracked().phase;
        match phase {
            Phase::Idle => self.build_if_edited(),
            Phase::Loading | Phase::Training | Phase::Paused if untrack(|| self.is_of_run()) => {
                self.send_rate_and_epochs(&checked)
            }
            _ => {}
        }
    }

    /// Replaces the whole experiment by a preset.
    pub fn load_preset(&self, preset: Preset) {
        self.load(preset.experiment());
    }

    /// Replaces the whole experiment. A run under way keeps its own settings.
    pub fn load(&self, experiment: Experiment) {
        self.experiment.set(experiment);
        if self.place == Place::Plane {
            return self.take_up_edit();
        }
        self.run.takes_edits.set(!untrack(|| self.is_edited()));
        if self.run.progress.read_untracked().phase == Phase::Idle {
            self.build_if_edited();
        }
    }

    /// A new network for an experiment that was changed before its run has begun.
    fn build_if_edited(&self) {
        if untrack(|| self.is_edited()) {
            self.build(self.fitting_start(&self.experiment.get_untracked()));
        }
    }

    /// Whether the experiment that is edited is the present run's, but for learning rate and epochs.
    #[must_use]
    pub fn is_of_run(&self) -> bool {
        let (experiment, run) = (self.experiment.read(), self.run.checked.read());
        self.run.takes_edits.get() && experiment.differs_at_most_in_rate_and_epochs(run.experiment())
    }

    /// Has the present run take up learning rate and epochs.
    pub(super) fn send_rate_and_epochs(&self, edited: &CheckedExperiment) {
        let run = self.run.id.get_untracked();
        let (asked, running) = (&edited.experiment().training, self.run.checked.get_untracked());
        let running = &running.experiment().training;
        if running.learning_rate != asked.learning_rate {
            self.send(Command::SetLearningRate { run, learning_rate: asked.learning_rate });
        }
        if running.epochs != asked.epochs {
            self.send(Command::SetEpochs { run, epochs: asked.epochs });
        }
        if running.learning_rate != asked.learning_rate || running.epochs != asked.epochs {
            self.run.checked.update(|running| running.take_rate_and_epochs(edited));
        }
    }

    /// Whether the experiment was changed so that only a new run can take it up.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        *self.run.checked.read().experiment() != *self.experiment.read()
    }

    /// Train: goes on with the present run, or begins a new one if the experiment was changed or the run is over.
    pub fn train(&self) {
        if self.begin_if_needed() {
            self.send(Command::Train { run: self.run.id.get_untracked() });
        }
    }

    /// Holds the run after its present step; on the plane, where an epoch takes no time, after its present epoch.
    pub fn pause(&self) {
        let run = self.run.id.get_untracked();
        self.send(match self.place {
            Place::Digits => Command::Pause { run },
            Place::Plane => Command::StepEpoch { run },
        });
    }

    /// One update.
    pub fn step_batch(&self) {
        if self.begin_if_needed() {
            self.send(Command::StepBatch { run: self.run.id.get_untracked() });
        }
    }

    /// To the end of the epoch.
    pub fn step_epoch(&self) {
        if self.begin_if_needed() {
            self.send(Command::StepEpoch { run: self.run.id.get_untracked() });
        }
    }

    /// A fresh network from the experiment's seed: the same seed gives the same weights, so no edit stays.
    pub fn reset(&self) {
        self.run.weight_edits.set(WeightEdits::default());
        self.build(Start::Seed);
    }

    /// Edits the present network's weights, or what of it is frozen.
    pub fn edit_weights(&self, change: impl FnOnce(&mut WeightEdits)) {
        let former = self.run.weight_edits.get_untracked();
        self.run.weight_edits.update(change);
        if self.run.weight_edits.read_untracked().open() != former.open() {
            // Results on the test set and predictions for whole sets were another network's.
            self.run.evaluation.set(None);
            self.predictions.update(HashMap::clear);
        }
        self.send_weight_edits();
    }

    /// Runs the test set.
    pub fn evaluate(&self) {
        self.send(Command::Evaluate { run: self.run.id.get_untracked() });
    }

    /// Takes up a drawing: 28×28 in `[0, 1]`, ink = 1.
    pub fn draw(&self, pixels: Vec<f32>) {
        self.kept.update_value(|kept| kept.pixels = pixels);
        self.own_digits.looked_at.maybe_update(|looked_at| looked_at.take().is_some());
        self.revision.update(|revision| *revision += 1);
        self.send_drawing();
    }

    /// The newest drawing: its number, counted from 1, and its 28×28 pixels; none before the first.
    #[must_use]
    pub fn drawing(&self) -> (u32, Vec<f32>) {
        (self.revision.get_untracked(), self.kept.with_value(|kept| kept.pixels.clone()))
    }

    /// Takes a number of a layer's output apart, from now on for every new look; `None`: no longer.
    pub fn pin(&self, cell: Option<(usize, CellIndex)>) {
        self.pinned.set(cell);
        self.send_watch();
    }

    /// Asks about the inside of the present network; the answer arrives in [`AppState::answers`].
    pub fn ask(&self, question: impl Into<AnyQuestion>) {
        self.send(Command::Ask { run: self.run.id.get_untracked(), question: question.into() });
    }

    /// Stops the worker's work on questions of that kind.
    pub fn withdraw(&self, question: impl Into<AnyQuestion>) {
        self.send(Command::Withdraw { run: self.run.id.get_untracked(), question: question.into() });
    }

    /// Has the present network, which has seen `n_steps` updates, predict every image of a set; in the place of a set
    /// that is still under way. The predictions arrive in [`AppState::predictions`].
    pub fn predict_set(&self, set: ImageSet, n_steps: usize) {
        self.predictions.update(|predictions| {
            predictions.values_mut().for_each(Predictions::stop);
            predictions.entry(set).or_default().begin(n_steps);
        });
        self.ask(PredictionsQuestion { set });
    }

    /// Stops the predictions for a set; complete ones are kept.
    pub fn stop_predicting(&self, set: ImageSet) {
        self.predictions.update(|predictions| predictions.values_mut().for_each(Predictions::stop));
        self.withdraw(PredictionsQuestion { set });
    }

    /// Shares the gradient work among `n_workers`; `None` lets the worker choose.
    pub fn set_workers(&self, n_workers: Option<usize>) {
        self.send(Command::SetWorkers { n_workers });
    }

    /// Fetches the data set again.
    pub fn retry_data(&self) {
        self.dismiss(FailureKind::Data);
        self.data.set(DataState::Waiting);
        self.load_data();
    }

    /// Fetches the part of the worker that answers questions again.
    pub fn retry_part(&self) {
        self.dismiss(FailureKind::Part);
        self.send(Command::FetchPart);
    }

    /// Takes a message off the screen.
    pub fn dismiss(&self, kind: FailureKind) {
        self.failures.update(|failures| failures.retain(|failure| failure.kind != kind));
    }

    /// Starts the worker, or a new one in the place of a dead one; the experiment and the drawing are kept.
    pub fn start_worker(&self) {
        self.dismiss(FailureKind::Worker);
        self.dismiss(FailureKind::Silence);
        self.client.set_value(None);
        self.machine.set(None);
        self.data.set(DataState::Waiting);
        let state = *self;
        let (program, takes_early) = match self.place {
            Place::Digits => (Program::Digits, true),
            Place::Plane => (Program::Plane, false),
        };
        let url = crate::browser::worker_url(program);
        match url.and_then(|url| Client::start(&url, takes_early, move |event| state.on_event(event))) {
            Ok(client) => self.client.set_value(Some(client)),
            Err(failure) => self.fail(failure),
        }
    }

    /// Applies an event of the worker, then does what follows from it.
    fn on_event(&self, event: Event) {
        count_task();
        if matches!(event, Event::Progressed(_)) {
            self.send_paint_time();
        }
        match self.apply(event) {
            Some(FollowUp::Greet) => self.on_ready(),
            Some(FollowUp::LoadData) => self.load_data(),
            None => {}
        }
    }

    /// The first commands to a worker that listens.
    fn on_ready(&self) {
        self.send(Command::Open { base_url: crate::browser::base_url() });
        self.send_drawing();
        self.send_own_digits();
        self.watched.set_value(None);
        self.send_watch();
        self.send_pace();
        self.paint_time.set_value(PaintTime::default());
        if !self.restore() && !self.build(self.fitting_start(&self.experiment.get_untracked())) {
            self.load_data();
        }
    }

    pub(super) fn forget_answers(&self) {
        self.answers.clear();
        self.predictions.set(HashMap::new());
        self.pinned_cell.set(None);
    }

    pub(super) fn send_build(&self, start: Start, weights: Vec<f32>) {
        let experiment = Box::new(self.run.checked.read_untracked().experiment().clone());
        self.send(Command::Build { run: self.run.id.get_untracked(), experiment, start, weights });
        self.send_watch();
    }

    /// Fetches the data set, once a network is there: its weights and its first answer must not wait for megabytes.
    fn load_data(&self) {
        if self.place == Place::Plane {
            // Points are computed.
            self.data.set(DataState::Loaded { n_train: 0, n_test: 0 });
        } else if *self.data.read_untracked() == DataState::Waiting {
            self.send(Command::LoadData);
        }
    }

    /// Puts a failure on the screen, in the place of an older one of its kind.
    pub(super) fn fail(&self, failure: Failure) {
        self.dismiss(failure.kind);
        self.failures.update(|failures| failures.push(failure));
    }

    /// What Train and the steps will do.
    #[must_use]
    pub fn next_train(&self) -> NextTrain {
        let epochs = self.experiment.read().training.epochs;
        match (self.run.phase(), self.run.stop_reason.get()) {
            _ if self.run.id.get() == 0 || self.run.start.get() == Start::Pretrained => NextTrain::Begin,
            (Phase::Idle, _) => NextTrain::Begin,
            _ if !self.is_of_run() => NextTrain::BeginAnother { is_edited: true },
            (Phase::Finished, Some(StopReason::EpochsDone)) if epochs > self.run.n_epochs() => {
                NextTrain::Continue { epochs }
            }
            (Phase::Finished | Phase::Failed, _) => NextTrain::BeginAnother { is_edited: false },
            _ => match self.run.restored.get().filter(|epoch| *epoch == self.run.progress.read().epoch) {
                Some(epoch) => NextTrain::GoOnAfter { epoch },
                None => NextTrain::GoOn,
            },
        }
    }

    /// Makes sure that there is a run that can go on; `false` if the experiment cannot be run.
    fn begin_if_needed(&self) -> bool {
        let Ok(edited) = self.checked.get_untracked() else { return false };
        let is_pretrained = self.run.start.get_untracked() == Start::Pretrained;
        match untrack(|| self.next_train()) {
            NextTrain::Begin if self.run.id.get_untracked() != 0 && !is_pretrained => {
                !untrack(|| self.is_edited()) || self.build(Start::Seed)
            }
            NextTrain::Begin | NextTrain::BeginAnother { .. } => self.build(Start::Seed),
            NextTrain::Continue { .. } => {
                self.run.stop_reason.set(None);
                self.run.kept_epoch.set(None);
                self.send_rate_and_epochs(&edited);
                true
            }
            NextTrain::GoOn | NextTrain::GoOnAfter { .. } => true,
        }
    }

    /// Orders a new network for the experiment; `false` if the experiment is wrong.
    pub(super) fn build(&self, start: Start) -> bool {
        let Ok(checked) = self.checked.get_untracked() else { return false };
        let former = untrack(|| self.run.record());
        if former.n_steps > 0 {
            self.keep_past_weights(former.id);
            self.past_runs.update(|runs| runs.push(former.clone()));
            // On the plane each setting that is tried is a run.
            if self.place == Place::Plane {
                self.past_runs.update(|runs| drop(runs.drain(..runs.len().saturating_sub(MAX_PLANE_RUNS))));
            }
        }
        let run = self.next_run.get_value();
        self.next_run.set_value(run + 1);
        let weight_edits = self.run.weight_edits.get_untracked();
        // Edits made before training go over to another start of the same network.
        let is_prepared = self.run.progress.read_untracked().epoch == 0
            && checked.experiment().network == former.checked.experiment().network
            && checked.input_shape() == former.checked.input_shape();
        if checked.experiment().network != former.checked.experiment().network {
            self.pinned.set(None);
        }
        self.run.begin(run, checked, start);
        self.forget_weights();
        self.forget_answers();
        // One network at a time: the former one makes room.
        self.send(Command::Close { run: former.id });
        self.send_build(start, Vec::new());
        self.send_pace();
        if is_prepared && weight_edits.committed().is_empty() && weight_edits != WeightEdits::default() {
            self.run.weight_edits.set(weight_edits);
            self.send_weight_edits();
        }
        true
    }

    /// The shipped weights for the network that they fit, before any training was asked for.
    fn fitting_start(&self, experiment: &Experiment) -> Start {
        let is_shuffled = experiment.data.digits().is_some_and(|digits| digits.shuffle_pixels);
        let is_shipped = experiment.network == Preset::LessonCnn.experiment().network;
        if is_shipped && !is_shuffled { Start::Pretrained } else { Start::Seed }
    }

    pub(super) fn send_weight_edits(&self) {
        let weight_edits = self.run.weight_edits.read_untracked();
        self.send(Command::EditWeights {
            run: self.run.id.get_untracked(),
            n_committed: weight_edits.committed().len(),
            edits: weight_edits.open().to_vec(),
            frozen: weight_edits.frozen().to_vec(),
        });
    }

    pub(super) fn send_drawing(&self) {
        let (revision, drawn) = self.drawing();
        let looked_at = self.own_digits.looked_at.read_untracked();
        let pixels = looked_at.as_ref().map_or(drawn, |digit| digit.image().ink());
        if !pixels.is_empty() {
            self.send(Command::Draw { revision, pixels });
        }
    }

    /// Before the worker is ready nothing is sent: [`on_ready`](Self::on_ready) sends what counts.
    pub(super) fn send(&self, command: Command) {
        if self.machine.read_untracked().is_none() {
            return;
        }
        let sent = self.client.with_value(|client| client.as_ref().map_or(Ok(()), |client| client.send(command)));
        if let Err(failure) = sent {
            self.fail(failure);
        }
    }
}
