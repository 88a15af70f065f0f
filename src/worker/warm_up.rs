//! Before the learner first trains: a copy of the network is trained for a moment and thrown away. Browsers compile
//! WebAssembly quickly at first, and well once it has run for a while; so that while is over when it counts.

use super::clock::{Slice, now_ms};
use super::context::Context;
use super::training::training_data;
use inkling_engine::trainer::{Stage, Trainer};

/// How long the copy is trained.
const LENGTH_MS: f64 = 250.0;
/// How long a slice goes on beginning new pieces: a look at the network waits for it.
const SLICE_MS: f64 = 8.0;

/// The training of the copy, in slices; once in a worker's life.
#[derive(Default)]
pub enum WarmUp {
    /// The data set or the network is not there yet.
    #[default]
    Waiting,
    /// Under way.
    Training(TrainedCopy),
    /// Over, or no longer needed.
    Over,
}

/// The copy in training.
pub struct TrainedCopy {
    trainer: Box<Trainer>,
    /// Whether an update is begun.
    is_begun: bool,
    ms: f64,
}

impl WarmUp {
    /// One slice, while nothing else is to be done; whether there is more to do.
    pub fn tick(&mut self, context: &Context) -> bool {
        match self {
            WarmUp::Waiting => {
                if let Some(begun) = begin(context) {
                    *self = begun;
                }
            }
            WarmUp::Training(copy) => {
                if !copy.train_slice() {
                    *self = WarmUp::Over;
                }
            }
            WarmUp::Over => {}
        }
        matches!(self, WarmUp::Training(_))
    }

    /// Ends it: the learner trains.
    pub fn end(&mut self) {
        *self = WarmUp::Over;
    }
}

/// The training of a copy of the first network; `None` while that or its data are not there yet.
fn begin(context: &Context) -> Option<WarmUp> {
    let run = context.runs.iter().find(|run| run.has_weights && !run.has_begun())?;
    let data = training_data(run, &context.data, context.own_digits.as_ref())?;
    let trainer = data.and_then(|data| {
        Trainer::with_model(run.checked.clone(), data, run.model().clone()).map_err(|error| error.to_string())
    });
    Some(match trainer {
        Ok(trainer) => WarmUp::Training(TrainedCopy { trainer: Box::new(trainer), is_begun: false, ms: 0.0 }),
        // They don't go together: the learner is told when the run itself begins.
        Err(_) => WarmUp::Over,
    })
}

impl TrainedCopy {
    /// Whether there is more to do.
    fn train_slice(&mut self) -> bool {
        let (start_ms, mut slice) = (now_ms(), Slice::begin(SLICE_MS));
        while self.advance() {
            if slice.is_over() {
                self.ms += now_ms() - start_ms;
                return self.ms < LENGTH_MS;
            }
        }
        false
    }

    /// One piece of an update or of validation; `false` at the end of training.
    fn advance(&mut self) -> bool {
        let trainer = &mut self.trainer;
        if self.is_begun {
            let shard = trainer.missing_shards().next();
            match shard {
                Some(shard_idx) => trainer.compute_shard(shard_idx),
                None => {
                    trainer.finish_step();
                    self.is_begun = false;
                }
            }
            return true;
        }
        match trainer.stage() {
            Stage::Step => {
                trainer.begin_step();
                self.is_begun = true;
            }
            Stage::Validation => {
                trainer.validate_chunk();
            }
            Stage::Finished(_) => return false,
        }
        true
    }
}
