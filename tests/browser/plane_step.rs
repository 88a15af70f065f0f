//! The plane looked at closer: one step in slow motion, and the loss surface.

use crate::stage::{Stage, frame};
use inkling::components::plane::provide_plane_screen;
use inkling::panels::plane_step::PlaneStepPanel;
use inkling::panels::plane_surface::PlaneSurfacePanel;
use inkling::protocol::Simd;
use inkling::protocol::questions::*;
use inkling::state::{Machine, use_app_state};
use inkling_engine::experiment::{CheckedExperiment, PlanePreset};
use inkling_engine::model::Workspace;
use inkling_engine::trainer::Trainer;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit};

/// A stage of the plane, with a view on it.
async fn plane<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
    let stage = Stage::with(move || {
        let state = use_app_state();
        state.run.checked.set(checked());
        state.machine.set(Some(Machine { simd: Simd::Simd128, n_cores: 2, n_workers: 1 }));
        provide_plane_screen(state);
        view()
    })
    .await;
    frame().await;
    stage
}

fn checked() -> CheckedExperiment {
    PlanePreset::Playground.experiment().check().unwrap()
}

/// What the worker answers about a training point.
fn step_answer(point: usize) -> PlaneStepAnswer {
    let dataset = checked().generate_data().unwrap().unwrap();
    let mut trainer = Trainer::new(checked(), Arc::new(dataset)).unwrap();
    trainer.step();
    let sample_idx = trainer.split().train[point] as usize;
    let step = trainer.point_step(&mut Workspace::new(trainer.model()), sample_idx).unwrap();
    PlaneStepAnswer {
        values: [trainer.model().weights(), &step.gradients, &step.after].concat(),
        x: step.x,
        layers: step.layers,
        outputs: step.outputs,
        target: step.target,
        loss: step.loss,
        loss_after: step.loss_after,
        learning_rate: trainer.learning_rate(),
    }
}

fn press(element: &HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
}

fn text(stage: &Stage, selector: &str) -> String {
    stage.find::<HtmlElement>(selector).inner_text()
}

#[wasm_bindgen_test]
async fn a_step_goes_from_the_features_to_the_update() {
    let stage = plane(|| view! { <PlaneStepPanel /> }).await;
    assert_eq!(text(&stage, ".point-step__title"), "The numbers are on their way.");
    let answer = step_answer(0);
    stage.answer(stage.state.answers.plane_step, 1, PlaneStep { point: 0 }, answer.clone());
    frame().await;
    assert!(text(&stage, "[data-testid=step-point]").starts_with("Point 1 of 250: x₁ = "));
    assert_eq!(text(&stage, ".point-step__title"), "1 of 9: The point becomes features");
    assert_eq!(stage.count("[data-testid=step-line]"), 2);
    stage.button("Next").click();
    frame().await;
    assert_eq!(text(&stage, ".point-step__title"), "2 of 9: Forward: hidden layer 0");
    assert_eq!(stage.count("[data-testid=step-line]"), 4);
    assert!(text(&stage, "[data-testid=step-line]").contains("tanh("));
    let stages: HtmlElement = stage.find(".point-step__stage");
    for _ in 0..12 {
        press(&stages, "ArrowRight");
        frame().await;
    }
    assert_eq!(text(&stage, ".point-step__title"), "9 of 9: The update");
    assert!(text(&stage, ".point-step__result").starts_with("The loss on this point: "));
    // Each weight is there with the worker's own numbers.
    let cells = stage.all("[data-testid=step-weights] td[data-before]");
    assert_eq!(cells.len(), answer.values.len() / 3);
    let first = answer.weight(0);
    assert_eq!(cells[0].get_attribute("data-before"), Some(first.before.to_string()));
    assert_eq!(cells[0].get_attribute("data-after"), Some(first.after.to_string()));
    press(&stages, "ArrowLeft");
    frame().await;
    assert_eq!(text(&stage, ".point-step__title"), "8 of 9: Backward: hidden layer 0");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn points_go_around_and_wait_for_their_numbers() {
    let stage = plane(|| view! { <PlaneStepPanel /> }).await;
    stage.answer(stage.state.answers.plane_step, 1, PlaneStep { point: 0 }, step_answer(0));
    frame().await;
    stage.button("Previous point").click();
    frame().await;
    assert!(text(&stage, "[data-testid=step-point]").starts_with("Point 250 of 250: "));
    assert_eq!(text(&stage, ".point-step__title"), "The numbers are on their way.");
    stage.answer(stage.state.answers.plane_step, 1, PlaneStep { point: 249 }, step_answer(249));
    frame().await;
    assert_eq!(text(&stage, ".point-step__title"), "1 of 9: The point becomes features");
    stage.button("Next point").click();
    frame().await;
    assert!(text(&stage, "[data-testid=step-point]").starts_with("Point 1 of 250: "));
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn an_answer_about_another_network_is_not_shown() {
    let stage = plane(|| view! { <PlaneStepPanel /> }).await;
    let mut answer = step_answer(0);
    answer.layers[0].sums.push(0.0);
    stage.answer(stage.state.answers.plane_step, 1, PlaneStep { point: 0 }, answer);
    frame().await;
    assert_eq!(text(&stage, ".point-step__title"), "The numbers are on their way.");
    stage.assert_no_panic();
}

const QUESTION: PlaneSurface =
    PlaneSurface { n_cells: 25, reach_percent: 100, seed: 1, is_test: false, is_along_path: false };

/// A bowl, as far as it is computed.
fn bowl(question: PlaneSurface, n_done: usize) -> PlaneSurfaceAnswer {
    let loss = |cell: usize| {
        let [a, b] = question.place(cell);
        0.01 + a * a + b * b
    };
    PlaneSurfaceAnswer {
        centre_loss: 0.01,
        n_points: 250,
        n_weights: 25,
        epochs: vec![0, 3, 3],
        progress: (n_done, 625),
        values: [-0.5, 0.5, 0.0, 0.0, 0.0, 0.0].into_iter().chain((0..n_done).map(loss)).collect(),
    }
}

#[wasm_bindgen_test]
async fn the_surface_has_its_path_its_lines_and_its_numbers() {
    let stage = plane(|| view! { <PlaneSurfacePanel /> }).await;
    stage.answer(stage.state.answers.plane_surface, 0, QUESTION, bowl(QUESTION, 100));
    frame().await;
    assert_eq!(text(&stage, "[data-testid=surface-status]"), "Computing: 100 of 625 places.");
    assert_eq!(stage.count(".plane-surface__contour"), 0);
    stage.answer(stage.state.answers.plane_surface, 0, QUESTION, bowl(QUESTION, 625));
    frame().await;
    assert_eq!(text(&stage, "[data-testid=surface-status]"), "The network before any step, on 250 training points.");
    assert_eq!(stage.count(".plane-surface__contour"), 8);
    let path: web_sys::Element = stage.find("[data-testid=surface-path]");
    assert_eq!(path.get_attribute("points").as_deref(), Some("6.50,6.50 12.50,12.50 12.50,12.50"));
    assert_eq!(stage.count(".plane-surface__mark"), 2);
    let ends = stage.all("[data-testid=surface-legend] span:not([class])");
    assert_eq!(ends.iter().filter_map(|end| end.text_content()).collect::<Vec<_>>(), ["0.0100", "0.142", "2.01"]);
    let canvas: HtmlElement = stage.find("canvas");
    assert!(
        canvas
            .get_attribute("aria-label")
            .unwrap()
            .starts_with("Loss surface on 250 training points: from 0.0100 to 2.01")
    );
    press(&canvas, "ArrowRight");
    frame().await;
    let line = text(&stage, "[data-testid=pointed-line]");
    assert!(line.starts_with("loss 2.01 at a = −1, b = 1"), "{line}");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn other_directions_are_another_question_and_work_can_be_stopped() {
    let stage = plane(|| view! { <PlaneSurfacePanel /> }).await;
    stage.answer(stage.state.answers.plane_surface, 0, QUESTION, bowl(QUESTION, 625));
    frame().await;
    let is_off = |name: &str| stage.button(name).has_attribute("disabled");
    assert!(is_off("Cancel") && !is_off("Compute again"));
    stage.button("New directions").click();
    frame().await;
    assert!(!is_off("Cancel") && is_off("Compute again"), "the old picture is not theirs");
    let other = PlaneSurface { seed: 2, ..QUESTION };
    stage.answer(stage.state.answers.plane_surface, 0, other, bowl(other, 300));
    frame().await;
    stage.button("Cancel").click();
    frame().await;
    assert_eq!(
        text(&stage, "[data-testid=surface-status]"),
        "Stopped: 300 of 625 places of the network before any step."
    );
    assert!(is_off("Cancel") && !is_off("Compute again"));
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn without_a_path_there_is_nothing_to_look_along() {
    let stage = plane(|| view! { <PlaneSurfacePanel /> }).await;
    stage.find::<HtmlElement>("label:nth-child(2) input").click();
    frame().await;
    let along = PlaneSurface { is_along_path: true, ..QUESTION };
    let answer = PlaneSurfaceAnswer { epochs: vec![], progress: (0, 0), values: vec![], ..bowl(along, 0) };
    stage.answer(stage.state.answers.plane_surface, 0, along, answer);
    frame().await;
    assert!(text(&stage, ".message").starts_with("There is no path to look along yet"));
    assert!(stage.button("New directions").has_attribute("disabled"));
    stage.assert_no_panic();
}
