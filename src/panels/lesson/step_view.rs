//! The open step: its text, then what there is to do.

use super::bet_view::BetView;
use super::lesson_state::{LessonState, use_lesson};
use super::painted_neuron::PaintedNeuron;
use super::question_view::QuestionView;
use crate::lesson::{Complete, Step, Widget};
use leptos::{html, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The step. When another is opened, its heading takes the focus, so that it is read out, and the book begins at its top.
#[component]
pub fn StepView() -> impl IntoView {
    let lesson = use_lesson();
    let n_opened = StoredValue::new(0_u32);
    let show = move |step: Arc<Step>| {
        let is_first = n_opened.try_update_value(|n_opened| {
            *n_opened += 1;
            *n_opened == 1
        });
        view! { <OpenStep step takes_focus=is_first == Some(false) /> }
    };
    move || lesson.step.get().map(show)
}

#[component]
fn OpenStep(step: Arc<Step>, takes_focus: bool) -> impl IntoView {
    let lesson = use_lesson();
    let id = StoredValue::new(step.id.clone());
    let is_complete = Memo::new(move |_| id.with_value(|id| lesson.is_complete(id)));
    let heading = NodeRef::<html::H3>::new();
    heading.on_load(move |heading| {
        if takes_focus {
            // A heading that cannot take the focus leaves it where it is.
            let _ = heading.focus();
            if let Ok(Some(inside)) = heading.closest(".book__inside") {
                inside.set_scroll_top(0);
            }
        }
    });
    let place = untrack(|| place_text(&lesson.course.read(), &step.id));
    let asked = step.clone();
    let state = move || state_text(is_complete.get(), &asked.complete);
    let questions = (0..step.questions.len()).map(|question_idx| {
        let step = step.clone();
        view! { <QuestionView step question_idx /> }
    });
    view! {
        <article
            class="step"
            data-testid="lesson-step"
            data-step=step.id.clone()
            data-complete=move || is_complete.get().to_string()
            on:click=move |event| follow_link(lesson, &event)
        >
            <p class="step__place muted">{place}</p>
            <h3 class="step__title" tabindex="-1" node_ref=heading>
                {step.title.clone()}
            </h3>
            <div class="step__text" inner_html=step.html.clone()></div>
            {step.widget.map(|Widget::PaintedNeuron| view! { <PaintedNeuron /> })}
            {step.bet.is_some().then(|| view! { <BetView step=step.clone() /> })}
            {questions.collect_view()}
            <p class="step__state" role="status" prop:textContent=state></p>
        </article>
    }
}

/// A link to another step opens it in the book; with a key held, the browser opens it elsewhere.
fn follow_link(lesson: LessonState, event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[data-step]").ok().flatten());
    let has_key = event.ctrl_key() || event.meta_key() || event.shift_key();
    if let Some(step) = link.and_then(|link| link.get_attribute("data-step")).filter(|_| !has_key) {
        event.prevent_default();
        lesson.open(&step);
    }
}

/// Where the step stands in the lesson.
fn place_text(course: &crate::lesson::Course, id: &str) -> String {
    let found = course.chapters.iter().enumerate().find_map(|(chapter_idx, chapter)| {
        let step_idx = chapter.steps.iter().position(|step| step.id == id)?;
        Some((chapter_idx, chapter, step_idx))
    });
    found.map_or_else(String::new, |(chapter_idx, chapter, step_idx)| {
        format!("{}. {}: step {} of {}", chapter_idx + 1, chapter.title, step_idx + 1, chapter.steps.len())
    })
}

/// What is left to do, if anything.
fn state_text(is_complete: bool, complete: &Complete) -> String {
    if is_complete {
        return "Done. Go on when you like.".to_owned();
    }
    match complete {
        Complete::Read => String::new(),
        Complete::Answered => "To do: answer what is asked here.".to_owned(),
        Complete::Epochs(1) => "To do: train one epoch.".to_owned(),
        Complete::Epochs(n) => format!("To do: train {n} epochs."),
        Complete::Drawn => "To do: draw a digit.".to_owned(),
        Complete::Image => "To do: choose another image.".to_owned(),
        Complete::Cell => "To do: click a cell of a layer, so that it is taken apart.".to_owned(),
        Complete::Test => "To do: evaluate on the test set.".to_owned(),
        Complete::Tab(title) => format!("To do: open the tab “{title}”."),
        Complete::Parameters(n) => {
            format!("To do: build a network of {} parameters.", inkling_engine::experiment::thousands(*n))
        }
    }
}
