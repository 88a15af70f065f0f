//! A training run as a state machine: its owner decides when and where the next step is computed.
//!
//! ```text
//! Step ─(all batches of an epoch)→ Validation ─(record)→ Step … → Finished(reason)
//! ```
//!
//! A step is begun, its shards are computed here or elsewhere, and it is finished; [`Trainer::step`] does all of this
//! here. The same experiment gives the same history, bit for bit, wherever the shards are computed.

mod adjust;
mod batch;
mod dead;
mod early_stopping;
mod epoch_begin;
mod epoch_end;
mod first_samples;
mod frozen;
mod gradient_sums;
mod held;
mod point_step;
#[cfg(feature = "plane")]
mod step_parts;
mod trial_step;
mod update;

pub use crate::data::SHARD_SIZE;
pub use early_stopping::{EarlyStopping, Verdict};
pub use gradient_sums::GradientSums;
pub use point_step::{DenseStep, PointStep};
pub use trial_step::TrialStep;

use crate::data::{Dataset, DatasetError, Shard, ShardHeader, Split};
use crate::evaluation::{Evaluation, Evaluator};
use crate::experiment::CheckedExperiment;
use crate::history::{History, StopReason};
use crate::losses::ShardResult;
use crate::model::{Model, Workspace};
use crate::optimizers::Optimizer;
use crate::shrinking::Shrinking;
use batch::Batch;
use std::ops::Range;
use std::sync::Arc;

/// Samples that one call of [`Trainer::validate_chunk`] takes.
const VALIDATION_CHUNK: usize = 4 * SHARD_SIZE;

/// What a run needs next.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// A step: [`Trainer::step`], or its parts.
    Step,
    /// The end of an epoch: [`Trainer::validate_chunk`] until there is a record. Skipped after epochs of the plane that are
    /// not recorded ([`is_recorded`](crate::history::is_recorded)).
    Validation,
    /// Nothing.
    Finished(StopReason),
}

/// Loss and accuracy of some samples.
type Figures = [f64; 2];

/// Figures of one update.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// Epoch, from 1.
    pub epoch: usize,
    /// Update within the epoch, from 1.
    pub step: usize,
    /// Samples in the batch.
    pub n_samples: usize,
    /// Mean loss of the batch before the update, penalties included.
    pub loss: f64,
    /// Share of the batch that was recognised before the update.
    pub accuracy: f64,
    /// Whether the epoch's last batch is done.
    pub epoch_ended: bool,
}

/// A training run.
///
/// ```
/// # use inkling_engine::{data::Dataset, experiment::{DataConfig, Preset, Validation}, trainer::Trainer};
/// let dataset = Dataset::digits([[0; 784], [255; 784]].concat(), vec![0, 1])?; // a blank image and one full of ink
/// let mut experiment = Preset::Softmax.experiment();
/// (experiment.data, experiment.training.validation) = (DataConfig::mnist(2), Validation::None);
/// let mut trainer = Trainer::new(experiment.check()?, dataset.into())?;
/// let first = trainer.step(); // one update
/// trainer.run(); // all that are left
/// assert!(trainer.history().epochs[9].loss < first.loss);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Trainer {
    checked: CheckedExperiment,
    dataset: Arc<Dataset>,
    split: Split,
    model: Model,
    workspace: Workspace,
    optimizer: Optimizer,
    learning_rate: f64,
    epochs: usize,
    stage: Stage,
    /// Samples of this epoch in their order, those first that the last one left over.
    order: Vec<u32>,
    n_carried: usize,
    /// What this epoch leaves over for the next one, if samples are carried.
    leftover: Vec<u32>,
    /// Present epoch, from 1; the last one when finished.
    epoch: usize,
    /// Updates of this epoch that are done.
    n_epoch_steps: usize,
    n_steps: usize,
    batch: Batch,
    /// Sum over the epoch's samples so far; losses with penalties.
    epoch_loss_sum: f64,
    epoch_n_correct: u32,
    epoch_n_samples: usize,
    /// The last epoch that was ended has no record.
    lacks_record: bool,
    /// Those of the epoch that is being ended.
    training_figures: Option<Figures>,
    evaluator: Option<Evaluator>,
    /// Of the last epoch, with its weights; not kept where epochs are as short as on the plane.
    validation: Option<Evaluation>,
    early_stopping: Option<EarlyStopping>,
    best: Option<Best>,
    /// The weights before the last update, to return to if it fails.
    previous: Vec<f32>,
    /// Which weights training must not change, for each; empty if it may change all.
    frozen: Vec<bool>,
    /// Which weights are 0 for good, for each; empty if none can be.
    dead: Vec<bool>,
    history: History,
}

/// The best weights so far, kept for [`StopRule::ValidationScore`](crate::experiment::StopRule::ValidationScore).
#[derive(Debug)]
struct Best {
    epoch: usize,
    weights: Vec<f32>,
}

impl Trainer {
    /// A run from the weights that the seed gives.
    ///
    /// # Errors
    /// If the data set is not what the experiment needs.
    pub fn new(checked: CheckedExperiment, dataset: Arc<Dataset>) -> Result<Trainer, DatasetError> {
        let model = Model::new(&checked);
        Trainer::with_model(checked, dataset, model)
    }

    /// A run from the weights of `model`, which must be of the experiment's network.
    ///
    /// # Errors
    /// If the data set is not what the experiment needs.
    ///
    /// # Panics
    /// If the model is of another network.
    pub fn with_model(
        checked: CheckedExperiment,
        dataset: Arc<Dataset>,
        model: Model,
    ) -> Result<Trainer, DatasetError> {
        let split = Split::new(&checked, &dataset);
        Trainer::on_split(checked, dataset, model, split)
    }

    /// A run on those parts of the data set.
    fn on_split(
        checked: CheckedExperiment,
        dataset: Arc<Dataset>,
        model: Model,
        split: Split,
    ) -> Result<Trainer, DatasetError> {
        assert!(model.layers() == checked.layers(), "layers of the model and of the experiment");
        dataset.check_fits(&checked)?;
        let training = &checked.experiment().training;
        let mut trainer = Trainer {
            split,
            workspace: Workspace::new(&model),
            optimizer: Optimizer::new(training.optimizer, model.n_params()),
            learning_rate: training.learning_rate,
            epochs: training.epochs,
            early_stopping: EarlyStopping::new(training.stop),
            stage: Stage::Step,
            order: vec![],
            n_carried: 0,
            leftover: vec![],
            epoch: 1,
            n_epoch_steps: 0,
            n_steps: 0,
            batch: Batch::new(checked.layers()),
            epoch_loss_sum: 0.0,
            epoch_n_correct: 0,
            epoch_n_samples: 0,
            lacks_record: false,
            training_figures: None,
            evaluator: None,
            validation: None,
            best: None,
            previous: vec![],
            frozen: vec![],
            dead: if model.shrinking().is_some_and(Shrinking::is_deadly) {
                vec![false; model.n_params()]
            } else {
                vec![]
            },
            history: History::default(),
            checked,
            dataset,
            model,
        };
        trainer.begin_epoch();
        Ok(trainer)
    }

    /// What is to be done next.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage.clone()
    }

    /// The network with its present weights.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The network, when training is over.
    #[must_use]
    pub fn into_model(self) -> Model {
        self.model
    }

    /// The epochs so far.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What is run. Learning rate and number of epochs may have changed since.
    #[must_use]
    pub fn experiment(&self) -> &CheckedExperiment {
        &self.checked
    }

    /// The data.
    #[must_use]
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// Which samples train and which validate.
    #[must_use]
    pub fn split(&self) -> &Split {
        &self.split
    }

    /// Present epoch, from 1.
    #[must_use]
    pub fn epoch(&self) -> usize {
        self.epoch
    }

    /// Updates so far.
    #[must_use]
    pub fn n_steps(&self) -> usize {
        self.n_steps
    }

    /// Updates in an epoch.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        self.checked.steps_per_epoch()
    }

    /// The learning rate from the next update on.
    #[must_use]
    pub fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    /// Epochs in all.
    #[must_use]
    pub fn epochs(&self) -> usize {
        self.epochs
    }

    /// The stop rule and its count, if there is one.
    #[must_use]
    pub fn early_stopping(&self) -> Option<&EarlyStopping> {
        self.early_stopping.as_ref()
    }

    /// The epoch (from 1) with the best validation accuracy, where the stop rule looks at it.
    #[must_use]
    pub fn best_epoch(&self) -> Option<usize> {
        self.best.as_ref().map(|best| best.epoch)
    }

    /// The gradients of the last update, penalties included, one a weight; empty before the first.
    #[must_use]
    pub fn last_gradients(&self) -> &[f32] {
        self.batch.last()
    }

    /// What the last validation gave for each of its samples; `None` before the first, and if the weights have been edited
    /// since.
    #[must_use]
    pub fn validation(&self) -> Option<&Evaluation> {
        self.validation.as_ref()
    }

    /// The optimizer with all that it remembers.
    #[must_use]
    pub fn optimizer(&self) -> &Optimizer {
        &self.optimizer
    }

    /// Replaces the weights, as an edit does; the optimizer keeps its memory, and dead weights that are no longer 0 live
    /// again. A step that was begun is dropped, and a validation that was begun starts again.
    ///
    /// # Panics
    /// If there are not as many as the network has.
    pub fn set_weights(&mut self, weights: &[f32]) {
        self.batch.clear();
        self.evaluator = None;
        self.validation = None;
        self.training_figures = None;
        self.model.set_weights(weights);
        self.revive();
    }

    /// One update, computed here.
    ///
    /// # Panics
    /// Unless the stage is [`Stage::Step`].
    pub fn step(&mut self) -> StepReport {
        self.begin_batch();
        for shard_idx in 0..self.batch.heads().len() {
            if !self.batch.has(shard_idx) {
                self.compute_shard(shard_idx);
            }
        }
        self.finish_step()
    }

    /// Takes the next batch and returns the number of its shards; [`shard_ranges`](crate::data::shard_ranges) says which
    /// samples each has. A step that was begun and not finished starts again.
    ///
    /// # Panics
    /// Unless the stage is [`Stage::Step`].
    pub fn begin_step(&mut self) -> usize {
        self.begin_batch();
        self.batch.pack(&self.dataset);
        self.batch.heads().len()
    }

    /// What the shards of the step are.
    #[must_use]
    pub fn shard_heads(&self) -> &[ShardHeader] {
        self.batch.heads()
    }

    /// The bytes of some shards, one after the other.
    ///
    /// # Panics
    /// If there are no such shards.
    #[must_use]
    pub fn shard_bytes(&self, shards: Range<usize>) -> &[u8] {
        self.batch.shard_bytes(shards)
    }

    /// One shard of the step.
    ///
    /// # Panics
    /// If there is no such shard.
    #[must_use]
    pub fn shard(&self, shard_idx: usize) -> Shard<'_> {
        self.batch.shard(shard_idx)
    }

    /// Computes one shard of the step here; in a network with BatchNormalization all of them, which need one another.
    ///
    /// # Panics
    /// If there is no such shard, or it is there already.
    pub fn compute_shard(&mut self, shard_idx: usize) {
        if self.model.normalizes_batches() {
            return self.batch.compute_all(&self.dataset, &self.model);
        }
        self.batch.compute(shard_idx, &self.dataset, &self.model, &mut self.workspace);
    }

    /// Takes a sum of [`GradientSums`] over shards that were computed elsewhere by [`Model::shard_gradient`], and what
    /// each of them gave; in any order. `fill` writes the sum, a number for each weight.
    ///
    /// # Panics
    /// If the shards are none of the tree's runs, one of them is there already, or the network has BatchNormalization,
    /// whose shards can't be computed apart.
    pub fn take_sum(&mut self, shards: Range<usize>, results: &[ShardResult], fill: impl FnOnce(&mut [f32])) {
        assert!(!self.model.normalizes_batches(), "shards of a network with BatchNormalization");
        self.batch.take(shards, results, fill);
    }

    /// Whether a shard of the step is there.
    ///
    /// # Panics
    /// If there is no such shard.
    #[must_use]
    pub fn has_shard(&self, shard_idx: usize) -> bool {
        self.batch.has(shard_idx)
    }

    /// The shards of the step that are not there yet.
    pub fn missing_shards(&self) -> impl Iterator<Item = usize> {
        (0..self.batch.heads().len()).filter(|&shard_idx| !self.batch.has(shard_idx))
    }

    /// Fixes a Dropout for the steps that are computed here; see [`Workspace::set_dropout_factors`].
    pub fn set_dropout_factors(&mut self, layer_idx: usize, factors: Option<Vec<f32>>) {
        self.workspace.set_dropout_factors(layer_idx, factors.clone());
        self.batch.set_dropout_factors(layer_idx, factors);
    }

    /// Runs to the end, computed here.
    pub fn run(&mut self) -> StopReason {
        loop {
            match self.stage() {
                Stage::Step => {
                    self.step();
                }
                Stage::Validation => {
                    self.validate_chunk();
                }
                Stage::Finished(reason) => return reason,
            }
        }
    }

    fn stop_not_finite(&mut self) {
        let (epoch, step, learning_rate) = (self.epoch, self.n_epoch_steps, self.learning_rate);
        self.stage = Stage::Finished(StopReason::NotFinite { epoch, step, learning_rate });
    }
}
