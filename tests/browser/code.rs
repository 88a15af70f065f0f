//! The tab Code: the script of the experiment, lines that lead to settings, and experiments from code.

use crate::stage::{Stage, frame};
use inkling::panels::code::CodePanel;
use inkling::panels::experiment::ExperimentPanel;
use inkling::places::digits::inside_tabs::InsideTabs;
use inkling::state::{provide_editor, use_app_state};
use inkling_engine::experiment::Preset;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit};

const PRACTICE: &str = "model = keras.Sequential([
    layers.Flatten(input_shape=(28, 28)),
    layers.Dense(16, activation='relu'),
    layers.Dense(16, activation='relu'),
    layers.Dense(10, activation='softmax'),
])";

/// A view that can edit the experiment.
async fn open<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
    Stage::with(move || {
        provide_editor(use_app_state());
        view()
    })
    .await
}

fn text(stage: &Stage, selector: &str) -> String {
    stage.find::<Element>(selector).text_content().unwrap_or_default()
}

async fn build(stage: &Stage, code: &str) {
    let area: HtmlTextAreaElement = stage.find("[data-testid=code-input]");
    area.set_value(code);
    let init = EventInit::new();
    init.set_bubbles(true);
    area.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
    frame().await;
    stage.button("Build from code").click();
    frame().await;
}

#[wasm_bindgen_test]
async fn the_script_follows_the_experiment() {
    let stage = open(|| view! { <CodePanel /> }).await;
    let script = text(&stage, "[data-testid=code-keras]");
    let expected = inkling::code::keras_script(&Preset::LessonCnn.experiment().check().unwrap()).text();
    assert_eq!(script, expected);
    stage.state.edit(|experiment| experiment.training.epochs = 77);
    frame().await;
    assert!(text(&stage, "[data-testid=code-keras]").contains("epochs=77,"));
    stage.button("scikit-learn").click();
    frame().await;
    assert!(text(&stage, "[data-testid=code-sklearn]").contains("layer 1 (Conv2D)"));
    assert_eq!(stage.count("[data-testid=code-keras]"), 0);
    stage.state.edit(|experiment| experiment.network.clear());
    frame().await;
    assert_eq!(stage.count("[data-testid=code-sklearn]"), 0);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn a_line_leads_to_its_setting() {
    let stage = open(|| view! { <ExperimentPanel /> <CodePanel /> }).await;
    let focused = || document().active_element().unwrap();
    for (control, id) in [
        ("learning-rate", "learning-rate-"),
        ("batch-size", "batch-size-"),
        ("loss", "loss-"),
        ("validation", "validation-"),
        ("seed", "seed-"),
    ] {
        stage.find::<HtmlElement>(&format!("[data-control='{control}']")).click();
        frame().await;
        assert!(focused().id().starts_with(id), "{control} leads to {}", focused().id());
    }
    // The details around it stay open.
    let loss: HtmlElement = stage.find("[id^='loss-']");
    assert!(loss.closest("details").unwrap().unwrap().has_attribute("open"));
    stage.find::<HtmlElement>("[data-control='layer-3']").click();
    frame().await;
    assert_eq!(focused().get_attribute("data-layer-card").as_deref(), Some("2"));
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn lines_share_one_tab_stop() {
    let stage = open(|| view! { <CodePanel /> }).await;
    let stops = || stage.all("[data-testid=code-keras] button[tabindex='0']");
    assert_eq!(stops().len(), 1);
    let first: HtmlElement = stops().remove(0).unchecked_into();
    first.focus().unwrap();
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key("ArrowDown");
    first.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
    frame().await;
    assert_eq!(stops().len(), 1);
    assert_ne!(stops()[0], Element::from(first));
    assert_eq!(document().active_element().unwrap(), stops()[0]);
}

#[wasm_bindgen_test]
async fn code_is_built_and_taken_back() {
    let stage = open(|| view! { <CodePanel /> }).await;
    build(&stage, PRACTICE).await;
    assert_eq!(text(&stage, "[data-testid=code-built]"), "Built a network of 4 layers with 13,002 parameters.");
    assert_eq!(stage.state.experiment.get_untracked(), Preset::Mlp16x16.experiment());
    stage.button("Take back").click();
    frame().await;
    assert_eq!(stage.state.experiment.get_untracked(), Preset::LessonCnn.experiment());
    assert_eq!(text(&stage, "[data-testid=code-built]"), "");
    // Edits after it are not taken back with it.
    build(&stage, PRACTICE).await;
    stage.state.edit(|experiment| experiment.training.epochs = 3);
    frame().await;
    assert!(stage.all("button").iter().all(|button| button.text_content().as_deref() != Some("Take back")));
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn what_cannot_be_built_is_named_at_its_place() {
    let stage = open(|| view! { <CodePanel /> }).await;
    build(
        &stage,
        &PRACTICE.replace(
            "layers.Dense(16, activation='relu'),\n    layers.Dense(10",
            "layers.LSTM(16),\n    layers.Dense(10",
        ),
    )
    .await;
    let error: HtmlElement = stage.find("[data-testid=code-error]");
    let place = |name: &str| error.get_attribute(name);
    assert_eq!((place("data-line").as_deref(), place("data-column").as_deref()), (Some("4"), Some("5")));
    assert!(error.inner_text().starts_with("Line 4, column 5: LSTM is not a layer of Inkling; layers are Dense,"));
    assert_eq!(stage.state.experiment.get_untracked(), Preset::LessonCnn.experiment());
    build(&stage, PRACTICE).await;
    assert_eq!((error.inner_text().as_str(), error.get_attribute("data-line")), ("", None));
}

#[wasm_bindgen_test]
async fn typed_code_stays_while_another_tab_is_open() {
    let stage = open(|| view! { <InsideTabs /> }).await;
    stage.button("Code").click();
    frame().await;
    build(&stage, "model = 1").await;
    stage.button("Weights").click();
    frame().await;
    assert_eq!(stage.count("[data-testid=code-input]"), 0);
    stage.button("Code").click();
    frame().await;
    assert_eq!(stage.find::<HtmlTextAreaElement>("[data-testid=code-input]").value(), "model = 1");
    assert_eq!(
        text(&stage, "[data-testid=code-error]"),
        "Line 1, column 1: expected a network: write keras.Sequential([…]) or MLPClassifier(…)"
    );
    stage.assert_no_panic();
}
