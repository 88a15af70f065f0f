//! What the network gets wrong and how sure it may be: the confusion matrix, lists of images, calibration.

use crate::stage::{Stage, frame};
use inkling::panels::confidence::ConfidencePanel;
use inkling::panels::mistakes::MistakesPanel;
use inkling::protocol::questions::{Calibration, CalibrationAnswer, JudgedSet, Readings, ReadingsAnswer};
use inkling::protocol::{Simd, Subject};
use inkling::state::{DataState, Labels, Machine};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlButtonElement, HtmlElement};

const LABELS: [u8; 6] = [7, 2, 1, 4, 4, 4];
/// What is read: image 3 as a 9, surely; image 5 as a 9, less so; all others right.
const READ: [(u8, f32); 6] = [(7, 6.0), (2, 6.0), (1, 6.0), (9, 8.0), (4, 6.0), (9, 1.0)];

/// The worker's answer about six validation images.
fn answer(stage: &Stage) {
    let logits: Vec<f32> =
        READ.iter().flat_map(|(class, logit)| (0..10).map(move |at| if at == *class { *logit } else { 0.0 })).collect();
    let answer = ReadingsAnswer::new(0, READ.len(), 10, &logits, &[0, 1, 2, 3, 4, 5]);
    stage.answer(stage.state.answers.readings, 0, Readings { set: JudgedSet::Validation }, answer);
}

async fn with<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
    let stage = Stage::with(view).await;
    stage.state.labels.set(Arc::new(Labels::new(LABELS.to_vec(), LABELS.len())));
    stage.state.data.set(DataState::Loaded { n_train: LABELS.len(), n_test: 0 });
    stage.state.machine.set(Some(Machine { simd: Simd::Relaxed, n_cores: 2, n_workers: 1 }));
    stage.state.run.id.set(1);
    frame().await;
    answer(&stage);
    frame().await;
    stage
}

fn count(stage: &Stage, label: u8, predicted: u8) -> String {
    let cell: Element = stage.find(&format!("[data-true='{label}'][data-predicted='{predicted}']"));
    cell.get_attribute("data-count").unwrap()
}

#[wasm_bindgen_test]
async fn confusion_has_a_cell_for_each_pair_and_lists_its_images() {
    let stage = with(|| view! { <MistakesPanel /> }).await;
    assert_eq!(stage.count("[data-testid=confusion] td"), 100);
    assert_eq!((count(&stage, 4, 9), count(&stage, 4, 4), count(&stage, 9, 4)), ("2".into(), "1".into(), "0".into()));
    let names = |stage: &Stage| {
        let images = stage.all("[data-testid=mistake-images] .image-list__button");
        images.iter().map(|image| image.get_attribute("aria-label").unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(names(&stage).len(), 2, "without a cell all mistakes");
    assert!(names(&stage)[0].contains("training image 3, label 4, read as 9"), "the most confident first");
    stage.find::<HtmlElement>("[data-true='4'][data-predicted='4'] button").click();
    frame().await;
    assert_eq!(names(&stage).len(), 1);
    stage.find::<HtmlElement>("[data-testid=mistake-images] .image-list__button").click();
    frame().await;
    assert_eq!(stage.state.subject.get_untracked(), Subject::Train(4));
    assert!(stage.texts().iter().any(|text| text.contains("label 4, read as 4")), "{:?}", stage.texts());
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn test_images_are_sealed_until_the_set_was_opened() {
    let stage = with(|| view! { <MistakesPanel /> }).await;
    let button = |stage: &Stage| stage.button("Test images").dyn_into::<HtmlButtonElement>().unwrap();
    assert!(button(&stage).disabled());
    stage.state.run.is_test_opened.set(true);
    frame().await;
    assert!(!button(&stage).disabled());
    button(&stage).click();
    frame().await;
    stage.state.run.is_test_opened.set(false);
    frame().await;
    assert_eq!(stage.button("Validation images").get_attribute("aria-pressed").unwrap(), "true", "another run");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn the_fitted_temperature_is_used_until_another_is_tried() {
    let stage = with(|| view! { <ConfidencePanel /> }).await;
    let ece =
        |stage: &Stage, name: &str| stage.find::<Element>("[data-testid=calibration]").get_attribute(name).unwrap();
    assert_eq!(ece(&stage, "data-ece"), ece(&stage, "data-ece-after"), "1 before a better one is known");
    let found = CalibrationAnswer { temperature: 2.0, losses: [1.0, 0.5], n_images: 6, progress: (8, 8) };
    stage.answer(stage.state.answers.calibration, 0, Calibration, found);
    frame().await;
    assert_ne!(ece(&stage, "data-ece"), ece(&stage, "data-ece-after"));
    assert_eq!(stage.state.temperature(), 2.0);
    stage.button("As trained (1.00)").click();
    frame().await;
    assert_eq!(ece(&stage, "data-ece"), ece(&stage, "data-ece-after"));
    stage.button("Back to the best one").click();
    frame().await;
    assert_eq!(stage.state.temperature(), 2.0);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn switching_doubt_off_answers_every_image() {
    let stage = with(|| view! { <ConfidencePanel /> }).await;
    let answered = |stage: &Stage| {
        let text = stage.find::<Element>("[data-testid=threshold]").get_attribute("data-answered").unwrap();
        text.parse::<f64>().unwrap()
    };
    assert!(answered(&stage) < 1.0, "the doubtful image gets no answer");
    stage.find::<HtmlElement>("[data-testid=threshold] input[type=checkbox]").click();
    frame().await;
    assert_eq!(answered(&stage), 1.0);
    assert_eq!(stage.state.entropy_limit.get_untracked(), None);
    stage.assert_no_panic();
}
