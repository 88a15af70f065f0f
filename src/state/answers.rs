//! The newest answers about the inside of the network, one signal per kind of question.

use super::Predictions;
use crate::protocol::{Answer, ImageSet, WeightKind};
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// An answer, and how many updates the network had seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Updates that the network had seen.
    pub n_steps: usize,
    /// The answer.
    pub answer: Answer,
}

type Newest = RwSignal<Option<Arc<Answered>>>;

/// Signals of the newest answers; empty after each new run.
#[derive(Clone, Copy)]
pub struct Answers {
    /// To `Question::Cell`.
    pub cell: Newest,
    /// To `Question::Weights`, by layer and kind.
    pub weights: RwSignal<HashMap<(usize, WeightKind), Arc<Answered>>>,
    /// To `Question::Histograms`, by layer.
    pub histograms: RwSignal<HashMap<usize, Arc<Answered>>>,
    /// To `Question::Contributions`.
    pub contributions: Newest,
    /// To `Question::Saliency`.
    pub saliency: Newest,
    /// To `Question::Gradients`.
    pub gradients: Newest,
    /// To `Question::TrialStep`.
    pub trial_step: Newest,
    /// To `Question::TopSamples`.
    pub top_samples: Newest,
    /// To `Question::ActivationMaximization`.
    pub ascent: Newest,
    /// To `Question::Ablation`.
    pub ablation: Newest,
    /// To `Question::Predictions`, by set.
    pub predictions: RwSignal<HashMap<ImageSet, Predictions>>,
    /// To `Question::Comparison`.
    pub comparison: Newest,
    /// To `Question::Score`.
    pub score: Newest,
    /// The last question that did not fit the network.
    pub refused: Newest,
}

impl Answers {
    pub(super) fn new() -> Answers {
        let none = || RwSignal::new(None);
        Answers {
            cell: none(),
            weights: RwSignal::new(HashMap::new()),
            histograms: RwSignal::new(HashMap::new()),
            contributions: none(),
            saliency: none(),
            gradients: none(),
            trial_step: none(),
            top_samples: none(),
            ascent: none(),
            ablation: none(),
            predictions: RwSignal::new(HashMap::new()),
            comparison: none(),
            score: none(),
            refused: none(),
        }
    }

    /// Takes up an answer.
    pub(super) fn take(&self, n_steps: usize, answer: Answer) {
        if let Answer::Predictions { set, n_total, digits } = answer {
            return self
                .predictions
                .update(|predictions| predictions.entry(set).or_default().take(n_steps, n_total, digits));
        }
        let answered = Arc::new(Answered { n_steps, answer });
        let newest = match &answered.answer {
            Answer::Weights { layer_idx, kind, .. } => {
                let key = (*layer_idx, *kind);
                return self.weights.update(|weights| drop(weights.insert(key, answered)));
            }
            Answer::Histograms { layer_idx, .. } => {
                let key = *layer_idx;
                return self.histograms.update(|histograms| drop(histograms.insert(key, answered)));
            }
            Answer::Cell { .. } => self.cell,
            Answer::Contributions(_) => self.contributions,
            Answer::Saliency { .. } => self.saliency,
            Answer::Gradients { .. } => self.gradients,
            Answer::TrialStep { .. } => self.trial_step,
            Answer::TopSamples { .. } => self.top_samples,
            Answer::ActivationMaximization { .. } => self.ascent,
            Answer::Ablation { .. } => self.ablation,
            // Taken up above.
            Answer::Predictions { .. } => return,
            Answer::Comparison { .. } => self.comparison,
            Answer::Score { .. } => self.score,
            Answer::Refused(_) => self.refused,
        };
        newest.set(Some(answered));
    }

    /// Forgets all: another network stands.
    pub(super) fn clear(&self) {
        self.weights.set(HashMap::new());
        self.histograms.set(HashMap::new());
        self.predictions.set(HashMap::new());
        for newest in [
            self.cell,
            self.contributions,
            self.saliency,
            self.gradients,
            self.trial_step,
            self.top_samples,
            self.ascent,
            self.ablation,
            self.comparison,
            self.score,
            self.refused,
        ] {
            newest.set(None);
        }
    }
}
