//! Looking inside networks of all shapes: every tab has pictures that say what they show, at rest and while training, and
//! no more elements than a browser lays out in a moment. How long it takes is for `cargo xtask bench`.

use super::story::{press, step_batches, wait_for_data, wait_for_state};
use super::unit_inspector::Probe;
use super::{assert_no_console_errors, host, open_at};
use inkling_e2e::link::link;
use inkling_e2e::page::Page;
use inkling_e2e::smooth::{TABS, open_tab};
use inkling_engine::experiment::{
    Activation, ActivationConfig, AveragePooling2DConfig, Conv2DConfig, DenseConfig, DropoutConfig, Experiment,
    Initializer, LayerConfig, Loss, MaxPooling2DConfig, Padding, Preset, Regularizer, TrainingConfig,
};
use serde::Deserialize;
use std::thread;
use std::time::{Duration, Instant};

/// The most elements that a view may have. A browser takes some 10 µs for each to lay it out; what is more than that
/// belongs on a canvas.
const MAX_ELEMENTS: usize = 4_000;

#[test]
fn small_and_odd_kernels() {
    look_inside(
        vec![
            conv2d(8, [1, 1], [1, 1], Padding::Valid, Activation::Tanh),
            conv2d(6, [5, 3], [2, 2], Padding::Same, Activation::LeakyRelu),
            LayerConfig::AveragePooling2D(AveragePooling2DConfig::new([2, 3])),
            dropout(),
            conv2d(12, [2, 2], [1, 2], Padding::Same, Activation::Elu),
            LayerConfig::Activation(ActivationConfig { activation: Activation::Sigmoid }),
            LayerConfig::FLATTEN,
            dense(10, Activation::Softmax),
        ],
        &[
            ("conv2d", [27, 0, 7]),
            ("conv2d_1", [13, 13, 5]),
            ("average_pooling2d", [3, 2, 1]),
            ("conv2d_2", [6, 1, 11]),
        ],
    );
}

#[test]
fn a_kernel_as_large_as_the_image() {
    look_inside(
        vec![
            conv2d(24, [28, 28], [1, 1], Padding::Same, Activation::Relu),
            conv2d(40, [28, 28], [1, 1], Padding::Valid, Activation::Relu),
            LayerConfig::FLATTEN,
            dense(10, Activation::Softmax),
        ],
        &[("conv2d", [14, 14, 3])],
    );
}

#[test]
fn five_hundred_and_twelve_units_on_pixels() {
    let network =
        vec![LayerConfig::FLATTEN, dense(512, Activation::Sigmoid), dropout(), dense(10, Activation::Softmax)];
    look_inside(network, &[]);
}

#[test]
fn no_hidden_layer() {
    look_inside(Preset::Softmax.experiment().network, &[]);
}

#[test]
fn six_convolutions_with_many_filters() {
    let same = |filters| conv2d(filters, [3, 3], [1, 1], Padding::Same, Activation::Relu);
    let pool = || LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2]));
    look_inside(
        vec![
            same(64),
            same(64),
            pool(),
            same(128),
            dropout(),
            same(128),
            pool(),
            same(256),
            same(256),
            LayerConfig::FLATTEN,
            dense(10, Activation::Softmax),
        ],
        &[("conv2d", [0, 27, 63]), ("conv2d_5", [3, 3, 40])],
    );
}

#[test]
fn five_hundred_and_twelve_filters() {
    look_inside(
        vec![
            conv2d(512, [1, 1], [1, 1], Padding::Valid, Activation::Relu),
            LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2])),
            LayerConfig::FLATTEN,
            dense(10, Activation::Softmax),
        ],
        &[("conv2d", [5, 5, 63])],
    );
}

#[test]
fn the_widest_layers() {
    look_inside(
        vec![
            LayerConfig::FLATTEN,
            dense(2048, Activation::Relu),
            dense(2048, Activation::Tanh),
            dense(10, Activation::Softmax),
        ],
        &[],
    );
}

#[test]
fn ten_sigmoids_instead_of_softmax() {
    let network = vec![LayerConfig::FLATTEN, dense(64, Activation::Elu), dense(10, Activation::Sigmoid)];
    let experiment = experiment(network);
    let training = TrainingConfig { loss: Loss::BinaryCrossentropy, ..experiment.training };
    look_inside_experiment(&Experiment { training, ..experiment }, &[]);
}

fn conv2d(
    filters: usize,
    kernel_size: [usize; 2],
    strides: [usize; 2],
    padding: Padding,
    activation: Activation,
) -> LayerConfig {
    LayerConfig::Conv2D(Conv2DConfig {
        filters,
        kernel_size,
        strides,
        padding,
        activation,
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

fn dropout() -> LayerConfig {
    LayerConfig::Dropout(DropoutConfig::new(0.3))
}

fn experiment(network: Vec<LayerConfig>) -> Experiment {
    let preset = Preset::LessonCnn.experiment();
    // Small batches, since it is not the training that is tested here, and more epochs than the test takes time.
    let training = TrainingConfig { batch_size: 10, epochs: 1_000, ..preset.training };
    Experiment { network, training, ..preset }
}

#[track_caller]
fn look_inside(network: Vec<LayerConfig>, cells: &[(&str, [usize; 3])]) {
    look_inside_experiment(&experiment(network), cells);
}

/// Trains some batches, opens every tab, at rest and while training, and takes cells apart.
#[track_caller]
fn look_inside_experiment(experiment: &Experiment, cells: &[(&str, [usize; 3])]) {
    let host = host();
    let page = open_at(&host, &link(experiment).unwrap());
    wait_for_data(&page);
    step_batches(&page, 3);
    for tab in TABS {
        open_tab(&page, tab).unwrap();
        // How a gradient walks back is shown from softmax and cross-entropy on.
        if tab == "Gradients" && experiment.training.loss != Loss::CategoricalCrossentropy {
            let view = page.css("#inside .gradients").unwrap().text().unwrap();
            assert!(view.contains("This view speaks of ten digits, softmax and cross-entropy"), "{view}");
        } else {
            assert_pictures(&page, tab);
        }
        assert_few_elements(&page, tab);
    }
    page.find("tab", "Activations").unwrap().click().unwrap();
    for &place in cells {
        assert!(Probe::of_map(&page, place).result.is_finite());
    }
    let last = experiment.check().unwrap().layers().last().unwrap().name.clone();
    let output = Probe::of_output(&page, &last, 7);
    assert!(output.check.as_ref().unwrap().starts_with('✓'), "{:?}", output.check);
    assert_pictures(&page, "the inspector");
    press(&page, "Train");
    wait_for_state(&page, "training");
    for tab in TABS {
        open_tab(&page, tab).unwrap();
        assert_few_elements(&page, &format!("{tab}, while training"));
    }
    press(&page, "Pause");
    wait_for_state(&page, "paused");
    assert_no_console_errors(&page);
}

#[track_caller]
fn assert_few_elements(page: &Page, where_: &str) {
    let n_elements = page.js("return document.querySelectorAll('#inside *').length").unwrap().as_u64().unwrap();
    assert!(n_elements as usize <= MAX_ELEMENTS, "{where_}: {n_elements} elements");
}

/// A picture that is wholly on the screen.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    label: String,
    is_painted: bool,
}

/// Fails unless the pictures on the screen are painted and say what they show.
#[track_caller]
fn assert_pictures(page: &Page, where_: &str) {
    let script = "
        const isOnScreen = (element) => {
          const { top, bottom, width } = element.getBoundingClientRect();
          return width > 0 && top >= 0 && bottom <= innerHeight;
        };
        const isPainted = (canvas, x = 0, y = 0, width = canvas.width, height = canvas.height) =>
          canvas.getContext('2d').getImageData(x, y, width, height).data.some((byte) => byte > 0);
        // Maps lie over the canvas that they share.
        const isMapPainted = (map) => {
          const canvas = map.parentElement.querySelector('canvas');
          const [of, all] = [map, canvas].map((element) => element.getBoundingClientRect());
          const [across, down] = [canvas.width / all.width, canvas.height / all.height];
          return isPainted(canvas, (of.left - all.left) * across, (of.top - all.top) * down, of.width * across, of.height * down);
        };
        return [...document.querySelectorAll('#inside canvas:not([aria-hidden]), #inside [role=img]')]
          .filter(isOnScreen)
          .map((picture) => ({
            label: picture.getAttribute('aria-label') ?? '',
            isPainted: picture.tagName === 'CANVAS' ? isPainted(picture)
              : picture.matches('.map-picture') ? isMapPainted(picture) : picture.childElementCount > 0,
          }))";
    let is_well_said =
        |seen: &Seen| seen.label.chars().any(|sign| sign.is_ascii_digit()) && !seen.label.contains("loading");
    let is_bad = |seen: &Seen| !seen.is_painted || !is_well_said(seen);
    let look = || -> Vec<Seen> { serde_json::from_value(page.js(script).unwrap()).unwrap() };
    // A large network takes the worker its time; the page says meanwhile that a picture is on its way.
    let begin = Instant::now();
    let mut seen = look();
    while seen.iter().any(is_bad) && begin.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(500));
        seen = look();
    }
    let bad: Vec<&Seen> = seen.iter().filter(|seen| is_bad(seen)).collect();
    assert!(bad.is_empty(), "{where_}: {bad:#?}");
    assert!(!seen.is_empty(), "{where_}: no picture");
}
