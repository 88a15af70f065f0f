//! The book of the lesson: each kind of question, the painted neuron, and what is kept.

use crate::stage::{Stage, frame};
use inkling::components::provide_present_mode;
use inkling::lesson::{Course, Progress};
use inkling::panels::lesson::{LessonState, StepView};
use inkling::state::{Place, Places, provide_editor, use_app_state};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

const LESSON: &str = r#"# Trial {#trial}
## Gaps {#gaps}
```bench
preset = "mlp-16-16"
```
```question
text = "Fill in."
because = "Inputs times units."
[[gap]]
label = "weights"
number = "{weights dense_1}"
[[gap]]
label = "parameters"
number = "{parameters dense_1}"
```
## Sketch {#sketch}
```question
text = "Draw relu."
sketch = { function = "relu", x = [-3, 3], y = [-1, 3] }
because = "It bends at 0."
```
## Essay {#essay}
```question
text = "What changes?"
essay = { model = "It becomes coarser.", rubric = ["edges first", "parts later"] }
```
## Paint {#paint}
```widget
name = "painted neuron"
```
"#;

/// The open step on a page of its own.
async fn at(step: &str) -> (Stage, LessonState) {
    let kept = Rc::new(Cell::new(None));
    let given = kept.clone();
    let stage = Stage::with(move || {
        let state = use_app_state();
        let places = Places::provide(Place::Digits, state, provide_editor(state));
        provide_present_mode();
        let lesson = LessonState::provide(places);
        lesson.progress.set(Progress::default());
        lesson.course.set(Arc::new(Course::read(&[("trial.md", LESSON)]).unwrap()));
        given.set(Some(lesson));
        view! { <StepView /> }
    })
    .await;
    let lesson: LessonState = kept.get().unwrap();
    lesson.open(step);
    frame().await;
    (stage, lesson)
}

fn fire(element: &Element, kind: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    element.dispatch_event(&Event::new_with_event_init_dict(kind, &init).unwrap()).unwrap();
}

async fn type_in(field: &Element, text: &str, kind: &str) {
    field.unchecked_ref::<HtmlInputElement>().set_value(text);
    fire(field, kind);
    frame().await;
}

async fn press(stage: &Stage, name: &str) {
    stage.button(name).click();
    frame().await;
}

fn said(stage: &Stage) -> (Option<String>, String) {
    let verdict: HtmlElement = stage.find(".verdict");
    (verdict.get_attribute("data-right"), verdict.inner_text())
}

#[wasm_bindgen_test]
async fn all_gaps_have_to_be_filled() {
    let (stage, lesson) = at("trial.gaps").await;
    let fields = stage.all(".book-field");
    type_in(&fields[0], "256", "input").await;
    press(&stage, "Check answer").await;
    assert_eq!(stage.find::<HtmlElement>(".task > .message").inner_text(), "Type a number into each gap.");
    assert_eq!(lesson.answer("trial.gaps", 0), None);
    type_in(&fields[1], "256", "input").await;
    press(&stage, "Check answer").await;
    assert_eq!(said(&stage).0.as_deref(), Some("false"));
    type_in(&fields[1], "272", "input").await;
    press(&stage, "Check answer").await;
    let (is_right, text) = said(&stage);
    assert_eq!(is_right.as_deref(), Some("true"));
    assert!(text.contains("Inputs times units."), "the right answer is explained, too: {text}");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_curve_can_be_typed_and_is_compared() {
    let (stage, _) = at("trial.sketch").await;
    press(&stage, "Check answer").await;
    assert!(stage.find::<HtmlElement>(".task > .message").inner_text().starts_with("Draw the curve"));
    let fields = stage.all(".curve-field__typed-one .book-field");
    assert_eq!(fields.len(), 13);
    for (place, field) in fields.iter().enumerate() {
        let x = -3.0 + 0.5 * place as f64;
        type_in(field, &x.max(0.0).to_string(), "change").await;
    }
    press(&stage, "Check answer").await;
    assert_eq!(said(&stage).0.as_deref(), Some("true"));
    assert!(!stage.find::<Element>(".curve-field__real").get_attribute("points").unwrap().is_empty());
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn an_essay_shows_its_model_answer_afterwards() {
    let (stage, lesson) = at("trial.essay").await;
    press(&stage, "Check answer").await;
    assert_eq!(stage.count(".essay__rubric"), 0);
    let field: HtmlTextAreaElement = stage.find("textarea");
    field.set_value("Edges, then parts.");
    fire(&field, "input");
    press(&stage, "Check answer").await;
    assert_eq!(stage.count(".essay__rubric li"), 2);
    let mark: HtmlInputElement = stage.find(".essay__rubric input");
    mark.click();
    frame().await;
    assert!(stage.texts().iter().any(|text| text == "1 of 2 points found."));
    let answer = format!("{:?}", lesson.answer("trial.essay", 0));
    assert!(answer.contains("[true, false]"), "{answer}");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_painted_neuron_answers_the_image_of_the_bench() {
    let (stage, _) = at("trial.paint").await;
    let shown = || stage.find::<HtmlElement>("[data-testid=painted-neuron]").inner_text();
    assert!(shown().contains('–'), "no image yet: {}", shown());
    // Ink in the rows 11 and 12, nothing below.
    let mut input = vec![0.0; 784];
    for row in [11, 12] {
        input[row * 28 + 4..row * 28 + 24].fill(0.5);
    }
    stage.look(vec![0.1; 10], Vec::new(), input);
    frame().await;
    press(&stage, "Show me an edge").await;
    assert!(shown().contains("20.0"), "40 pixels of 0.5 under +1: {}", shown());
    press(&stage, "Clear").await;
    assert!(!shown().contains("20.0"), "{}", shown());
    stage.assert_no_panic();
}
