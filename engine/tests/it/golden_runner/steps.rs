//! Kind `train_steps`: outputs, losses, gradients, then three updates with each optimizer.

use super::network::{Subject, optimizer};
use super::{Report, list, number, tensor, tensor_f32, text};
use inkling_engine::data::{ShardHeader, pack_samples};
use inkling_engine::experiment::{CheckedLayer, LayerConfig};
use inkling_engine::model::{BatchPass, Model, Shard, ShardResult, Workspace};
use inkling_engine::trainer::{SHARD_SIZE, Stage, Trainer};
use serde_json::Value;

pub fn run(case: &Value, report: &mut Report) {
    let subject = Subject::new(case);
    let model = subject.model();
    report.equal("total_params", model.n_params() as u64, case["total_params"].as_u64().unwrap());
    check_outputs(case, &subject, &model, report);
    let masks = Masks::new(case, &subject);
    check_pass(case, &subject, &model, &masks, report);
    check_steps(case, &subject, &model, &masks, report);
}

/// Outputs of all layers, logits, losses and gradients; also for the kind `sklearn_epochs`.
pub fn check_outputs(case: &Value, subject: &Subject, model: &Model, report: &mut Report) {
    let mut workspace = Workspace::new(model);
    let input_len = subject.x.len() / subject.n_samples;
    let mut outputs = vec![vec![]; model.layers().len()];
    for x in subject.x.chunks_exact(input_len) {
        for activation in model.activations(&mut workspace, x) {
            outputs[activation.layer_idx].extend_from_slice(activation.as_slice());
        }
    }
    // With dropout or batch statistics at work, the outputs from there on are those of training: they show in loss and
    // gradients.
    let is_training = case["training"] == true;
    let differs = |config: &LayerConfig| matches!(config, LayerConfig::Dropout(_) | LayerConfig::BatchNormalization(_));
    let first_dropout = model.layers().iter().position(|layer| differs(&layer.config) && is_training);
    for (name, value) in case["outputs"].as_object().unwrap() {
        let layer_idx = subject.layer_idx(name);
        if first_dropout.is_none_or(|first| layer_idx < first) {
            report.all_close("outputs", name, &outputs[layer_idx], &tensor(value));
        }
    }
    if let Some(inference) = case["inference_outputs"].as_object() {
        for (name, value) in inference {
            report.all_close("inference outputs", name, &outputs[subject.layer_idx(name)], &tensor(value));
        }
        check_inference(case, &case["inference_loss"], subject, model, report);
    }
    if first_dropout.is_none() || model.normalizes_batches() {
        // The fast path gives the same bits as the one that keeps every layer.
        let predicted = model.predict(&mut workspace, &subject.x);
        report.equal("predict and activations", predicted.as_slice(), outputs.last().map(Vec::as_slice));
        if model.normalizes_batches() {
            return;
        }
        if let logits @ Value::Object(_) = &case["logits"] {
            let got = model.logits(&mut workspace, &subject.x);
            report.all_close("logits", "", got.as_slice().unwrap(), &tensor(logits));
        }
    }
}

/// Losses and gradients of all samples as one batch; also for the kind `sklearn_epochs`.
pub fn check_pass(case: &Value, subject: &Subject, model: &Model, masks: &Masks, report: &mut Report) {
    let mut workspace = Workspace::new(model);
    masks.apply(|layer_idx, factors| workspace.set_dropout_factors(layer_idx, Some(factors)));
    let (result, gradients) = batch_gradient(subject, model, &mut workspace);
    let data_loss = result.loss_sum / subject.n_samples as f64;
    report.close("losses", "data_loss", data_loss, number(&case["data_loss"]));
    report.close("losses", "loss", data_loss + model.penalty(subject.n_samples), number(&case["loss"]));
    for (name, value) in case["gradients"].as_object().unwrap() {
        report.all_close("gradients", name, &gradients[subject.range(model, name)], &tensor(value));
    }
}

/// The loss outside of training.
fn check_inference(case: &Value, expected: &Value, subject: &Subject, model: &Model, report: &mut Report) {
    let mut workspace = Workspace::new(model);
    let sample_idxs: Vec<u32> = (0..subject.n_samples as u32).collect();
    let mut total = ShardResult::default();
    for samples in sample_idxs.chunks(SHARD_SIZE) {
        total = total.plus(model.evaluate_samples(&mut workspace, &subject.dataset, samples, &mut vec![]));
    }
    let loss = total.loss_sum / subject.n_samples as f64 + model.penalty(subject.n_samples);
    assert!(expected.is_number(), "{}: an inference loss", text(&case["name"]));
    report.close("losses", "inference_loss", loss, number(expected));
}

/// Sums over all samples, and the gradient of the mean loss with penalties.
fn batch_gradient(subject: &Subject, model: &Model, workspace: &mut Workspace) -> (ShardResult, Vec<f32>) {
    if model.normalizes_batches() {
        return normalized_batch_gradient(subject, model);
    }
    let sample_idxs: Vec<u32> = (0..subject.n_samples as u32).collect();
    let mut total = ShardResult::default();
    let mut sum = vec![0.0; model.n_params()];
    let mut gradients = vec![f32::NAN; model.n_params()];
    for (shard_idx, samples) in sample_idxs.chunks(SHARD_SIZE).enumerate() {
        let mut bytes = vec![];
        pack_samples(&subject.dataset, samples, 1, &mut bytes);
        let head = ShardHeader::new(&subject.dataset, samples.len(), 1, shard_idx * SHARD_SIZE);
        total = total.plus(model.shard_gradient(workspace, &Shard::from_parts(head, &bytes), &mut gradients));
        sum.iter_mut().zip(&gradients).for_each(|(sum, gradient)| *sum += gradient);
    }
    sum.iter_mut().for_each(|sum| *sum /= subject.n_samples as f32);
    model.add_penalty_gradient(subject.n_samples, &mut sum);
    (total, sum)
}

/// As [`batch_gradient`], in a network that needs statistics of the whole batch.
fn normalized_batch_gradient(subject: &Subject, model: &Model) -> (ShardResult, Vec<f32>) {
    let sample_idxs: Vec<u32> = (0..subject.n_samples as u32).collect();
    let mut pass = BatchPass::default();
    for (shard_idx, samples) in sample_idxs.chunks(SHARD_SIZE).enumerate() {
        pass.add_samples(model, &subject.dataset, samples, (1, shard_idx * SHARD_SIZE));
    }
    let mut numbers = pass.advance(model, None);
    while let Some(shards) = numbers {
        let merged = pass.merge(&shards);
        numbers = pass.advance(model, Some(&merged));
    }
    let (mut total, mut sum) = (ShardResult::default(), vec![0.0; model.n_params()]);
    for (result, gradients) in pass.results() {
        total = total.plus(result);
        sum.iter_mut().zip(gradients).for_each(|(sum, gradient)| *sum += gradient);
    }
    sum.iter_mut().for_each(|sum| *sum /= subject.n_samples as f32);
    model.add_penalty_gradient(subject.n_samples, &mut sum);
    (total, sum)
}

/// Optimizers that cases speak of and the engine does not have: their updates are left out.
const UNSUPPORTED: [&str; 2] = ["Adagrad", "Nadam"];

/// The optimizer of a case whose updates are all made by one that the engine does not have.
pub fn unsupported_optimizer(case: &Value) -> Option<&str> {
    let mut names = case["after_steps"].as_array()?.iter().filter_map(|entry| entry["optimizer"]["type"].as_str());
    let first = names.next()?;
    (UNSUPPORTED.contains(&first) && names.all(|name| UNSUPPORTED.contains(&name))).then_some(first)
}

fn check_steps(case: &Value, subject: &Subject, model: &Model, masks: &Masks, report: &mut Report) {
    let mut optimizers: Vec<&Value> = vec![];
    for entry in list(&case["after_steps"]) {
        let optimizer = &entry["optimizer"];
        if !optimizers.contains(&optimizer) && !UNSUPPORTED.contains(&text(&optimizer["type"])) {
            optimizers.push(optimizer);
        }
    }
    assert!(!optimizers.is_empty(), "{}: no update can be checked", text(&case["name"]));
    for value in optimizers {
        let (config, learning_rate) = optimizer(value);
        let checked = subject.checked(|training| {
            training.optimizer = config;
            training.learning_rate = learning_rate;
            training.epochs = 100;
        });
        let mut trainer = Trainer::with_model(checked, subject.dataset.clone(), model.clone()).unwrap();
        masks.apply(|layer_idx, factors| trainer.set_dropout_factors(layer_idx, Some(factors)));
        let mut workspace = Workspace::new(model);
        masks.apply(|layer_idx, factors| workspace.set_dropout_factors(layer_idx, Some(factors)));
        for entry in list(&case["after_steps"]).iter().filter(|entry| entry["optimizer"] == *value) {
            let before = trainer.step();
            report.equal("step", before.epoch as u64, entry["step"].as_u64().unwrap());
            report.close("losses of steps", "loss_before", before.loss, number(&entry["loss_before"]));
            assert_eq!(trainer.stage(), Stage::Validation);
            trainer.validate_chunk();
            let (after, _) = batch_gradient(subject, trainer.model(), &mut workspace);
            let data_loss = after.loss_sum / subject.n_samples as f64;
            report.close("losses of steps", "data_loss", data_loss, number(&entry["data_loss"]));
            let loss = data_loss + trainer.model().penalty(subject.n_samples);
            report.close("losses of steps", "loss", loss, number(&entry["loss"]));
            if entry["inference_loss"].is_number() {
                check_inference(case, &entry["inference_loss"], subject, trainer.model(), report);
                let outputs = trainer.model().predict(&mut workspace, &subject.x);
                let expected = tensor(&entry["inference_output"]);
                report.all_close("inference outputs", "last", outputs.as_slice().unwrap(), &expected);
            }
            for (name, value) in entry["weights"].as_object().unwrap() {
                let weights = &trainer.model().weights()[subject.range(model, name)];
                report.all_close("weights", name, weights, &tensor(value));
            }
        }
    }
}

/// What each Dropout multiplies its inputs by: the case's masks, or 1 where dropout is not at work.
pub struct Masks(Vec<(usize, Vec<f32>)>);

impl Masks {
    pub fn new(case: &Value, subject: &Subject) -> Masks {
        let model = subject.model();
        let factors = |(layer_idx, layer): (usize, &CheckedLayer)| {
            let LayerConfig::Dropout(dropout) = &layer.config else { return None };
            if case["training"] != true {
                return Some((layer_idx, vec![1.0; SHARD_SIZE * layer.input_shape.size()]));
            }
            assert!(subject.n_samples <= SHARD_SIZE, "{}: masks are for one shard", text(&case["name"]));
            let mask = tensor_f32(&case["dropout_masks"][format!("layer{layer_idx}")]);
            let scale = (1.0 / (1.0 - dropout.rate)) as f32;
            Some((layer_idx, mask.iter().map(|kept| kept * scale).collect()))
        };
        Masks(model.layers().iter().enumerate().filter_map(factors).collect())
    }

    fn apply(&self, mut set: impl FnMut(usize, Vec<f32>)) {
        self.0.iter().for_each(|(layer_idx, factors)| set(*layer_idx, factors.clone()));
    }
}
