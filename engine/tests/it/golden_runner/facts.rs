//! Kinds `summary` and `init`: shapes, counts and the limits of the first weights.

use super::network::{activation, input_shape, layers};
use super::{Report, count, counts, list, number, text};
use inkling_engine::experiment::{
    Activation, CheckedExperiment, Conv2DConfig, DatasetSpec, DenseConfig, Initializer, LayerConfig, Loss, Padding,
    Preset, Regularizer, Shape,
};
use inkling_engine::initializers::{scikit_learn_factor, uniform_limit};
use inkling_engine::model::Model;
use serde_json::Value;

pub fn run_summary(case: &Value, report: &mut Report) {
    for architecture in list(&case["architectures"]) {
        let title = text(&architecture["title"]);
        let rows = list(&architecture["layers"]);
        let output_shape = |row: &Value| list(&row["output_shape"])[1..].iter().map(count).collect::<Vec<_>>();
        let n_outputs = rows.last().map(|row| output_shape(row).iter().product()).unwrap();
        let checked = check(layers(&architecture["model"]), input_shape(&architecture["model"]), n_outputs);
        let summary = checked.summary();
        report.equal(title, summary.rows.len(), rows.len());
        for (row, expected) in summary.rows.iter().zip(rows) {
            let shape = match row.output_shape {
                Shape::Vector(n) => vec![n],
                Shape::Image { height, width, channels } => vec![height, width, channels],
            };
            report.equal(title, row.layer_type, text(&expected["type"]));
            report.equal(title, shape, output_shape(expected));
            report.equal(title, row.n_params, count(&expected["params"]));
        }
        report.equal(title, summary.total_params(), count(&architecture["total_params"]));
        report.equal(title, summary.trainable_params(), count(&architecture["trainable_params"]));
        report.equal(title, summary.non_trainable_params(), count(&architecture["non_trainable_params"]));
        check_arrays(&checked, &architecture["weights"], report);
    }
}

/// Names, shapes and kinds of all that the layers keep, where the case lists them.
fn check_arrays(checked: &CheckedExperiment, expected: &Value, report: &mut Report) {
    let Some(expected) = expected.as_array() else { return };
    let arrays: Vec<_> = checked
        .layers()
        .iter()
        .enumerate()
        .flat_map(|(layer_idx, layer)| {
            layer.param_range(0).arrays().map(move |array| {
                let shape = if array.name == "kernel" { layer.kernel_shape() } else { vec![array.range.len()] };
                (format!("layer{layer_idx}.{}", array.name), shape, array.is_trainable)
            })
        })
        .collect();
    report.equal("weights", arrays.len(), expected.len());
    for ((name, shape, is_trainable), expected) in arrays.into_iter().zip(expected) {
        report.equal("name", name.as_str(), text(&expected["name"]));
        report.equal(&name, shape, counts(&expected["shape"]));
        report.equal(&name, is_trainable, expected["trainable"] == true);
    }
}

pub fn run_init(case: &Value, report: &mut Report) {
    for fact in list(&case["keras"]) {
        let shape = counts(&fact["kernel_shape"]);
        let (layer, input) = match shape[..] {
            [inputs, units] => (dense(units, Activation::Linear, Initializer::GlorotUniform), Shape::Vector(inputs)),
            [height, width, channels, filters] => {
                (conv2d(filters, [height, width]), Shape::Image { height, width, channels })
            }
            _ => return report.fail(format!("unknown kernel shape {shape:?}")),
        };
        let n_outputs = shape[shape.len() - 1];
        let checked = check(vec![layer, LayerConfig::FLATTEN], input, n_outputs);
        let layer = &checked.layers()[0];
        let [fan_in, fan_out] = layer.config.kind().params(layer.input_shape).unwrap().fans;
        report.equal("fans", [fan_in, fan_out], [count(&fact["fan_in"]), count(&fact["fan_out"])]);
        let limit = uniform_limit(6.0, (fan_in + fan_out) as f64);
        report.close("limits", "GlorotUniform", limit, number(&fact["limit"]));
        let model = Model::new(&checked);
        check_uniform(&model.weights()[model.param_ranges()[0].kernel()], limit, report);
        report.equal("bias", model.bias(0).unwrap().iter().all(|&bias| bias == 0.0), true);
    }
    for fact in list(&case["sklearn"]) {
        let (fan_in, fan_out) = (count(&fact["fan_in"]), count(&fact["fan_out"]));
        let hidden = match text(&fact["activation"]) {
            "logistic" => Activation::Sigmoid,
            _ => activation(&fact["activation"]),
        };
        let network = vec![
            dense(fan_out, hidden, Initializer::ScikitLearn),
            dense(1, Activation::Linear, Initializer::ScikitLearn),
        ];
        let checked = check(network, Shape::Vector(fan_in), 1);
        let limit = uniform_limit(scikit_learn_factor(checked.layers()), (fan_in + fan_out) as f64);
        report.close("limits", "scikit-learn", limit, number(&fact["bound"]));
        let model = Model::new(&checked);
        check_uniform(&model.weights()[model.param_ranges()[0].kernel()], limit, report);
        let bias = model.bias(0).unwrap();
        report.equal("bias", bias.iter().all(|bias| f64::from(bias.abs()) <= limit && *bias != 0.0), true);
    }
}

/// Weights fill `[-limit, limit]` evenly: extremes, mean and deviation as for a uniform draw.
fn check_uniform(weights: &[f32], limit: f64, report: &mut Report) {
    let n = weights.len() as f64;
    let mean = weights.iter().map(|&w| f64::from(w)).sum::<f64>() / n;
    let deviation = (weights.iter().map(|&w| (f64::from(w) - mean).powi(2)).sum::<f64>() / n).sqrt();
    let max = weights.iter().map(|&w| f64::from(w).abs()).fold(0.0, f64::max);
    report.equal("largest weight", max <= limit && max >= limit * (1.0 - 20.0 / n), true);
    report.equal("mean weight", mean.abs() < 5.0 * limit / (3.0 * n).sqrt(), true);
    report.equal("deviation", (deviation - limit / 3.0_f64.sqrt()).abs() < 4.0 * limit / n.sqrt(), true);
}

fn check(network: Vec<LayerConfig>, input_shape: Shape, n_outputs: usize) -> CheckedExperiment {
    let mut experiment = Preset::Empty.experiment();
    experiment.network = network;
    experiment.training.loss = Loss::MeanSquaredError;
    experiment.check_on(&DatasetSpec::new(input_shape, 100, n_outputs)).unwrap()
}

fn dense(units: usize, activation: Activation, kernel_initializer: Initializer) -> LayerConfig {
    let kernel_regularizer = Regularizer::default();
    LayerConfig::Dense(DenseConfig { units, activation, kernel_initializer, kernel_regularizer })
}

fn conv2d(filters: usize, kernel_size: [usize; 2]) -> LayerConfig {
    LayerConfig::Conv2D(Conv2DConfig {
        filters,
        kernel_size,
        strides: [1, 1],
        padding: Padding::Valid,
        activation: Activation::Linear,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    })
}
