//! The images that the present network is judged by, each with its label and what the network makes of it.

use super::{Pace, keep_asking};
use crate::protocol::questions::{JudgedSet, Readings, ReadingsAnswer};
use crate::protocol::{ImageSet, Phase, Subject};
use crate::state::{AppState, DataState};
use inkling_engine::calibration::tempered;
use inkling_engine::metrics::Confusion;
use inkling_engine::model::predicted_class;
use leptos::prelude::*;
use std::sync::Arc;

/// How often a network that is trained is asked about.
const PACE: Pace = Pace { resting_ms: 300.0, training_ms: 1_000.0 };

/// An image with its label, and what the network makes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JudgedImage {
    /// Its index in its set.
    pub image_idx: usize,
    /// Its label.
    pub label: u8,
    /// The most probable class.
    pub predicted: u8,
    /// That class's probability.
    pub confidence: f32,
}

/// All images of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The set.
    pub set: JudgedSet,
    /// Updates that the network had seen.
    pub n_steps: usize,
    /// Classes.
    pub n_classes: usize,
    /// The images in order.
    pub images: Vec<JudgedImage>,
    /// Their outputs before the last activation, `[n, n_classes]`.
    pub logits: Vec<f32>,
}

impl Judged {
    /// Joins a complete answer with the labels of its images.
    #[must_use]
    pub fn new(set: JudgedSet, answer: &ReadingsAnswer, labels: &[u8]) -> Option<Judged> {
        if !answer.is_complete() {
            return None;
        }
        let image = |(image_idx, logits): (usize, &[f32])| {
            let predicted = predicted_class(logits);
            let probs = tempered(logits, 1.0);
            let confidence = *probs.get(usize::from(predicted))? as f32;
            Some(JudgedImage { image_idx, label: *labels.get(image_idx)?, predicted, confidence })
        };
        let images = answer.images().map(image).collect::<Option<Vec<_>>>()?;
        let n_classes = answer.n_outputs;
        let is_of_classes = images.iter().all(|image| usize::from(image.label) < n_classes);
        let logits = answer.logits.clone();
        is_of_classes.then_some(Judged { set, n_steps: answer.n_steps, n_classes, images, logits })
    }

    /// What is taken for what.
    #[must_use]
    pub fn confusion(&self) -> Confusion {
        let labels: Vec<u8> = self.images.iter().map(|image| image.label).collect();
        let predictions: Vec<u8> = self.images.iter().map(|image| image.predicted).collect();
        Confusion::new(self.n_classes, &labels, &predictions)
    }

    /// The labels in order.
    #[must_use]
    pub fn labels(&self) -> Vec<u8> {
        self.images.iter().map(|image| image.label).collect()
    }

    /// One of its images, to be looked at.
    #[must_use]
    pub fn subject(&self, image_idx: usize) -> Subject {
        image_set(self.set).subject(image_idx)
    }

    /// Its image that is looked at, if it has it.
    #[must_use]
    pub fn image_of(&self, subject: Subject) -> Option<JudgedImage> {
        let (set, image_idx) = subject.place()?;
        let image = self.images.iter().find(|image| image.image_idx == image_idx)?;
        (set == image_set(self.set)).then_some(*image)
    }
}

/// The set of MNIST that judged images are from.
#[must_use]
pub fn image_set(set: JudgedSet) -> ImageSet {
    match set {
        JudgedSet::Validation => ImageSet::Train,
        JudgedSet::Test => ImageSet::Test,
    }
}

/// Keeps the judged images of a set fresh, for as long as the calling component is on the page. While the network trains they
/// are those of the last epoch's end, which cost nothing.
pub fn keep_judging(state: AppState, set: Signal<JudgedSet>) -> Signal<Option<Arc<Judged>>> {
    keep_asking(state, PACE, move || {
        state.run.id.track();
        state.run.progress.track();
        state.run.weight_edits.track();
        let is_loaded = matches!(state.data.get(), DataState::Loaded { .. });
        let has_network = state.machine.read().is_some() && state.run.id.get() > 0;
        let is_free = set.get() == JudgedSet::Validation
            && state.run.n_epochs() > 0
            && state.run.checked.read().n_validation() > 0;
        // Another network than the one that was evaluated would be another opening of the test set.
        let is_open = set.get() == JudgedSet::Validation || {
            let evaluated = state.run.evaluation.read().as_ref().map(|evaluation| evaluation.n_steps);
            evaluated.is_some() && evaluated == state.seen().map(|seen| seen.n_steps)
        };
        let is_resting = state.run.phase() != Phase::Training;
        let is_wanted = is_loaded && has_network && is_open && (is_free || is_resting);
        if is_wanted { vec![Readings { set: set.get() }.into()] } else { Vec::new() }
    });
    let newest = Memo::new_with_compare(
        move |former: Option<&Option<Arc<Judged>>>| {
            let set = set.get();
            let judged = state.answers.readings.to(Readings { set }).and_then(|answered| {
                let labels = state.labels.read();
                Judged::new(set, &answered.answer, labels.of(image_set(set)))
            });
            // What is under way is not shown before it is complete.
            judged.map(Arc::new).or_else(|| former.cloned().flatten().filter(|judged| judged.set == set))
        },
        |former, newest| match (former.and_then(Option::as_ref), newest.and_then(Option::as_ref)) {
            (Some(former), Some(newest)) => !Arc::ptr_eq(former, newest),
            (former, newest) => former.is_some() != newest.is_some(),
        },
    );
    // Another network's images say nothing about this one.
    Signal::derive(move || newest.get().filter(|_| state.run.id.get() > 0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn images_are_joined_with_their_labels() {
        let answer = ReadingsAnswer::new(5, 2, 2, &[0.0, 2.0, 1.0, 0.0], &[3, 1]);
        let judged = Judged::new(JudgedSet::Validation, &answer, &[0, 1, 0, 0]).unwrap();
        assert_eq!((judged.images[0].label, judged.images[0].predicted), (0, 1));
        assert!((judged.images[0].confidence - 0.880_797).abs() < 1e-5);
        assert_eq!(judged.confusion().most_frequent_mistake(), Some((0, 1, 1)));
        assert_eq!(judged.image_of(Subject::Train(1)).map(|image| image.label), Some(1));
        assert_eq!(judged.image_of(Subject::Test(1)), None);
    }

    #[test]
    fn answers_that_are_cut_or_of_other_classes_are_none() {
        let partial = ReadingsAnswer::new(5, 3, 2, &[0.0, 2.0], &[0]);
        assert_eq!(Judged::new(JudgedSet::Test, &partial, &[0, 1, 0]), None);
        let answer = ReadingsAnswer::new(5, 1, 2, &[0.0, 2.0], &[0]);
        assert_eq!(Judged::new(JudgedSet::Test, &answer, &[7]), None, "label 7 of two classes");
        assert_eq!(Judged::new(JudgedSet::Test, &answer, &[]), None);
    }
}
