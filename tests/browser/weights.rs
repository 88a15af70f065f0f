//! The tabs, the weights and the gradients: right numbers at their places.

use crate::stage::{Stage, frame, one_frame};
use inkling::panels::gradients::GradientsPanel;
use inkling::panels::weights::{KernelSheet, WeightsPanel};
use inkling::places::digits::inside_tabs::InsideTabs;
use inkling::plot::colour_map::{ColourMap, Ground};
use inkling::plot::picture::context_of;
use inkling::protocol::questions::*;
use inkling::protocol::{Inspection, LayerValues, Subject, Workload};
use inkling::state::{provide_editor, use_app_state};
use inkling_engine::explain::{Histogram, Statistics};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, HtmlCanvasElement, HtmlElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit,
};

/// Weights of a layer, as the worker would tell them: number `i` of kernel and bias is `value(i)`.
pub fn tell_weights(stage: &Stage, layer_idx: usize, kind: WeightKind, value: impl Fn(usize) -> f32) {
    let checked = stage.state.run.checked.get_untracked();
    let layer = &checked.layers()[layer_idx];
    let values: Vec<f32> = (0..layer.n_params()).map(value).collect();
    let answer = WeightsAnswer { kernel_shape: layer.kernel_shape(), values };
    stage.answer(stage.state.answers.weights, 7, Weights { layer_idx, kind }, answer);
}

/// The sheet that a canvas of kernels shows.
fn sheet_of(canvas: &HtmlCanvasElement, kernel: [usize; 2]) -> KernelSheet {
    let room_px = f64::from(canvas.closest(".kernel-grid").unwrap().unwrap().client_width());
    KernelSheet::within(room_px, number(canvas, "data-n") as usize, kernel).unwrap()
}

/// The colours of a cell's pixels, as `[red, green, blue]`, without those on its edge.
fn pixels_of(canvas: &HtmlCanvasElement, sheet: &KernelSheet, kernel_idx: usize, cell: [usize; 2]) -> Vec<[u8; 3]> {
    let ratio = window().device_pixel_ratio();
    let corner = sheet.corner_px(kernel_idx).map(|px| (px * ratio).round());
    let [x, y, width, height] = sheet.cell_px(cell, ratio);
    let (left, top) = (corner[0] + x + 2.0, corner[1] + y + 2.0);
    let data = context_of(canvas).unwrap().get_image_data(left, top, width - 4.0, height - 4.0).unwrap().data();
    data.0.chunks(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

/// Whether the cell's ground has the colour of that share, as on a light or a dark page, and something is written on
/// it.
fn is_written(pixels: &[[u8; 3]], share: f32) -> bool {
    let share = (255.0 * share).round() / 255.0;
    let grounds = [Ground::Light, Ground::Dark].map(|ground| ColourMap::Diverging.colour(share, ground));
    grounds.contains(&pixels[0]) && pixels.iter().any(|pixel| *pixel != pixels[0])
}

/// Points at the middle of a cell, as a mouse does.
fn point_at(canvas: &HtmlCanvasElement, sheet: &KernelSheet, kernel_idx: usize, cell: [usize; 2]) {
    let box_px = canvas.get_bounding_client_rect();
    let (corner, [x, y, width, height]) = (sheet.corner_px(kernel_idx), sheet.cell_px(cell, 1.0));
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_client_x((box_px.left() + corner[0] + x + width / 2.0) as i32);
    init.set_client_y((box_px.top() + corner[1] + y + height / 2.0) as i32);
    canvas.dispatch_event(&PointerEvent::new_with_event_init_dict("pointermove", &init).unwrap()).unwrap();
}

fn number(element: &Element, attribute: &str) -> f32 {
    element.get_attribute(attribute).expect(attribute).parse().unwrap()
}

pub fn press(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
}

/// The canvas's colour at a cell, as on a light or a dark page.
fn is_painted(canvas: &HtmlCanvasElement, [row, column]: [u32; 2], share: f32) -> bool {
    let data = context_of(canvas).unwrap().get_image_data(column.into(), row.into(), 1.0, 1.0).unwrap().data();
    // Of the 256 colours that pictures are painted with, the one next to that share.
    let share = (255.0 * share).round() / 255.0;
    [Ground::Light, Ground::Dark].iter().any(|ground| data.0[..3] == ColourMap::Diverging.colour(share, *ground))
}

#[wasm_bindgen_test]
async fn tabs_follow_the_arrow_keys() {
    let stage = Stage::with(|| {
        provide_editor(use_app_state());
        view! { <InsideTabs /> }
    })
    .await;
    assert_eq!(stage.count("[role=tab]"), 7);
    let selected = || -> HtmlElement { stage.find("[role=tab][aria-selected=true]") };
    assert_eq!(selected().inner_text(), "Activations");
    assert_eq!(stage.count("[data-testid=layer-weights]"), 0);
    press(&selected(), "ArrowRight");
    frame().await;
    assert_eq!(selected().inner_text(), "Weights");
    assert_eq!(document().active_element().unwrap(), Element::from(selected()));
    assert_eq!(stage.count("[data-testid=layer-weights]"), 3, "the lesson's CNN has three layers with weights");
    assert_eq!(stage.count("[data-testid=layer-map]"), 32 + 32 + 64 + 64 + 3, "the strip is kept");
    press(&selected(), "End");
    frame().await;
    assert_eq!(selected().inner_text(), "Code");
    let panel: HtmlElement = stage.find("[role=tabpanel]");
    assert_eq!(panel.get_attribute("aria-labelledby"), Some(selected().id()));
    press(&selected(), "ArrowRight");
    frame().await;
    assert_eq!(selected().inner_text(), "Activations");
}

#[wasm_bindgen_test]
async fn first_kernels_are_written_and_read_out() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    // Weight (row, column, filter) of the first layer lies at (3·row + column)·32 + filter.
    tell_weights(&stage, 0, WeightKind::Values, |i| if i == (3 + 2) * 32 + 4 { -0.66 } else { 0.24 });
    frame().await;
    let canvas: HtmlCanvasElement = stage.find("[data-layer=conv2d] [data-testid=kernels]");
    assert_eq!(number(&canvas, "data-n"), 32.0);
    assert!(canvas.get_attribute("aria-label").unwrap().starts_with("conv2d, 32 kernels of 3×3, from −0.660 to 0.240"));
    // One scale: the larger end of the range, halved.
    let legend: HtmlElement = stage.find("[data-layer=conv2d] .colour-legend");
    assert_eq!((number(&legend, "data-low"), number(&legend, "data-high")), (-0.33, 0.33));
    let sheet = sheet_of(&canvas, [3, 3]);
    assert!(is_written(&pixels_of(&canvas, &sheet, 4, [1, 2]), 0.0), "beyond the end of the scale");
    assert!(is_written(&pixels_of(&canvas, &sheet, 3, [1, 2]), (0.24 + 0.33) / 0.66));

    // By pointer.
    let line: HtmlElement = stage.find("[data-testid=pointed-line]");
    let read = || (line.inner_text(), number(&line, "data-value"));
    point_at(&canvas, &sheet, 4, [1, 2]);
    frame().await;
    assert_eq!(read(), ("conv2d filter 4 · row 1, column 2 · −0.660".to_owned(), -0.66));
    assert_eq!(stage.count(".kernel-sheet__frame"), 1);
    point_at(&canvas, &sheet, 3, [1, 2]);
    frame().await;
    assert_eq!(read(), ("conv2d filter 3 · row 1, column 2 · 0.240".to_owned(), 0.24));

    // By keyboard: arrows choose a kernel, Enter reads its cells, Escape goes back.
    ["Enter", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"].iter().for_each(|key| press(&canvas, key));
    frame().await;
    assert!(line.inner_text().starts_with("conv2d filter 4, 3×3, from −0.660 to 0.240"), "{}", line.inner_text());
    ["Enter", "ArrowDown", "End"].iter().for_each(|key| press(&canvas, key));
    frame().await;
    assert_eq!(read(), ("conv2d filter 4 · row 1, column 2 · −0.660".to_owned(), -0.66));
    ["Escape", "Escape"].iter().for_each(|key| press(&canvas, key));
    frame().await;
    assert_eq!((line.get_attribute("data-value"), stage.count(".kernel-sheet__frame")), (None, 0));
}

#[wasm_bindgen_test]
async fn units_on_pixels_are_pictures_of_28_by_28() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.edit_run(|run| *run = Workload::WideMlpTraining.experiment().unwrap());
    frame().await;
    // Weight (pixel, unit) lies at pixel·40 + unit. Unit 7 has one weight of 2 at row 1, column 3, unit 9 one of −1.
    let value = |i| match i {
        i if i == (28 + 3) * 40 + 7 => 2.0,
        9 => -1.0,
        _ => 0.0,
    };
    tell_weights(&stage, 1, WeightKind::Values, value);
    frame().await;
    assert_eq!(stage.count("[data-layer=dense] [data-testid=unit]"), 40);
    let canvas: HtmlCanvasElement = stage.find("[data-unit='7'] canvas");
    assert_eq!((canvas.width(), canvas.height()), (28, 28));
    assert!(is_painted(&canvas, [1, 3], 1.0) && is_painted(&canvas, [3, 1], 0.5));
    assert_eq!((number(&canvas, "data-low"), number(&canvas, "data-high")), (-1.0, 1.0));
    assert_eq!(canvas.get_attribute("aria-label").unwrap(), "dense unit 7, 28×28, from 0 to 2.00");
    let norm: HtmlElement = stage.find("[data-unit='7'] [data-value]");
    assert_eq!(number(&norm, "data-value"), 2.0);

    // By length: 7, then 9, then the rest.
    let select: web_sys::HtmlSelectElement = stage.find(".weights__tools label:last-of-type select");
    select.set_value("length of weights");
    select.dispatch_event(&web_sys::Event::new("change").unwrap()).unwrap();
    frame().await;
    let second: HtmlElement = stage.find("[data-testid=unit]:nth-child(2)");
    assert_eq!(second.get_attribute("data-unit").unwrap(), "9");

    // By keyboard: Enter reads cells, arrows go on.
    let canvas: HtmlCanvasElement = stage.find("[data-unit='9'] canvas");
    press(&canvas, "Enter");
    frame().await;
    let line: HtmlElement = stage.find("[data-testid=pointed-line]");
    assert_eq!(number(&line, "data-value"), -1.0);
    assert_eq!(line.inner_text(), "dense unit 9 · row 0, column 0 · −1.00");
    press(&canvas, "ArrowRight");
    frame().await;
    assert_eq!(number(&line, "data-value"), 0.0);
}

#[wasm_bindgen_test]
async fn wide_layers_come_by_portions() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.edit_run(|experiment| {
        *experiment = Workload::WideMlpTraining.experiment().unwrap();
        if let inkling_engine::experiment::LayerConfig::Dense(dense) = &mut experiment.network[1] {
            dense.units = 100;
        }
    });
    frame().await;
    let n_units = || stage.count("[data-testid=unit]");
    assert_eq!(n_units(), 40);
    stage.button("show more").click();
    frame().await;
    assert_eq!(n_units(), 80);
}

#[wasm_bindgen_test]
async fn deeper_kernels_are_enlarged_by_filter_or_channel() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    // Weight (row, column, channel, filter) lies at ((3·row + column)·32 + channel)·64 + filter.
    tell_weights(&stage, 2, WeightKind::Values, |i| if i == 5 * 64 + 9 { 1.5 } else { 0.0 });
    frame().await;
    let canvas = || -> HtmlCanvasElement { stage.find("[data-layer=conv2d_1] [data-testid=kernels]") };
    let count = || number(&canvas(), "data-n");
    assert_eq!(count(), 32.0, "all channels of the first filter");
    let norms: HtmlCanvasElement = stage.find("[data-layer=conv2d_1] canvas");
    assert_eq!((norms.width(), norms.height()), (32, 64));
    let number_field: web_sys::HtmlInputElement = stage.find("[data-layer=conv2d_1] input[type=number]");
    number_field.set_value("9");
    number_field.dispatch_event(&web_sys::Event::new("change").unwrap()).unwrap();
    frame().await;
    point_at(&canvas(), &sheet_of(&canvas(), [3, 3]), 5, [0, 0]);
    frame().await;
    let line: HtmlElement = stage.find("[data-testid=pointed-line]");
    assert_eq!(line.inner_text(), "conv2d_1 channel 5, filter 9 · row 0, column 0 · 1.50");
    assert!(is_written(&pixels_of(&canvas(), &sheet_of(&canvas(), [3, 3]), 5, [0, 0]), 1.0));
    let radios: HtmlElement = stage.find("[data-layer=conv2d_1] .segments__option:last-child input");
    radios.click();
    frame().await;
    assert_eq!(count(), 64.0, "all filters of a channel");
}

#[wasm_bindgen_test]
async fn hundreds_of_kernels_come_by_sheets() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.edit_run(|experiment| {
        let inkling_engine::experiment::LayerConfig::Conv2D(conv2d) = &mut experiment.network[0] else { return };
        conv2d.filters = 100;
    });
    frame().await;
    tell_weights(&stage, 0, WeightKind::Values, |i| (i % 100) as f32);
    frame().await;
    let sheets = || stage.all("[data-layer=conv2d] [data-testid=kernels]");
    let counts = || sheets().iter().map(|sheet| number(sheet, "data-n")).collect::<Vec<_>>();
    assert_eq!(counts(), [64.0]);
    // New weights arrive while older ones are still being painted: in the end every row shows the new ones.
    for factor in [2, 3, 1] {
        tell_weights(&stage, 0, WeightKind::Values, |i| (factor * (i % 100)) as f32);
        one_frame().await;
    }
    frame().await;
    let canvas: HtmlCanvasElement = sheets().remove(0).unchecked_into();
    let sheet = sheet_of(&canvas, [3, 3]);
    for kernel_idx in 0..64 {
        // Half of the range, from −49.5 to 49.5, is the scale.
        let share = ((kernel_idx as f32 + 49.5) / 99.0).min(1.0);
        assert!(is_written(&pixels_of(&canvas, &sheet, kernel_idx, [2, 2]), share), "kernel {kernel_idx}");
    }
    stage.button("show more").click();
    frame().await;
    assert_eq!(counts(), [64.0, 36.0]);
    // Each weight of filter f is f.
    assert!(sheets()[1].get_attribute("aria-label").unwrap().contains("from 64.0 to 99.0"));
}

#[wasm_bindgen_test]
async fn gradients_before_the_first_step_are_said_to_be_missing() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    let radio: HtmlElement = stage.find(".weights__tools .segments__option:nth-of-type(2) input");
    radio.click();
    let checked = stage.state.run.checked.get_untracked();
    let layer = &checked.layers()[0];
    let answer = WeightsAnswer { kernel_shape: layer.kernel_shape(), values: vec![0.0; layer.n_params()] };
    stage.answer(stage.state.answers.weights, 0, Weights { layer_idx: 0, kind: WeightKind::Gradients }, answer);
    frame().await;
    let words: HtmlElement = stage.find("[data-layer=conv2d] .message");
    assert_eq!(words.inner_text(), "No step has been made yet: Step batch makes the first.");
}

#[wasm_bindgen_test]
async fn histograms_have_axis_counts_and_odd_numbers() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    let spread = |values: &[f32]| Spread { statistics: Statistics::of(values), histogram: Histogram::of(values, 4) };
    let answer = HistogramsAnswer {
        weights: Some(spread(&[-1.0, -1.0, 3.0, f32::NAN])),
        activations: spread(&[0.0, 0.0, 0.0, 2.0]),
        gradients: None,
    };
    stage.answer(stage.state.answers.histograms, 0, Histograms { layer_idx: 0 }, answer);
    frame().await;
    let chart: HtmlElement = stage.find("[data-layer=conv2d] [data-testid=spread][data-title=weights]");
    let text = chart.inner_text();
    assert!(text.contains("tallest bar 2") && text.contains("1 NaN") && text.contains("−1.00"), "{text}");
    let bars = chart.query_selector("svg").unwrap().unwrap().get_attribute("aria-label").unwrap();
    assert!(bars.starts_with("Histogram of weights, from −1.00 to 3.00: mean"), "{bars}");
}

/// News of the subject: the ten probabilities, and the gradients for digit 3 as the right answer.
pub fn tell_gradients(stage: &Stage, probs: &[f32]) {
    let checked = stage.state.run.checked.get_untracked();
    let (mut layers, mut values) = (Vec::new(), Vec::new());
    for (layer_idx, layer) in checked.layers().iter().enumerate() {
        layers.push(LayerValues { layer_idx, shape: layer.output_shape, start: values.len() });
        let last = layer_idx + 1 == checked.layers().len();
        let gradient = |i: usize| if last { probs[i] - f32::from(u8::from(i == 3)) } else { 0.5 };
        values.extend((0..layer.output_shape.size()).map(gradient));
    }
    let inspection = Inspection {
        run: stage.state.run.id.get_untracked(),
        n_steps: 0,
        subject: Subject::Test(5),
        revision: 0,
        label: Some(3),
        probs: probs.to_vec(),
        layers: Vec::new(),
        pinned: None,
        unfamiliarity: None,
        values: vec![0.0; 784],
    };
    stage.state.inspection.set(Some(Arc::new(inspection)));
    let loss = -f64::from(probs[3]).ln();
    let logits = probs.iter().map(|prob| prob.ln()).collect();
    let gradients = GradientsAnswer { loss, logits, probs: probs.to_vec(), layers, values };
    stage.answer(stage.state.answers.gradients, 0, Gradients { class: 3 }, gradients);
}

#[wasm_bindgen_test]
async fn weights_on_shuffled_pixels_can_be_put_back() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.edit_run(|run| *run = Workload::WideMlpTraining.experiment().unwrap());
    frame().await;
    assert_eq!(stage.count("[data-testid=unscramble]"), 0, "nothing is shuffled");
    stage.edit_run(|run| run.data.digits_mut().unwrap().shuffle_pixels = true);
    frame().await;
    let order = stage.state.run.checked.get_untracked().pixel_order().unwrap();
    // Unit 7 has one weight of 2, for what the network gets at row 1, column 3.
    tell_weights(&stage, 1, WeightKind::Values, |i| if i == 31 * 40 + 7 { 2.0 } else { 0.0 });
    frame().await;
    let canvas: HtmlCanvasElement = stage.find("[data-unit='7'] canvas");
    let source = order.sources()[31];
    let place = [source / 28, source % 28];
    assert_ne!(place, [1, 3]);
    assert!(is_painted(&canvas, [1, 3], 1.0) && is_painted(&canvas, place, 0.5), "as the network gets it");
    stage.find::<HtmlElement>("[data-testid=unscramble] input").click();
    frame().await;
    assert!(is_painted(&canvas, [1, 3], 0.5) && is_painted(&canvas, place, 1.0), "put back");
}

#[wasm_bindgen_test]
async fn large_kernels_are_painted_and_not_written() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.edit_run(|experiment| {
        let inkling_engine::experiment::LayerConfig::Conv2D(conv2d) = &mut experiment.network[0] else { return };
        (conv2d.filters, conv2d.kernel_size) = (3, [8, 9]);
    });
    frame().await;
    tell_weights(&stage, 0, WeightKind::Values, |i| i as f32);
    frame().await;
    let canvas: HtmlCanvasElement = stage.find(".layer-weights[data-layer=conv2d] [data-testid=kernels]");
    let sheet = sheet_of(&canvas, [8, 9]);
    assert_eq!((sheet.n, sheet.letters_px()), (3, None));
    let pixels = pixels_of(&canvas, &sheet, 2, [7, 8]);
    assert!(pixels.iter().all(|pixel| *pixel == pixels[0]), "nothing is written");
    // Filter 3 holds every third weight, from the third on: 2, 5 … 2 + 3 · 71.
    point_at(&canvas, &sheet, 2, [7, 8]);
    frame().await;
    let line: HtmlElement = stage.find("[data-testid=pointed-line]");
    assert_eq!(line.inner_text(), "conv2d filter 2 · row 7, column 8 · 215");
}

pub fn loss_of(prob: f64) -> f64 {
    -prob.ln()
}

#[wasm_bindgen_test]
async fn a_step_is_shown_with_the_networks_own_numbers() {
    let stage = Stage::with(|| view! { <GradientsPanel /> }).await;
    let mut probs = [0.05; 10];
    probs[3] = 0.55;
    tell_gradients(&stage, &probs);
    frame().await;
    let loss: HtmlElement = stage.find("[data-testid=gradient-loss]");
    assert!((number(&loss, "data-value") + 0.55_f32.ln()).abs() < 1e-6);
    assert_eq!(stage.count("[data-testid=gradient-layer]"), 7);
    let first: HtmlElement = stage.find("[data-testid=gradient-layer][data-layer=conv2d]");
    let norm = 0.5 * f64::from(26 * 26 * 32).sqrt();
    assert!((f64::from(number(&first, "data-norm")) - norm).abs() < 1e-3);

    let row = |digit: usize, column: usize| -> HtmlElement {
        stage.find(&format!("[data-testid=walk-outputs] tbody tr:nth-child({}) td:nth-of-type({column})", digit + 1))
    };
    assert!((number(&row(3, 1), "data-value") - 0.55_f32.ln()).abs() < 1e-6, "logit");
    assert_eq!(number(&row(3, 2), "data-value"), 0.55);
    let station = || stage.find::<HtmlElement>("[data-testid=walk]").get_attribute("data-station").unwrap();
    stage.button("Next").click();
    frame().await;
    assert_eq!(station(), "Loss");
    assert!(stage.find::<HtmlElement>(".walk__formula").inner_text().contains("−ln 0.550 = 0.598"));
    stage.button("Next").click();
    frame().await;
    // p, t, p − t
    assert_eq!(row(3, 2).inner_text(), "1");
    assert!((number(&row(3, 3), "data-value") + 0.45).abs() < 1e-6);
    assert_eq!(number(&row(4, 3), "data-value"), 0.05);
    stage.button("Next").click();
    frame().await;
    assert_eq!(station(), "Update");
    assert!(stage.find::<HtmlElement>(".walk__formula").inner_text().contains("w ← w − 0.001"));
    let biases = vec![TrialWeight { before: 0.5, gradient: 0.25, after: 0.375 }; 10];
    let (before, after) = (ClassLoss { prob: 0.55, loss: loss_of(0.55) }, ClassLoss { prob: 0.6, loss: loss_of(0.6) });
    let answer = TrialStepAnswer { before, after, biases };
    stage.answer(stage.state.answers.trial_step, 0, TrialStep { class: 3 }, answer);
    frame().await;
    let words: HtmlElement = stage.find("[data-testid=tried-step]");
    assert!(words.inner_text().ends_with("loss 0.598 → 0.511, p(3) 0.550 → 0.600."), "{}", words.inner_text());
    let numbers: Vec<f32> = stage
        .all("[data-testid=tried-biases] tbody tr:first-of-type td")
        .iter()
        .map(|cell| cell.get_attribute("data-value").unwrap().parse().unwrap())
        .collect();
    assert_eq!(numbers, [0.5, 0.25, -0.125, 0.375]);
    stage.button("Back").click();
    frame().await;
    assert_eq!(station(), "Backward");
}

#[wasm_bindgen_test]
async fn a_network_without_ten_classes_is_declined() {
    let stage = Stage::with(|| view! { <GradientsPanel /> }).await;
    stage.edit_run(|run| *run = Workload::PlaneTraining.experiment().unwrap());
    frame().await;
    assert_eq!(stage.count("[data-testid=gradient-layer]"), 0);
    let words: HtmlElement = stage.find(".message");
    assert!(words.inner_text().starts_with("This view speaks of ten digits"));
}
