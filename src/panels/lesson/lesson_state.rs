//! What the book knows: the course, the open step, and what the learner has done.

use super::progress_store;
use crate::lesson::{Answer, Course, Prediction, Progress, Step};
use crate::state::{AppState, Editor, Place, Places};
use inkling_engine::experiment::Experiment;
use leptos::prelude::*;
use std::sync::Arc;

/// The book's signals; cheap to copy, found in the context.
#[derive(Clone, Copy)]
pub struct LessonState {
    /// The page's places.
    pub places: Places,
    /// The course, once it was read.
    pub course: RwSignal<Arc<Course>>,
    /// The name of the file that a teacher's lesson came from; `None`: the course that comes with the page.
    pub file: RwSignal<Option<String>>,
    /// What is wrong with the course or a lesson that was opened.
    pub faults: RwSignal<Vec<String>>,
    /// What the learner has done.
    pub progress: RwSignal<Progress>,
    /// Whether the browser keeps that.
    pub is_kept: RwSignal<bool>,
    /// The open step.
    pub step: Memo<Option<Arc<Step>>>,
    /// The learner's own experiment, from before a step replaced it, and its place.
    pub own: RwSignal<Option<(Place, Experiment)>>,
    /// The experiment that a step has put on the bench last.
    pub set_up: RwSignal<Option<(Place, Experiment)>>,
}

impl LessonState {
    /// The book of an empty course; puts it into the context. What the learner does is kept from now on.
    pub fn provide(places: Places) -> LessonState {
        let course = RwSignal::new(Arc::<Course>::default());
        let progress = RwSignal::new(progress_store::read());
        let step = Memo::new(move |_| places.step.get().and_then(|id| course.read().find(&id).cloned().map(Arc::new)));
        let lesson = LessonState {
            places,
            course,
            file: RwSignal::new(None),
            faults: RwSignal::new(Vec::new()),
            progress,
            is_kept: RwSignal::new(true),
            step,
            own: RwSignal::new(None),
            set_up: RwSignal::new(None),
        };
        Effect::new(move |former: Option<()>| {
            let is_written = progress.with(progress_store::write);
            // Before anything was done there is nothing to lose.
            if former.is_some() {
                lesson.is_kept.set(is_written);
            }
        });
        provide_context(lesson);
        lesson
    }

    /// State and editor of the place beside the book. Reactive.
    #[must_use]
    pub fn bench(self) -> (AppState, Editor) {
        self.places.present()
    }

    /// Opens a step.
    pub fn open(self, id: &str) {
        self.progress.update(|progress| progress.step = Some(id.to_owned()));
        self.places.step.set(Some(id.to_owned()));
    }

    /// The step that lies `by` steps from the open one.
    #[must_use]
    pub fn neighbour(self, by: isize) -> Option<String> {
        let id = self.step.read().as_ref()?.id.clone();
        let course = self.course.read();
        let ids: Vec<&str> = course.steps().map(|step| step.id.as_str()).collect();
        let place = ids.iter().position(|other| *other == id)?;
        ids.get(place.checked_add_signed(by)?).map(|id| (*id).to_owned())
    }

    /// Marks a step as complete.
    pub fn complete(self, id: &str) {
        if !self.progress.read_untracked().done.contains(id) {
            self.progress.update(|progress| {
                progress.done.insert(id.to_owned());
            });
        }
    }

    /// Whether a step is complete. Reactive.
    #[must_use]
    pub fn is_complete(self, id: &str) -> bool {
        self.progress.read().done.contains(id)
    }

    /// The answer to a question of a step. Reactive.
    #[must_use]
    pub fn answer(self, step: &str, question: usize) -> Option<Answer> {
        self.progress.read().answers.get(step)?.get(&question).cloned()
    }

    /// Keeps an answer, in the place of an older one; `None` takes it back.
    pub fn set_answer(self, step: &str, question: usize, answer: Option<Answer>) {
        self.progress.update(|progress| {
            let answers = progress.answers.entry(step.to_owned()).or_default();
            match answer {
                Some(answer) => drop(answers.insert(question, answer)),
                None => drop(answers.remove(&question)),
            }
        });
    }

    /// The prediction of a step's bet. Reactive.
    #[must_use]
    pub fn prediction(self, step: &str) -> Option<Prediction> {
        self.progress.read().bets.get(step).cloned()
    }

    /// Forgets all that was done in the lesson; own experiments stay.
    pub fn begin_afresh(self) {
        self.progress.set(Progress::default());
        let first = self.course.read_untracked().steps().next().map(|step| step.id.clone());
        if let Some(first) = first {
            self.open(&first);
        }
    }
}

/// The book.
///
/// # Panics
/// Outside of the book.
#[must_use]
pub fn use_lesson() -> LessonState {
    expect_context::<LessonState>()
}
