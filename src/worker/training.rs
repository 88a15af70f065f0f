//! Training in slices: a tick trains for 16 ms or one update, then the worker listens again.

use super::channel::post;
use super::clock::{Slice, now_ms};
use super::run::{Goal, Run};
use super::session::Session;
use crate::protocol::{Event, Phase};
use inkling_engine::history::StopReason;
use inkling_engine::trainer::Stage;

/// How long a tick goes on beginning new updates.
const SLICE_MS: f64 = 16.0;

impl Session {
    /// What is to be done when the ticker rings.
    pub fn tick(&mut self) {
        self.ticker.rang();
        self.go_on();
    }

    /// One slice of whatever is to be done.
    pub(super) fn go_on(&mut self) {
        if self.work.is_waiting() {
            // A helper's report will go on from here.
            return;
        }
        if self.evaluation.is_some() {
            self.evaluate_slice();
            self.ticker.wake();
            return;
        }
        if self.time_passes() {
            return;
        }
        self.work_on_jobs();
        let is_wanted = self.run.as_ref().is_some_and(|run| run.goal != Goal::Rest);
        if !is_wanted {
            self.rest();
            return;
        }
        if !self.begin_run() {
            return;
        }
        self.train_slice();
        self.after_slice();
    }

    /// What follows a slice, and the end of an update that helpers took part in.
    pub(super) fn tell_slice(&mut self) {
        if let Some(run) = &mut self.run {
            run.tell_if_due();
        }
        self.inspect_if_due();
        self.watch_bench();
    }

    fn after_slice(&mut self) {
        self.tell_slice();
        if !self.work.is_waiting() {
            self.ticker.wake();
        }
    }

    /// The run holds, if it was training.
    fn rest(&mut self) {
        if let Some(run) = self.run.as_mut().filter(|run| matches!(run.phase, Phase::Training | Phase::Loading)) {
            run.enter(if run.n_steps > 0 { Phase::Paused } else { Phase::Idle });
            run.report();
            self.inspect();
        }
    }

    fn train_slice(&mut self) {
        let mut slice = Slice::begin(SLICE_MS);
        loop {
            let Some(run) = &mut self.run else { return };
            if run.goal == Goal::Rest {
                return;
            }
            if run.phase != Phase::Training {
                run.enter(Phase::Training);
                run.report();
            }
            let Some(trainer) = run.trainer_mut() else { return };
            match trainer.stage() {
                Stage::Step if self.work.is_shared() => {
                    if self.share_step() {
                        return;
                    }
                }
                Stage::Step => {
                    let report = trainer.step();
                    run.count(&report);
                }
                Stage::Validation => {
                    let start_ms = now_ms();
                    let record = trainer.validate_chunk();
                    run.validation_ms += now_ms() - start_ms;
                    if let Some(record) = record {
                        run.count_epoch(record);
                    }
                }
                Stage::Finished(reason) => {
                    finish(run, reason);
                    self.inspect();
                    return;
                }
            }
            if slice.is_over() {
                return;
            }
        }
    }
}

fn finish(run: &mut Run, reason: StopReason) {
    run.goal = Goal::Rest;
    run.enter(if matches!(reason, StopReason::NotFinite { .. }) { Phase::Failed } else { Phase::Finished });
    run.report();
    post(Event::Finished { run: run.id, reason });
}
