//! The signals that the subject switch's components share, and when whole sets are predicted.

use super::image_filter::{Fitting, ImageFilter};
use crate::protocol::{ImageSet, Phase, Subject};
use crate::state::{AppState, DataState, Predictions};
use leptos::prelude::*;
use std::sync::Arc;

/// Signals of the subject switch; cheap to copy.
#[derive(Clone, Copy)]
pub struct SubjectContext {
    /// The page's state.
    pub state: AppState,
    /// Which images are browsed.
    pub filter: RwSignal<ImageFilter>,
    /// Set of the present image; `None` for the drawing.
    pub set: Memo<Option<ImageSet>>,
    /// Index of the present image in its set; 0 for the drawing.
    pub image_idx: Memo<usize>,
    /// The images of its set that pass the filter.
    pub fitting: Memo<Arc<Fitting>>,
    /// The predictions for its set.
    pub predictions: Memo<Predictions>,
    /// Whether the list of misread images would give the test set's result away.
    pub is_sealed: Memo<bool>,
    /// Updates that the present network has seen; unknown before the first look at it.
    pub n_steps: Memo<Option<usize>>,
    /// Whether the first image that passes is looked at as soon as there is one.
    is_seeking: StoredValue<bool>,
}

/// The signals of the subject switch.
///
/// # Panics
/// Outside of a component that called [`provide_subject`].
#[must_use]
pub fn use_subject() -> SubjectContext {
    expect_context::<SubjectContext>()
}

/// Makes the signals of the subject switch, for the components below the calling one.
pub fn provide_subject(state: AppState) {
    let filter = RwSignal::new(ImageFilter::default());
    let set = Memo::new(move |_| state.subject.get().place().map(|(set, _)| set));
    let is_sealed = Memo::new(move |_| set.get() == Some(ImageSet::Test) && !state.run.is_test_opened.get());
    let predictions = Memo::new(move |_| {
        if is_sealed.get() {
            return Predictions::default();
        }
        let predictions = state.predictions.read();
        set.get().and_then(|set| predictions.get(&set).cloned()).unwrap_or_default()
    });
    let context = SubjectContext {
        state,
        filter,
        set,
        image_idx: Memo::new(move |_| state.subject.get().place().map_or(0, |(_, image_idx)| image_idx)),
        fitting: Memo::new(move |_| {
            let labels = state.labels.read();
            let labels = set.get().map(|set| labels.of(set)).unwrap_or_default();
            let predictions = predictions.read();
            let digits = predictions.shown().map(|predictions| predictions.digits.as_slice()).unwrap_or_default();
            Arc::new(Fitting::of(filter.get(), labels, digits))
        }),
        predictions,
        is_sealed,
        n_steps: Memo::new(move |_| state.seen().map(|seen| seen.n_steps)),
        is_seeking: StoredValue::new(false),
    };
    provide_context(context);
    Effect::new(move |_| context.read_if_due());
    Effect::new(move |_| {
        // The end of a pass over the set ends a search, even if it finds no more images.
        drop(context.predictions.read());
        context.seek(&context.fitting.get());
    });
}

impl SubjectContext {
    /// Looks at an image of the present set.
    pub fn go(self, image_idx: usize) {
        if let Some(set) = self.set.get_untracked() {
            self.is_seeking.set_value(false);
            self.state.look_at(set.subject(image_idx));
        }
    }

    /// Looks at the next image that passes the filter, or at the one before.
    pub fn step(self, is_backward: bool) {
        if let Some(image_idx) = self.fitting.read_untracked().next_to(self.image_idx.get_untracked(), is_backward) {
            self.go(image_idx);
        }
    }

    /// Looks at the drawing, or at the first image of a set that passes the filter.
    pub fn choose_set(self, set: Option<ImageSet>) {
        self.stop_reading();
        self.is_seeking.set_value(set.is_some());
        self.state.look_at(set.map_or(Subject::Drawing, |set| set.subject(0)));
        self.seek(&self.fitting.get_untracked());
    }

    /// Browses other images; if the present one is not among them, goes to the next.
    pub fn choose_filter(self, filter: ImageFilter) {
        if !filter.is_misread_only {
            self.stop_reading();
        }
        self.is_seeking.set_value(true);
        self.filter.set(filter);
        self.seek(&self.fitting.get_untracked());
    }

    /// Has the present network read the present set.
    pub fn read_again(self) {
        if let Some((set, n_steps)) = self.set.get_untracked().zip(self.n_steps.get_untracked()) {
            self.state.predict_set(set, n_steps);
        }
    }

    fn stop_reading(self) {
        let set = self.set.get_untracked();
        if let Some(set) = set.filter(|_| self.predictions.read_untracked().under_way.is_some()) {
            self.state.stop_predicting(set);
        }
    }

    /// Has the present set predicted when that is due.
    fn read_if_due(self) {
        let is_loaded = matches!(self.state.data.get(), DataState::Loaded { .. });
        let is_resting = self.state.run.phase() != Phase::Training;
        let Some((set, n_steps)) = self.set.get().zip(self.n_steps.get()) else { return };
        let is_wanted = is_loaded && self.filter.get().is_misread_only && !self.is_sealed.get();
        if is_wanted && is_prediction_due(self.predictions.read().newest_n_steps(), n_steps, is_resting) {
            untrack(|| self.state.predict_set(set, n_steps));
        }
    }

    /// Takes the first step to an image that passes, once there is one.
    fn seek(self, fitting: &Fitting) {
        if !self.is_seeking.get_value() {
            return;
        }
        let here = self.state.subject.get_untracked().place().map(|(_, image_idx)| image_idx);
        match here.and_then(|here| fitting.from(here)) {
            // Once the whole set is predicted and nothing fits, later predictions do not change the image.
            None if here.is_some() && self.predictions.read_untracked().complete.is_none() => {}
            found if found == here => self.is_seeking.set_value(false),
            None => self.is_seeking.set_value(false),
            Some(image_idx) => self.go(image_idx),
        }
    }
}

/// Whether a set is to be predicted, when its newest predictions are the network's after `newest` updates and the
/// present one has seen `n_steps`. While the network trains a list that grows old is kept until the learner asks for
/// another.
fn is_prediction_due(newest: Option<usize>, n_steps: usize, is_resting: bool) -> bool {
    match newest {
        None => true,
        Some(newest) => is_resting && newest != n_steps,
    }
}

#[cfg(test)]
mod tests {
    use super::is_prediction_due;

    #[test]
    fn a_list_grows_old_while_training_and_is_renewed_at_rest() {
        assert!(is_prediction_due(None, 40, false), "the first list does not wait");
        assert!(!is_prediction_due(Some(40), 500, false));
        assert!(is_prediction_due(Some(40), 500, true));
        assert!(!is_prediction_due(Some(500), 500, true));
    }
}
