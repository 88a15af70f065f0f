//! Changed images: maps, curves and tables of several runs, and the present image moved by hand.

use crate::stage::{Stage, frame};
use inkling::panels::robustness::RobustnessPanel;
use inkling::protocol::questions::*;
use inkling::protocol::{AnyQuestion, BatchPoint, RunId, Simd, Start};
use inkling::state::{DataState, Machine, PRETRAINED_RUN};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};

/// The panel over a present run that was trained; the worker is there but says only what the test says.
async fn open() -> Stage {
    let stage = Stage::with(|| {
        let state = inkling::state::use_app_state();
        state.run.start.set(Start::Seed);
        state.run.last_batch.set(Some(BatchPoint { n_steps: 270, loss: 0.1, accuracy: 0.9 }));
        view! { <RobustnessPanel /> }
    })
    .await;
    stage.state.data.set(DataState::Loaded { n_train: 60_000, n_test: 10_000 });
    stage.state.machine.set(Some(Machine { simd: Simd::Simd128, n_cores: 2, n_workers: 1 }));
    stage.state.run_answers.built.set(vec![PRETRAINED_RUN]);
    frame().await;
    stage
}

fn question(changes: ChangeList) -> Robustness {
    Robustness { changes, set: JudgedSet::Validation }
}

/// The worker's news that a run has recognised `n_right(place)` of 100 images after each of the first changes.
async fn tell(stage: &Stage, run: RunId, changes: ChangeList, n_done: usize, n_right: impl Fn(usize) -> u32) {
    let answer = RobustnessAnswer {
        n_images: 100,
        n_right: (0..n_done).map(n_right).collect(),
        progress: (100 * n_done, 100 * changes.changes().len()),
    };
    let answer = PackedAnswer::pack(answer).unwrap();
    stage.state.run_answers.take(run, 270, AnyQuestion::from(question(changes)), answer);
    frame().await;
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_else(|| panic!("{name} is missing"))
}

fn text_of(stage: &Stage, selector: &str) -> String {
    stage.find::<HtmlElement>(selector).inner_text()
}

async fn press(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
    frame().await;
}

#[wasm_bindgen_test]
async fn a_map_grows_and_what_is_measured_stays_after_cancel() {
    let stage = open().await;
    assert_eq!(stage.count("[data-testid=shift-map] figure"), 2, "the present run, and the pretrained network");
    assert_eq!(stage.count("[data-testid=shift-map] [data-dx]"), 2 * 289);
    assert_eq!(stage.count("[data-testid=shift-map] [data-accuracy]"), 0);
    stage.button("Measure all shifts").click();
    frame().await;
    tell(&stage, 0, ChangeList::ShiftMap, 9, |place| 97 - place as u32).await;
    assert!(text_of(&stage, "[data-measuring]").contains("1.6 % measured"), "{}", text_of(&stage, "[data-measuring]"));
    stage.button("Cancel").click();
    frame().await;
    assert_eq!(stage.count("[data-measuring]"), 0);
    assert_eq!(stage.count("[data-testid=shift-map] [data-accuracy]"), 9);
    let centre: Element = stage.find("[data-testid=shift-map] [data-run='0'] [data-dx='0'][data-dy='0']");
    assert_eq!((attribute(&centre, "data-accuracy"), attribute(&centre, "data-run")), ("0.97".into(), "0".into()));
    assert!(text_of(&stage, ".shift-map__summary").starts_with("At 1 px the accuracy falls from 97.0 % to"));

    let grid: Element = stage.find(".shift-map__grid");
    press(&grid, "ArrowRight").await;
    assert_eq!(text_of(&stage, ".shift-map__read-out"), format!("1 px right: {:.1} %", 97.0 - 3.0));
    press(&grid, "ArrowRight").await;
    assert_eq!(text_of(&stage, ".shift-map__read-out"), "2 px right: not measured");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn one_run_is_measured_after_the_other() {
    let stage = open().await;
    stage.button("Measure the corruptions").click();
    frame().await;
    let all = ChangeList::MnistC.changes().len();
    tell(&stage, 0, ChangeList::MnistC, all, |place| 95 - place as u32).await;
    let bar = text_of(&stage, "[data-measuring]");
    assert!(bar.contains("% measured"), "the other run is left: {bar}");
    tell(&stage, PRETRAINED_RUN, ChangeList::MnistC, all, |_| 99).await;
    assert_eq!(stage.count("[data-measuring]"), 0);
    let rows = stage.all("[data-testid=robustness] tr[data-corruption]");
    assert_eq!(rows.len(), 2 * 11);
    let figures = |row: &Element| {
        ["data-corruption", "data-strength", "data-run", "data-accuracy"].map(|name| attribute(row, name))
    };
    assert_eq!(figures(&rows[0]), ["identity", "0", "0", "0.95"]);
    // Shot noise of 3 photons is the fifth of its strengths.
    assert_eq!(figures(&rows[2]), ["shot_noise", "3", "0", "0.9"]);
    assert_eq!(figures(&rows[3])[2..], [PRETRAINED_RUN.to_string(), "0.99".to_owned()]);
    stage.find::<HtmlElement>(".switch-field input").click();
    frame().await;
    assert_eq!(stage.count("[data-testid=robustness] tr[data-corruption]"), 2 * 35);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn curves_have_their_figures_in_tables() {
    let stage = open().await;
    tell(&stage, 0, ChangeList::Curves, 5, |place| 90 - 10 * u32::from(place > 0)).await;
    let cells = stage.all("[data-facet=Shift] td[data-run='0']");
    let accuracies: Vec<String> = cells.iter().map(|cell| attribute(cell, "data-accuracy")).collect();
    assert_eq!(accuracies, ["0.9", "0.8"], "not moved, and the mean of four directions");
    assert_eq!(stage.count("[data-testid=robustness-curves] figure"), 5);
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn runs_are_chosen_and_the_test_set_stays_sealed() {
    let stage = open().await;
    let boxes = stage.all("[data-testid=robustness-runs] input[type=checkbox]");
    assert_eq!(boxes.len(), 2);
    let test: HtmlElement = stage.find("[data-testid=robustness-runs] label:last-of-type input[type=radio]");
    assert!(test.has_attribute("disabled") || test.matches(":disabled").unwrap());
    stage.find::<HtmlElement>("[data-testid=robustness-runs] label:nth-of-type(2) input").click();
    frame().await;
    assert_eq!(stage.count("[data-testid=shift-map] figure"), 1);
    stage.state.run.is_test_opened.set(true);
    frame().await;
    assert!(!test.matches(":disabled").unwrap(), "the only chosen run was evaluated");
    stage.assert_no_panic();
}

#[wasm_bindgen_test]
async fn the_image_is_moved_by_arrow_keys_and_read_by_each_run() {
    let stage = open().await;
    stage.look(vec![0.1; 10], Vec::new(), vec![0.5; 28 * 28]);
    frame().await;
    let picture: Element = stage.find(".try-picture");
    for key in ["ArrowRight", "ArrowRight", "ArrowUp"] {
        press(&picture, key).await;
    }
    assert_eq!((attribute(&picture, "data-dx"), attribute(&picture, "data-dy")), ("2".into(), "-1".into()));
    assert!(attribute(&picture, "aria-label").contains("2 px right, 1 px up"));
    let mut probs = vec![0.01; 10];
    probs[7] = 0.91;
    let change = ChangedSubject { dx: 2, dy: -1, ..ChangedSubject::default() };
    let answer = PackedAnswer::pack(ChangedSubjectAnswer { probs }).unwrap();
    stage.state.run_answers.take(0, 270, AnyQuestion::from(change), answer);
    frame().await;
    let answer: Element = stage.find("[data-testid=try-out] li[data-run='0']");
    assert_eq!(attribute(&answer, "data-digit"), "7");
    for _ in 0..12 {
        press(&picture, "ArrowLeft").await;
    }
    assert_eq!(attribute(&picture, "data-dx"), "-8", "no further than the map");
    stage.button("Undo the changes").click();
    frame().await;
    assert_eq!(attribute(&picture, "data-dx"), "0");
    stage.assert_no_panic();
}
