//! The left column: what is typed, what is kept, and what is said about it.

use crate::stage::{Stage, frame};
use inkling::panels::experiment::ExperimentPanel;
use inkling::protocol::Phase;
use inkling::state::provide_editor;
use inkling::state::use_app_state;
use inkling_engine::experiment::{LayerConfig, OptimizerConfig, OwnDigitsConfig, Preset};
use inkling_engine::field::Variants;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit,
};

async fn open() -> Stage {
    Stage::with(|| {
        provide_editor(use_app_state());
        view! { <ExperimentPanel /> }
    })
    .await
}

fn bubbling(name: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict(name, &init).unwrap()
}

/// The field with that label or name.
#[track_caller]
fn field(stage: &Stage, name: &str) -> HtmlInputElement {
    let labels = stage.all("label");
    let labelled = labels.iter().find(|label| label.text_content().unwrap_or_default().trim() == name);
    match labelled.and_then(|label| label.get_attribute("for")) {
        Some(id) => stage.find(&format!("#{id}")),
        None => stage.find(&format!("input[aria-label='{name}']")),
    }
}

async fn type_into(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    field.dispatch_event(&bubbling("input")).unwrap();
    frame().await;
}

/// The message that the field is described by.
fn message(field: &HtmlInputElement) -> String {
    let id = field.get_attribute("aria-describedby").unwrap();
    document().get_element_by_id(&id).unwrap().text_content().unwrap_or_default()
}

fn names(stage: &Stage) -> Vec<&'static str> {
    stage.state.experiment.read_untracked().network.iter().map(LayerConfig::type_name).collect()
}

fn total(stage: &Stage) -> Option<String> {
    stage.find::<Element>("[data-testid=param-count]").get_attribute("data-total")
}

async fn press_key(element: &Element, key: &str, has_alt: bool) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    init.set_alt_key(has_alt);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
    frame().await;
}

#[wasm_bindgen_test]
async fn typed_numbers_reach_the_experiment() {
    let stage = open().await;
    type_into(&field(&stage, "Batch size"), "50").await;
    type_into(&field(&stage, "Learning rate"), "3e-4").await;
    type_into(&field(&stage, "filters of layer 1"), "8").await;
    let experiment = stage.state.experiment.get_untracked();
    assert_eq!((experiment.training.batch_size, experiment.training.learning_rate), (50, 3e-4));
    assert!(matches!(&experiment.network[0], LayerConfig::Conv2D(conv2d) if conv2d.filters == 8));
    assert_eq!(total(&stage).as_deref(), Some("20762"), "8·10 + (9·8 + 1)·64 + 16,010");
}

#[wasm_bindgen_test]
async fn text_that_is_not_a_number_stays_and_is_named_and_changes_nothing() {
    let stage = open().await;
    let before = stage.state.experiment.get_untracked();
    for name in ["Batch size", "Epochs", "Images", "Seed", "units of layer 7"] {
        let field = field(&stage, name);
        for text in ["", "abc", "1e9", "NaN", "-3", "99999999999999999999"] {
            type_into(&field, text).await;
            assert_eq!(field.value(), text, "{name}");
            assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"), "{name}: {text:?}");
            assert!(message(&field).starts_with("Expected a "), "{name}: {text:?}: {:?}", message(&field));
        }
        field.dispatch_event(&Event::new("blur").unwrap()).unwrap();
        frame().await;
        assert_eq!(field.value(), "99999999999999999999", "leaving the field takes nothing away");
    }
    assert_eq!(stage.state.experiment.get_untracked(), before);
}

#[wasm_bindgen_test]
async fn numbers_out_of_range_are_named_by_the_check_at_their_field() {
    let stage = open().await;
    let batch_size = field(&stage, "Batch size");
    type_into(&batch_size, "0").await;
    assert_eq!(message(&batch_size), "Expected a whole number from 1 to 10,000, got 0");
    assert_eq!(stage.state.experiment.read_untracked().training.batch_size, 0);
    type_into(&batch_size, "1").await;
    assert_eq!((message(&batch_size).as_str(), batch_size.get_attribute("aria-invalid")), ("", None));
    let width = field(&stage, "kernel width of layer 1");
    type_into(&width, "29").await;
    assert_eq!(message(&width), "Expected whole numbers from 1 to 28, got 3×29");
    assert_eq!(message(&field(&stage, "kernel height of layer 1")), "");
}

#[wasm_bindgen_test]
async fn escape_and_a_preset_bring_the_number_back() {
    let stage = open().await;
    let epochs = field(&stage, "Epochs");
    type_into(&epochs, "many").await;
    press_key(&epochs, "Escape", false).await;
    assert_eq!((epochs.value().as_str(), message(&epochs).as_str()), ("10", ""));
    type_into(&epochs, "many").await;
    let presets: HtmlSelectElement = stage.find("select[aria-label='Begin with']");
    presets.set_value(Preset::Mlp16x16.slug());
    presets.dispatch_event(&bubbling("change")).unwrap();
    frame().await;
    assert_eq!((epochs.value().as_str(), message(&epochs).as_str()), ("10", ""));
    assert_eq!(*stage.state.experiment.read_untracked(), Preset::Mlp16x16.experiment());
}

#[wasm_bindgen_test]
async fn a_run_under_way_waits_for_enter() {
    let stage = open().await;
    stage.state.run.progress.update(|progress| progress.phase = Phase::Training);
    frame().await;
    let epochs_of_run = || stage.state.run.checked.get_untracked().experiment().training.epochs;
    let epochs = field(&stage, "Epochs");
    type_into(&epochs, "9").await;
    type_into(&epochs, "900").await;
    assert_eq!((epochs_of_run(), stage.state.experiment.read_untracked().training.epochs), (10, 10));
    press_key(&epochs, "Enter", false).await;
    assert_eq!((epochs_of_run(), stage.state.experiment.read_untracked().training.epochs), (900, 900));
    let rate = field(&stage, "Learning rate");
    type_into(&rate, "1").await;
    press_key(&rate, "Escape", false).await;
    assert_eq!(rate.value(), "0.001");
    type_into(&rate, "0.02").await;
    assert_eq!(stage.state.experiment.read_untracked().training.learning_rate, 0.001);
    rate.dispatch_event(&Event::new("blur").unwrap()).unwrap();
    frame().await;
    assert_eq!(stage.state.run.checked.get_untracked().experiment().training.learning_rate, 0.02);
}

#[wasm_bindgen_test]
async fn arrow_keys_step() {
    let stage = open().await;
    let rate = field(&stage, "Learning rate");
    press_key(&rate, "ArrowUp", false).await;
    assert_eq!(
        (rate.value().as_str(), stage.state.experiment.read_untracked().training.learning_rate),
        ("0.002", 0.002)
    );
    let epochs = field(&stage, "Epochs");
    press_key(&epochs, "ArrowDown", false).await;
    assert_eq!(stage.state.experiment.read_untracked().training.epochs, 9);
}

#[wasm_bindgen_test]
async fn layers_are_added_moved_and_removed() {
    let stage = open().await;
    stage.button("+ add a layer").click();
    frame().await;
    let items = stage.all("[role=menuitem]");
    let dense = items.iter().find(|item| item.text_content().unwrap().starts_with("Dense")).unwrap();
    dense.clone().unchecked_into::<HtmlElement>().click();
    frame().await;
    let with_dense = ["Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dropout", "Dense", "Dense"];
    assert_eq!(names(&stage), with_dense);
    press_key(&stage.find("[data-layer-card='6']"), "ArrowUp", true).await;
    assert_eq!(names(&stage)[4..], ["Flatten", "Dense", "Dropout", "Dense"]);
    stage.find::<HtmlElement>("[aria-label='Remove layer 6, Dense']").click();
    frame().await;
    assert_eq!(*stage.state.experiment.read_untracked(), Preset::LessonCnn.experiment());
    assert_eq!(total(&stage).as_deref(), Some("34826"));
}

#[wasm_bindgen_test]
async fn a_layer_that_does_not_fit_says_why_and_the_others_stay_open_to_change() {
    let stage = open().await;
    stage.find::<HtmlElement>("[aria-label='Remove layer 5, Flatten']").click();
    frame().await;
    let misfit: Element = stage.find(".layer--misfit");
    let text = misfit.text_content().unwrap();
    assert!(text.contains("Dense needs a flat list of numbers but receives 5×5×64."), "{text}");
    assert_eq!(total(&stage), None);
    type_into(&field(&stage, "units of layer 6"), "12").await;
    let units = |layer: &LayerConfig| if let LayerConfig::Dense(dense) = layer { Some(dense.units) } else { None };
    assert_eq!(stage.state.experiment.read_untracked().network.last().and_then(units), Some(12));
    stage.button("Add Flatten").click();
    frame().await;
    assert_eq!((stage.count(".layer--misfit"), names(&stage)[5]), (0, "Flatten"));
}

#[wasm_bindgen_test]
async fn settings_behind_the_summary_open_when_they_are_wrong() {
    let stage = open().await;
    let details: Element = stage.find("details.more");
    assert!(!details.has_attribute("open"));
    stage.state.edit(|experiment| experiment.training.loss = inkling_engine::experiment::Loss::BinaryCrossentropy);
    frame().await;
    assert!(details.has_attribute("open"));
    assert!(details.text_content().unwrap().contains("Expected a sigmoid at the end of the network"));
}

#[wasm_bindgen_test]
async fn every_optimizer_has_its_fields() {
    let stage = open().await;
    let menu: HtmlSelectElement = stage.find("select[aria-label='Optimizer']");
    let mut n_numbers = 0;
    for (kind_idx, mut optimizer) in OptimizerConfig::all().into_iter().enumerate() {
        menu.set_value(&kind_idx.to_string());
        menu.dispatch_event(&bubbling("change")).unwrap();
        frame().await;
        assert_eq!(stage.state.experiment.read_untracked().training.optimizer, optimizer);
        for shown in optimizer.fields() {
            let label = shown.words().label;
            if let Some(number) = shown.number() {
                n_numbers += 1;
                assert_eq!(field(&stage, label).value().parse(), Ok(*number), "{label}");
                type_into(&field(&stage, label), "-1").await;
                assert!(message(&field(&stage, label)).starts_with("Expected a number from "), "{label}");
            }
        }
    }
    assert!(n_numbers > 0, "some optimizer has a number");
}

#[wasm_bindgen_test]
async fn settings_of_the_data_reach_the_experiment() {
    let stage = open().await;
    let digits = || stage.state.experiment.get_untracked().data.digits().cloned().unwrap();
    assert_eq!(stage.count(".more__remark"), 2);
    type_into(&field(&stage, "Label noise"), "0.2").await;
    type_into(&field(&stage, "Shift, px"), "2").await;
    type_into(&field(&stage, "3"), "0").await;
    let shuffle = stage
        .all(".switch-field")
        .into_iter()
        .find(|label| label.text_content().unwrap_or_default().contains("Shuffle pixels"))
        .unwrap();
    shuffle.unchecked_into::<HtmlElement>().click();
    frame().await;
    let changed = digits();
    assert_eq!((changed.label_noise, changed.augmentation.shift, changed.shuffle_pixels), (0.2, 2.0, true));
    assert_eq!(changed.class_weight.0, [1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    let remarks = stage.all(".more__remark");
    let words = remarks[1].text_content().unwrap();
    assert_eq!(words, "shuffled pixels · 20 % label noise · augmented · class weights");
}

#[wasm_bindgen_test]
async fn what_is_wrong_in_the_data_settings_opens_them() {
    let stage = open().await;
    let groups = || stage.all("details.more").iter().map(|group| group.has_attribute("open")).collect::<Vec<_>>();
    assert_eq!(groups(), [false, false]);
    let shift = field(&stage, "Shift, px");
    type_into(&shift, "11").await;
    assert_eq!(message(&shift), "Expected a number from 0 to 10 for shift, got 11");
    assert_eq!(message(&field(&stage, "Rotation, °")), "");
    frame().await;
    assert_eq!(groups(), [false, true]);
}

#[wasm_bindgen_test]
async fn own_digits_of_a_link_can_be_left_out() {
    let stage = open().await;
    assert_eq!(stage.count("[data-testid=own-digits-line]"), 0);
    stage.state.edit(|experiment| {
        if let Some(digits) = experiment.data.digits_mut() {
            digits.own_digits = OwnDigitsConfig { n: 12, weight: 5, fingerprint: 9 };
        }
    });
    frame().await;
    let line: HtmlElement = stage.find("[data-testid=own-digits-line] span");
    assert_eq!(line.text_content().unwrap(), "Also trained on 12 own digits, each counted as 5 images.");
    stage.find::<HtmlElement>("[data-testid=own-digits-line] button").click();
    frame().await;
    assert_eq!(stage.count("[data-testid=own-digits-line]"), 0);
    assert!(stage.state.experiment.get_untracked().data.digits().unwrap().own_digits.is_none());
}
