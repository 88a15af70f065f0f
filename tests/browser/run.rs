//! The middle column: what it says of a run, and what its buttons offer.

use crate::stage::{Stage, frame};
use inkling::panels::run::RunPanel;
use inkling::protocol::{BatchPoint, Failure, FailureKind, Phase, Simd, Start};
use inkling::state::provide_editor;
use inkling::state::{DataState, Machine, RunRecord, use_app_state};
use inkling_engine::experiment::Preset;
use inkling_engine::history::{EpochRecord, StopReason};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlButtonElement, HtmlCanvasElement};

pub async fn open() -> Stage {
    Stage::with(|| {
        let state = use_app_state();
        state.machine.set(Some(Machine { simd: Simd::Relaxed, n_cores: 2, n_workers: 2 }));
        provide_editor(state);
        view! { <RunPanel /> }
    })
    .await
}

pub fn record(epoch: usize) -> EpochRecord {
    let loss = 0.3 / epoch as f64;
    EpochRecord { epoch, loss, accuracy: 1.0 - loss, val_loss: Some(loss / 2.0), val_accuracy: Some(1.0 - loss / 2.0) }
}

fn is_disabled(stage: &Stage, name: &str) -> bool {
    stage.button(name).unchecked_into::<HtmlButtonElement>().disabled()
}

fn text(stage: &Stage) -> String {
    stage.find::<Element>("#run").text_content().unwrap_or_default()
}

pub async fn enter(stage: &Stage, phase: Phase) {
    stage.state.run.progress.update(|progress| {
        (progress.phase, progress.epoch, progress.step) = (phase, 5, 137);
        (progress.epochs, progress.steps_per_epoch) = (10, 270);
    });
    frame().await;
}

#[wasm_bindgen_test]
async fn the_status_says_the_same_as_text_and_as_attributes() {
    let stage = open().await;
    stage.state.run.epochs.set(vec![record(1), record(2)]);
    enter(&stage, Phase::Training).await;
    let status: Element = stage.find("[data-testid=run-status]");
    let fact = |name: &str| status.get_attribute(&format!("data-{name}"));
    assert_eq!((fact("state").as_deref(), fact("epoch").as_deref()), (Some("training"), Some("5")));
    assert_eq!((fact("step").as_deref(), fact("val-accuracy").as_deref()), (Some("137"), Some("0.925")));
    assert!(status.text_content().unwrap().contains("Epoch 5 of 10 · step 137 of 270"));
}

#[wasm_bindgen_test]
async fn train_becomes_pause_and_steps_rest_meanwhile() {
    let stage = open().await;
    assert!(!is_disabled(&stage, "Train") && !is_disabled(&stage, "Step batch"));
    enter(&stage, Phase::Training).await;
    assert!(!is_disabled(&stage, "Pause") && is_disabled(&stage, "Step batch") && is_disabled(&stage, "Step epoch"));
    enter(&stage, Phase::Paused).await;
    assert!(!is_disabled(&stage, "Train") && !is_disabled(&stage, "Reset"));
}

#[wasm_bindgen_test]
async fn an_impossible_experiment_cannot_be_trained() {
    let stage = open().await;
    stage.state.edit(|experiment| experiment.training.batch_size = 0);
    frame().await;
    assert!(is_disabled(&stage, "Train") && is_disabled(&stage, "Step epoch"));
}

#[wasm_bindgen_test]
async fn an_infinite_loss_offers_a_tenth_of_the_rate() {
    let stage = open().await;
    let reason = StopReason::NotFinite { epoch: 1, step: 12, learning_rate: 10.0 };
    stage.state.run.stop_reason.set(Some(reason));
    enter(&stage, Phase::Failed).await;
    assert!(text(&stage).contains("the loss became infinite in epoch 1, step 12"));
    stage.button("Try a tenth: 1").click();
    frame().await;
    assert_eq!(stage.state.experiment.read_untracked().training.learning_rate, 1.0);
}

#[wasm_bindgen_test]
async fn data_that_did_not_come_are_asked_for_again() {
    let stage = open().await;
    stage.state.data.set(DataState::Failed);
    let message = "part 3 of 7 did not come".to_owned();
    stage.state.failures.set(vec![Failure { kind: FailureKind::Data, message }]);
    frame().await;
    assert!(text(&stage).contains("part 3 of 7 did not come"));
    stage.button("Retry").click();
    frame().await;
    assert!(!text(&stage).contains("part 3 of 7"));
    assert_eq!(stage.state.data.get_untracked(), DataState::Waiting);
}

#[wasm_bindgen_test]
async fn data_are_asked_for_again_when_the_network_is_back() {
    let stage = open().await;
    let come_online = || window().dispatch_event(&Event::new("online").unwrap()).unwrap();
    stage.state.data.set(DataState::Failed);
    frame().await;
    assert_eq!(stage.state.data.get_untracked(), DataState::Failed, "not before");
    come_online();
    assert_eq!(stage.state.data.get_untracked(), DataState::Waiting);
    let loaded = DataState::Loaded { n_train: 60_000, n_test: 10_000 };
    stage.state.data.set(loaded);
    come_online();
    assert_eq!(stage.state.data.get_untracked(), loaded, "what is there is not fetched again");
}

#[wasm_bindgen_test]
async fn leaving_is_asked_about_while_a_run_trains_and_only_then() {
    let stage = open().await;
    let asks = || {
        let options = EventInit::new();
        options.set_cancelable(true);
        let event = Event::new_with_event_init_dict("beforeunload", &options).unwrap();
        window().dispatch_event(&event).unwrap();
        event.default_prevented()
    };
    for (phase, is_asked) in [
        (Phase::Idle, false),
        (Phase::Training, true),
        (Phase::Paused, false),
        (Phase::Finished, false),
        (Phase::Failed, false),
    ] {
        enter(&stage, phase).await;
        assert_eq!(asks(), is_asked, "{phase:?}");
    }
}

#[wasm_bindgen_test]
async fn a_former_run_brings_its_experiment_back() {
    let stage = open().await;
    let experiment = Preset::Mlp40.experiment();
    let stop_reason = Some(StopReason::ValidationScore { best_epoch: 2, best_score: 0.9675, n_iter_no_change: 10 });
    let epochs = vec![record(1), record(2)];
    let run = RunRecord {
        id: 9,
        checked: experiment.check().unwrap(),
        epochs,
        seconds: 21.0,
        stop_reason,
        kept_epoch: Some(1),
        rate_changes: vec![],
        n_steps: 540,
        test_accuracy: None,
        is_edited: true,
        restored: Some(1),
        amended: vec![],
    };
    stage.state.past_runs.set(vec![run]);
    frame().await;
    let row: Element = stage.find(".run-table tbody tr");
    let cells = row.text_content().unwrap();
    for cell in
        ["MLP 40", "edited by hand", "fresh optimizer after epoch 1", "31,810", "1 of 2 ■", "0.150", "85.00 %", "21 s"]
    {
        assert!(cells.contains(cell), "{cell} is not in {cells}");
    }
    stage.button("MLP 40").click();
    frame().await;
    assert_eq!(*stage.state.experiment.read_untracked(), experiment);
}

/// A run that has made some updates of its first epoch.
async fn begin(stage: &Stage) {
    stage.state.run.id.set(1);
    stage.state.run.start.set(Start::Seed);
    stage.state.run.last_batch.set(Some(BatchPoint { n_steps: 137, loss: 0.5, accuracy: 0.9 }));
    enter(stage, Phase::Training).await;
}

fn training(stage: &Stage) -> (f64, usize) {
    let checked = stage.state.run.checked.get_untracked();
    let training = &checked.experiment().training;
    (training.learning_rate, training.epochs)
}

#[wasm_bindgen_test]
async fn a_run_under_way_takes_up_edits_of_its_own_experiment_alone() {
    let stage = open().await;
    begin(&stage).await;
    stage.state.edit(|experiment| experiment.training.learning_rate = 0.02);
    assert_eq!(training(&stage), (0.02, 10));
    stage.state.edit(|experiment| experiment.training.batch_size = 50);
    stage.state.edit(|experiment| experiment.training.epochs = 4);
    assert_eq!(training(&stage), (0.02, 10), "what is edited is another run's experiment by now");
    let own = stage.state.run.checked.get_untracked().experiment().clone();
    stage.state.load(own.clone());
    stage.state.edit(|experiment| experiment.training.epochs = 12);
    assert_eq!(training(&stage), (0.02, 12), "the run's own experiment is back");
}

#[wasm_bindgen_test]
async fn presets_and_former_runs_leave_the_run_under_way_alone() {
    let stage = open().await;
    begin(&stage).await;
    let mut other = stage.state.run.checked.get_untracked().experiment().clone();
    (other.training.learning_rate, other.training.epochs) = (0.5, 24);
    stage.state.load(other);
    assert_eq!(training(&stage), (0.001, 10));
    stage.state.edit(|experiment| experiment.training.epochs = 30);
    assert_eq!(training(&stage), (0.001, 10));
    enter(&stage, Phase::Finished).await;
    stage.state.run.stop_reason.set(Some(StopReason::EpochsDone));
    stage.state.edit(|experiment| experiment.training.learning_rate = 0.7);
    assert_eq!(training(&stage), (0.001, 10), "a run that is over is not renamed");
}

#[wasm_bindgen_test]
async fn a_run_of_a_few_steps_is_kept_when_another_begins() {
    let stage = open().await;
    begin(&stage).await;
    enter(&stage, Phase::Paused).await;
    stage.state.edit(|experiment| experiment.training.batch_size = 50);
    frame().await;
    assert!(text(&stage).contains("Settings changed. Train starts a new run"));
    stage.button("Step batch").click();
    frame().await;
    let past = stage.state.past_runs.get_untracked();
    assert_eq!(past.iter().map(|run| (run.id, run.n_steps)).collect::<Vec<_>>(), [(1, 137)]);
}

#[wasm_bindgen_test]
async fn train_says_what_it_will_do() {
    let stage = open().await;
    begin(&stage).await;
    let next = || stage.find::<Element>("[data-testid=next-train]").text_content().unwrap();
    assert_eq!(next(), "");
    enter(&stage, Phase::Paused).await;
    assert!(next().contains("goes on"), "{}", next());
    stage.state.run.stop_reason.set(Some(StopReason::EpochsDone));
    stage.state.run.epochs.set((1..=10).map(record).collect());
    enter(&stage, Phase::Finished).await;
    assert!(next().contains("starts a new run from seed 1"), "{}", next());
    assert!(text(&stage).contains("10 epochs are done. The weights of epoch 10, the last one, remain."));
    stage.state.edit(|experiment| experiment.training.epochs = 20);
    frame().await;
    assert!(next().contains("continues from epoch 10 to epoch 20"), "{}", next());
}

#[wasm_bindgen_test]
async fn two_networks_are_told_apart_and_brought_together() {
    let stage = open().await;
    begin(&stage).await;
    assert_eq!(stage.count("[data-testid=two-networks]"), 0);
    stage.state.edit(|experiment| experiment.network.retain(|layer| layer.type_name() != "Dropout"));
    frame().await;
    assert_eq!(stage.count("[data-testid=two-networks]"), 1);
    stage.button("Back to the run's settings").click();
    frame().await;
    assert_eq!(stage.count("[data-testid=two-networks]"), 0);
    assert!(!stage.state.is_edited());
}

#[wasm_bindgen_test]
async fn curves_are_painted_in_the_screens_pixels_and_described_in_text() {
    let stage = open().await;
    stage.state.run.epochs.set((1..=5).map(record).collect());
    enter(&stage, Phase::Paused).await;
    frame().await;
    let canvas: HtmlCanvasElement = stage.find(".curve__canvas");
    let slider: Element = stage.find("[role=slider]");
    assert_eq!(
        slider.get_attribute("aria-valuetext").as_deref(),
        Some("epoch 5: training loss 0.0600, validation loss 0.0300")
    );
    let summary: Element = stage.find(".curve-table summary");
    assert_eq!(summary.text_content().unwrap(), "5 epochs; the best validation accuracy was 97.00 % in epoch 5");
    let width = f64::from(slider.client_width()) * window().device_pixel_ratio();
    if slider.client_height() > 0 {
        assert_eq!(f64::from(canvas.width()), width.round());
    }
}

#[wasm_bindgen_test]
async fn a_curve_goes_on_where_its_axes_stay() {
    let stage = open().await;
    for plot in stage.all(".curve__plot") {
        plot.set_attribute("style", "height: 160px").unwrap();
    }
    let pictures = || -> Vec<String> {
        let canvases = stage.all(".curve__canvas").into_iter();
        canvases.map(|canvas| canvas.unchecked_into::<HtmlCanvasElement>().to_data_url().unwrap()).collect()
    };
    stage.state.run.epochs.set((1..=4).map(record).collect());
    enter(&stage, Phase::Training).await;
    frame().await;
    assert!(!pictures().is_empty(), "there are charts");
    for _ in 0..3 {
        let before = pictures();
        stage.state.run.epochs.update(|epochs| epochs.push(EpochRecord { epoch: epochs.len() + 1, ..record(4) }));
        frame().await;
        frame().await;
        assert!(before.iter().zip(pictures()).all(|(before, now)| *before != now), "the charts stand still");
    }
}
