//! Cases of TensorFlow Playground: points, first weights, and the weights and losses of 50 epochs.

use super::{Report, count, list, number, numbers, text};
use inkling_engine::data::plane_points;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::experiment::{
    Activation, DataConfig, DenseConfig, Experiment, Initializer, LayerConfig, Loss, OptimizerConfig, PlaneConfig,
    PlaneDataset, PlaneFeature, Regularization, StopRule, TrainingConfig, Validation,
};
use inkling_engine::model::Model;
use inkling_engine::trainer::{Stage, Trainer};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// How far points may be from those of the case.
const POINT_TOLERANCE: f64 = 1e-6;

/// How far weights and losses may be after so many epochs.
fn tolerance(epoch: usize) -> f64 {
    match epoch {
        0..=2 => 1e-4,
        3..=10 => 1e-3,
        _ => 1e-2,
    }
}

pub fn run(case: &Value, report: &mut Report) {
    let experiment = experiment(case);
    let checked = experiment.check().unwrap();
    report.equal("n_train", checked.n_train(), count(&case["n_train"]));
    report.equal("n_test", checked.n_validation(), count(&case["n_test"]));
    compare_points(case, &experiment, report);
    compare_weights(&case["initial_weights"], &Model::new(&checked), None, 0, report);

    let dataset = Arc::new(checked.generate_data().unwrap().unwrap());
    let mut trainer = Trainer::new(checked, dataset).unwrap();
    let losses: HashMap<usize, [f64; 2]> = list(&case["losses"])
        .iter()
        .map(|losses| (count(&losses["epoch"]), [number(&losses["train"]), number(&losses["test"])]))
        .collect();
    compare_losses(&losses[&0], measured(&trainer), 0, report);
    loop {
        match trainer.stage() {
            Stage::Step => {
                trainer.step();
            }
            Stage::Validation => {
                let Some(record) = trainer.validate_chunk() else { continue };
                let epoch = record.epoch;
                if let Some(expected) = losses.get(&epoch) {
                    compare_losses(expected, [record.loss, record.val_loss.unwrap()], epoch, report);
                }
                let weights = &case["weights_after_epoch"][epoch.to_string()];
                if !weights.is_null() {
                    compare_weights(weights, trainer.model(), Some(trainer.dead()), epoch, report);
                }
            }
            Stage::Finished(_) => break,
        }
    }
    report.equal("epochs", trainer.history().epochs.len(), 50);
}

/// The experiment that a link of TensorFlow Playground describes.
pub fn experiment(case: &Value) -> Experiment {
    let link: HashMap<&str, &str> =
        text(&case["link"]).trim_start_matches('#').split('&').filter_map(|pair| pair.split_once('=')).collect();
    let value = |key: &str| link[key].parse::<f64>().unwrap();
    let is_regression = link["problem"] == "regression";
    let dataset = match (is_regression, link["dataset"], link["regDataset"]) {
        (false, "circle", _) => PlaneDataset::Circle,
        (false, "xor", _) => PlaneDataset::Xor,
        (false, "gauss", _) => PlaneDataset::Gauss,
        (false, "spiral", _) => PlaneDataset::Spiral,
        (true, _, "reg-plane") => PlaneDataset::Plane,
        (true, _, "reg-gauss") => PlaneDataset::MultiGauss,
        other => panic!("unknown data set {other:?}"),
    };
    let activation = match link["activation"] {
        "tanh" => Activation::Tanh,
        "relu" => Activation::Relu,
        "sigmoid" => Activation::Sigmoid,
        "linear" => Activation::Linear,
        other => panic!("unknown activation {other}"),
    };
    let initializer = if link["initZero"] == "true" { Initializer::Zeros } else { Initializer::Playground };
    let dense = |units, activation| {
        let kernel_initializer = initializer;
        LayerConfig::Dense(DenseConfig { kernel_initializer, ..DenseConfig::new(units).activation(activation) })
    };
    let hidden = link["networkShape"].split(',').filter(|units| !units.is_empty());
    let mut network: Vec<_> = hidden.map(|units| dense(units.parse().unwrap(), activation)).collect();
    network.push(dense(1, if is_regression { Activation::Linear } else { Activation::Tanh }));
    let rate = value("regularizationRate");
    let [l1, l2] = match link["regularization"] {
        "L1" => [rate, 0.0],
        "L2" => [0.0, rate],
        _ => [0.0; 2],
    };
    let plane = PlaneConfig {
        dataset,
        n_samples: if is_regression { 1200 } else { 500 },
        noise: value("noise") / 100.0,
        features: list(&case["features"]).iter().map(|name| feature(text(name))).collect(),
        playground_seed: link["seed"].to_owned(),
        ..PlaneConfig::default()
    };
    Experiment {
        data: DataConfig::Plane(plane),
        network,
        training: TrainingConfig {
            loss: Loss::HalfSquaredError,
            optimizer: OptimizerConfig::SGD,
            learning_rate: value("learningRate"),
            batch_size: link["batchSize"].parse().unwrap(),
            epochs: 50,
            regularization: Regularization::Playground { l1, l2 },
            validation: Validation::Last { validation_split: 1.0 - value("percTrainData") / 100.0 },
            stop: StopRule::Never,
            shuffle: false,
            carry_leftover: true,
        },
        seed: 1,
    }
}

fn feature(name: &str) -> PlaneFeature {
    match name {
        "x" => PlaneFeature::X1,
        "y" => PlaneFeature::X2,
        "xSquared" => PlaneFeature::X1Squared,
        "ySquared" => PlaneFeature::X2Squared,
        "xTimesY" => PlaneFeature::X1X2,
        "sinX" => PlaneFeature::SinX1,
        "sinY" => PlaneFeature::SinX2,
        "cosX" => PlaneFeature::CosX1,
        "cosY" => PlaneFeature::CosX2,
        other => panic!("unknown feature {other}"),
    }
}

fn compare_points(case: &Value, experiment: &Experiment, report: &mut Report) {
    let DataConfig::Plane(plane) = &experiment.data else { panic!("no points of the plane") };
    let points = plane_points(plane, experiment.seed);
    let expected: Vec<Vec<f64>> = [&case["train"], &case["test"]].into_iter().flat_map(list).map(numbers).collect();
    report.equal("points", points.len(), expected.len());
    for (i, (point, expected)) in points.iter().zip(expected).enumerate() {
        for (got, expected) in [point.x1, point.x2, point.target].into_iter().zip(expected) {
            report.close_within("points", &format!("[{i}]"), got, expected, POINT_TOLERANCE);
        }
    }
}

/// Weights unit by unit, and which of them are dead.
fn compare_weights(layers: &Value, model: &Model, dead: Option<&[bool]>, epoch: usize, report: &mut Report) {
    for (layer, range) in list(layers).iter().zip(model.param_ranges()) {
        let n_units = range.n_bias;
        report.equal("units", n_units, list(&layer["bias"]).len());
        for unit in 0..n_units {
            let what = format!("of unit {unit} after epoch {epoch}");
            let mut close = |idx: usize, expected: f64| {
                let got = f64::from(model.weights()[idx]);
                report.close_within("weights", &what, got, expected, tolerance(epoch));
            };
            close(range.bias().start + unit, number(&layer["bias"][unit]));
            let place = |input: usize| range.start + input * n_units + unit;
            numbers(&layer["kernel"][unit]).into_iter().enumerate().for_each(|(input, w)| close(place(input), w));
            let Some(dead) = dead else { continue };
            for (input, is_dead) in list(&layer["dead"][unit]).iter().enumerate() {
                let got = dead.get(place(input)).copied().unwrap_or_default();
                report.equal("dead", got, *is_dead == 1 || *is_dead == true);
            }
        }
    }
}

fn compare_losses(expected: &[f64; 2], got: [f64; 2], epoch: usize, report: &mut Report) {
    for ((what, got), expected) in ["train", "test"].into_iter().zip(got).zip(expected) {
        report.close_within("losses", &format!("{what} after epoch {epoch}"), got, *expected, tolerance(epoch));
    }
}

/// Mean losses of training and validation samples with the present weights.
fn measured(trainer: &Trainer) -> [f64; 2] {
    let mut workspace = inkling_engine::model::Workspace::new(trainer.model());
    [&trainer.split().train, &trainer.split().validation].map(|samples| {
        let mut evaluator = Evaluator::on(trainer.dataset().clone(), samples.clone());
        evaluator.chunk(trainer.model(), &mut workspace, usize::MAX).unwrap();
        evaluator.mean_loss()
    })
}
