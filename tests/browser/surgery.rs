//! Surgery: kernels typed, weights painted, units silenced and frozen, and what comes of it.

use crate::stage::{Stage, frame};
use inkling::panels::surgery::SurgeryPanel;
use inkling::places::digits::inside_tabs::InsideTabs;
use inkling::protocol::questions::*;
use inkling::protocol::{Phase, Start, Workload};
use inkling::state::DataState;
use inkling_engine::explain::{CellIndex, Edit, Frozen};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit,
};

pub async fn open() -> Stage {
    let stage = Stage::with(|| view! { <SurgeryPanel /> }).await;
    stage.state.data.set(DataState::Loaded { n_train: 60_000, n_test: 10_000 });
    frame().await;
    stage
}

/// Weights of a layer, as the worker would tell them: number `i` of kernel and bias is `value(i)`.
pub fn tell_weights(stage: &Stage, layer_idx: usize, value: impl Fn(usize) -> f32) {
    let checked = stage.state.run.checked.get_untracked();
    let layer = &checked.layers()[layer_idx];
    let values: Vec<f32> = (0..layer.n_params()).map(value).collect();
    let kind = WeightKind::Values;
    let answer = WeightsAnswer { kernel_shape: layer.kernel_shape(), values };
    stage.answer(stage.state.answers.weights, 0, Weights { layer_idx, kind }, answer);
}

fn edits(stage: &Stage) -> Vec<Edit> {
    stage.state.run.weight_edits.read_untracked().open().to_vec()
}

fn text_of(stage: &Stage, selector: &str) -> String {
    stage.find::<HtmlElement>(selector).inner_text()
}

fn number(element: &Element, attribute: &str) -> f32 {
    element.get_attribute(attribute).expect(attribute).parse().unwrap()
}

fn field(stage: &Stage, name: &str) -> HtmlInputElement {
    stage.find(&format!("input[aria-label='{name}']"))
}

fn fire(element: &Element, name: &str) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    element.dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap();
}

async fn type_in(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    fire(field, "input");
    frame().await;
    press(field, "Enter").await;
}

async fn press(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
    frame().await;
}

/// A pointer event at `[row, column]` of a picture with `side` cells each way.
async fn point(surface: &Element, name: &str, [row, column]: [usize; 2], side: usize) {
    let rect = surface.get_bounding_client_rect();
    let along = |idx: usize, length: f64| (idx as f64 + 0.5) / side as f64 * length;
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_pointer_id(1);
    init.set_is_primary(true);
    init.set_buttons(u16::from(name != "pointerup"));
    init.set_client_x((rect.left() + along(column, rect.width())) as i32);
    init.set_client_y((rect.top() + along(row, rect.height())) as i32);
    surface.dispatch_event(&PointerEvent::new_with_event_init_dict(name, &init).unwrap()).unwrap();
    frame().await;
}

#[wasm_bindgen_test]
async fn a_kernel_is_typed_number_by_number() {
    let stage = open().await;
    // Weight (row, column, filter) of the first layer lies at (3·row + column)·32 + filter.
    tell_weights(&stage, 0, |i| if i == 5 * 32 { -0.66 } else { 0.24 });
    frame().await;
    assert_eq!(stage.count("[data-testid=kernel-fields] input"), 9);
    assert_eq!(field(&stage, "row 1, column 2").value(), "−0.660");

    let first = field(&stage, "row 0, column 0");
    type_in(&first, "0,5").await;
    assert!(text_of(&stage, ".kernel-fields__message").contains("decimal point"));
    assert_eq!(first.get_attribute("aria-invalid").unwrap(), "true");
    assert!(edits(&stage).is_empty(), "nothing wrong comes through the door");
    type_in(&first, "1e9").await;
    assert!(text_of(&stage, ".kernel-fields__message").contains("from −100 to 100"));
    press(&first, "Escape").await;
    assert_eq!((first.value().as_str(), stage.count("[aria-invalid]")), ("0.240", 0));

    type_in(&first, "-1.5").await;
    let mut values = vec![0.24; 9];
    (values[0], values[5]) = (-1.5, -0.66);
    assert_eq!(edits(&stage), [Edit::SetKernel { layer_idx: 0, in_channel: 0, filter: 0, values }]);
    assert_eq!(first.value(), "−1.50", "at once, before the worker answers");
    assert!(text_of(&stage, "[data-testid=edits]").contains("conv2d filter 0: typed in"));
}

#[wasm_bindgen_test]
async fn presets_undo_redo_and_restore() {
    let stage = open().await;
    tell_weights(&stage, 0, |_| 0.5);
    frame().await;
    stage.button("Sobel x").click();
    frame().await;
    assert_eq!(number(&field(&stage, "row 1, column 2"), "data-value"), 0.5);
    assert_eq!(number(&field(&stage, "row 1, column 0"), "data-value"), -0.5);
    stage.button("Silence filter 0").click();
    frame().await;
    assert_eq!(number(&field(&stage, "Bias of filter 0"), "data-value"), 0.0);
    assert!(text_of(&stage, "[data-testid=silence]").contains("filter 0 is silent"));
    stage.button("Undo").click();
    frame().await;
    assert_eq!(number(&field(&stage, "row 1, column 0"), "data-value"), -0.5);
    stage.button("Redo").click();
    frame().await;
    assert_eq!(edits(&stage).len(), 2);
    stage.button("Restore all").click();
    frame().await;
    assert!(edits(&stage).is_empty());
    assert_eq!(number(&field(&stage, "row 1, column 0"), "data-value"), 0.5);
    assert!(stage.button("Undo").has_attribute("disabled") && !stage.button("Redo").has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn a_1x1_kernel_has_no_edges() {
    let stage = open().await;
    stage.edit_run(|experiment| {
        if let inkling_engine::experiment::LayerConfig::Conv2D(conv2d) = &mut experiment.network[0] {
            conv2d.kernel_size = [1, 1];
        }
    });
    tell_weights(&stage, 0, |_| 0.5);
    frame().await;
    assert_eq!(stage.count("[data-testid=kernel-fields] input"), 1);
    assert!(stage.button("vertical edge").has_attribute("disabled"));
    stage.button("identity").click();
    frame().await;
    assert_eq!(number(&field(&stage, "row 0, column 0"), "data-value"), 1.0);
}

#[wasm_bindgen_test]
async fn a_deeper_kernel_has_channels() {
    let stage = open().await;
    let select: web_sys::HtmlSelectElement = stage.find(".unit-switch select");
    select.set_value("2");
    fire(&select, "change");
    // Weight (row, column, channel, filter) of the second Conv2D lies at ((3·row + column)·32 + channel)·64 + filter.
    tell_weights(&stage, 2, |i| if i == (5 * 32 + 7) * 64 + 9 { 0.75 } else { 0.0 });
    frame().await;
    let number_field: HtmlInputElement = stage.find(".unit-switch input");
    number_field.set_value("9");
    fire(&number_field, "change");
    frame().await;
    let channel: HtmlInputElement = stage.find("input[aria-label^='Number of the input channel']");
    channel.set_value("7");
    fire(&channel, "change");
    frame().await;
    assert_eq!(number(&field(&stage, "row 1, column 2"), "data-value"), 0.75);
    stage.button("Freeze channel 7 only").click();
    frame().await;
    let frozen = || stage.state.run.weight_edits.read_untracked().frozen().to_vec();
    assert_eq!(frozen(), [Frozen::Slice { layer_idx: 2, in_channel: 7, filter: 9 }]);
    assert!(text_of(&stage, "[data-testid=frozen]").contains("conv2d_1 filter 9, channel 7"));
    stage.button("Freeze filter 9").click();
    frame().await;
    assert!(stage.button("channel 7 only is frozen").has_attribute("disabled"), "the whole filter is");
    stage.button("Thaw filter 9").click();
    frame().await;
    stage.button("Thaw channel 7 only").click();
    frame().await;
    assert!(frozen().is_empty());
}

#[wasm_bindgen_test]
async fn weights_are_painted_over_by_pointer_and_by_keyboard() {
    let stage = open().await;
    stage.edit_run(|run| *run = Workload::WideMlpTraining.experiment().unwrap());
    tell_weights(&stage, 1, |i| if i == 0 { -0.5 } else { 0.0 });
    frame().await;
    let surface: HtmlElement = stage.find(".weight-canvas__surface");
    // The stage has no style sheet.
    surface
        .parent_element()
        .unwrap()
        .set_attribute("style", "width: 280px; height: 280px; position: relative")
        .unwrap();
    surface.set_attribute("style", "position: absolute; inset: 0").unwrap();
    frame().await;
    point(&surface, "pointerdown", [2, 3], 28).await;
    point(&surface, "pointermove", [2, 6], 28).await;
    point(&surface, "pointerup", [2, 6], 28).await;
    let expected: Vec<(usize, f32)> = (59..63).map(|row| (row, 0.5)).collect();
    assert_eq!(edits(&stage), [Edit::SetWeights { layer_idx: 1, unit: 0, weights: expected }], "a stroke is one edit");

    press(&surface, "ArrowDown").await;
    press(&surface, "-").await;
    press(&surface, " ").await;
    press(&surface, "ArrowRight").await;
    press(&surface, " ").await;
    press(&surface, "ArrowRight").await;
    let by_keyboard = Edit::SetWeights { layer_idx: 1, unit: 0, weights: vec![(90, -0.5), (91, -0.5)] };
    assert_eq!(edits(&stage)[1], by_keyboard);
    // A weight can also be typed: the cursor has gone on to row 4, column 9.
    type_in(&field(&stage, "row 3, column 8"), "0.125").await;
    assert_eq!(edits(&stage)[2], Edit::SetWeights { layer_idx: 1, unit: 0, weights: vec![(92, 0.125)] });
    press(&surface, "Backspace").await;
    assert_eq!(edits(&stage).len(), 2);
    let canvas: Element = stage.find(".weight-canvas canvas");
    assert_eq!(canvas.get_attribute("aria-label").unwrap(), "dense unit 0, 28×28 weights, from −0.500 to 0.500");
}

#[wasm_bindgen_test]
async fn prediction_and_accuracy_are_shown_before_and_after() {
    let stage = open().await;
    let outputs = |digit: usize, share: f32| {
        let mut outputs = vec![(1.0 - share) / 9.0; 10];
        outputs[digit] = share;
        outputs
    };
    let tell = |before, after| {
        stage.answer(stage.state.answers.comparison, 0, Comparison, ComparisonAnswer { before, after });
    };
    tell(None, outputs(3, 0.9));
    frame().await;
    assert!(!text_of(&stage, "[data-testid=outlook]").contains("before"), "nothing to compare with");
    tell(Some(outputs(3, 0.9)), outputs(8, 0.6));
    frame().await;
    let prediction_diff = text_of(&stage, "[data-testid=outlook]");
    assert!(prediction_diff.contains("90.0 %") && prediction_diff.contains("60.0 %"), "{prediction_diff}");
    let row: Element = stage.find("[data-testid=outlook-row][data-digit='8']");
    assert_eq!(number(&row, "data-after"), 0.6);

    let score = |n_right: u32| Score { n_right: vec![n_right; 10], n_images: vec![100; 10] };
    let judge = |before: Option<u32>, after: Option<u32>, n_done| {
        let answer = ScoresAnswer { before: before.map(score), after: after.map(score), progress: (n_done, 2_000) };
        stage.answer(stage.state.answers.scores, 0, Scores, answer);
    };
    judge(Some(95), Some(80), 2_000);
    frame().await;
    let all: HtmlElement = stage.find("[data-testid=score-row][data-digit=all]");
    assert_eq!((number(&all, "data-before"), number(&all, "data-after")), (0.95, 0.8));
    assert!(all.inner_text().contains("−15.0"), "{}", all.inner_text());
    assert_eq!(stage.count("[data-testid=score-row]"), 11);
    // While the next judgement is under way the last one stays.
    judge(Some(95), None, 1_250);
    frame().await;
    assert_eq!(number(&all, "data-after"), 0.8);
    assert!(text_of(&stage, "[data-testid=score]").contains("1,250 of 2,000 images judged"));
    stage.state.answers.scores.clear();
    frame().await;
    assert_eq!(stage.count("[data-testid=score-row]"), 0, "another network");
}

#[wasm_bindgen_test]
async fn units_are_ranked_while_the_search_goes_on() {
    let stage = open().await;
    let tell = |without: Vec<f64>| {
        let answer = AblationAnswer { accuracy: 0.95, without, dead: vec![1], n_units: 32 };
        stage.answer(stage.state.answers.ablation, 0, Ablation { layer_idx: 0 }, answer);
    };
    stage.button("Rank the units").click();
    tell(vec![0.94, 0.95, 0.75]);
    frame().await;
    let row = |place: usize| -> HtmlElement { stage.find(&format!("[data-testid=damage-row]:nth-child({place})")) };
    assert_eq!(row(1).get_attribute("data-unit").unwrap(), "2");
    assert!(row(1).inner_text().contains("−20.0 points"));
    assert!(row(3).inner_text().contains("dead"));
    assert!(text_of(&stage, "[data-testid=damage]").contains("3 of 32 silenced"));
    assert!(!text_of(&stage, "[data-testid=damage]").contains("rank again"));
    stage.find::<HtmlElement>("[aria-label='Silence number 2']").click();
    frame().await;
    assert_eq!(edits(&stage), [Edit::SilenceUnit { layer_idx: 0, unit: 2 }]);
    let chosen: HtmlInputElement = stage.find(".unit-switch input");
    assert_eq!(chosen.value(), "2", "filters are counted from 0");
    assert!(text_of(&stage, "[data-testid=damage]").contains("rank again"));
}

#[wasm_bindgen_test]
async fn the_page_says_what_can_be_taken_back() {
    let stage = open().await;
    let state = || text_of(&stage, ".edit-list__state");
    let enter = |phase| stage.state.run.progress.update(|progress| progress.phase = phase);
    stage.state.run.start.set(Start::Seed);
    frame().await;
    assert!(state().contains("Nothing is trained yet"));
    enter(Phase::Training);
    frame().await;
    assert!(state().contains("Pause first"));
    enter(Phase::Paused);
    frame().await;
    assert!(state().contains("until training goes on"));
}

#[wasm_bindgen_test]
async fn networks_that_look_at_points_are_declined() {
    let stage = open().await;
    stage.edit_run(|run| *run = Workload::PlaneTraining.experiment().unwrap());
    frame().await;
    assert!(text_of(&stage, "[data-testid=surgery]").contains("networks that look at digits"));
    assert_eq!(stage.count("button"), 0);
}

#[wasm_bindgen_test]
async fn a_number_that_is_taken_apart_leads_to_its_unit() {
    let stage = Stage::with(|| view! { <InsideTabs /> }).await;
    stage.look(vec![0.1; 10], Vec::new(), vec![0.0; 784]);
    stage.state.pin(Some((2, CellIndex { row: 3, column: 4, channel: 16 })));
    frame().await;
    stage.button("Edit filter 16").click();
    frame().await;
    let selected: HtmlElement = stage.find("[role=tab][aria-selected=true]");
    assert_eq!(selected.inner_text(), "Surgery");
    let chosen: HtmlInputElement = stage.find(".unit-switch input");
    assert_eq!(chosen.value(), "16");
    let layer: web_sys::HtmlSelectElement = stage.find(".unit-switch select");
    assert_eq!(layer.value(), "2");
}
