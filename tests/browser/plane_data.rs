//! The data of the plane: what is chosen, set by hand, typed and pasted, and what is said about it.

use crate::stage::{Stage, frame};
use inkling::components::plane::provide_plane_screen;
use inkling::link::playground::Control;
use inkling::panels::plane_data::PlaneDataPanel;
use inkling::state::{provide_editor, use_app_state};
use inkling_engine::data::plane_points;
use inkling_engine::experiment::{DataConfig, LayerConfig, Loss, PlaneConfig, PlaneDataset, PlanePreset};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit,
    PointerEvent, PointerEventInit,
};

async fn open() -> Stage {
    let stage = Stage::with(|| {
        let state = use_app_state();
        state.experiment.set(PlanePreset::Playground.experiment());
        provide_editor(state);
        view! { <PlaneDataPanel /> }
    })
    .await;
    frame().await;
    stage
}

fn plane(stage: &Stage) -> PlaneConfig {
    match &stage.state.experiment.read_untracked().data {
        DataConfig::Plane(plane) => plane.clone(),
        DataConfig::Mnist(_) => panic!("the plane stays"),
    }
}

fn is_valid(stage: &Stage) -> bool {
    stage.state.checked.get_untracked().is_ok()
}

async fn choose(stage: &Stage, dataset: &str) {
    stage.find::<HtmlElement>(&format!("[data-dataset={dataset}]")).click();
    frame().await;
}

fn bubbling(name: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict(name, &init).unwrap()
}

async fn press_key(element: &Element, key: &str, has_shift: bool) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    init.set_shift_key(has_shift);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
    frame().await;
}

/// A pointer event at a place of the square.
async fn point(stage: &Stage, kind: &str, [x1, x2]: [f64; 2]) {
    let square: Element = stage.find(".own-points__square");
    // Without its look.
    square.set_attribute("style", "width: 240px; height: 240px").unwrap();
    let rect = square.get_bounding_client_rect();
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_is_primary(true);
    init.set_pointer_id(1);
    init.set_client_x((rect.left() + (x1 / 12.0 + 0.5) * rect.width()).round() as i32);
    init.set_client_y((rect.top() + (0.5 - x2 / 12.0) * rect.height()).round() as i32);
    square.dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &init).unwrap()).unwrap();
    frame().await;
}

/// The field with that label.
#[track_caller]
fn field(stage: &Stage, name: &str) -> HtmlInputElement {
    let labels = stage.all("label");
    let label = labels.iter().find(|label| label.text_content().unwrap_or_default().trim() == name);
    let id = label.and_then(|label| label.get_attribute("for")).unwrap_or_else(|| panic!("a field {name}"));
    stage.find(&format!("#{id}"))
}

async fn type_into(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    field.dispatch_event(&bubbling("input")).unwrap();
    frame().await;
}

fn message(field: &HtmlInputElement) -> String {
    let id = field.get_attribute("aria-describedby").unwrap();
    document().get_element_by_id(&id).unwrap().text_content().unwrap_or_default()
}

fn text(stage: &Stage, test_id: &str) -> String {
    stage.find::<Element>(&format!("[data-testid={test_id}]")).text_content().unwrap_or_default()
}

async fn choose_classes(stage: &Stage, option: &str) {
    let menu: HtmlSelectElement = field(stage, "Classes").unchecked_into();
    menu.set_value(option);
    menu.dispatch_event(&bubbling("change")).unwrap();
    frame().await;
}

#[wasm_bindgen_test]
async fn a_picture_chooses_its_data_set() {
    let stage = open().await;
    let first = stage.state.experiment.get_untracked();
    choose(&stage, "plane").await;
    assert_eq!((plane(&stage).dataset, plane(&stage).n_samples), (PlaneDataset::Plane, 1_200));
    assert!(is_valid(&stage));
    let is_checked = |dataset: &str| {
        stage.find::<Element>(&format!("[data-dataset={dataset}]")).get_attribute("aria-checked").unwrap() == "true"
    };
    assert!(is_checked("plane") && !is_checked("circle"));
    choose(&stage, "circle").await;
    assert_eq!(stage.state.experiment.get_untracked(), first);
    press_key(&stage.find("[data-dataset=circle]"), "ArrowRight", false).await;
    assert_eq!(plane(&stage).dataset, PlaneDataset::Xor);
    press_key(&stage.find("[data-dataset=circle]"), "ArrowLeft", false).await;
    assert_eq!(plane(&stage).dataset, PlaneDataset::Formula, "it goes round");
    assert!(is_valid(&stage));
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn regenerate_changes_the_seed_and_the_points() {
    let stage = open().await;
    let points = |stage: &Stage| plane_points(&plane(stage), stage.state.experiment.read_untracked().seed);
    let (before, seed) = (points(&stage), plane(&stage).playground_seed);
    stage.button("Regenerate").click();
    frame().await;
    assert_ne!(plane(&stage).playground_seed, seed);
    assert_eq!(field(&stage, "Seed").value(), plane(&stage).playground_seed);
    assert_ne!(points(&stage), before);
    let switch: HtmlInputElement = stage.find("input[type=checkbox]");
    switch.click();
    frame().await;
    assert_eq!(plane(&stage).playground_seed, "");
    let before = points(&stage);
    stage.button("Regenerate").click();
    frame().await;
    assert_eq!(field(&stage, "Seed").value(), stage.state.experiment.read_untracked().seed.to_string());
    assert_ne!(points(&stage), before);
    stage.find::<HtmlInputElement>("input[type=checkbox]").click();
    frame().await;
    assert!(plane(&stage).playground_seed.starts_with("0."));
    let seed = field(&stage, "Seed");
    type_into(&seed, "0.5").await;
    press_key(&seed, "Enter", false).await;
    assert_eq!(plane(&stage).playground_seed, "0.5");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn sliders_and_typed_numbers_agree() {
    let stage = open().await;
    type_into(&field(&stage, "Training data"), "90").await;
    type_into(&field(&stage, "Noise"), "35").await;
    type_into(&field(&stage, "Points"), "200").await;
    assert_eq!((plane(&stage).noise, plane(&stage).n_samples), (0.35, 200));
    assert_eq!(text(&stage, "plane-split"), "180 points to train, 20 to test");
    let noise: HtmlInputElement = stage.find("[aria-label='Noise, as a slider']");
    assert_eq!(noise.value(), "7");
    noise.set_value("10");
    noise.dispatch_event(&bubbling("input")).unwrap();
    frame().await;
    assert_eq!((plane(&stage).noise, field(&stage, "Noise").value().as_str()), (0.5, "50"));
    type_into(&field(&stage, "Noise"), "60").await;
    assert_eq!(message(&field(&stage, "Noise")), "Expected a number from 0 to 50, got 60");
}

#[wasm_bindgen_test]
async fn three_classes_make_a_valid_experiment() {
    let stage = open().await;
    choose_classes(&stage, "2").await;
    assert_eq!(plane(&stage).n_outputs, 3);
    assert!(is_valid(&stage));
    let experiment = stage.state.experiment.get_untracked();
    assert_eq!(experiment.training.loss, Loss::CategoricalCrossentropy);
    assert!(matches!(experiment.network.last(), Some(LayerConfig::Dense(dense)) if dense.units == 3));
    choose(&stage, "plane").await;
    assert!(is_valid(&stage));
    assert_eq!(stage.all("label").iter().filter(|label| label.text_content().unwrap() == "Classes").count(), 0);
}

#[wasm_bindgen_test]
async fn own_points_are_set_moved_and_erased() {
    let stage = open().await;
    choose(&stage, "points").await;
    assert_eq!(plane(&stage).points.len(), 500);
    stage.button("Remove all").click();
    frame().await;
    assert_eq!(plane(&stage).points, [[0.0; 3]; 0]);
    assert!(text(&stage, "own-points-fault").contains("10 to 5,000 points"), "{}", text(&stage, "own-points-fault"));
    for (kind, place) in [("pointerdown", [1.0, 2.0]), ("pointerup", [1.0, 2.0])] {
        point(&stage, kind, place).await;
    }
    let near = |at: [f64; 3], x1: f64, x2: f64| (at[0] - x1).abs() < 0.1 && (at[1] - x2).abs() < 0.1;
    assert!(near(plane(&stage).points[0], 1.0, 2.0) && plane(&stage).points[0][2] == 1.0, "{:?}", plane(&stage).points);
    for (kind, place) in [("pointerdown", [1.0, 2.0]), ("pointermove", [0.0, 0.0]), ("pointermove", [-3.0, 4.0])] {
        point(&stage, kind, place).await;
    }
    assert!(near(plane(&stage).points[0], 1.0, 2.0), "one drag is one edit");
    point(&stage, "pointerup", [-3.0, 4.0]).await;
    assert!(near(plane(&stage).points[0], -3.0, 4.0), "{:?}", plane(&stage).points);
    stage.button("Undo").click();
    frame().await;
    assert!(near(plane(&stage).points[0], 1.0, 2.0));
    stage.button("Erase").click();
    frame().await;
    point(&stage, "pointerdown", [1.0, 2.0]).await;
    point(&stage, "pointerup", [1.0, 2.0]).await;
    assert_eq!(plane(&stage).points.len(), 0);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn own_points_are_set_by_keys() {
    let stage = open().await;
    choose(&stage, "points").await;
    stage.button("Remove all").click();
    frame().await;
    let square: Element = stage.find(".own-points__square");
    for key in ["-", "ArrowRight", "ArrowRight", "ArrowUp", "Enter"] {
        press_key(&square, key, false).await;
    }
    assert_eq!(plane(&stage).points, [[0.5, 0.25, -1.0]]);
    assert_eq!(text(&stage, "own-points-where"), "x₁ = 0.50, x₂ = 0.25: a point of class −");
    press_key(&square, "ArrowDown", true).await;
    assert_eq!(plane(&stage).points, [[0.5, 0.0, -1.0]]);
    press_key(&square, "Delete", false).await;
    assert_eq!(plane(&stage).points, [[0.0; 3]; 0]);
    assert_eq!(text(&stage, "own-points-where"), "x₁ = 0.50, x₂ = 0.00: free");
    choose(&stage, "circle").await;
    choose(&stage, "points").await;
    assert_eq!(plane(&stage).points.len(), 500, "own points begin with those that are there");
    stage.button("Former 0").click();
    frame().await;
    assert_eq!(plane(&stage).points.len(), 0);
}

#[wasm_bindgen_test]
async fn a_table_with_a_mistake_loses_nothing() {
    let stage = open().await;
    choose(&stage, "points").await;
    let before = stage.state.experiment.get_untracked();
    stage.find::<Element>("details.plane-csv").set_attribute("open", "").unwrap();
    let field: HtmlInputElement = stage.find("textarea");
    let rows = (0..12).map(|i| format!("{i},{},{}\n", -i, i % 3)).collect::<String>();
    let wrong = rows.replacen("2,-2,2", "2,two,2", 1);
    type_into(&field, &wrong).await;
    stage.button("Take up").click();
    frame().await;
    let fault = text(&stage, "plane-csv-fault");
    assert!(fault.starts_with("Line 3, column 2: expected a number"), "{fault}");
    assert_eq!(stage.state.experiment.get_untracked(), before);
    assert_eq!(field.value(), wrong);
    type_into(&field, &rows).await;
    stage.button("Take up").click();
    frame().await;
    assert_eq!(text(&stage, "plane-csv-fault"), "");
    assert!(text(&stage, "plane-csv-notes").starts_with("12 points taken up. "), "{}", text(&stage, "plane-csv-notes"));
    assert_eq!((plane(&stage).points.len(), plane(&stage).n_outputs), (12, 3));
    assert!(is_valid(&stage));
    stage.button("Undo").click();
    frame().await;
    assert_eq!(plane(&stage).points.len(), 500);
    assert!(is_valid(&stage));
}

#[wasm_bindgen_test]
async fn a_file_is_opened_from_any_data_set() {
    let stage = open().await;
    stage.find::<Element>("details.plane-csv").set_attribute("open", "").unwrap();
    let give = |text: &str| {
        let body = "const files = new DataTransfer();
             files.items.add(new File([text], 'points.csv', { type: 'text/csv' }));
             input.files = files.files;
             input.dispatchEvent(new Event('change', { bubbles: true }));";
        let input: HtmlInputElement = stage.find("input[type=file]");
        js_sys::Function::new_with_args("input, text", body).call2(&JsValue::NULL, &input, &text.into()).unwrap();
    };
    let seen = |stage: &Stage, test_id: &str| !text(stage, test_id).is_empty();
    let rows = (0..20).map(|i| format!("{};{};{}\n", i % 5, i / 5, i % 2)).collect::<String>();
    give(&rows);
    while !seen(&stage, "plane-csv-notes") {
        frame().await;
    }
    assert_eq!((plane(&stage).dataset, plane(&stage).points.len()), (PlaneDataset::Points, 20));
    assert!(is_valid(&stage));
    let before = stage.state.experiment.get_untracked();
    for wrong in ["1,2\n", "", &"x".repeat(2_000_001), &rows.replace(";1\n", ";0\n")] {
        give(wrong);
        while !seen(&stage, "plane-csv-fault") {
            frame().await;
        }
        assert!(text(&stage, "plane-csv-fault").contains("xpected "), "{}", text(&stage, "plane-csv-fault"));
        assert_eq!(stage.state.experiment.get_untracked(), before);
        give(&rows);
        while !seen(&stage, "plane-csv-notes") {
            frame().await;
        }
    }
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn what_a_teacher_hides_is_gone_and_still_counts() {
    let screen = Rc::new(Cell::new(None));
    let made = screen.clone();
    let stage = Stage::with(move || {
        let state = use_app_state();
        state.experiment.set(PlanePreset::Playground.experiment());
        provide_editor(state);
        made.set(Some(provide_plane_screen(state)));
        view! { <PlaneDataPanel /> }
    })
    .await;
    let hide = |hidden: Vec<Control>| screen.get().unwrap().hidden.set(hidden);
    hide(vec![Control::Problem, Control::Noise]);
    frame().await;
    assert_eq!((stage.count("[data-dataset=circle]"), stage.count("[data-dataset=plane]")), (1, 0));
    assert_eq!(stage.count("[aria-label='Noise, as a slider']"), 0);
    hide(vec![Control::Dataset]);
    frame().await;
    assert_eq!((stage.count("[data-dataset]"), stage.count("[aria-label='Noise, as a slider']")), (0, 1));
    assert_eq!(plane(&stage).dataset, PlaneDataset::Circle);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_formula_with_a_mistake_names_the_column() {
    let stage = open().await;
    choose(&stage, "formula").await;
    assert!(is_valid(&stage));
    let formula = field(&stage, "Positive where");
    type_into(&formula, "y > sin(x").await;
    assert_eq!((message(&formula).as_str(), is_valid(&stage)), ("", true), "not before it is taken up");
    press_key(&formula, "Enter", false).await;
    assert!(message(&formula).contains("at column 10"), "{}", message(&formula));
    assert!(!is_valid(&stage));
    type_into(&formula, "x > 1").await;
    press_key(&formula, "Escape", false).await;
    assert_eq!(formula.value(), "y > sin(x");
    type_into(&formula, "y > x^2").await;
    formula.dispatch_event(&Event::new("blur").unwrap()).unwrap();
    frame().await;
    assert_eq!((plane(&stage).formula.as_str(), message(&formula).as_str()), ("y > x^2", ""));
    choose(&stage, "spiral").await;
    assert_eq!(plane(&stage).formula, "");
    choose(&stage, "formula").await;
    assert_eq!(plane(&stage).formula, "y > x^2", "it comes back");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_preset_takes_everything_over() {
    let stage = open().await;
    let menu: HtmlSelectElement = stage.find("[aria-label='Begin with this data']");
    assert_eq!(menu.value(), "playground");
    menu.set_value("spiral");
    menu.dispatch_event(&bubbling("change")).unwrap();
    frame().await;
    assert_eq!(stage.state.experiment.get_untracked(), PlanePreset::Spiral.experiment());
    assert_eq!(stage.find::<Element>("[aria-checked=true]").get_attribute("data-dataset").unwrap(), "spiral");
}
