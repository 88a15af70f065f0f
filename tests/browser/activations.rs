//! The strip of layers: right pictures, right colours, right numbers.

use crate::stage::{Stage, frame};
use inkling::panels::activations::ActivationsPanel;
use inkling::plot::colour_map::{ColourMap, Ground};
use inkling::plot::picture::context_of;
use inkling::protocol::LayerValues;
use inkling_engine::experiment::{Activation, Conv2DConfig, Initializer, LayerConfig, Padding, Preset, Regularizer};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlCanvasElement, HtmlElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit};

async fn open() -> Stage {
    Stage::with(|| view! { <ActivationsPanel /> }).await
}

/// An inspection in which every layer's values are `value(layer, index)`.
fn inspect(stage: &Stage, value: impl Fn(usize, usize) -> f32) {
    let checked = stage.state.run.checked.get_untracked();
    let mut values = vec![0.0; 28 * 28];
    let mut layers = Vec::new();
    for (layer_idx, layer) in checked.layers().iter().enumerate() {
        layers.push(LayerValues { layer_idx, shape: layer.output_shape, start: values.len() });
        values.extend((0..layer.output_shape.size()).map(|idx| value(layer_idx, idx)));
    }
    stage.look(vec![0.1; 10], layers, values);
}

#[track_caller]
fn map(stage: &Stage, layer: &str, channel: usize) -> HtmlElement {
    stage.find(&format!("[data-testid=layer-map][data-layer='{layer}'][data-channel='{channel}']"))
}

/// The colour in the middle of a cell of a map with `[height, width]` cells, on the sheet that lies under it.
#[track_caller]
fn pixel(map: &HtmlElement, size: [usize; 2], cell: [usize; 2]) -> [u8; 4] {
    let grid = map.parent_element().unwrap();
    let sheet: HtmlCanvasElement = grid.query_selector("canvas").unwrap().unwrap().dyn_into().unwrap();
    let percent = |name: &str| -> f64 {
        let value = map.style().get_property_value(name).unwrap();
        value.strip_suffix('%').unwrap().parse().unwrap()
    };
    let at = |start: &str, len: &str, axis: usize, sheet_len: u32| {
        let within = (cell[axis] as f64 + 0.5) / size[axis] as f64;
        ((percent(start) + within * percent(len)) / 100.0 * f64::from(sheet_len)).floor()
    };
    let [y, x] = [at("top", "height", 0, sheet.height()), at("left", "width", 1, sheet.width())];
    let data = context_of(&sheet).unwrap().get_image_data(x, y, 1.0, 1.0).unwrap().data();
    [data.0[0], data.0[1], data.0[2], data.0[3]]
}

fn opaque([red, green, blue]: [u8; 3]) -> [u8; 4] {
    [red, green, blue, 255]
}

fn ground(stage: &Stage) -> Ground {
    let _ = stage;
    let is_dark = window().match_media("(prefers-color-scheme: dark)").unwrap().unwrap().matches();
    if is_dark { Ground::Dark } else { Ground::Light }
}

#[wasm_bindgen_test]
async fn every_layer_of_the_lessons_cnn_is_there() {
    let stage = open().await;
    let of = |layer: &str| stage.count(&format!("[data-testid=layer-map][data-layer='{layer}']"));
    let names = ["conv2d", "max_pooling2d", "conv2d_1", "max_pooling2d_1", "flatten", "dropout", "dense"];
    assert_eq!(names.map(of), [32, 32, 64, 64, 1, 1, 1]);
    assert_eq!(stage.state.watched_layers(), [0, 1, 2, 3, 4, 5, 6]);
}

#[wasm_bindgen_test]
async fn each_value_is_painted_at_its_place_in_its_colour() {
    let stage = open().await;
    // In the first layer channel 5 is 1 at row 2, column 3; all else is 0.
    inspect(&stage, |layer, idx| if layer == 0 && idx == (2 * 26 + 3) * 32 + 5 { 1.0 } else { 0.0 });
    frame().await;
    let map_of = |channel| map(&stage, "conv2d", channel);
    let colour = |share| opaque(ColourMap::Viridis.colour(share, ground(&stage)));
    assert_eq!(pixel(&map_of(5), [26, 26], [2, 3]), colour(1.0));
    assert_eq!(pixel(&map_of(5), [26, 26], [3, 2]), colour(0.0));
    assert_eq!(pixel(&map_of(4), [26, 26], [2, 3]), colour(0.0));
    assert_eq!(map_of(5).get_attribute("aria-label").unwrap(), "conv2d, channel 5 of 0–31, 26×26, from 0 to 1.00");
}

#[wasm_bindgen_test]
async fn the_scale_says_what_the_brightest_colour_means() {
    let stage = open().await;
    // Channel k of the first layer is k + 1 everywhere.
    inspect(&stage, |layer, idx| if layer == 0 { (idx % 32 + 1) as f32 } else { 64.0 });
    frame().await;
    let colour = |share| opaque(ColourMap::Viridis.colour(share, ground(&stage)));
    let map = map(&stage, "conv2d", 15);
    assert_eq!(pixel(&map, [26, 26], [0, 0]), colour((0.5_f32 * 255.0).round() / 255.0), "16 of 32, per layer");
    let select: HtmlSelectElement = stage.find(".inside-switch select");
    for (mode, share) in [("map", 1.0), ("network", 0.25)] {
        select.set_value(mode);
        select.dispatch_event(&Event::new("change").unwrap()).unwrap();
        frame().await;
        assert_eq!(pixel(&map, [26, 26], [0, 0]), colour((share * 255.0_f32).round() / 255.0), "per {mode}");
    }
}

#[wasm_bindgen_test]
async fn the_output_is_ten_bars() {
    let stage = open().await;
    inspect(&stage, |layer, idx| if layer == 6 && idx == 3 { 0.75 } else { 0.0 });
    frame().await;
    let output: HtmlElement = stage.find("ol[data-testid=layer-map][data-layer=dense]");
    assert_eq!(output.child_element_count(), 10);
    let best: HtmlElement = stage.find(".output-bars__row--best");
    assert!(best.inner_text().contains('3') && best.inner_text().contains("0.750"), "{}", best.inner_text());
}

#[wasm_bindgen_test]
async fn five_hundred_filters_come_by_portions() {
    let stage = open().await;
    stage.edit_run(|experiment| {
        experiment.network.insert(
            0,
            LayerConfig::Conv2D(Conv2DConfig {
                filters: 512,
                kernel_size: [1, 1],
                strides: [1, 1],
                padding: Padding::Valid,
                activation: Activation::Tanh,
                kernel_initializer: Initializer::GlorotUniform,
                kernel_regularizer: Regularizer::default(),
            }),
        );
    });
    frame().await;
    let n_maps = || stage.count("[data-testid=layer-map][data-layer=conv2d]");
    assert_eq!(n_maps(), 64);
    stage.button("show more").click();
    frame().await;
    assert_eq!(n_maps(), 128);
    inspect(&stage, |layer, idx| if layer == 0 && idx == 0 { -1.0 } else { 0.0 });
    frame().await;
    let colour = |share| opaque(ColourMap::Diverging.colour(share, ground(&stage)));
    assert_eq!(
        pixel(&map(&stage, "conv2d", 0), [28, 28], [0, 0]),
        colour(0.0),
        "tanh has a sign, so it has its colours"
    );
}

#[wasm_bindgen_test]
async fn a_network_without_hidden_layers_is_shown_too() {
    let stage = open().await;
    stage.edit_run(|run| *run = Preset::Softmax.experiment());
    frame().await;
    assert_eq!(stage.count("[data-testid=layer-map]"), 2);
    inspect(&stage, |_, _| 0.5);
    frame().await;
    assert_ne!(pixel(&map(&stage, "flatten", 0), [28, 28], [27, 27]), [0; 4]);
}

#[wasm_bindgen_test]
async fn values_of_another_network_are_not_painted() {
    let stage = open().await;
    inspect(&stage, |_, _| 1.0);
    stage.state.run.id.set(9);
    frame().await;
    assert_eq!(pixel(&map(&stage, "conv2d", 0), [26, 26], [0, 0]), [0; 4]);
}

#[wasm_bindgen_test]
async fn keys_walk_over_maps_and_cells() {
    let stage = open().await;
    inspect(&stage, |layer, idx| if layer == 0 && idx == 26 * 32 + 9 { 0.625 } else { 0.0 });
    frame().await;
    map(&stage, "conv2d", 0).focus().unwrap();
    for key in ["ArrowRight", "ArrowDown", "Enter", "ArrowDown"] {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_key(key);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        document().active_element().unwrap().dispatch_event(&event).unwrap();
    }
    frame().await;
    let read_out: HtmlElement = stage.find(".read-out");
    let expected = "conv2d · channel 9 · row 1, column 0 · 0.625 · sees rows 1–3, columns 0–2 of the input";
    assert_eq!(read_out.inner_text(), expected);
    // The cell and what it sees are outlined without being pinned.
    assert_eq!(stage.count("[data-layer-idx='0'] .field-overlay--cell .field-overlay__box"), 1);
    let seen: HtmlElement = stage.find(".strip__input-frame .field-overlay");
    assert_eq!(seen.style().get_property_value("--top").unwrap(), format!("{:.3}%", 100.0 / 28.0));
    assert_eq!(stage.state.pinned.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn without_colour_the_sign_is_lightness() {
    let stage = open().await;
    // The last hidden layer has a sign, the first one has none.
    stage.edit_run(|experiment| {
        if let LayerConfig::Conv2D(conv2d) = &mut experiment.network[2] {
            conv2d.activation = Activation::Tanh;
        }
    });
    frame().await;
    inspect(&stage, |layer, idx| match (layer, idx) {
        (0, 0) | (2, 1) => 1.0,
        (2, 0) => -1.0,
        _ => 0.0,
    });
    let selects = stage.all(".inside-switch select");
    let palette: &HtmlSelectElement = selects.last().unwrap().unchecked_ref();
    palette.set_value("grey");
    palette.dispatch_event(&Event::new("change").unwrap()).unwrap();
    frame().await;
    let of = |map: ColourMap, share| opaque(map.colour(share, ground(&stage)));
    assert_eq!(pixel(&map(&stage, "conv2d", 0), [26, 26], [0, 0]), of(ColourMap::Grey, 1.0));
    assert_eq!(pixel(&map(&stage, "conv2d_1", 0), [11, 11], [0, 0]), of(ColourMap::SignedGrey, 0.0));
    assert_eq!(pixel(&map(&stage, "conv2d_1", 1), [11, 11], [0, 0]), of(ColourMap::SignedGrey, 1.0));
}
