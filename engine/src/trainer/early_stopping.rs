//! When to stop before all epochs are done, by scikit-learn's rules (`_update_no_improvement_count` and the loop
//! around it in its multilayer perceptron, version 1.9).
//!
//! The figure is compared with the best so far, which also moves by improvements too small to count, and the count of
//! epochs without improvement must *exceed* the patience.

use crate::experiment::StopRule;

/// A stop rule and what it has seen.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlyStopping {
    is_higher_better: bool,
    n_iter_no_change: usize,
    tol: f64,
    best: f64,
    n_no_improvement: usize,
}

/// What a rule says of an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The figure is the best so far, even if by less than `tol`.
    pub is_best: bool,
    /// The run should stop.
    pub stops: bool,
}

impl EarlyStopping {
    /// The rule before the first epoch; `None` for [`StopRule::Never`].
    #[must_use]
    pub fn new(rule: StopRule) -> Option<EarlyStopping> {
        let (is_higher_better, n_iter_no_change, tol) = match rule {
            StopRule::Never => return None,
            StopRule::ValidationScore { n_iter_no_change, tol } => (true, n_iter_no_change, tol),
            StopRule::TrainingLoss { n_iter_no_change, tol } => (false, n_iter_no_change, tol),
        };
        let best = if is_higher_better { f64::NEG_INFINITY } else { f64::INFINITY };
        Some(EarlyStopping { is_higher_better, n_iter_no_change, tol, best, n_no_improvement: 0 })
    }

    /// Takes the figure of an epoch: validation accuracy or training loss.
    pub fn update(&mut self, figure: f64) -> Verdict {
        let (is_short, is_best) = if self.is_higher_better {
            (figure < self.best + self.tol, figure > self.best)
        } else {
            (figure > self.best - self.tol, figure < self.best)
        };
        self.n_no_improvement = if is_short { self.n_no_improvement + 1 } else { 0 };
        if is_best {
            self.best = figure;
        }
        Verdict { is_best, stops: self.n_no_improvement > self.n_iter_no_change }
    }

    /// The best figure so far; infinite before the first.
    #[must_use]
    pub fn best(&self) -> f64 {
        self.best
    }

    /// Epochs without improvement, up to now.
    #[must_use]
    pub fn n_no_improvement(&self) -> usize {
        self.n_no_improvement
    }

    /// The patience: the run stops once there are more of them.
    #[must_use]
    pub fn n_iter_no_change(&self) -> usize {
        self.n_iter_no_change
    }
}
