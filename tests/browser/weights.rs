//! The tabs, the weights and the gradients: right numbers at their places.

use crate::stage::{Stage, frame};
use inkling::plot::colour_map::{ColourMap, Ground};
use inkling::plot::picture::context_of;
use inkling::protocol::{Answer, Inspection, LayerValues, Spread, Subject, TriedWeight, Verdict, WeightKind, Work};
use inkling::state::Answered;
use inkling::views::inside_tabs::InsideTabs;
use inkling::views::weights::{GradientsPanel, WeightsPanel};
use inkling_engine::explain::{Histogram, Statistics};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, KeyboardEvent, KeyboardEventInit};

/// Weights of a layer, as the worker would tell them: number `i` of kernel and bias is `value(i)`.
fn tell_weights(stage: &Stage, layer_idx: usize, kind: WeightKind, value: impl Fn(usize) -> f32) {
    let checked = stage.state.run.experiment.get_untracked().check().unwrap();
    let layer = &checked.layers()[layer_idx];
    let values: Vec<f32> = (0..layer.n_params()).map(value).collect();
    let answer = Answer::Weights { layer_idx, kind, kernel_shape: layer.kernel_shape(), values };
    let answered = Arc::new(Answered { n_steps: 7, answer });
    stage.state.answers.weights.update(|weights| drop(weights.insert((layer_idx, kind), answered)));
}

/// Kernels come some a frame.
async fn kernels_are_made() {
    for _ in 0..10 {
        frame().await;
    }
}

fn number(element: &Element, attribute: &str) -> f32 {
    element.get_attribute(attribute).expect(attribute).parse().unwrap()
}

fn press(element: &Element, key: &str) {
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
    let stage = Stage::with(|| view! { <InsideTabs /> }).await;
    assert_eq!(stage.count("[role=tab]"), 6);
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
    assert_eq!(selected().inner_text(), "Surgery");
    let panel: HtmlElement = stage.find("[role=tabpanel]");
    assert_eq!(panel.get_attribute("aria-labelledby"), Some(selected().id()));
    press(&selected(), "ArrowRight");
    frame().await;
    assert_eq!(selected().inner_text(), "Activations");
}

#[wasm_bindgen_test]
async fn first_kernels_are_written_to_one_decimal() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    // Weight (row, column, filter) of the first layer lies at (3·row + column)·32 + filter.
    tell_weights(&stage, 0, WeightKind::Values, |i| if i == (3 + 2) * 32 + 4 { -0.66 } else { 0.24 });
    kernels_are_made().await;
    assert_eq!(stage.count("[data-layer=conv2d] [data-testid=kernel]"), 32);
    let cell: HtmlElement = stage.find("[data-layer=conv2d] [data-filter='4'] [data-cell='5']");
    assert_eq!((cell.inner_text().as_str(), number(&cell, "data-value")), ("−0.7", -0.66));
    let other: HtmlElement = stage.find("[data-layer=conv2d] [data-filter='3'] [data-cell='5']");
    assert_eq!((other.inner_text().as_str(), number(&other, "data-value")), ("0.2", 0.24));
    // One scale: the larger end of the range, halved.
    let legend: HtmlElement = stage.find("[data-layer=conv2d] .colour-legend");
    assert_eq!((number(&legend, "data-low"), number(&legend, "data-high")), (-0.33, 0.33));
    let kernel: HtmlElement = stage.find("[data-filter='4'] .kernel__cells");
    assert_eq!(kernel.get_attribute("aria-label").unwrap(), "conv2d filter 5, 3×3, from −0.660 to 0.240");
}

#[wasm_bindgen_test]
async fn units_on_pixels_are_pictures_of_28_by_28() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.state.run.experiment.set(Work::W4.experiment().unwrap());
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
    assert_eq!(line.inner_text(), "dense unit 9 · row 1, column 1 · −1.00");
    press(&canvas, "ArrowRight");
    frame().await;
    assert_eq!(number(&line, "data-value"), 0.0);
}

#[wasm_bindgen_test]
async fn wide_layers_come_by_portions() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.state.run.experiment.update(|experiment| {
        *experiment = Work::W4.experiment().unwrap();
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
    kernels_are_made().await;
    let count = || stage.count("[data-layer=conv2d_1] [data-testid=kernel]");
    assert_eq!(count(), 32, "all channels of the first filter");
    let norms: HtmlCanvasElement = stage.find("[data-layer=conv2d_1] canvas");
    assert_eq!((norms.width(), norms.height()), (32, 64));
    let number_field: web_sys::HtmlInputElement = stage.find("[data-layer=conv2d_1] input[type=number]");
    number_field.set_value("10");
    number_field.dispatch_event(&web_sys::Event::new("change").unwrap()).unwrap();
    kernels_are_made().await;
    let cell: HtmlElement = stage.find("[data-layer=conv2d_1] [data-filter='9'][data-in-channel='5'] [data-cell='0']");
    assert_eq!((number(&cell, "data-value"), cell.inner_text().as_str()), (1.5, "1.5"));
    let radios: HtmlElement = stage.find("[data-layer=conv2d_1] .segments__option:last-child input");
    radios.click();
    kernels_are_made().await;
    assert_eq!(count(), 64, "all filters of a channel");
}

#[wasm_bindgen_test]
async fn gradients_before_the_first_step_are_said_to_be_missing() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    let radio: HtmlElement = stage.find(".weights__tools .segments__option:nth-of-type(2) input");
    radio.click();
    let checked = stage.state.run.experiment.get_untracked().check().unwrap();
    let layer = &checked.layers()[0];
    let answer = Answer::Weights {
        layer_idx: 0,
        kind: WeightKind::Gradients,
        kernel_shape: layer.kernel_shape(),
        values: vec![0.0; layer.n_params()],
    };
    let answered = Arc::new(Answered { n_steps: 0, answer });
    stage.state.answers.weights.update(|weights| drop(weights.insert((0, WeightKind::Gradients), answered)));
    frame().await;
    let words: HtmlElement = stage.find("[data-layer=conv2d] .message");
    assert_eq!(words.inner_text(), "No step has been made yet: Step batch makes the first.");
}

#[wasm_bindgen_test]
async fn histograms_have_axis_counts_and_odd_numbers() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    let spread = |values: &[f32]| Spread { statistics: Statistics::of(values), histogram: Histogram::of(values, 4) };
    let answer = Answer::Histograms {
        layer_idx: 0,
        weights: Some(spread(&[-1.0, -1.0, 3.0, f32::NAN])),
        activations: spread(&[0.0, 0.0, 0.0, 2.0]),
        gradients: None,
    };
    let answered = Arc::new(Answered { n_steps: 0, answer });
    stage.state.answers.histograms.update(|histograms| drop(histograms.insert(0, answered)));
    frame().await;
    let chart: HtmlElement = stage.find("[data-layer=conv2d] [data-testid=spread][data-title=weights]");
    let text = chart.inner_text();
    assert!(text.contains("highest bar: 2") && text.contains("1 NaN") && text.contains("−1.00"), "{text}");
    let bars = chart.query_selector("svg").unwrap().unwrap().get_attribute("aria-label").unwrap();
    assert!(bars.starts_with("Histogram of weights, from −1.00 to 3.00: mean"), "{bars}");
}

/// News of the subject: the ten probabilities, and the gradients for digit 3 as the right answer.
fn tell_gradients(stage: &Stage, probs: &[f32]) {
    let checked = stage.state.run.experiment.get_untracked().check().unwrap();
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
        values: vec![0.0; 784],
    };
    stage.state.inspection.set(Some(Arc::new(inspection)));
    let tell = |answer| Some(Arc::new(Answered { n_steps: 0, answer }));
    let loss = -f64::from(probs[3]).ln();
    let logits = probs.iter().map(|prob| prob.ln()).collect();
    let gradients = Answer::Gradients { class: 3, loss, logits, probs: probs.to_vec(), layers, values };
    stage.state.answers.gradients.set(tell(gradients));
}

#[wasm_bindgen_test]
async fn large_kernels_are_painted_and_not_written() {
    let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
    stage.state.run.experiment.update(|experiment| {
        let inkling_engine::experiment::LayerConfig::Conv2D(conv2d) = &mut experiment.network[0] else { return };
        (conv2d.filters, conv2d.kernel_size) = (3, [8, 9]);
    });
    frame().await;
    tell_weights(&stage, 0, WeightKind::Values, |i| i as f32);
    frame().await;
    let selector = ".layer-weights[data-layer=conv2d] [data-testid=kernel]";
    assert_eq!(stage.count(&format!("{selector} .kernel__cells")), 0);
    let pictures = stage.all(&format!("{selector} canvas"));
    assert_eq!(pictures.len(), 3);
    // Filter 3 holds every third weight, from the third on: 2, 5 … 2 + 3 · 71.
    assert_eq!(pictures[2].get_attribute("aria-label").unwrap(), "conv2d filter 3, 8×9, from 2.00 to 215");
}

fn loss_of(prob: f64) -> f64 {
    -prob.ln()
}

#[wasm_bindgen_test]
async fn a_step_is_walked_with_the_networks_own_numbers() {
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
    let biases = vec![TriedWeight { before: 0.5, gradient: 0.25, after: 0.375 }; 10];
    let (before, after) = (Verdict { prob: 0.55, loss: loss_of(0.55) }, Verdict { prob: 0.6, loss: loss_of(0.6) });
    let answer = Answer::TriedStep { class: 3, before, after, biases };
    stage.state.answers.tried_step.set(Some(Arc::new(Answered { n_steps: 0, answer })));
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
async fn a_network_that_does_not_tell_ten_digits_apart_is_said_to_be_none_for_this_view() {
    let stage = Stage::with(|| view! { <GradientsPanel /> }).await;
    stage.state.run.experiment.set(Work::W5.experiment().unwrap());
    frame().await;
    assert_eq!(stage.count("[data-testid=gradient-layer]"), 0);
    let words: HtmlElement = stage.find(".message");
    assert!(words.inner_text().starts_with("This view speaks of ten digits"));
}
