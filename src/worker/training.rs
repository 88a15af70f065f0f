//! Training in slices: a tick trains one run for 16 ms or one update, then the worker listens again. Runs take turns.

use super::channel::post;
use super::clock::{Slice, now_ms};
use super::context::{Context, DataSlot};
use super::data_parallel::DataParallel;
use super::run::{Goal, Run};
use crate::protocol::{Event, Failure, FailureKind, Phase, RunId};
use inkling_engine::data::{Dataset, OwnDigits};
use inkling_engine::history::StopReason;
use inkling_engine::trainer::Stage;
use std::sync::Arc;

/// How long a tick goes on beginning new updates.
const SLICE_MS: f64 = 16.0;

/// Whose turn it is, and the helpers that share the updates.
pub struct Training {
    /// Shares updates with helpers.
    pub data_parallel: DataParallel,
    /// The run that was trained last.
    last: RunId,
}

/// What a tick has done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turn {
    /// Nobody wants to be trained, or the data are on their way.
    Idle,
    /// A run was trained for a slice.
    Trained(RunId),
    /// A run has come to its end.
    Ended(RunId),
    /// A run has to wait for so many milliseconds.
    Waits(RunId, f64),
}

impl Training {
    /// Nothing is trained yet.
    pub fn new(data_parallel: DataParallel) -> Training {
        Training { data_parallel, last: 0 }
    }

    /// Takes up a goal; what it needs and is not there is waited for.
    pub fn aim(&mut self, context: &mut Context, run: RunId, goal: Goal) {
        let Some(run) = context.runs.get_mut(run).filter(|run| run.phase != Phase::Failed) else { return };
        run.goal = goal;
        context.ticker.wake();
    }

    /// One slice of the run whose turn it is. Must not be called while an update waits for helpers.
    pub fn tick(&mut self, context: &mut Context) -> Turn {
        let Some(id) = context.runs.next_turn(self.last) else { return Turn::Idle };
        self.last = id;
        let Context { runs, data, own_digits, .. } = context;
        let Some(run) = runs.get_mut(id) else { return Turn::Idle };
        match begin(run, data, own_digits.as_ref()) {
            Begun::Yes => self.train_slice(run),
            Begun::NeedsData => Turn::Idle,
            Begun::Failed => Turn::Ended(id),
        }
    }

    fn train_slice(&mut self, run: &mut Run) -> Turn {
        let mut slice = Slice::begin(SLICE_MS);
        let is_shared = self.data_parallel.start(run);
        let mut alone = Alone::begin(run);
        loop {
            if run.goal == Goal::Rest {
                return Turn::Trained(run.id);
            }
            if run.phase != Phase::Training {
                run.enter(Phase::Training);
                run.report();
            }
            if let Some(wait_ms) = run.wait_ms() {
                return Turn::Waits(run.id, wait_ms);
            }
            let Some(trainer) = run.trainer_mut() else { return Turn::Idle };
            match trainer.stage() {
                Stage::Step if is_shared => {
                    alone.is_pure = false;
                    if self.data_parallel.begin_step(run) {
                        return Turn::Trained(run.id);
                    }
                }
                Stage::Step => {
                    let report = trainer.step();
                    run.count(&report);
                }
                Stage::Validation => {
                    alone.is_pure = false;
                    if is_shared && self.data_parallel.begin_validation(run) {
                        return Turn::Trained(run.id);
                    }
                    validate(run);
                }
                Stage::Finished(reason) => {
                    finish(run, reason);
                    return Turn::Ended(run.id);
                }
            }
            if slice.is_over() {
                alone.end(run, &mut self.data_parallel);
                return Turn::Trained(run.id);
            }
        }
    }
}

/// A slice of updates that this worker makes without helpers, timed as a whole.
struct Alone {
    start_ms: f64,
    n_steps: usize,
    /// Whether there was nothing else in the slice.
    is_pure: bool,
}

impl Alone {
    fn begin(run: &Run) -> Alone {
        Alone { start_ms: now_ms(), n_steps: run.n_steps, is_pure: true }
    }

    fn end(&self, run: &Run, data_parallel: &mut DataParallel) {
        let n_updates = run.n_steps - self.n_steps;
        if self.is_pure && n_updates > 0 {
            data_parallel.record(run.id, 1, n_updates, now_ms() - self.start_ms);
        }
    }
}

enum Begun {
    Yes,
    NeedsData,
    Failed,
}

/// Makes sure that the run has its trainer.
fn begin(run: &mut Run, data: &DataSlot, own_digits: Option<&Arc<OwnDigits>>) -> Begun {
    if run.has_begun() {
        return Begun::Yes;
    }
    let Some(train) = training_data(run, data, own_digits) else {
        if run.phase != Phase::Loading {
            run.enter(Phase::Loading);
            run.report();
        }
        return Begun::NeedsData;
    };
    if let Err(message) = train.and_then(|train| run.begin(train)) {
        run.goal = Goal::Rest;
        post(Event::Failed(Failure { kind: FailureKind::Experiment, message }));
        return Begun::Failed;
    }
    Begun::Yes
}

/// What a run is trained on; `None` while that is on its way, an error if it does not fit the experiment.
pub fn training_data(
    run: &Run,
    data: &DataSlot,
    own_digits: Option<&Arc<OwnDigits>>,
) -> Option<Result<Arc<Dataset>, String>> {
    let data = match (run.checked.generate_data(), data) {
        (Some(generated), _) => generated.map(Arc::new),
        (None, DataSlot::Loaded(mnist)) => run.checked.training_data(&mnist.train, own_digits),
        (None, DataSlot::Missing | DataSlot::Loading) => return None,
    };
    Some(data.map_err(|error| error.to_string()))
}

fn validate(run: &mut Run) {
    let start_ms = now_ms();
    let Some(trainer) = run.trainer_mut() else { return };
    let record = trainer.validate_chunk();
    run.count_validation(start_ms, record);
}

fn finish(run: &mut Run, reason: StopReason) {
    run.goal = Goal::Rest;
    if matches!(reason, StopReason::NotFinite { .. }) {
        run.enter(Phase::Failed);
    } else {
        run.send_weights();
        run.enter(Phase::Finished);
    }
    run.report();
    post(Event::Finished { run: run.id, reason, kept_epoch: run.kept_epoch() });
}
