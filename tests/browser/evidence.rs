//! Evidence and features: sums, maps, test images, rankings.

use crate::stage::{Stage, frame};
use inkling::panels::evidence::EvidencePanel;
use inkling::panels::features::FeaturesPanel;
use inkling::protocol::Subject;
use inkling::protocol::questions::*;
use inkling::state::DataState;
use inkling_engine::explain::{CellIndex, LogitContributions, LogitTerm};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit};

pub fn inspect(stage: &Stage, probs: Vec<f32>) {
    let mut values = vec![0.0; 784];
    values[28 * 14 + 14] = 1.0;
    stage.look(probs, Vec::new(), values);
}

/// Read as 3, then 8.
fn probs() -> Vec<f32> {
    let mut probs = vec![0.0; 10];
    (probs[3], probs[8]) = (0.9, 0.1);
    probs
}

fn number(element: &Element, attribute: &str) -> f32 {
    element.get_attribute(attribute).expect(attribute).parse().unwrap()
}

fn line(stage: &Stage) -> HtmlElement {
    stage.find("[data-testid=pointed-line]")
}

#[wasm_bindgen_test]
async fn a_logit_is_a_bar_whose_pieces_add_up() {
    let stage = Stage::with(|| view! { <EvidencePanel /> }).await;
    inspect(&stage, probs());
    let output = |digit: usize| LogitContributions {
        terms: vec![LogitTerm { source_idx: 17, value: 4.0 + digit as f32 }, LogitTerm { source_idx: 2, value: -1.5 }],
        n_rest: 62,
        rest_positive: 0.75,
        rest_negative: -0.5,
        bias: 0.25,
        logit: 3.0 + digit as f32,
    };
    let answer = ContributionsAnswer { outputs: (0..10).map(output).collect() };
    stage.answer(stage.state.answers.contributions, 0, Contributions, answer);
    frame().await;
    assert_eq!(stage.count("[data-testid=contribution]"), 10);
    for digit in 0..10 {
        let bar: HtmlElement = stage.find(&format!("[data-testid=contribution][data-digit='{digit}']"));
        let pieces = bar.query_selector_all("[data-piece]").unwrap();
        let values = (0..pieces.length()).map(|idx| {
            number(
                &Element::from(wasm_bindgen::JsCast::unchecked_into::<HtmlElement>(pieces.get(idx).unwrap())),
                "data-value",
            )
        });
        assert_eq!(values.sum::<f32>(), number(&bar, "data-value"), "digit {digit}");
    }
    // Pointed at, a piece names its source; by keyboard too.
    let piece: HtmlElement = stage.find("[data-digit='4'] [data-piece='1']");
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    piece.dispatch_event(&PointerEvent::new_with_event_init_dict("pointermove", &init).unwrap()).unwrap();
    frame().await;
    assert_eq!(
        line(&stage).inner_text(),
        "max_pooling2d_1 channel 2, its 25 cells together · speaks against 4 · −1.50"
    );
    let track: HtmlElement = stage.find("[data-digit='5'] [role=button]");
    for key in ["ArrowRight", "Enter"] {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_key(key);
        track.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
        frame().await;
    }
    assert_eq!(number(&line(&stage), "data-value"), 9.0);
    assert_eq!(track.get_attribute("aria-pressed").unwrap(), "true");
    assert_eq!(stage.count("[data-testid=saliency][data-digit='5']"), 1);
}

#[wasm_bindgen_test]
async fn maps_come_one_after_the_other_beside_the_nearest_other_digit() {
    let stage = Stage::with(|| view! { <EvidencePanel /> }).await;
    let words: HtmlElement = stage.find(".evidence .message");
    assert!(words.inner_text().starts_with("This view speaks of ten digits"), "nothing was looked at yet");
    inspect(&stage, probs());
    frame().await;
    let what_if: HtmlElement = stage.find("[data-testid=what-if]");
    assert_eq!(what_if.get_attribute("data-digit").unwrap(), "8");
    assert!(what_if.inner_text().contains("nearest other digit is 8"));
    let tell = |class, n_done| {
        let mut values = vec![0.0; 2 * 784];
        (values[0], values[784 + 1]) = (-0.5, 2.0);
        let answer = SaliencyAnswer { progress: (n_done, 784), values };
        stage.answer(stage.state.answers.saliency, 0, Saliency { class }, answer);
    };
    tell(3, 400);
    frame().await;
    let progress: HtmlElement = stage.find("[data-testid=saliency][data-digit='3'] .saliency__progress");
    assert!(progress.inner_text().contains("400 of 784 places covered"));
    // Each answer is a message of its own.
    tell(3, 784);
    frame().await;
    tell(8, 8);
    frame().await;
    assert_eq!(progress.inner_text().trim(), "");
    let maps = |digit: usize, map: usize| -> HtmlElement {
        stage.find(&format!("[data-testid=saliency][data-digit='{digit}'] figure:nth-of-type({map}) canvas"))
    };
    assert_eq!(number(&maps(3, 1), "data-high"), 0.5);
    assert_eq!(number(&maps(3, 2), "data-high"), 2.0, "the first digit's maps stay while the second's come");
    assert_eq!(number(&maps(8, 2), "data-high"), 2.0);
    assert_eq!(maps(3, 1).get_attribute("aria-label").unwrap(), "gradient × input for 3, 28×28, from −0.500 to 0");
    let outline: Element = stage.find("[data-testid=saliency] .digit-canvas__overlay path");
    assert_eq!(outline.get_attribute("d").unwrap(), "M14 14h1M14 14v1M15 14v1M14 15h1", "around the one pixel of ink");
}

#[wasm_bindgen_test]
async fn test_images_wait_for_the_data_and_show_where() {
    let stage = Stage::with(|| view! { <FeaturesPanel /> }).await;
    inspect(&stage, probs());
    frame().await;
    let section: HtmlElement = stage.find("[data-testid=top-images]");
    assert!(section.inner_text().contains("The data set is still loading"));
    stage.state.data.set(DataState::Loaded { n_train: 60_000, n_test: 10_000 });
    let image =
        |sample_idx| TopImage { sample_idx, label: 7, value: 3.5, cell: CellIndex { row: 10, column: 5, channel: 0 } };
    let tell = |channel, n_done| {
        let answer = TopSamplesAnswer {
            samples: (0..9).map(image).collect(),
            progress: (n_done, 10_000),
            values: vec![0.5; 9 * 784],
        };
        stage.answer(stage.state.answers.top_samples, 0, TopSamples { layer_idx: 0, channel }, answer);
    };
    tell(0, 2_500);
    frame().await;
    assert_eq!(stage.count("[data-testid=top-image]"), 9);
    assert!(section.inner_text().contains("2,500 of 10,000 test images looked at"));
    let outline: Element = stage.find("[data-sample='4'] path");
    assert_eq!(outline.get_attribute("d").unwrap(), "M5 10H8V13H5Z", "a cell of the first layer sees 3×3 pixels");
    let look: HtmlElement = stage.find("[data-sample='4'] button");
    look.click();
    assert_eq!(stage.state.subject.get_untracked(), Subject::Test(4));
    // An answer about another channel is not shown for this one.
    tell(1, 10_000);
    frame().await;
    assert_eq!(stage.count("[data-testid=top-image]"), 0);
    stage.find::<HtmlElement>("[aria-label='Next unit']").click();
    frame().await;
    assert_eq!(stage.count("[data-testid=top-image]"), 9);
}

#[wasm_bindgen_test]
async fn activation_maximization_shows_its_steps() {
    let stage = Stage::with(|| view! { <FeaturesPanel /> }).await;
    inspect(&stage, probs());
    let answer = ActivationMaximizationAnswer {
        snapshots: vec![(0, 0.125), (10, 2.5)],
        progress: (10, 60),
        values: vec![0.25; 2 * 784],
    };
    let question = ActivationMaximization { layer_idx: 0, channel: 0 };
    stage.answer(stage.state.answers.activation_maximization, 0, question, answer);
    frame().await;
    assert_eq!(stage.count("[data-testid=ascent-snapshot]"), 2);
    let last: HtmlElement = stage.find("[data-testid=ascent-snapshot][data-step='10']");
    assert_eq!(number(&last, "data-value"), 2.5);
    assert!(stage.find::<HtmlElement>("[data-testid=ascent]").inner_text().contains("step 10 of 60"));
}
