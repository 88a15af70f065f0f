//! The subject switch: walks within a filter, and lists of misread images that know their age.

use crate::stage::{Stage, frame};
use inkling::places::digits::inside_tabs::InsideTabs;
use inkling::protocol::{ImageSet, Inspection, Phase, Subject};
use inkling::state::{DataState, Labels, Predictions, SetPredictions};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

const LABELS: [u8; 6] = [7, 2, 1, 2, 4, 2];

/// The panel with six test images, the first of which is looked at.
async fn open() -> Stage {
    let stage = Stage::with(|| view! { <InsideTabs /> }).await;
    stage.state.labels.set(Arc::new(Labels::new(LABELS.to_vec(), 0)));
    stage.state.data.set(DataState::Loaded { n_train: 0, n_test: LABELS.len() });
    stage.state.run.is_test_opened.set(true);
    choose(&stage, "Source of the image", "test image");
    frame().await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(0));
    stage
}

#[track_caller]
fn choose(stage: &Stage, menu: &str, value: &str) {
    let menu: HtmlSelectElement = stage.find(&format!("select[aria-label='{menu}']"));
    menu.set_value(value);
    menu.dispatch_event(&Event::new("change").unwrap()).unwrap();
}

fn press(stage: &Stage, name: &str) {
    let button: HtmlElement = stage.find(&format!("button[aria-label='{name}']"));
    button.click();
}

fn field(stage: &Stage) -> HtmlInputElement {
    stage.find(".stepper__number")
}

fn type_in(stage: &Stage, text: &str) {
    field(stage).set_value(text);
    field(stage).dispatch_event(&Event::new("change").unwrap()).unwrap();
}

fn text(stage: &Stage, selector: &str) -> String {
    stage.find::<HtmlElement>(selector).inner_text()
}

/// The worker's inspection of the subject, with a network that has had so many updates.
fn look(stage: &Stage, n_steps: usize, digit: usize) {
    let subject = stage.state.subject.get_untracked();
    let image_idx = subject.place().unwrap().1;
    stage.state.inspection.set(Some(Arc::new(Inspection {
        run: stage.state.run.id.get_untracked(),
        n_steps,
        subject,
        revision: 1,
        label: Some(LABELS[image_idx]),
        probs: (0..10).map(|class| f32::from(u8::from(class == digit))).collect(),
        layers: Vec::new(),
        pinned: None,
        unfamiliarity: None,
        values: vec![0.0; 28 * 28],
    })));
}

/// What the worker has read.
fn read(stage: &Stage, n_steps: usize, digits: &[u8]) {
    let complete = Some(SetPredictions { n_steps, digits: Arc::new(digits.to_vec()) });
    stage.state.predictions.update(|predictions| {
        predictions.insert(ImageSet::Test, Predictions { complete, under_way: None });
    });
}

fn under_way(stage: &Stage) -> Option<usize> {
    let predictions = stage.state.predictions.get_untracked();
    Some(predictions.get(&ImageSet::Test)?.under_way.as_ref()?.n_steps)
}

#[wasm_bindgen_test]
async fn arrows_and_number_walk_over_all_images() {
    let stage = open().await;
    press(&stage, "Previous image");
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(5));
    press(&stage, "Next image");
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(0));
    type_in(&stage, "4");
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(4));
    for rubbish in ["6", "-1", "x", ""] {
        type_in(&stage, rubbish);
        frame().await;
        assert_eq!(field(&stage).value(), "4", "{rubbish:?}");
    }
    look(&stage, 0, 4);
    frame().await;
    assert_eq!(text(&stage, "[data-testid=subject-truth]"), "labelled 4 · read right");
}

#[wasm_bindgen_test]
async fn images_of_a_digit_are_browsed_one_by_one() {
    let stage = open().await;
    choose(&stage, "Digit that the image shows", "2");
    frame().await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(1), "the first that fits");
    assert_eq!(field(&stage).value(), "1");
    assert_eq!(text(&stage, "[data-testid=n-fitting]"), "of 3");
    let mut seen = Vec::new();
    for _ in 0..3 {
        press(&stage, "Next image");
        seen.push(stage.state.subject.get_untracked());
    }
    assert_eq!(seen, [3, 5, 1].map(Subject::Test));
    type_in(&stage, "3");
    frame().await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(5));
    assert_eq!(text(&stage, "[data-testid=image-idx]"), "#5");
    for rubbish in ["0", "4"] {
        type_in(&stage, rubbish);
        frame().await;
        assert_eq!(field(&stage).value(), "3", "{rubbish:?}");
    }
    choose(&stage, "Digit that the image shows", "9");
    frame().await;
    assert_eq!(text(&stage, "[data-testid=n-fitting]"), "of 0");
    assert_eq!(field(&stage).value(), "");
    assert!(field(&stage).disabled());
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(5), "where nothing fits the image stays");
}

#[wasm_bindgen_test]
async fn misread_test_images_are_sealed_until_the_test_was_looked_at() {
    let stage = open().await;
    stage.state.run.is_test_opened.set(false);
    look(&stage, 40, 7);
    stage.find::<HtmlInputElement>(".subject-switch__tick input").click();
    frame().await;
    assert_eq!(under_way(&stage), None, "the worker was not asked");
    let notice = text(&stage, "[data-testid=subject-notice]");
    assert!(notice.starts_with("Sealed") && !notice.contains("misread."), "{notice}");
    stage.state.run.is_test_opened.set(true);
    frame().await;
    assert_eq!(under_way(&stage), Some(40));
}

#[wasm_bindgen_test]
async fn misread_images_are_searched_and_browsed() {
    let stage = open().await;
    look(&stage, 40, 7);
    let tick: HtmlInputElement = stage.find(".subject-switch__tick input");
    tick.click();
    frame().await;
    assert_eq!(under_way(&stage), Some(40), "the worker was asked");
    assert!(text(&stage, "[data-testid=subject-notice]").starts_with("0 of 6 test images looked at, 0 misread so far"));
    read(&stage, 40, &[7, 3, 1, 2, 9, 2]);
    frame().await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(1), "the first misread one");
    let notice = text(&stage, "[data-testid=subject-notice]");
    assert!(notice.starts_with("2 of 6 test images are misread."), "{notice}");
    look(&stage, 40, 3);
    frame().await;
    assert_eq!(text(&stage, "[data-testid=subject-truth]"), "labelled 2 · misread as 3");
    press(&stage, "Next image");
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(4));
    choose(&stage, "Digit that the image shows", "7");
    frame().await;
    let notice = text(&stage, "[data-testid=subject-notice]");
    assert!(notice.starts_with("Each 7 among the test images is read right."), "{notice}");
}

#[wasm_bindgen_test]
async fn a_list_grows_old_while_training_and_is_renewed_at_rest() {
    let stage = open().await;
    look(&stage, 40, 7);
    stage.find::<HtmlInputElement>(".subject-switch__tick input").click();
    frame().await;
    read(&stage, 40, &[7, 3, 1, 2, 9, 2]);
    frame().await;
    stage.state.run.progress.update(|progress| progress.phase = Phase::Training);
    look(&stage, 90, 3);
    frame().await;
    assert_eq!(under_way(&stage), None, "the learner decides");
    let age = text(&stage, ".subject-notice__age");
    assert_eq!(age, "Found after step 40 of epoch 1; the present network is that after step 90 of epoch 1.");
    stage.button("Look again").click();
    frame().await;
    assert_eq!(under_way(&stage), Some(90));
    assert_eq!(stage.count(".subject-notice button"), 0, "it is asked already");
    read(&stage, 90, &[7, 3, 1, 2, 4, 1]);
    stage.state.run.progress.update(|progress| progress.phase = Phase::Paused);
    look(&stage, 95, 3);
    frame().await;
    assert_eq!(under_way(&stage), Some(95), "at rest it is renewed without asking");
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(1), "and the image stays");
    read(&stage, 95, &[7, 2, 1, 2, 9, 2]);
    frame().await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(1), "even if it is read right now");
    assert_eq!((field(&stage).value().as_str(), stage.count(".subject-notice__age")), ("", 0));
    stage.find::<HtmlInputElement>(".subject-switch__tick input").click();
    frame().await;
    assert_eq!(stage.count("[data-testid=subject-notice]"), 0);
}
