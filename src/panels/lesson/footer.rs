//! The foot of the book: to the next step and back, and the bench as the step needs it.

use super::bench_setter::{put_back, take_back};
use super::lesson_state::{LessonState, use_lesson};
use super::report_button::ReportButton;
use leptos::prelude::*;

/// Goes to the next step: one that was only to be read is complete then.
pub fn go_on(lesson: LessonState) {
    let open = lesson.step.get_untracked();
    if let Some(step) = open
        && step.complete == crate::lesson::Complete::Read
    {
        lesson.complete(&step.id);
    }
    if let Some(next) = untrack(|| lesson.neighbour(1)) {
        lesson.open(&next);
    }
}

/// Goes to the step before.
pub fn go_back(lesson: LessonState) {
    if let Some(former) = untrack(|| lesson.neighbour(-1)) {
        lesson.open(&former);
    }
}

/// The buttons.
#[component]
pub fn Footer() -> impl IntoView {
    let lesson = use_lesson();
    let has_step = move || lesson.step.read().is_some();
    let put_back = move |_| {
        if let Some(step) = lesson.step.get_untracked() {
            put_back(lesson, &step);
        }
    };
    view! {
        <footer class="book__footer" hidden=move || !has_step()>
            <div class="book__turn">
                <button
                    type="button"
                    class="button"
                    prop:disabled=move || lesson.neighbour(-1).is_none()
                    on:click=move |_| go_back(lesson)
                >
                    "Previous step"
                </button>
                <button
                    type="button"
                    class="button button--primary"
                    prop:disabled=move || lesson.neighbour(1).is_none()
                    on:click=move |_| go_on(lesson)
                >
                    "Next step"
                </button>
            </div>
            <div class="book__tools">
                <button type="button" class="button button--quiet" on:click=put_back title="The step's experiment with a fresh network, its place, tab and image">
                    "Put the bench back"
                </button>
                <Show when=move || lesson.own.read().is_some()>
                    <button type="button" class="button button--quiet" on:click=move |_| take_back(lesson)>
                        "Take back my own experiment"
                    </button>
                </Show>
                <ReportButton />
            </div>
        </footer>
    }
}
