//! What is to be measured, in order.

use crate::protocol::RunId;
use crate::protocol::questions::{ChangeList, Robustness};

/// A list of changes on a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// The run.
    pub run: RunId,
    /// The changes and the images.
    pub question: Robustness,
}

/// The task that the worker is at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// The task.
    pub task: Task,
    /// When it was asked for.
    pub begun_ms: f64,
    /// Whether its run was the present one: when another run takes its place, the worker forgets the task.
    pub was_present: bool,
}

/// Tasks in order; the worker is at the first one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Queue {
    /// The tasks that are not done.
    pub tasks: Vec<Task>,
    /// The one that the worker is at.
    pub asked: Option<Asked>,
}

impl Queue {
    /// Adds a task at the end, unless it is there.
    pub fn push(&mut self, task: Task) {
        if !self.tasks.contains(&task) {
            self.tasks.push(task);
        }
    }

    /// Keeps only some tasks; the one that the worker was at, if that goes.
    pub fn retain(&mut self, is_kept: impl Fn(&Task) -> bool) -> Option<Task> {
        self.tasks.retain(&is_kept);
        self.asked.take_if(|asked| !is_kept(&asked.task)).map(|asked| asked.task)
    }

    /// The tasks about a list of changes.
    pub fn of(&self, changes: ChangeList) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |task| task.question.changes == changes)
    }

    /// Whether tasks about that list are left.
    #[must_use]
    pub fn has(&self, changes: ChangeList) -> bool {
        self.of(changes).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::questions::JudgedSet;

    fn task(run: RunId, changes: ChangeList) -> Task {
        Task { run, question: Robustness { changes, set: JudgedSet::Validation } }
    }

    #[test]
    fn a_list_is_cancelled_with_the_task_that_the_worker_is_at() {
        let mut queue = Queue::default();
        let (first, second, third) =
            (task(1, ChangeList::ShiftMap), task(2, ChangeList::ShiftMap), task(1, ChangeList::Curves));
        [first, second, first, third].into_iter().for_each(|task| queue.push(task));
        assert_eq!(queue.tasks, [first, second, third], "no task twice");
        queue.asked = Some(Asked { task: first, begun_ms: 0.0, was_present: true });
        assert_eq!(queue.retain(|task| task.question.changes != ChangeList::Curves), None);
        assert_eq!(queue.retain(|task| task.question.changes != ChangeList::ShiftMap), Some(first));
        assert!(!queue.has(ChangeList::ShiftMap) && queue.asked.is_none());
    }
}
