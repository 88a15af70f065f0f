//! Networks of Dense layers as a graph.

use crate::stage::{Stage, frame};
use inkling::panels::dense_graph::DenseGraph;
use inkling::protocol::LayerValues;
use inkling::protocol::questions::{WeightKind, Weights, WeightsAnswer};
use inkling_engine::experiment::{Preset, Shape};
use inkling_engine::explain::CellIndex;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, PointerEvent};

/// The graph of softmax regression, for an image with one pixel of ink.
async fn softmax_regression() -> Stage {
    let stage = Stage::with(|| view! { <DenseGraph /> }).await;
    stage.state.run.checked.set(Preset::Softmax.experiment().check().unwrap());
    let mut values = vec![0.0; 784];
    values[28 * 14 + 14] = 1.0;
    values.extend((0..10).map(|unit| if unit == 3 { 0.9 } else { 0.000_1 }));
    stage.look(vec![0.1; 10], vec![LayerValues { layer_idx: 1, shape: Shape::Vector(10), start: 784 }], values);
    // Unit u weighs each pixel with u − 5.
    let answer =
        WeightsAnswer { kernel_shape: vec![784, 10], values: (0..7_850).map(|i| (i % 10) as f32 - 5.0).collect() };
    let question = Weights { layer_idx: 1, kind: WeightKind::Values };
    stage.answer(stage.state.answers.weights, 0, question, answer);
    frame().await;
    stage
}

#[wasm_bindgen_test]
async fn every_output_has_its_weights_its_number_and_its_link() {
    let stage = softmax_regression().await;
    let units = stage.all("[data-testid=dense-unit]");
    assert_eq!(units.len(), 10);
    let unit: &HtmlElement = wasm_bindgen::JsCast::unchecked_ref(&units[3]);
    assert!(unit.inner_text().contains("0.900"), "{}", unit.inner_text());
    let other: &HtmlElement = wasm_bindgen::JsCast::unchecked_ref(&units[4]);
    assert!(other.inner_text().contains("< .001"), "{}", other.inner_text());
    let carried: Vec<f32> = stage
        .all(".dense-graph__link")
        .iter()
        .map(|link| link.get_attribute("data-value").unwrap().parse().unwrap())
        .collect();
    let expected: Vec<f32> = (0..10).map(|unit| unit as f32 - 5.0).collect();
    assert_eq!(carried, expected, "weight × the one pixel");
    assert_eq!(stage.count(".dense-graph__link--negative"), 5);
}

#[wasm_bindgen_test]
async fn a_unit_shows_what_it_takes_from_the_image_and_can_be_taken_apart() {
    let stage = softmax_regression().await;
    let caption = || stage.find::<HtmlElement>(".dense-graph__source figcaption").inner_text();
    assert_eq!(caption(), "784 inputs");
    let unit: HtmlElement = stage.find("[data-testid=dense-unit][data-unit='7']");
    unit.dispatch_event(&PointerEvent::new("pointerenter").unwrap()).unwrap();
    frame().await;
    assert_eq!(caption(), "unit 7: weight × pixel");
    let image: Element = stage.find(".dense-graph__image");
    assert_eq!(image.get_attribute("data-high").as_deref(), Some("2"), "the weight 7 − 5 on one pixel");
    unit.click();
    assert_eq!(stage.state.pinned.get_untracked(), Some((1, CellIndex::unit(7))));
}

#[wasm_bindgen_test]
async fn networks_of_other_layers_have_no_graph() {
    let stage = Stage::with(|| view! { <DenseGraph /> }).await;
    assert_eq!(stage.count("[data-testid=dense-graph]"), 0);
}
