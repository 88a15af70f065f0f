//! A question: what is asked, hints one after the other, the answer, and what is said to it.

use super::essay_task::EssayTask;
use super::lesson_state::use_lesson;
use super::tasks::{ChoiceTask, GapsTask, NumberTask, SketchTask, UnitTask};
use super::votes::Votes;
use crate::lesson::{Question, Step, Task, Verdict};
use leptos::prelude::*;
use std::sync::Arc;

/// One question of a step.
#[component]
pub fn QuestionView(
    /// Its step.
    step: Arc<Step>,
    /// Its place among the step's questions.
    question_idx: usize,
) -> impl IntoView {
    let lesson = use_lesson();
    let question = step.questions.get(question_idx).cloned().map(Arc::new)?;
    let id = StoredValue::new(step.id.clone());
    let n_hints = RwSignal::new(0_usize);
    let judged = question.clone();
    let verdict = Memo::new(move |_| {
        let answer = id.with_value(|id| lesson.answer(id, question_idx))?;
        judged.judge(&answer)
    });
    let hints = question.hints.clone();
    let n_all = hints.len();
    let shown = move || {
        let shown = hints.iter().take(n_hints.get()).cloned();
        shown.map(|hint| view! { <li inner_html=hint></li> }).collect_view()
    };
    let has_votes = question_idx == 0 && matches!(question.task, Task::Choice(_));
    Some(view! {
        <section class="question" aria-label="Question" data-question=question_idx.to_string()>
            <div class="question__text" inner_html=question.text.clone()></div>
            {task(&step, &question, question_idx)}
            {has_votes.then(|| view! { <Votes step=id.get_value() options=options(&question) /> })}
            <div class="question__hints" hidden=n_all == 0>
                <ol hidden=move || n_hints.get() == 0>{shown}</ol>
                <button
                    type="button"
                    class="button button--quiet"
                    hidden=move || n_hints.get() == n_all
                    on:click=move |_| n_hints.update(|n_hints| *n_hints += 1)
                    prop:textContent=move || if n_hints.get() == 0 { "Show a hint" } else { "Another hint" }
                ></button>
            </div>
            <div class="question__verdict" role="status">{move || verdict.get().map(said)}</div>
        </section>
    })
}

fn task(step: &Arc<Step>, question: &Arc<Question>, question_idx: usize) -> AnyView {
    let (id, question) = (step.id.clone(), question.clone());
    match &question.task {
        Task::Number { .. } => view! { <NumberTask id question question_idx /> }.into_any(),
        Task::Gaps(_) => view! { <GapsTask id question question_idx /> }.into_any(),
        Task::Choice(_) => view! { <ChoiceTask id question question_idx /> }.into_any(),
        Task::Sketch { .. } => view! { <SketchTask id question question_idx /> }.into_any(),
        Task::Unit { .. } => view! { <UnitTask id question question_idx /> }.into_any(),
        Task::Essay { .. } => view! { <EssayTask id question question_idx /> }.into_any(),
    }
}

/// The answers that can be chosen, as HTML.
fn options(question: &Question) -> Vec<String> {
    match &question.task {
        Task::Choice(choices) => choices.iter().map(|choice| choice.text.clone()).collect(),
        _ => Vec::new(),
    }
}

fn said(Verdict { is_right, says }: Verdict) -> AnyView {
    let word = match is_right {
        Some(true) => "Right.",
        Some(false) => "Not yet.",
        None => "",
    };
    view! {
        <div class="verdict" class:verdict--right=is_right == Some(true) class:verdict--wrong=is_right == Some(false) data-right=is_right.map(|is_right| is_right.to_string())>
            <strong>{word}</strong>
            " "
            <span inner_html=says></span>
        </div>
    }
    .into_any()
}
