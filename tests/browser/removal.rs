//! Elements that leave the page while they are used: their handlers are called once more, and must not panic.

use crate::stage::{Stage, frame};
use inkling::panels::activations::ActivationsPanel;
use inkling::panels::experiment::ExperimentPanel;
use inkling::panels::pad::PadPanel;
use inkling::panels::surgery::SurgeryPanel;
use inkling::panels::weights::WeightsPanel;
use inkling::protocol::questions::{WeightKind, Weights, WeightsAnswer};
use inkling::state::{DataState, provide_editor, use_app_state};
use inkling_engine::experiment::{LayerConfig, Preset, StopRule};
use inkling_engine::field::Variants;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, PointerEvent,
    PointerEventInit,
};

/// A view that is on the page while `is_there`.
async fn open<V: IntoView + 'static>(view: fn() -> V) -> (Stage, RwSignal<bool>) {
    let there = Rc::new(Cell::new(None));
    let stage = Stage::with({
        let there = there.clone();
        move || {
            let is_there = RwSignal::new(true);
            there.set(Some(is_there));
            provide_editor(use_app_state());
            move || is_there.get().then(view)
        }
    })
    .await;
    (stage, there.get().unwrap())
}

fn fire(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    element.dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap();
}

fn press(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
}

fn point(element: &Element, kind: &str, [x, y]: [f64; 2]) {
    let rect = element.get_bounding_client_rect();
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_is_primary(true);
    init.set_buttons(1);
    init.set_client_x((rect.left() + x * rect.width()) as i32);
    init.set_client_y((rect.top() + y * rect.height()) as i32);
    element.dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &init).unwrap()).unwrap();
}

/// Gives an element the focus, and notes which events reach it while it leaves the page.
fn focus(element: &HtmlElement) -> Rc<Cell<bool>> {
    element.focus().unwrap();
    assert_eq!(document().active_element().as_ref(), Some(element.as_ref()), "the element takes the focus");
    let is_blurred = Rc::new(Cell::new(false));
    let note = wasm_bindgen::closure::Closure::<dyn FnMut()>::new({
        let is_blurred = is_blurred.clone();
        move || is_blurred.set(true)
    });
    element.add_event_listener_with_callback("blur", note.into_js_value().unchecked_ref()).unwrap();
    is_blurred
}

fn labelled(stage: &Stage, name: &str) -> HtmlInputElement {
    let labels = stage.all("label");
    let label = labels.iter().find(|label| label.text_content().unwrap_or_default().trim() == name).expect(name);
    stage.find(&format!("#{}", label.get_attribute("for").unwrap()))
}

fn tell_weights(stage: &Stage, layer_idx: usize) {
    let checked = stage.state.run.checked.get_untracked();
    let layer = &checked.layers()[layer_idx];
    let answer = WeightsAnswer { kernel_shape: layer.kernel_shape(), values: vec![0.5; layer.n_params()] };
    stage.answer(stage.state.answers.weights, 0, Weights { layer_idx, kind: WeightKind::Values }, answer);
}

#[wasm_bindgen_test]
async fn the_focused_field_of_a_stop_rule_leaves_with_its_rule() {
    let (stage, _) = open(|| view! { <ExperimentPanel /> }).await;
    let none = stage.state.experiment.read_untracked().training.stop;
    stage.state.edit(|experiment| {
        experiment.training.stop = StopRule::all().into_iter().find(|rule| *rule != none).unwrap();
    });
    frame().await;
    for text in ["3", "three"] {
        let patience = labelled(&stage, "Patience");
        let is_blurred = focus(&patience);
        patience.set_value(text);
        fire(&patience, "input");
        let rule = stage.state.experiment.read_untracked().training.stop;
        stage.state.experiment.set(Preset::Mlp16x16.experiment());
        frame().await;
        assert_eq!(stage.count("label[for]").min(1), 1);
        assert!(!patience.is_connected() && is_blurred.get(), "the field has gone, and its handler was called");
        stage.assert_no_panic();
        stage.state.edit(|experiment| experiment.training.stop = rule);
        frame().await;
    }
}

#[wasm_bindgen_test]
async fn the_focused_field_of_a_layer_leaves_with_its_layer() {
    let (stage, _) = open(|| view! { <ExperimentPanel /> }).await;
    let units: HtmlInputElement = stage.find("input[aria-label='units of layer 7']");
    let is_blurred = focus(&units);
    stage.state.edit(|experiment| {
        experiment.network.retain(|layer| !matches!(layer, LayerConfig::Dense(_)));
    });
    frame().await;
    assert!(!units.is_connected() && is_blurred.get());
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn panels_leave_with_what_has_the_focus_in_them() {
    let (stage, is_there) = open(|| view! { <ExperimentPanel /> }).await;
    let open_menu = stage.button("+ add a layer");
    open_menu.click();
    let is_blurred = focus(&open_menu);
    press(&open_menu, "ArrowDown");
    is_there.set(false);
    frame().await;
    assert!(!open_menu.is_connected() && is_blurred.get());
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_kernel_that_is_pointed_at_leaves_with_its_layer() {
    let (stage, _) = open(|| view! { <WeightsPanel /> }).await;
    tell_weights(&stage, 0);
    tell_weights(&stage, 2);
    frame().await;
    for selector in ["[data-layer=conv2d] [data-testid=kernels]", "[data-layer=conv2d_1] canvas.slice-matrix__picture"]
    {
        let canvas: HtmlElement = stage.find(selector);
        point(&canvas, "pointermove", [0.02, 0.02]);
        let is_blurred = focus(&canvas);
        press(&canvas, "Enter");
        frame().await;
        stage.edit_run(|run| *run = Preset::Mlp16x16.experiment());
        frame().await;
        assert!(!canvas.is_connected() && is_blurred.get(), "{selector}");
        stage.assert_no_panic();
        stage.edit_run(|run| *run = Preset::LessonCnn.experiment());
        frame().await;
        tell_weights(&stage, 0);
        tell_weights(&stage, 2);
        frame().await;
    }
}

#[wasm_bindgen_test]
async fn a_map_that_is_pointed_at_leaves_with_its_layer() {
    let (stage, is_there) = open(|| view! { <ActivationsPanel /> }).await;
    let map: HtmlElement = stage.find("[data-testid=layer-map][data-layer=conv2d_1][data-channel='0']");
    let is_blurred = focus(&map);
    point(&map, "pointermove", [0.5, 0.5]);
    press(&map, "Enter");
    stage.edit_run(|run| *run = Preset::Mlp16x16.experiment());
    frame().await;
    assert!(!map.is_connected() && is_blurred.get());
    stage.assert_no_panic();
    let map: HtmlElement = stage.find("[data-testid=layer-map]");
    point(&map, "pointermove", [0.5, 0.5]);
    is_there.set(false);
    frame().await;
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_weight_that_is_typed_leaves_with_its_panel() {
    let (stage, is_there) = open(|| view! { <SurgeryPanel /> }).await;
    stage.state.data.set(DataState::Loaded { n_train: 60_000, n_test: 10_000 });
    tell_weights(&stage, 0);
    frame().await;
    for text in ["0.25", "a quarter"] {
        let weight: HtmlInputElement = stage.find("input[aria-label='row 1, column 1']");
        let is_blurred = focus(&weight);
        weight.set_value(text);
        fire(&weight, "input");
        is_there.set(false);
        frame().await;
        assert!(!weight.is_connected() && is_blurred.get(), "{text}");
        stage.assert_no_panic();
        is_there.set(true);
        frame().await;
    }
}

#[wasm_bindgen_test]
async fn a_stroke_ends_with_its_place() {
    let (stage, is_there) = open(|| view! { <PadPanel /> }).await;
    let canvas: HtmlElement = stage.find("canvas[aria-label='Drawing pad']");
    point(&canvas, "pointerdown", [0.5, 0.2]);
    point(&canvas, "pointermove", [0.5, 0.6]);
    let is_blurred = focus(&canvas);
    is_there.set(false);
    frame().await;
    assert!(!canvas.is_connected() && is_blurred.get());
    for kind in ["pointermove", "pointerup", "lostpointercapture"] {
        point(&canvas, kind, [0.5, 0.8]);
    }
    frame().await;
    stage.assert_no_panic();
}
