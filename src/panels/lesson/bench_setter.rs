//! Sets the bench to what a step needs. What the learner had is kept and can be taken back.

use super::lesson_state::LessonState;
use super::page_parts;
use crate::lesson::{Bench, ImageChoice, Step};
use crate::protocol::{Phase, Subject};
use crate::state::{AppState, Editor, Place};
use inkling_engine::experiment::{Experiment, Preset};
use leptos::prelude::*;
use std::time::Duration;

/// The pause between two tries to open a tab of a panel, or to choose an image of a data set, that is on its way.
const PAUSE: Duration = Duration::from_millis(200);

/// Sets the bench up for each step that is opened, and outlines what the step points at while the book is open.
pub fn keep_set_up(lesson: LessonState) {
    Effect::new(move |_| {
        let Some(step) = lesson.step.get() else { return };
        let has_asked = lesson.places.has_asked_experiment;
        if !lesson.places.is_there(step.bench.place) {
            // It is fetched, and then this is done again.
            return lesson.places.open.set(step.bench.place);
        }
        untrack(|| {
            set_up(lesson, &step, !has_asked.get());
            has_asked.set(false);
        });
    });
    Effect::new(move |_| {
        let step = lesson.step.get().filter(|_| lesson.places.has_book.get());
        page_parts::outline(step.as_ref().map_or(&[], |step| &step.bench.highlight));
    });
    on_cleanup(|| page_parts::outline(&[]));
}

/// Sets the bench up; without `has_experiment` the experiment stays.
pub fn set_up(lesson: LessonState, step: &Step, has_experiment: bool) {
    let Bench { place, experiment, tab, image, .. } = &step.bench;
    lesson.places.open.set(*place);
    if let Some(experiment) = experiment.clone().filter(|_| has_experiment) {
        put_on_bench(lesson, *place, experiment);
    }
    show(lesson, tab.clone(), *image, step.id.clone());
}

/// Puts an experiment on the bench, and a fresh network of it, unless another one trains there at present.
pub fn put_on_bench(lesson: LessonState, place: Place, experiment: Experiment) {
    let (state, editor) = lesson.places.of(place);
    if replace(lesson, place, experiment) {
        editor.is_touched.set(false);
        make_fresh(state);
    }
}

/// Replaces the experiment of a place, and keeps one that the learner has made; `false` if it is there already.
pub fn replace(lesson: LessonState, place: Place, experiment: Experiment) -> bool {
    let (state, editor) = lesson.places.of(place);
    let present = state.experiment.get_untracked();
    let former = lesson.set_up.get_untracked();
    lesson.set_up.set(Some((place, experiment.clone())));
    if present == experiment {
        return false;
    }
    // What was there before anything was chosen is nobody's own.
    let is_chosen =
        editor.is_touched.get_untracked() || place == Place::Digits && present != Preset::LessonCnn.experiment();
    let present = Some((place, present));
    if is_chosen && former != present {
        lesson.own.set(present);
    }
    editor.replace(experiment);
    true
}

/// A fresh network for the edited experiment, unless one trains or is held: that one stays until Train is pressed.
fn make_fresh(state: AppState) {
    let phase = state.run.progress.read_untracked().phase;
    if matches!(phase, Phase::Finished | Phase::Failed) && untrack(|| state.is_edited()) {
        state.reset();
    }
}

/// Puts the bench back as the step needs it: with a fresh network, whatever is there.
pub fn put_back(lesson: LessonState, step: &Step) {
    set_up(lesson, step, true);
    if let Some(experiment) = &step.bench.experiment {
        let (state, _) = lesson.places.of(step.bench.place);
        if *state.experiment.read_untracked() == *experiment && state.run.progress.read_untracked().epoch > 0 {
            state.reset();
        }
    }
}

/// Gives the learner's own experiment back.
pub fn take_back(lesson: LessonState) {
    let Some((place, experiment)) = lesson.own.get_untracked() else { return };
    lesson.own.set(None);
    lesson.places.open.set(place);
    let (state, editor): (AppState, Editor) = lesson.places.of(place);
    editor.load(experiment);
    make_fresh(state);
}

/// Opens the tab and chooses the image, as soon as both can be had and while the step is open.
fn show(lesson: LessonState, tab: Option<String>, image: Option<ImageChoice>, id: String) {
    let is_open = lesson.places.step.try_get_untracked().flatten().is_some_and(|open| open == id);
    if !is_open {
        return;
    }
    let image_left = image.filter(|image| !choose_image(lesson, *image));
    let tab_left = tab.filter(|tab| !page_parts::open_tab(tab));
    if image_left.is_some() || tab_left.is_some() {
        set_timeout(move || show(lesson, tab_left, image_left, id), PAUSE);
    }
}

/// Has an image run through the network; `false` while the data set is on its way.
fn choose_image(lesson: LessonState, image: ImageChoice) -> bool {
    let (state, _) = lesson.places.of(Place::Digits);
    let is_there = state.data.read_untracked().is_settled();
    if is_there {
        state.look_at(match image {
            ImageChoice::Train(image_idx) => Subject::Train(image_idx),
            ImageChoice::Test(image_idx) => Subject::Test(image_idx),
        });
    }
    is_there
}
