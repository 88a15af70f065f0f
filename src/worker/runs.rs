//! The runs that the worker holds.

use super::run::{Goal, Run};
use crate::protocol::RunId;

/// All runs, ascending by their numbers. A list: there are a few, and a map takes ten times its program.
#[derive(Default)]
pub struct Runs(Vec<Run>);

impl Runs {
    /// The run of that number.
    #[must_use]
    pub fn get(&self, id: RunId) -> Option<&Run> {
        self.0.iter().find(|run| run.id == id)
    }

    /// The run of that number, to be changed.
    pub fn get_mut(&mut self, id: RunId) -> Option<&mut Run> {
        self.0.iter_mut().find(|run| run.id == id)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Run> {
        self.0.iter()
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Run> {
        self.0.iter_mut()
    }

    /// Adds a run, in the place of one of its number.
    pub fn insert(&mut self, run: Run) {
        self.remove(run.id);
        let place = self.0.partition_point(|other| other.id < run.id);
        self.0.insert(place, run);
    }

    /// Removes a run; whether there was one of that number.
    pub fn remove(&mut self, id: RunId) -> bool {
        let n_before = self.0.len();
        self.0.retain(|run| run.id != id);
        self.0.len() < n_before
    }

    /// The run after `last`, in a circle, that wants to be trained.
    #[must_use]
    pub fn next_turn(&self, last: RunId) -> Option<RunId> {
        let wanting = || self.0.iter().filter(|run| run.goal != Goal::Rest).map(|run| run.id);
        wanting().find(|id| *id > last).or_else(|| wanting().next())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::Preset;

    fn runs(goals: &[(RunId, Goal)]) -> Runs {
        let mut runs = Runs::default();
        for &(id, goal) in goals {
            let mut run = Run::new(id, Preset::Softmax.experiment().check().unwrap());
            run.goal = goal;
            runs.insert(run);
        }
        runs
    }

    #[test]
    fn runs_with_a_goal_take_turns() {
        let mut runs = runs(&[(7, Goal::All), (2, Goal::All), (4, Goal::Rest), (5, Goal::Epoch)]);
        let mut last = 0;
        let mut turns = Vec::new();
        for _ in 0..5 {
            last = runs.next_turn(last).unwrap();
            turns.push(last);
        }
        assert_eq!(turns, [2, 5, 7, 2, 5]);
        assert!(runs.remove(2) && !runs.remove(2));
        assert_eq!(runs.next_turn(7), Some(5));
        runs.iter_mut().for_each(|run| run.goal = Goal::Rest);
        assert_eq!(runs.next_turn(7), None);
    }
}
