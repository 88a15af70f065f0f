//! What a learner has done in a lesson: kept by the browser across visits, and shown in the lab report.

use super::{BetRun, Measure};
use crate::plot::number::{loss, percent};
use inkling_engine::history::EpochRecord;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What was done, by the names of steps. Unknown names stay: another lesson may have them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The step that was read last.
    pub step: Option<String>,
    /// Steps that are complete.
    pub done: BTreeSet<String>,
    /// Answers, by step and number of the question (from 0).
    pub answers: BTreeMap<String, BTreeMap<usize, Answer>>,
    /// Predictions, by step.
    pub bets: BTreeMap<String, Prediction>,
    /// Hands that were raised in a lecture hall, by step: for each option of its first choice or its bet.
    pub votes: BTreeMap<String, Vec<u32>>,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// What was typed.
    Number(String),
    /// What was typed into each gap.
    Gaps(Vec<String>),
    /// The choice, by its place.
    Choice(usize),
    /// The heights of a drawn curve, from left to right.
    Sketch(Vec<f64>),
    /// The unit that was clicked.
    Unit {
        /// Which.
        unit: usize,
        /// Whether it was the right one for the image of that moment.
        is_right: bool,
    },
    /// What was written, and which points of the rubric the learner found in it.
    Essay {
        /// The text.
        text: String,
        /// One for each point.
        marks: Vec<bool>,
    },
}

/// A prediction, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// What was predicted.
    pub guess: Given,
    /// What came: for each run of the bet one outcome for each seed; empty before they were run.
    pub outcomes: Vec<Vec<Outcome>>,
}

/// What was predicted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Given {
    /// A number, in the measure's unit.
    Number(f64),
    /// A run, by its place; `None`: no difference beyond the noise of seeds.
    Best(Option<usize>),
    /// The value at each epoch.
    Curve(Vec<f64>),
}

/// What came of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The seed that it was run with.
    pub seed: u64,
    /// Its epochs.
    pub epochs: Vec<EpochRecord>,
}

impl Measure {
    /// The figure of a run; `None` if it has none, such as without validation images, or if it is not a number.
    #[must_use]
    pub fn of(self, epochs: &[EpochRecord]) -> Option<f64> {
        let value = match self {
            Measure::Epochs => Some(epochs.len() as f64),
            _ => self.along(epochs).last().copied(),
        };
        value.filter(|value| value.is_finite())
    }

    /// The figure after each epoch; of the number of epochs, that number.
    #[must_use]
    pub fn along(self, epochs: &[EpochRecord]) -> Vec<f64> {
        let figure = |record: &EpochRecord| match self {
            Measure::Loss => Some(record.loss),
            Measure::Accuracy => Some(record.accuracy),
            Measure::ValLoss => record.val_loss,
            Measure::ValAccuracy => record.val_accuracy,
            Measure::Epochs => Some(record.epoch as f64),
        };
        epochs.iter().filter_map(figure).collect()
    }

    /// Whether it is a share of images, of which more is better and which is shown in per cent; of all else less is better.
    #[must_use]
    pub fn is_share(self) -> bool {
        matches!(self, Measure::Accuracy | Measure::ValAccuracy)
    }

    /// A figure as people write it.
    #[must_use]
    pub fn text(self, value: f64) -> String {
        match self {
            Measure::Accuracy | Measure::ValAccuracy => percent(value),
            Measure::Loss | Measure::ValLoss => loss(value),
            Measure::Epochs => format!("{value:.0}"),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Measure::Loss => "training loss",
            Measure::Accuracy => "training accuracy",
            Measure::ValLoss => "validation loss",
            Measure::ValAccuracy => "validation accuracy",
            Measure::Epochs => "epochs",
        }
    }
}

impl BetRun {
    /// The seed of its repetition `repetition` (from 0).
    #[must_use]
    pub fn seed(&self, repetition: usize) -> u64 {
        self.experiment.seed.saturating_add(repetition as u64).min(inkling_engine::experiment::Experiment::MAX_SEED)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn epoch(epoch: usize, val_accuracy: Option<f64>) -> EpochRecord {
        EpochRecord { epoch, loss: 1.0 / epoch as f64, accuracy: 0.5, val_loss: None, val_accuracy }
    }

    #[test]
    fn a_measure_is_that_of_the_last_epoch() {
        let epochs = [epoch(1, Some(0.7)), epoch(2, Some(0.9))];
        assert_eq!(Measure::ValAccuracy.of(&epochs), Some(0.9));
        assert_eq!(Measure::Loss.of(&epochs), Some(0.5));
        assert_eq!(Measure::Epochs.of(&epochs), Some(2.0));
        assert_eq!(Measure::ValLoss.of(&epochs), None, "there are no validation images");
        assert_eq!(Measure::Loss.along(&epochs), [1.0, 0.5]);
    }

    #[test]
    fn progress_survives_json_and_what_is_missing() {
        let mut progress = Progress { step: Some("a.b".into()), ..Progress::default() };
        progress.answers.entry("a.b".into()).or_default().insert(0, Answer::Number("13.002".into()));
        let outcomes = vec![vec![Outcome { seed: 1, epochs: vec![epoch(1, None)] }]];
        progress.bets.insert("a.c".into(), Prediction { guess: Given::Best(None), outcomes });
        let json = serde_json::to_string(&progress).unwrap();
        assert_eq!(serde_json::from_str::<Progress>(&json).unwrap(), progress);
        assert_eq!(serde_json::from_str::<Progress>("{}").unwrap(), Progress::default());
    }
}
