//! Looking closer at the plane: the equations of a network's lines, and the space of a layer.

use crate::stage::{Stage, frame};
use inkling::components::plane::provide_plane_screen;
use inkling::panels::plane_lines::PlaneLinesPanel;
use inkling::panels::plane_space::PlaneSpacePanel;
use inkling::protocol::questions::{
    MapSize, NextLine, PlaneScore, PlaneSpace, PlaneSpaceAnswer, PlaneView, PlaneViewAnswer, grid_places,
};
use inkling::state::{provide_editor, use_app_state};
use inkling_engine::experiment::{DataConfig, PlanePreset};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement};

async fn open(preset: PlanePreset, panel: fn() -> AnyView) -> Stage {
    let stage = Stage::with(move || {
        let state = use_app_state();
        let checked = preset.experiment().check().unwrap();
        state.experiment.set(preset.experiment());
        state.run.checked.set(checked);
        provide_editor(state);
        provide_plane_screen(state);
        panel()
    })
    .await;
    frame().await;
    stage
}

/// Brings a view of a network with these weights, whose output map is x₁.
async fn view_of(stage: &Stage, weights: &[f32]) {
    let score = PlaneScore { loss: 0.5, accuracy: 0.5 };
    let side = MapSize::Large.side();
    let map = (0..side * side).map(|cell| (cell % side) as f32 / side as f32 - 0.5);
    let answer = PlaneViewAnswer {
        epoch: 0,
        train: score,
        test: None,
        n_weights: weights.len(),
        dead: Vec::new(),
        hidden: Vec::new(),
        n_outputs: 1,
        values: weights.iter().copied().chain(map).collect(),
    };
    stage.answer(stage.state.answers.plane_view, 0, PlaneView { has_maps: true, enlarged: None }, answer);
    frame().await;
}

fn equations(stage: &Stage) -> Vec<String> {
    stage.all("[role=math]").iter().map(|equation| equation.text_content().unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn the_equation_follows_the_weights() {
    let stage = open(PlanePreset::Gauss, || view! { <PlaneLinesPanel /> }.into_any()).await;
    view_of(&stage, &[0.52, -1.3, 0.1]).await;
    let expected = ["output = tanh(0.52·x₁ − 1.30·x₂ + 0.10)", "0.52·x₁ − 1.30·x₂ + 0.10 = 0", "x₂ = 0.400·x₁ + 0.077"];
    assert_eq!(equations(&stage), expected);
    let boundary: Element = stage.all("[role=math]")[1].clone();
    let spoken = boundary.get_attribute("aria-label").unwrap();
    assert_eq!(spoken, "0.52 times x1 minus 1.30 times x2 plus 0.10 equals 0");
    view_of(&stage, &[1.0, 1.0, 0.0]).await;
    assert_eq!(equations(&stage)[1], "1.00·x₁ + 1.00·x₂ + 0.00 = 0");
    // The same element: a reader that is on it stays there.
    assert_eq!(boundary.text_content().unwrap(), equations(&stage)[1]);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn each_unit_has_a_line_of_its_own() {
    let stage = open(PlanePreset::Playground, || view! { <PlaneLinesPanel /> }.into_any()).await;
    assert!(equations(&stage).is_empty());
    view_of(&stage, &[0.5; 25]).await;
    assert_eq!((stage.count(".plane-lines__swatch"), equations(&stage).len()), (4, 5));
    // Weights of another network are not read.
    view_of(&stage, &[0.5; 3]).await;
    assert!(equations(&stage).is_empty());
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn the_pair_differs_in_its_features() {
    let stage = open(PlanePreset::Playground, || view! { <PlaneLinesPanel /> }.into_any()).await;
    let features = |stage: &Stage| match &stage.state.experiment.read_untracked().data {
        DataConfig::Plane(plane) => plane.features.iter().map(|feature| feature.label()).collect::<Vec<_>>(),
        DataConfig::Mnist(_) => Vec::new(),
    };
    stage.button("xor with x₁, x₂").click();
    assert_eq!(features(&stage), ["x₁", "x₂"]);
    stage.button("xor with x₁·x₂").click();
    assert_eq!(features(&stage), ["x₁x₂"]);
    assert!(stage.state.checked.get_untracked().is_ok());
    frame().await;
    stage.assert_no_panic();
}

async fn space_of(stage: &Stage, question: PlaneSpace, next: Option<NextLine>) {
    let points = [[1.0, 2.0, 1.0, 0.8, 0.0], [1.0, -2.0, 1.0, -0.8, 0.0], [3.0, 3.0, -1.0, -0.5, 0.5]];
    let grid = grid_places().flatten().map(|at| at as f32);
    let values = grid.chain(points.into_iter().flatten()).collect();
    stage.answer(stage.state.answers.plane_space, 0, question, PlaneSpaceAnswer { next, values });
    frame().await;
}

fn changed(name: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict(name, &init).unwrap()
}

#[wasm_bindgen_test]
async fn a_space_says_how_well_a_line_parts_it() {
    let stage = open(PlanePreset::Playground, || view! { <PlaneSpacePanel /> }.into_any()).await;
    let next = NextLine { weights: [1.0, 0.0], bias: 0.0, n_others: 0 };
    space_of(&stage, PlaneSpace { layer_idx: 1, units: [0, 1] }, Some(next)).await;
    let counts: Element = stage.find("[data-testid=plane-space-counts]");
    let text = counts.text_content().unwrap();
    assert!(text.contains("2 points of class +1: 1 on its positive side, 1 on its negative side"), "{text}");
    let picture: Element = stage.find("[data-testid=plane-space-picture]");
    assert_eq!(picture.get_attribute("data-share").unwrap(), "1.00");
    let slider: HtmlInputElement = stage.find("input[type=range]");
    slider.set_value("0");
    slider.dispatch_event(&changed("input")).unwrap();
    frame().await;
    assert_eq!(picture.get_attribute("data-share").unwrap(), "0.00");
    assert_eq!(picture.get_attribute("aria-label").unwrap(), "The grid and the points on the plane");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn another_layer_is_another_question() {
    let stage = open(PlanePreset::Playground, || view! { <PlaneSpacePanel /> }.into_any()).await;
    assert_eq!(stage.count("select"), 3);
    space_of(&stage, PlaneSpace { layer_idx: 1, units: [0, 1] }, None).await;
    let selects = stage.all("select");
    let layer: HtmlSelectElement = selects[0].clone().unchecked_into();
    assert_eq!(layer.value(), "1");
    layer.set_value("0");
    layer.dispatch_event(&changed("change")).unwrap();
    frame().await;
    let across: HtmlSelectElement = stage.all("select")[1].clone().unchecked_into();
    assert_eq!(across.length(), 4);
    // The answer about the former layer is not shown as this one's.
    assert_eq!(stage.find::<HtmlElement>("[data-testid=plane-space-counts]").inner_text(), "");
    across.set_value("1");
    across.dispatch_event(&changed("change")).unwrap();
    frame().await;
    let up: HtmlSelectElement = stage.all("select")[2].clone().unchecked_into();
    assert_eq!(up.value(), "0");
    layer.set_value("2");
    layer.dispatch_event(&changed("change")).unwrap();
    frame().await;
    assert_eq!(stage.count("select"), 1);
    stage.assert_no_panic();
}
