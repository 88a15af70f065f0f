//! What one network reads in all images of a set.
//!
//! It takes seconds, and the run may go on learning meanwhile: the network that reads is a copy from when the question
//! was asked, so that all readings are those of the same weights.

use crate::protocol::{Answer, ImageSet};
use inkling_engine::data::Dataset;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::model::{Model, Workspace};
use std::sync::Arc;

/// Images that are read together.
const CHUNK: usize = 25;

/// A set under way.
pub struct PredictionsWork {
    set: ImageSet,
    model: Model,
    n_steps: usize,
    workspace: Workspace,
    evaluator: Evaluator,
}

impl PredictionsWork {
    /// Begins with the first image; `n_steps` are the updates that the network has seen.
    pub fn new(set: ImageSet, digits: Arc<Dataset>, model: Model, n_steps: usize) -> PredictionsWork {
        PredictionsWork { set, workspace: Workspace::new(&model), model, n_steps, evaluator: Evaluator::new(digits) }
    }

    /// Reads some images; `true` when all are read.
    pub fn step(&mut self) -> bool {
        self.evaluator.chunk(&self.model, &mut self.workspace, CHUNK).is_some()
    }

    /// Updates that the network had seen.
    pub fn n_steps(&self) -> usize {
        self.n_steps
    }

    /// What was read so far.
    pub fn answer(&self) -> Answer {
        Answer::Predictions {
            set: self.set,
            n_total: self.evaluator.n_total(),
            digits: self.evaluator.predictions().to_vec(),
        }
    }
}
