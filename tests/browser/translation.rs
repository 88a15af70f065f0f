//! A page whose texts a browser's translator has replaced goes on: each text that changes afterwards shows its new words,
//! and no old ones beside them.

use crate::stage::{Stage, frame};
use crate::unit_inspector::{Bench, cell};
use crate::{evidence, run, surgery, weights};
use inkling::panels::evidence::EvidencePanel;
use inkling::panels::experiment::ExperimentPanel;
use inkling::panels::gradients::GradientsPanel;
use inkling::panels::pad::PadPanel;
use inkling::panels::weights::WeightsPanel;
use inkling::protocol::questions::*;
use inkling::protocol::{Phase, Start};
use inkling::state::{DataState, provide_editor, use_app_state};
use inkling_engine::experiment::Preset;
use inkling_engine::explain::{Edit, Frozen, Histogram, LogitContributions, LogitTerm, Statistics};
use inkling_engine::history::{EpochRecord, StopReason};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// Brings a page about twice, and translates one of them in between: in the end both say the same.
async fn check<T>(stage_of: fn(&T) -> &Stage, open: impl AsyncFn() -> T, change: impl AsyncFn(&T)) {
    let mut ends = Vec::new();
    for is_translated in [false, true] {
        let page = open().await;
        frame().await;
        let stage = stage_of(&page);
        let start = stage.texts();
        if is_translated {
            assert!(stage.translate() > 0, "some text is translated");
            assert_eq!(stage.texts(), start);
        }
        change(&page).await;
        frame().await;
        assert_ne!(stage.texts(), start, "the change can be read");
        ends.push(stage.texts());
    }
    let [plain, translated] = [&ends[0], &ends[1]];
    if let Some(idx) = (0..plain.len().max(translated.len())).find(|idx| plain.get(*idx) != translated.get(*idx)) {
        let near = |texts: &[String]| texts.iter().skip(idx.saturating_sub(3)).take(8).cloned().collect::<Vec<_>>();
        panic!("expected {:?}, got {:?}", near(plain), near(translated));
    }
}

fn itself(stage: &Stage) -> &Stage {
    stage
}

#[wasm_bindgen_test]
async fn the_inspector_goes_on() {
    let pairs = [
        (0, cell(9, 9, 2), cell(3, 4, 5)),
        (1, cell(2, 3, 1), cell(5, 6, 7)),
        (2, cell(4, 5, 2), cell(7, 1, 9)),
        (4, cell(0, 0, 70), cell(0, 0, 1_500)),
        (6, cell(0, 0, 3), cell(0, 0, 8)),
    ];
    for (layer_idx, from, to) in pairs {
        let open = async || {
            let bench = Bench::of(Preset::LessonCnn.experiment()).await;
            bench.pin(layer_idx, from).await;
            bench
        };
        check(|bench: &Bench| &bench.stage, open, async |bench: &Bench| bench.pin(layer_idx, to).await).await;
    }
}

#[wasm_bindgen_test]
async fn slow_motion_and_the_order_of_channels_go_on() {
    let open = async || {
        let bench = Bench::of(Preset::LessonCnn.experiment()).await;
        bench.pin(2, cell(4, 5, 2)).await;
        bench.stage.button("▶ slow motion").click();
        frame().await;
        bench
    };
    let change = async |bench: &Bench| {
        bench.stage.find::<web_sys::HtmlElement>(".slow-motion__play").click();
        bench.stage.state.run.progress.update(|progress| progress.phase = Phase::Training);
        bench.stage.find::<web_sys::HtmlElement>(".sum-list > button").click();
        frame().await;
        bench.stage.find::<web_sys::HtmlElement>(".slow-motion__play").click();
    };
    check(|bench: &Bench| &bench.stage, open, change).await;
}

#[wasm_bindgen_test]
async fn weights_go_on() {
    let tell = |stage: &Stage, factor: f32| {
        weights::tell_weights(stage, 0, WeightKind::Values, |i| factor * i as f32);
        weights::tell_weights(stage, 6, WeightKind::Values, |i| factor * i as f32);
        let spread =
            |values: &[f32]| Spread { statistics: Statistics::of(values), histogram: Histogram::of(values, 4) };
        let activations = spread(&[0.0, factor, factor, 7.0]);
        let answer = HistogramsAnswer { weights: Some(spread(&[-factor, -factor, 3.0])), activations, gradients: None };
        stage.answer(stage.state.answers.histograms, 0, Histograms { layer_idx: 0 }, answer);
    };
    let open = async || {
        let stage = Stage::with(|| view! { <WeightsPanel /> }).await;
        tell(&stage, 1.0);
        stage
    };
    let change = async |stage: &Stage| {
        tell(stage, 2.5);
        let canvas: Element = stage.find("[data-layer=conv2d] [data-testid=kernels]");
        weights::press(&canvas, "ArrowRight");
    };
    check(itself, open, change).await;
}

#[wasm_bindgen_test]
async fn gradients_go_on_at_every_station() {
    let tell = |stage: &Stage, prob: f32| {
        let mut probs = [(1.0 - prob) / 9.0; 10];
        probs[3] = prob;
        weights::tell_gradients(stage, &probs);
        let class_loss = |prob: f64| ClassLoss { prob: prob as f32, loss: -prob.ln() };
        let biases = vec![TrialWeight { before: prob, gradient: 0.25, after: prob / 2.0 }; 10];
        let (before, after) = (class_loss(prob.into()), class_loss((prob + 0.1).into()));
        let answer = TrialStepAnswer { before, after, biases };
        stage.answer(stage.state.answers.trial_step, 0, TrialStep { class: 3 }, answer);
    };
    for n_steps in 0..4 {
        let open = async || {
            let stage = Stage::with(|| view! { <GradientsPanel /> }).await;
            tell(&stage, 0.55);
            frame().await;
            for _ in 0..n_steps {
                stage.button("Next").click();
                frame().await;
            }
            tell(&stage, 0.5);
            stage
        };
        check(itself, open, async |stage: &Stage| tell(stage, 0.25)).await;
        let button = if n_steps == 3 { "Back" } else { "Next" };
        check(itself, open, async |stage: &Stage| stage.button(button).click()).await;
    }
}

#[wasm_bindgen_test]
async fn evidence_goes_on() {
    let tell = |stage: &Stage, (digit, other): (usize, usize), value: f32| {
        let mut probs = vec![0.0; 10];
        (probs[digit], probs[other]) = (0.9, 0.1);
        evidence::inspect(stage, probs);
        let output = |digit: usize| LogitContributions {
            terms: vec![LogitTerm { source_idx: 17, value: value + digit as f32 }],
            n_rest: 62,
            rest_positive: 0.75,
            rest_negative: -0.5,
            bias: 0.25,
            logit: value + 0.5 + digit as f32,
        };
        let answer = ContributionsAnswer { outputs: (0..10).map(output).collect() };
        stage.answer(stage.state.answers.contributions, 0, Contributions, answer);
        let answer = SaliencyAnswer { progress: (100 + value as usize, 784), values: vec![value; 2 * 784] };
        stage.answer(stage.state.answers.saliency, 0, Saliency { class: 3 }, answer);
    };
    let open = async || {
        let stage = Stage::with(|| view! { <EvidencePanel /> }).await;
        tell(&stage, (3, 8), 4.0);
        frame().await;
        let summary: web_sys::HtmlElement = stage.find(".contributions summary");
        summary.click();
        stage
    };
    check(itself, open, async |stage: &Stage| tell(stage, (3, 5), 6.0)).await;
    check(itself, open, async |stage: &Stage| tell(stage, (7, 9), 6.0)).await;
}

#[wasm_bindgen_test]
async fn surgery_goes_on() {
    let tell = |stage: &Stage, share: f32, n_done: usize| {
        surgery::tell_weights(stage, 0, |i| share * i as f32);
        let outputs = |digit: usize| {
            let mut outputs = vec![(1.0 - share) / 9.0; 10];
            outputs[digit] = share;
            outputs
        };
        let answer = ComparisonAnswer { before: Some(outputs(3)), after: outputs(8) };
        stage.answer(stage.state.answers.comparison, 0, Comparison, answer);
        let score = |n_right: u32| Some(Score { n_right: vec![n_right; 10], n_images: vec![100; 10] });
        let answer = ScoresAnswer { before: score(95), after: score(n_done as u32 / 100), progress: (n_done, 2_000) };
        stage.answer(stage.state.answers.scores, 0, Scores, answer);
        let without = vec![0.94, f64::from(share), 0.75];
        let answer = AblationAnswer { accuracy: f64::from(share), without, dead: vec![1], n_units: 32 };
        stage.answer(stage.state.answers.ablation, 0, Ablation { layer_idx: 0 }, answer);
    };
    let open = async || {
        let stage = surgery::open().await;
        stage.button("Rank the units").click();
        tell(&stage, 0.9, 1_200);
        stage.state.run.start.set(Start::Seed);
        stage.state.edit_weights(|edits| {
            edits.toggle_frozen(Frozen::Layer { layer_idx: 0 });
            edits.edit(Edit::SilenceUnit { layer_idx: 0, unit: 2 });
        });
        stage
    };
    let change = async |stage: &Stage| {
        tell(stage, 0.6, 1_700);
        stage.state.run.progress.update(|progress| progress.phase = Phase::Paused);
        stage.state.edit_weights(|edits| {
            edits.toggle_frozen(Frozen::Layer { layer_idx: 0 });
            edits.toggle_frozen(Frozen::Unit { layer_idx: 0, unit: 1 });
            edits.edit(Edit::SilenceUnit { layer_idx: 0, unit: 0 });
        });
        frame().await;
        tell(stage, 0.5, 2_000);
    };
    check(itself, open, change).await;
}

#[wasm_bindgen_test]
async fn the_end_of_a_run_and_its_diagnosis_go_on() {
    let stop = |stage: &Stage, step: usize, learning_rate: f64| {
        let reason = StopReason::NotFinite { epoch: 1, step, learning_rate };
        stage.state.run.stop_reason.set(Some(reason));
    };
    let open = async || {
        let stage = run::open().await;
        stop(&stage, 12, 10.0);
        run::enter(&stage, Phase::Failed).await;
        stage
    };
    check(itself, open, async |stage: &Stage| stop(stage, 13, 20.0)).await;

    let learn = |stage: &Stage, loss: f64| {
        let record = EpochRecord { epoch: 1, loss, accuracy: 0.11, val_loss: Some(loss), val_accuracy: Some(0.11) };
        stage.state.run.epochs.set(vec![record]);
    };
    let open = async || {
        let stage = run::open().await;
        learn(&stage, 151.0);
        run::enter(&stage, Phase::Training).await;
        assert_eq!(stage.count("[data-testid=diagnosis]"), 1);
        stage
    };
    check(itself, open, async |stage: &Stage| learn(stage, 162.0)).await;
}

#[wasm_bindgen_test]
async fn experiment_and_pad_go_on() {
    let open = async || {
        Stage::with(|| {
            provide_editor(use_app_state());
            view! {
                <ExperimentPanel />
                <PadPanel />
            }
        })
        .await
    };
    let change = async |stage: &Stage| {
        stage.state.data.set(DataState::Loaded { n_train: 60_000, n_test: 10_000 });
        stage.state.experiment.set(Preset::Mlp16x16.experiment());
        frame().await;
        stage.state.edit(|experiment| experiment.training.batch_size = 0);
        stage.button("Clear").click();
    };
    check(itself, open, change).await;
}
