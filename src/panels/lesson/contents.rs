//! The contents: chapters and their steps, with those that are done.

use super::course_loader::{load_course, open_file};
use super::lesson_state::use_lesson;
use crate::lesson::{Chapter, Step};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// All chapters; choosing a step opens it.
#[component]
pub fn Contents(
    /// Called when a step was chosen.
    on_open: Callback<()>,
) -> impl IntoView {
    let lesson = use_lesson();
    let chapter = move |chapter: &Chapter| {
        let steps = chapter.steps.iter().map(|step| item(lesson, step, on_open)).collect_view();
        view! {
            <li class="contents__chapter">
                <h3 class="contents__title">{chapter.title.clone()}</h3>
                <ol class="contents__steps">{steps}</ol>
            </li>
        }
    };
    let chapters = move || lesson.course.read().chapters.iter().map(chapter).collect_view();
    let choose_file = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let file = input.as_ref().and_then(HtmlInputElement::files).and_then(|files| files.get(0));
        if let Some(file) = file {
            open_file(lesson, file);
            on_open.run(());
        }
    };
    view! {
        <nav class="contents" aria-label="Contents of the lesson">
            <p class="muted" prop:textContent=move || sum_up(lesson.progress.read().done.len(), lesson.course.read().steps().count())></p>
            <ol class="contents__chapters">{chapters}</ol>
            <div class="contents__tools">
                <label class="button button--quiet">
                    "Open a lesson file"
                    <input class="visually-hidden" type="file" accept=".md,.markdown,.txt,text/markdown,text/plain" on:change=choose_file />
                </label>
                <Show when=move || lesson.file.read().is_some()>
                    <button type="button" class="button button--quiet" on:click=move |_| load_course(lesson)>
                        "Back to Inkling's course"
                    </button>
                </Show>
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| {
                        let question = "Forget all answers, predictions and marks of the lesson?";
                        if window().confirm_with_message(question).unwrap_or(true) {
                            lesson.begin_afresh();
                            on_open.run(());
                        }
                    }
                >
                    "Begin afresh"
                </button>
            </div>
        </nav>
    }
}

fn item(lesson: super::lesson_state::LessonState, step: &Step, on_open: Callback<()>) -> impl IntoView + use<> {
    let (id, title) = (StoredValue::new(step.id.clone()), step.title.clone());
    let is_done = move || id.with_value(|id| lesson.is_complete(id));
    let is_open = move || id.with_value(|id| lesson.places.step.read().as_ref() == Some(id));
    let open = move |event: web_sys::MouseEvent| {
        // With a key held, the browser opens the link elsewhere.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            id.with_value(|id| lesson.open(id));
            on_open.run(());
        }
    };
    view! {
        <li class="contents__step" class:contents__step--done=is_done>
            <a href=format!("?place=lesson&step={}", step.id) aria-current=move || is_open().then_some("step") on:click=open>
                {title}
            </a>
            <span class="contents__mark">{move || is_done().then_some("done")}</span>
        </li>
    }
}

fn sum_up(n_done: usize, n_steps: usize) -> String {
    format!("{n_done} of {n_steps} steps done. Any step can be opened in any order.")
}
