//! A bet: what the learner predicts before a run.

use inkling_engine::experiment::Experiment;

/// A prediction that is asked for before runs, and is shown beside what came of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Bet {
    /// What is asked, as HTML.
    pub question: String,
    /// What the learner gives.
    pub guess: Guess,
    /// What is measured at the end of each run, or along it.
    pub measure: Measure,
    /// The runs; two of them, or more, are compared.
    pub runs: Vec<BetRun>,
    /// Seeds that each run is repeated with, so that noise can be told from a difference; from 1.
    pub n_seeds: usize,
    /// Why it came so, as HTML; shown after the runs whatever was predicted.
    pub because: String,
}

/// A run that a bet is about.
#[derive(Debug, Clone, PartialEq)]
pub struct BetRun {
    /// Its name among the others.
    pub name: String,
    /// What is run, with the first seed.
    pub experiment: Experiment,
}

/// How a prediction is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Guess {
    /// A number: it is right within this distance from the mean over the seeds.
    Number {
        /// In the measure's unit.
        tolerance: f64,
    },
    /// One of the runs, or "no difference beyond the noise of the seeds".
    Best,
    /// A drawn curve, one value for each epoch of the only run.
    Curve(Curve),
}

/// The field that a curve is drawn in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// From its left end to its right end.
    pub x: [f64; 2],
    /// From its lower end to its upper end.
    pub y: [f64; 2],
}

/// A figure of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Mean training loss of the last epoch.
    Loss,
    /// Training accuracy of the last epoch.
    Accuracy,
    /// Loss of validation images.
    ValLoss,
    /// Share of validation images recognised.
    ValAccuracy,
    /// Epochs until the run ended.
    Epochs,
}
