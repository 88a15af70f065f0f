//! Sets the bench to what a step needs. What the learner had is kept and can be taken back.

use super::lesson_state::LessonState;
use super::page_parts;
use crate::lesson::{Bench, ImageChoice, Step};
use crate::protocol::{Phase, Subject};
use crate::state::{AppState, Editor, Place};
use inkling_engine::experiment::{Experiment, Preset};
use leptos::prelude::*;
use std::time::Duration;

/// How often it is tried to open a tab of a panel that is on its way.
const N_TRIES: u32 = 50;
/// The pause between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// Sets the bench up for each step that is opened, and outlines what the step points at while the book is open.
pub fn keep_set_up(lesson: LessonState) {
    Effect::new(move |_| {
        let Some(step) = lesson.step.get() else { return };
        let has_asked = lesson.places.has_asked_experiment;
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
    let experiment = experiment.clone().filter(|_| has_experiment);
    let (tab, image, place, id) = (tab.clone(), *image, *place, step.id.clone());
    if place == Place::Digits || lesson.places.is_there(place) {
        if let Some(experiment) = experiment {
            put_on_bench(lesson, place, experiment);
        }
        show(lesson, tab, image, id, N_TRIES);
    } else {
        // The plane is on its way.
        wait_for_place(lesson, place, experiment, id, N_TRIES);
    }
}

/// Tries until the place is there, as long as its step is open.
fn wait_for_place(lesson: LessonState, place: Place, experiment: Option<Experiment>, id: String, n_tries: u32) {
    let go_on = move || {
        let is_open = lesson.places.step.try_get_untracked().flatten().is_some_and(|open| open == id);
        if !is_open || n_tries == 0 {
            return;
        }
        if !untrack(|| lesson.places.is_there(place)) {
            return wait_for_place(lesson, place, experiment, id, n_tries - 1);
        }
        let step = lesson.step.try_get_untracked().flatten();
        if let Some(step) = step {
            set_up(lesson, &step, experiment.is_some());
        }
    };
    set_timeout(go_on, PAUSE);
}

/// Puts an experiment on the bench, and a fresh network of it, unless another one trains there at present.
pub fn put_on_bench(lesson: LessonState, place: Place, experiment: Experiment) {
    let (state, editor) = lesson.places.of(place);
    let present = state.experiment.get_untracked();
    if present == experiment {
        lesson.set_up.set(Some((place, experiment)));
        return;
    }
    // What was there before anything was chosen is nobody's own.
    let is_chosen =
        editor.is_touched.get_untracked() || place == Place::Digits && present != Preset::LessonCnn.experiment();
    if is_chosen && lesson.set_up.get_untracked() != Some((place, present.clone())) {
        lesson.own.set(Some((place, present)));
    }
    lesson.set_up.set(Some((place, experiment.clone())));
    editor.replace(experiment);
    editor.is_touched.set(false);
    make_fresh(state);
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
fn show(lesson: LessonState, tab: Option<String>, image: Option<ImageChoice>, id: String, n_tries: u32) {
    let is_open = lesson.places.step.try_get_untracked().flatten().is_some_and(|open| open == id);
    if !is_open {
        return;
    }
    let image_left = image.filter(|image| !choose_image(lesson, *image));
    let tab_left = tab.filter(|tab| !page_parts::open_tab(tab));
    if n_tries > 0 && (image_left.is_some() || tab_left.is_some()) {
        set_timeout(move || show(lesson, tab_left, image_left, id, n_tries - 1), PAUSE);
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
