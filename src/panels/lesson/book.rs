//! The book: its heading, the contents, the open step, and what turns the pages.

use super::bench_setter::keep_set_up;
use super::completion::keep_complete;
use super::contents::Contents;
use super::course_loader::{load_course, open_file};
use super::footer::Footer;
use super::keys::listen_for_keys;
use super::lesson_state::LessonState;
use super::step_view::StepView;
use crate::state::Places;
use leptos::{ev, prelude::*};

/// The book beside the bench.
#[component]
pub fn Book() -> impl IntoView {
    let places = expect_context::<Places>();
    let lesson = LessonState::provide(places);
    let (is_folded, has_contents) = (RwSignal::new(false), RwSignal::new(false));
    load_course(lesson);
    keep_set_up(lesson);
    keep_complete(lesson);
    listen_for_keys(lesson);
    take_dropped_files(lesson);
    view! {
        <section
            class="book"
            class:book--folded=move || is_folded.get()
            aria-label="Lesson"
        >
            <header class="book__header">
                <h2 class="panel__title">"Lesson"</h2>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-expanded=move || has_contents.get().to_string()
                    on:click=move |_| {
                        has_contents.update(|has_contents| *has_contents = !*has_contents);
                        is_folded.set(false);
                    }
                >
                    "Contents"
                </button>
                <button
                    type="button"
                    class="button button--quiet book__fold"
                    aria-expanded=move || (!is_folded.get()).to_string()
                    prop:textContent=move || if is_folded.get() { "Unfold" } else { "Fold" }
                    on:click=move |_| is_folded.update(|is_folded| *is_folded = !*is_folded)
                ></button>
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| places.has_book.set(false)
                >
                    "Close"
                </button>
            </header>
            <div class="book__inside" hidden=move || is_folded.get()>
                <Faults />
                <Show when=move || has_contents.get()>
                    <Contents on_open=Callback::new(move |()| has_contents.set(false)) />
                </Show>
                <div hidden=move || has_contents.get()>
                    <StepView />
                </div>
            </div>
            <Footer />
        </section>
    }
}

/// Opens lesson files that are dropped anywhere on the page while the book is open, but where a panel takes them.
fn take_dropped_files(lesson: LessonState) {
    let is_open = move || lesson.places.has_book.get_untracked();
    let over = window_event_listener(ev::dragover, move |event| {
        if is_open() {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
        if let Some(file) = file.filter(|_| is_open() && !event.default_prevented()) {
            event.prevent_default();
            open_file(lesson, file);
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}

/// What is wrong with the course or a lesson that was opened, and what is not kept.
#[component]
fn Faults() -> impl IntoView {
    let lesson = super::lesson_state::use_lesson();
    let is_empty = move || lesson.course.read().chapters.is_empty();
    view! {
        <Show when=move || !lesson.faults.read().is_empty()>
            <div class="notice notice--bad" role="alert" data-testid="lesson-faults">
                <ul class="book__faults">
                    {move || lesson.faults.get().into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view()}
                </ul>
                <button type="button" class="button button--quiet" on:click=move |_| lesson.faults.set(Vec::new())>
                    "Close"
                </button>
                <Show when=is_empty>
                    <button type="button" class="button button--quiet" on:click=move |_| load_course(lesson)>
                        "Try again"
                    </button>
                </Show>
            </div>
        </Show>
        <Show when=move || is_empty() && lesson.faults.read().is_empty()>
            <p class="part-notice" role="status">"Fetching the lesson…"</p>
        </Show>
        <Show when=move || !lesson.is_kept.get()>
            <p class="notice" role="status">
                "This browser does not keep what you answer. It stays until the page is closed: save a lab report before."
            </p>
        </Show>
    }
}
