//! Several runs in one worker, beside the page: they take turns, and none sees the others.

use super::story::wait_for_data;
use super::{host, open};
use inkling_engine::experiment::{DataConfig, Experiment, Preset};
use serde_json::{Value, json};

/// Trains runs in a worker of their own, all at once: the epochs of each, and in which order epochs ended.
const TRAIN: &str = "
    const url = performance.getEntriesByType('resource').map(({ name }) => name).find((name) => /worker-\\w+-\\w+\\.js$/.test(name));
    const worker = new Worker(url, { type: 'module' });
    const send = (command) => worker.postMessage([command, new Float32Array()]);
    const [histories, order, finished] = [{}, [], new Set()];
    try {
        await new Promise((resolve, reject) => {
            worker.onerror = ({ message }) => reject(new Error(message));
            worker.onmessage = ({ data: [event] }) => {
                const [kind, body] = typeof event === 'string' ? [event, null] : Object.entries(event)[0];
                if (kind === 'Failed') reject(new Error(JSON.stringify(body)));
                if (kind === 'Ready') {
                    send({ Open: { base_url: new URL('.', location.href).href } });
                    send('LoadData');
                    runs.forEach(({ run, experiment }) => send({ Build: { run, experiment, start: 'Seed' } }));
                }
                if (kind === 'DataLoaded') runs.forEach(({ run }) => send({ Train: { run } }));
                if (kind === 'EpochsEnded') {
                    histories[body.run] = [...(histories[body.run] ?? []), ...body.records];
                    order.push(body.run);
                }
                if (kind === 'Finished' && finished.add(body.run).size === runs.length) resolve();
            };
        });
    } finally {
        worker.terminate();
    }
    return { histories, order };";

/// Epochs of each run: enough for many turns.
const EPOCHS: usize = 20;

/// The same work for each seed, so that runs that take turns end at about the same time.
fn experiment(seed: u64) -> Experiment {
    let mut experiment = Preset::Mlp40.experiment();
    experiment.seed = seed;
    experiment.data = DataConfig::mnist(12_000);
    experiment.training.epochs = EPOCHS;
    experiment
}

#[test]
fn runs_that_take_turns_have_the_histories_that_each_has_alone() {
    let host = host();
    let page = open(&host);
    wait_for_data(&page);
    let runs: Vec<Value> = [(3, 1), (8, 2)]
        .map(|(run, seed)| json!({ "run": run, "experiment": serde_json::to_string(&experiment(seed)).unwrap() }))
        .to_vec();
    let train = |runs: &[Value]| page.js(&format!("const runs = {}; {TRAIN}", json!(runs))).unwrap();
    let together = train(&runs);
    for run in &runs {
        let alone = train(std::slice::from_ref(run));
        let id = run["run"].to_string();
        assert_eq!(together["histories"][&id].as_array().map(Vec::len), Some(EPOCHS), "epochs of run {id}");
        assert_eq!(together["histories"][&id], alone["histories"][&id], "history of run {id}");
    }
    let order = together["order"].as_array().unwrap();
    let first_ends = |id: i64| order.iter().position(|run| run == id).unwrap();
    let last_ends = |id: i64| order.iter().rposition(|run| run == id).unwrap();
    assert!(first_ends(3) < last_ends(8) && first_ends(8) < last_ends(3), "they take turns: {order:?}");
}
