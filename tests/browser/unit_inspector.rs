//! The unit inspector: the numbers on the page add up to the network's own.

use crate::stage::{Stage, frame};
use inkling::places::digits::inside_tabs::InsideTabs;
use inkling::protocol::{LayerCell, LayerValues, Phase, PinnedCell};
use inkling_engine::experiment::{
    Activation, ActivationConfig, AveragePooling2DConfig, BatchNormalizationConfig, Conv2DConfig, DenseConfig,
    Experiment, Initializer, LayerConfig, MaxPooling2DConfig, Padding, Preset, Regularizer,
};
use inkling_engine::explain::{CellIndex, cell_arithmetic, receptive_fields};
use inkling_engine::layers::LayerSample;
use inkling_engine::model::{LayerOutput, Model, Workspace};
use leptos::prelude::*;
use leptos::web_sys::Element;
use ndarray::ArrayView3;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit};

/// The page with a real network; the test answers instead of a worker.
pub struct Bench {
    pub stage: Stage,
    model: Model,
    image: Vec<f32>,
    outputs: Vec<LayerOutput>,
}

impl Bench {
    async fn with(network: Vec<LayerConfig>) -> Bench {
        Bench::of(Experiment { network, ..Preset::LessonCnn.experiment() }).await
    }

    pub async fn of(experiment: Experiment) -> Bench {
        let stage = Stage::with(|| view! { <InsideTabs /> }).await;
        let checked = experiment.check().unwrap();
        let model = Model::new(&checked);
        // Ink in waves, with a border of paper.
        let image: Vec<f32> = (0..784).map(|pixel| ((pixel % 7) as f32 / 6.0) * f32::from(pixel > 60)).collect();
        let mut workspace = Workspace::new(&model);
        let outputs = model.activations(&mut workspace, &image);
        stage.edit_run(|run| *run = experiment);
        let mut values = image.clone();
        let mut layers = Vec::new();
        for output in &outputs {
            layers.push(LayerValues::pack(output, model.layers()[output.layer_idx].output_shape, &mut values));
        }
        stage.look(outputs.last().unwrap().as_slice().to_vec(), layers, values);
        frame().await;
        Bench { stage, model, image, outputs }
    }

    /// Pins a cell and answers, as the worker would.
    pub async fn pin(&self, layer_idx: usize, cell: CellIndex) {
        self.stage.state.pin(Some((layer_idx, cell)));
        self.answer().await;
    }

    /// Answers about the cell that is pinned.
    pub async fn answer(&self) {
        let (layer_idx, cell) = self.stage.state.pinned.get_untracked().unwrap();
        let layers = self.model.layers();
        let image = ArrayView3::from_shape([28, 28, 1], &self.image).unwrap();
        let sample = LayerSample {
            layer: &layers[layer_idx],
            input: layer_idx.checked_sub(1).map_or(image, |before| self.outputs[before].values.view()),
            kernel: self.model.kernel(layer_idx),
            bias: self.model.bias(layer_idx),
            normalization: self.model.normalization(layer_idx),
            output: self.outputs[layer_idx].values.view(),
            n_largest: 12,
        };
        let arithmetic = cell_arithmetic(&sample, cell);
        let pinned = PinnedCell {
            at: LayerCell { layer_idx, cell },
            arithmetic: Box::new(arithmetic.unwrap()),
            fields: receptive_fields(layers, layer_idx, cell).unwrap(),
        };
        self.stage.state.pinned_cell.set(Some(Arc::new(pinned)));
        frame().await;
    }

    pub fn pinned(&self) -> Option<(usize, CellIndex)> {
        self.stage.state.pinned.get_untracked()
    }

    /// The network's own number at a cell.
    fn output(&self, layer_idx: usize, cell: CellIndex) -> f64 {
        let flat_idx = cell.to_flat(self.model.layers()[layer_idx].output_shape).unwrap();
        f64::from(self.outputs[layer_idx].as_slice()[flat_idx])
    }

    /// All numbers of that kind on the page.
    fn values(&self, test_id: &str) -> Vec<f64> {
        let probe: Element = self.stage.find("[data-testid=probe]");
        let elements = probe.query_selector_all(&format!("[data-testid={test_id}]")).unwrap();
        let value = |idx| elements.item(idx).unwrap().unchecked_into::<Element>().get_attribute("data-value");
        (0..elements.length()).map(|idx| value(idx).unwrap().parse().unwrap()).collect()
    }

    #[track_caller]
    fn value(&self, test_id: &str) -> f64 {
        let values = self.values(test_id);
        assert_eq!(values.len(), 1, "{test_id}");
        values[0]
    }

    fn result(&self) -> f64 {
        let probe: Element = self.stage.find("[data-testid=probe]");
        probe.get_attribute("data-result").unwrap().parse().unwrap()
    }

    /// Adds up the parts on the page and compares them to the sum there, and the result to the network's.
    #[track_caller]
    pub fn check_sum(&self) {
        let (layer_idx, cell) = self.pinned().unwrap();
        let probe: Element = self.stage.find("[data-testid=probe]");
        assert_eq!(probe.get_attribute("data-layer").unwrap(), self.model.layers()[layer_idx].name);
        let terms = self.values("probe-term");
        let sum = terms.iter().sum::<f64>() + self.value("probe-bias");
        assert_close(sum, self.value("probe-sum"));
        assert_eq!(self.result(), to_f32(self.output(layer_idx, cell)));
        assert_eq!(self.value("probe-result"), self.result());
        let check: Element = self.stage.find("[data-testid=probe-check]");
        assert!(check.text_content().unwrap().starts_with('✓'), "{:?}", check.text_content());
    }

    /// Recomputes the shown channel from its numbers.
    #[track_caller]
    fn check_products(&self) {
        let (values, weights) = (self.values("probe-value"), self.values("probe-weight"));
        let products = self.values("probe-product");
        assert_eq!((values.len(), weights.len()), (products.len(), products.len()));
        for ((value, weight), product) in values.iter().zip(&weights).zip(&products) {
            assert_close(value * weight, *product);
        }
        assert_close(products.iter().sum(), self.value("probe-channel-sum"));
    }

    async fn press(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_key(key);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        document().active_element().unwrap().dispatch_event(&event).unwrap();
        frame().await;
    }
}

/// As the page writes it: the shortest digits that tell an `f32` from its neighbours.
fn to_f32(value: f64) -> f64 {
    format!("{:?}", value as f32).parse().unwrap()
}

#[track_caller]
fn assert_close(got: f64, expected: f64) {
    assert!((got - expected).abs() <= 2e-6 * expected.abs().max(1.0), "got {got}, expected {expected}");
}

fn conv2d(filters: usize, kernel_size: [usize; 2], strides: [usize; 2], padding: Padding) -> LayerConfig {
    LayerConfig::Conv2D(Conv2DConfig {
        filters,
        kernel_size,
        strides,
        padding,
        activation: Activation::Relu,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    })
}

fn dense(units: usize, activation: Activation) -> LayerConfig {
    LayerConfig::Dense(DenseConfig {
        units,
        activation,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    })
}

pub fn cell(row: usize, column: usize, channel: usize) -> CellIndex {
    CellIndex { row, column, channel }
}

#[wasm_bindgen_test]
async fn a_convolution_over_many_channels_adds_up() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    for place in [cell(0, 0, 0), cell(5, 7, 63), cell(10, 10, 17)] {
        bench.pin(2, place).await;
        bench.check_sum();
        bench.check_products();
        assert_eq!(bench.values("probe-term").len(), 9, "eight channels and the rest");
    }
    bench.stage.button("show all 32").click();
    frame().await;
    assert_eq!(bench.values("probe-term").len(), 32);
    bench.check_sum();
    let sizes: Vec<f64> = bench.values("probe-term").iter().map(|term| term.abs()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
}

#[wasm_bindgen_test]
async fn a_chosen_channel_shows_its_patch() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    bench.pin(2, cell(5, 5, 3)).await;
    let third: HtmlElement = bench.stage.find(".sum-line:nth-child(3) button");
    third.click();
    frame().await;
    assert_eq!(third.get_attribute("aria-pressed").unwrap(), "true");
    bench.check_products();
    assert_close(bench.value("probe-channel-sum"), bench.values("probe-term")[2]);
}

#[wasm_bindgen_test]
async fn padding_strides_and_small_kernels_add_up() {
    let bench = Bench::with(vec![
        conv2d(3, [3, 3], [2, 2], Padding::Same),
        conv2d(4, [1, 1], [1, 1], Padding::Valid),
        conv2d(2, [7, 5], [1, 2], Padding::Same),
        LayerConfig::FLATTEN,
        dense(10, Activation::Softmax),
    ])
    .await;
    bench.pin(0, cell(13, 13, 2)).await;
    bench.check_sum();
    bench.check_products();
    assert_eq!(bench.values("probe-value").len(), 9);
    assert_eq!(bench.stage.count(".value-grid:first-of-type .value-grid__cell--padded"), 5, "below and to the right");
    bench.pin(1, cell(3, 4, 1)).await;
    bench.check_sum();
    bench.check_products();
    assert_eq!((bench.values("probe-value").len(), bench.values("probe-term").len()), (1, 3));
    bench.pin(2, cell(0, 6, 1)).await;
    bench.check_sum();
    bench.check_products();
    assert_eq!(bench.values("probe-value").len(), 35);
}

#[wasm_bindgen_test]
async fn pooling_shows_its_window() {
    let bench = Bench::with(vec![
        LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 3])),
        LayerConfig::AveragePooling2D(AveragePooling2DConfig::new([2, 3])),
        LayerConfig::FLATTEN,
        dense(10, Activation::Softmax),
    ])
    .await;
    bench.pin(0, cell(6, 4, 0)).await;
    let values = bench.values("probe-value");
    assert_eq!(values.len(), 6);
    assert_eq!(values.iter().copied().fold(f64::MIN, f64::max), bench.result());
    let winner: Element = bench.stage.find(".value-grid__cell--winner");
    assert_eq!(winner.get_attribute("data-value").unwrap().parse::<f64>().unwrap(), bench.result());
    bench.pin(1, cell(3, 1, 0)).await;
    let terms = bench.values("probe-term");
    assert_close(terms.iter().sum(), bench.value("probe-sum"));
    assert_close(bench.value("probe-sum") / 6.0, bench.result());
}

#[wasm_bindgen_test]
async fn a_normalized_number_shows_its_statistics() {
    let bench = Bench::with(vec![
        LayerConfig::BatchNormalization(BatchNormalizationConfig::default()),
        LayerConfig::FLATTEN,
        dense(10, Activation::Softmax),
    ])
    .await;
    bench.pin(0, cell(6, 4, 0)).await;
    let [x, mean, gamma, beta] = ["probe-sum", "probe-mean", "probe-gamma", "probe-beta"].map(|id| bench.value(id));
    assert_eq!([mean, gamma, beta], [0.0, 1.0, 0.0], "nothing has been trained");
    assert_close(bench.value("probe-normalized"), x / 1.001_f64.sqrt());
    assert_close(bench.value("probe-normalized") * gamma + beta, bench.result());
    assert_eq!(bench.value("probe-result"), bench.result());
}

#[wasm_bindgen_test]
async fn an_output_is_contributions_then_softmax() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    for unit in [0, 9] {
        bench.pin(6, CellIndex::unit(unit)).await;
        bench.check_sum();
        let (exponentials, probs) = (bench.values("probe-exponential"), bench.values("probe-probability"));
        let (logits, sum) = (bench.values("probe-logit"), bench.value("probe-exponential-sum"));
        let max = logits.iter().copied().fold(f64::MIN, f64::max);
        assert_eq!(logits[unit], bench.value("probe-sum"));
        assert_close(exponentials.iter().sum(), sum);
        for class in 0..10 {
            assert_close((logits[class] - max).exp(), exponentials[class]);
            assert_close(exponentials[class] / sum, probs[class]);
        }
        assert_eq!(probs[unit], bench.result());
    }
    // The first contribution comes from before Flatten; a click takes that number apart.
    let origin: HtmlElement = bench.stage.find(".sum-line button");
    assert!(origin.inner_text().starts_with("channel "), "{}", origin.inner_text());
    let title: HtmlElement = bench.stage.find(".sum-list__title");
    assert_eq!(title.inner_text(), "largest positive products, of max_pooling2d_1");
    origin.click();
    bench.answer().await;
    let (layer_idx, place) = bench.pinned().unwrap();
    assert_eq!(layer_idx, 3);
    assert_eq!(bench.result(), to_f32(bench.output(3, place)));
}

#[wasm_bindgen_test]
async fn wide_layers_and_none_add_up() {
    let bench =
        Bench::with(vec![LayerConfig::FLATTEN, dense(512, Activation::Tanh), dense(10, Activation::Softmax)]).await;
    for (layer_idx, unit) in [(1, 0), (1, 511), (2, 4)] {
        bench.pin(layer_idx, CellIndex::unit(unit)).await;
        bench.check_sum();
    }
    let bench = Bench::of(Preset::Softmax.experiment()).await;
    bench.pin(1, CellIndex::unit(3)).await;
    bench.check_sum();
    let origin: HtmlElement = bench.stage.find(".sum-line__name");
    assert!(origin.inner_text().starts_with("row "), "{}", origin.inner_text());
}

#[wasm_bindgen_test]
async fn a_number_that_is_passed_on_says_from_where() {
    let activation = LayerConfig::Activation(ActivationConfig { activation: Activation::Sigmoid });
    let bench = Bench::with(vec![
        conv2d(2, [3, 3], [1, 1], Padding::Valid),
        LayerConfig::FLATTEN,
        activation,
        dense(10, Activation::Softmax),
    ])
    .await;
    bench.pin(1, CellIndex::unit(2 * (26 + 5) + 1)).await;
    let origin: HtmlElement = bench.stage.find("[data-testid=probe-origin] button");
    assert_eq!(origin.inner_text(), "conv2d, channel 1, row 1, column 5");
    bench.pin(2, CellIndex::unit(7)).await;
    let x = bench.value("probe-sum");
    assert_close(1.0 / (1.0 + (-x).exp()), bench.result());
    let origin: HtmlElement = {
        bench.pin(1, CellIndex::unit(63)).await;
        bench.stage.find("[data-testid=probe-origin] button")
    };
    origin.click();
    frame().await;
    assert_eq!(bench.pinned(), Some((0, cell(1, 5, 1))));
}

#[wasm_bindgen_test]
async fn keys_pin_move_and_unpin() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    assert_eq!(bench.stage.count("[data-testid=probe]"), 0);
    let picture: HtmlElement = bench.stage.find("[data-layer='conv2d'][data-channel='4']");
    picture.focus().unwrap();
    for key in ["Enter", "ArrowDown", "Enter"] {
        bench.press(key).await;
    }
    assert_eq!(bench.pinned(), Some((0, cell(1, 0, 4))));
    bench.answer().await;
    bench.check_sum();
    // In the strip the pin follows the arrows.
    bench.press("ArrowRight").await;
    assert_eq!(bench.pinned(), Some((0, cell(1, 1, 4))));
    // So it does in the inspector, and the brackets lead to the next maps.
    let next: HtmlElement = bench.stage.find("[aria-label='next column']");
    next.focus().unwrap();
    for (key, expected) in [
        ("ArrowDown", cell(2, 1, 4)),
        ("ArrowLeft", cell(2, 0, 4)),
        ("ArrowLeft", cell(2, 0, 4)),
        ("]", cell(2, 0, 5)),
        ("PageUp", cell(2, 0, 4)),
    ] {
        bench.press(key).await;
        assert_eq!(bench.pinned(), Some((0, expected)), "{key}");
    }
    bench.press("Escape").await;
    assert_eq!(bench.pinned(), None);
    assert_eq!(bench.stage.count("[data-testid=probe]"), 0);
    assert!(document().active_element().unwrap().has_attribute("data-channel"), "the focus is not lost");
}

#[wasm_bindgen_test]
async fn the_output_can_be_reached_without_pointing() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    bench.stage.button("See how the output is computed").click();
    frame().await;
    let probs = bench.outputs.last().unwrap().as_slice();
    let best = (0..10).reduce(|best, unit| if probs[unit] > probs[best] { unit } else { best }).unwrap();
    assert_eq!(bench.pinned(), Some((6, CellIndex::unit(best))));
    bench.answer().await;
    assert_eq!(bench.stage.count(".output-bars__row--pinned"), 1);
    let layer: HtmlSelectElement = bench.stage.find(".unit-inspector__layer");
    assert_eq!(layer.value(), "6");
    layer.set_value("2");
    layer.dispatch_event(&web_sys::Event::new("change").unwrap()).unwrap();
    assert_eq!(bench.pinned(), Some((2, cell(5, 5, 0))));
    bench.answer().await;
    bench.check_sum();
}

#[wasm_bindgen_test]
async fn what_a_cell_sees_is_outlined_on_the_layers_before() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    bench.pin(3, cell(4, 0, 7)).await;
    let style = |selector: &str| {
        let overlay: HtmlElement = bench.stage.find(selector);
        ["--top", "--left", "--height", "--width"].map(|name| overlay.style().get_property_value(name).unwrap())
    };
    // Rows 16–25, columns 0–9 of 28×28.
    let expected = [16.0, 0.0, 10.0, 10.0].map(|cells: f64| format!("{:.3}%", 100.0 * cells / 28.0));
    assert_eq!(style(".strip__input-frame .field-overlay"), expected);
    let n_boxes = |layer_idx| bench.stage.count(&format!("[data-layer-idx='{layer_idx}'] .field-overlay__box"));
    assert_eq!([0, 1, 2, 3, 4].map(n_boxes), [32, 32, 1, 1, 0]);
    // A box is on its own map.
    bench.pin(3, cell(4, 0, 20)).await;
    let place = |selector: &str| {
        let element: HtmlElement = bench.stage.find(selector);
        ["top", "left", "height", "width"].map(|name| element.style().get_property_value(name).unwrap())
    };
    let boxed = place("[data-layer-idx='3'] .field-overlay__picture");
    assert_eq!(boxed, place("[data-layer-idx='3'] .map-picture[data-channel='20']"));
    assert_ne!(boxed, place("[data-layer-idx='3'] .map-picture[data-channel='19']"));
    bench.stage.state.pin(None);
    frame().await;
    assert_eq!(bench.stage.count(".field-overlay"), 0);
}

#[wasm_bindgen_test]
async fn channels_keep_their_places_while_the_network_trains() {
    let mut bench = Bench::with(Preset::LessonCnn.experiment().network).await;
    let cell = CellIndex { row: 4, column: 5, channel: 2 };
    let state = bench.stage.state;
    let enter = |phase| state.run.progress.update(|progress| progress.phase = phase);
    enter(Phase::Paused);
    bench.pin(2, cell).await;
    let names = |bench: &Bench| -> Vec<String> {
        let links = bench.stage.all(".sum-list .unit-inspector-link");
        links.iter().map(|link| link.text_content().unwrap()).collect()
    };
    let sizes = |bench: &Bench| -> Vec<f64> { bench.values("probe-term")[..8].iter().map(|term| term.abs()).collect() };
    let order = |bench: &Bench| bench.stage.find::<HtmlElement>("[data-testid=channel-order]").inner_text();
    let first = names(&bench);
    assert!(sizes(&bench).is_sorted_by(|a, b| a >= b), "the largest first");
    assert_eq!(order(&bench), "the largest first");

    // Other weights, as after some updates: later channels weigh more.
    enter(Phase::Training);
    let mut weights = bench.model.weights().to_vec();
    let kernel = bench.model.param_ranges()[2].all();
    weights[kernel].chunks_mut(64).enumerate().for_each(|(row, weights)| {
        weights.iter_mut().for_each(|weight| *weight *= 1.0 + (row % 32) as f32);
    });
    bench.model.set_weights(&weights);
    bench.answer().await;
    assert_eq!(names(&bench), first, "no line changes its place");
    assert!(!sizes(&bench).is_sorted_by(|a, b| a >= b), "the numbers are new");
    assert!(order(&bench).contains("held"), "{}", order(&bench));

    enter(Phase::Paused);
    frame().await;
    assert_ne!(names(&bench), first);
    assert!(sizes(&bench).is_sorted_by(|a, b| a >= b), "sorted anew");
}
