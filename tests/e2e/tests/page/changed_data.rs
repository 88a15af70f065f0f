//! A run whose data are changed in every way: its history is the same with any number of workers.

use super::several_runs::TRAIN;
use super::story::wait_for_data;
use super::{host, open};
use inkling_engine::data::OwnDigits;
use inkling_engine::experiment::{Augmentation, DataConfig, Experiment, MnistConfig, OwnDigitsConfig, Preset};
use serde_json::json;

/// Epochs of the run.
const EPOCHS: usize = 3;
/// Own digits.
const N_OWN: usize = 7;
/// What the page would send, and [`pixel`] in JavaScript.
const SETUP: &str = "[
    [{ SetOwnDigits: { labels: [0, 1, 2, 3, 4, 5, 6] } }, undefined, Uint8Array.from({ length: 7 * 784 }, (_, i) => i % 251)],
    [{ SetWorkers: { n_workers: workers } }],
]";

fn pixel(i: usize) -> u8 {
    (i % 251) as u8
}

fn experiment() -> Experiment {
    let own = OwnDigits::new((0..N_OWN * 784).map(pixel).collect(), (0..N_OWN as u8).collect()).unwrap();
    let mut experiment = Preset::Mlp16x16.experiment();
    experiment.training.epochs = EPOCHS;
    let mut digits = MnistConfig { n_samples: 2_000, shuffle_pixels: true, label_noise: 0.2, ..MnistConfig::default() };
    digits.augmentation = Augmentation { shift: 2.0, rotation: 10.0, scale: 0.1, noise: 0.1 };
    digits.class_weight.0[3] = 2.0;
    digits.own_digits = OwnDigitsConfig::of(&own, 5);
    experiment.data = DataConfig::Mnist(digits);
    experiment
}

#[test]
fn history_on_changed_data_does_not_depend_on_the_number_of_workers() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    let runs = json!([{ "run": 3, "experiment": serde_json::to_string(&experiment()).unwrap() }]);
    let history = |workers: usize| {
        let body = format!("const workers = {workers}; const [runs, setup] = [{runs}, {SETUP}]; {TRAIN}");
        page.js(&body).unwrap()["histories"]["3"].clone()
    };
    let alone = history(1);
    assert_eq!(alone.as_array().map(Vec::len), Some(EPOCHS));
    assert_eq!(history(2), alone);
}

#[test]
fn a_run_on_own_digits_that_are_not_there_says_so() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    let runs = json!([{ "run": 3, "experiment": serde_json::to_string(&experiment()).unwrap() }]);
    let body = format!(
        "const [runs, setup] = [{runs}, []];
         try {{ await (async () => {{ {TRAIN} }})(); }} catch ({{ message }}) {{ return message; }}"
    );
    let message = page.js(&body).unwrap();
    let expected = "trained on 7 own digits that are not the 0 kept here";
    assert!(message.as_str().is_some_and(|message| message.contains(expected)), "{message}");
}
