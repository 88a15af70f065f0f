//! A question that is answered in words: the learner writes, then sees a model answer and marks the own one.

use super::lesson_state::use_lesson;
use crate::components::fresh_id;
use crate::lesson::{Answer, Question, Task};
use leptos::prelude::*;
use std::sync::Arc;

/// The field, and after the check the model answer with its rubric.
#[component]
pub fn EssayTask(id: String, question: Arc<Question>, question_idx: usize) -> impl IntoView {
    let Task::Essay { model, rubric } = question.task.clone() else { return ().into_any() };
    let lesson = use_lesson();
    let n_points = rubric.len();
    let (given, marks) = match untrack(|| lesson.answer(&id, question_idx)) {
        Some(Answer::Essay { text, marks }) if marks.len() == n_points => (text, marks),
        Some(Answer::Essay { text, .. }) => (text, vec![false; n_points]),
        _ => (String::new(), vec![false; n_points]),
    };
    let (text, marks, missing) = (RwSignal::new(given), RwSignal::new(marks), RwSignal::new(""));
    let id = StoredValue::new(id);
    let keep = move || {
        let answer = Answer::Essay { text: text.get_untracked(), marks: marks.get_untracked() };
        id.with_value(|id| lesson.set_answer(id, question_idx, Some(answer)));
    };
    let check = move |_| {
        let is_empty = text.read_untracked().trim().is_empty();
        missing.set(if is_empty { "Write your answer first: two or three sentences." } else { "" });
        if !is_empty {
            keep();
        }
    };
    let is_given = Memo::new(move |_| id.with_value(|id| lesson.answer(id, question_idx).is_some()));
    let field_id = StoredValue::new(fresh_id("essay"));
    let point = move |(point_idx, point): (usize, String)| {
        view! {
            <li>
                <label class="options__option">
                    <input
                        type="checkbox"
                        prop:checked=move || marks.read().get(point_idx).copied().unwrap_or_default()
                        on:change=move |event| {
                            let is_marked = event_target_checked(&event);
                            marks.update(|marks| {
                                if let Some(mark) = marks.get_mut(point_idx) {
                                    *mark = is_marked;
                                }
                            });
                            keep();
                        }
                    />
                    <span inner_html=point></span>
                </label>
            </li>
        }
    };
    let (rubric, model) = (StoredValue::new(rubric), StoredValue::new(model));
    view! {
        <div class="task">
            <label for=field_id.get_value()>"Your answer"</label>
            <textarea
                id=field_id.get_value()
                class="book-field essay__text"
                rows="5"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <button type="button" class="button" on:click=check>
                "Check answer"
            </button>
            <p class="message message--bad" role="status" prop:textContent=move || missing.get()></p>
            <Show when=move || is_given.get()>
                <h4 class="essay__heading">"A model answer"</h4>
                <div inner_html=model.get_value()></div>
                <h4 class="essay__heading">"Mark your own: what does it say?"</h4>
                <ul class="essay__rubric">{rubric.get_value().into_iter().enumerate().map(point).collect_view()}</ul>
                <p class="muted" prop:textContent=move || {
                    format!("{} of {n_points} points found.", marks.read().iter().filter(|mark| **mark).count())
                }></p>
            </Show>
        </div>
    }
    .into_any()
}
