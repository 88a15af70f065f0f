//! From a case's JSON to the engine's experiment, data set and weights.

use super::{count, counts, list, number, tensor, tensor_f32, text};
use inkling_engine::data::{Dataset, Inputs, Targets};
use inkling_engine::experiment::{
    Activation, AveragePooling2DConfig, BatchNormalizationConfig, CheckedExperiment, Conv2DConfig, DataConfig,
    DatasetSpec, DenseConfig, Experiment, LayerConfig, Loss, MaxPooling2DConfig, OptimizerConfig, Padding,
    Regularization, Regularizer, Shape, StopRule, TrainingConfig, Validation,
};
use inkling_engine::model::Model;
use serde_json::Value;
use std::sync::Arc;

/// Optimizer and learning rate of `{"type": …}`.
pub fn optimizer(value: &Value) -> (OptimizerConfig, f64) {
    let mut config = value.clone();
    let learning_rate = config.as_object_mut().and_then(|fields| fields.remove("learning_rate"));
    let config = serde_json::from_value(config).unwrap_or_else(|error| panic!("optimizer {value}: {error}"));
    (config, number(&learning_rate.expect("a learning rate")))
}

/// Shape of one sample in the `Input` that begins a model.
pub fn input_shape(model: &Value) -> Shape {
    match counts(&list(model)[0]["shape"])[..] {
        [n] => Shape::Vector(n),
        [height, width, channels] => Shape::Image { height, width, channels },
        ref other => panic!("unknown input shape {other:?}"),
    }
}

/// The layers after the `Input`.
pub fn layers(model: &Value) -> Vec<LayerConfig> {
    list(model)[1..].iter().map(layer).collect()
}

fn layer(value: &Value) -> LayerConfig {
    let pair = |key: &str| -> [usize; 2] { counts(&value[key]).try_into().expect("a pair") };
    let pooling = || {
        assert_eq!(pair("strides"), pair("pool_size"), "strides of a pooling layer");
        assert_eq!(value["padding"], "valid", "padding of a pooling layer");
        pair("pool_size")
    };
    match text(&value["type"]) {
        "Dense" => LayerConfig::Dense(DenseConfig {
            kernel_regularizer: regularizer(&value["kernel_regularizer"]),
            ..DenseConfig::new(count(&value["units"])).activation(activation(&value["activation"]))
        }),
        "Conv2D" => LayerConfig::Conv2D(Conv2DConfig {
            kernel_regularizer: regularizer(&value["kernel_regularizer"]),
            ..Conv2DConfig::new(count(&value["filters"]), pair("kernel_size"))
                .strides(pair("strides"))
                .padding(if value["padding"] == "same" { Padding::Same } else { Padding::Valid })
                .activation(activation(&value["activation"]))
        }),
        "MaxPooling2D" => LayerConfig::MaxPooling2D(MaxPooling2DConfig::new(pooling())),
        "AveragePooling2D" => LayerConfig::AveragePooling2D(AveragePooling2DConfig::new(pooling())),
        "BatchNormalization" => {
            assert_eq!(value["axis"], -1, "axis of a normalization");
            assert_eq!([&value["center"], &value["scale"]], [true, true], "beta and gamma of a normalization");
            let (momentum, epsilon) = (number(&value["momentum"]), number(&value["epsilon"]));
            LayerConfig::BatchNormalization(BatchNormalizationConfig { momentum, epsilon })
        }
        // The others are written as links write them, but for the name.
        _ => {
            let mut config = value.clone();
            config.as_object_mut().expect("a layer is an object").remove("name");
            serde_json::from_value(config).unwrap_or_else(|error| panic!("layer {value}: {error}"))
        }
    }
}

pub fn activation(value: &Value) -> Activation {
    Activation::ALL
        .into_iter()
        .find(|activation| activation.as_str() == text(value))
        .unwrap_or_else(|| panic!("unknown activation {value}"))
}

fn regularizer(value: &Value) -> Regularizer {
    match value {
        Value::Null => Regularizer::default(),
        value => Regularizer { l1: value["l1"].as_f64().unwrap_or(0.0), l2: value["l2"].as_f64().unwrap_or(0.0) },
    }
}

/// A case's network and data.
pub struct Subject {
    pub n_samples: usize,
    pub x: Vec<f32>,
    pub dataset: Arc<Dataset>,
    experiment: Experiment,
    outline: DatasetSpec,
    weights: Value,
    model: Value,
}

impl Subject {
    pub fn new(case: &Value) -> Subject {
        let x = tensor_f32(&case["input"]);
        let targets = tensor_f32(&case["targets"]);
        let n_samples = counts(&case["input"]["shape"])[0];
        let n_outputs = counts(&case["targets"]["shape"])[1];
        let loss = match text(&case["loss_function"]) {
            "categorical_crossentropy" | "sklearn_log_loss" => Loss::CategoricalCrossentropy,
            "binary_crossentropy" => Loss::BinaryCrossentropy,
            "mean_squared_error" => Loss::MeanSquaredError,
            "sklearn_squared_error" => Loss::HalfSquaredError,
            other => panic!("unknown loss {other}"),
        };
        let input_shape = input_shape(&case["model"]);
        let targets = match &case["labels"] {
            Value::Null => Targets::Values { values: targets, n_outputs },
            labels => Targets::Labels(tensor(labels).into_iter().map(|label| label as u8).collect()),
        };
        let dataset = Dataset::new(Inputs::Numbers(x.clone()), input_shape.size(), targets).unwrap();
        let regularization = match &case["regularization"]["alpha"] {
            Value::Null => Regularization::NONE,
            alpha => Regularization::ScikitLearn { alpha: number(alpha) },
        };
        Subject {
            n_samples,
            x,
            dataset: Arc::new(dataset),
            experiment: Experiment {
                data: DataConfig::mnist(1),
                network: layers(&case["model"]),
                training: TrainingConfig {
                    loss,
                    optimizer: OptimizerConfig::SGD,
                    learning_rate: 0.1,
                    batch_size: n_samples,
                    epochs: 1,
                    regularization,
                    validation: Validation::None,
                    stop: StopRule::Never,
                    shuffle: false,
                    carry_leftover: false,
                },
                seed: 1,
            },
            outline: DatasetSpec::new(input_shape, n_samples, n_outputs),
            weights: case["weights"].clone(),
            model: case["model"].clone(),
        }
    }

    /// The experiment with some of its training changed.
    pub fn checked(&self, change: impl FnOnce(&mut TrainingConfig)) -> CheckedExperiment {
        let mut experiment = self.experiment.clone();
        change(&mut experiment.training);
        experiment.check_on(&self.outline).unwrap()
    }

    /// The network with the case's weights.
    pub fn model(&self) -> Model {
        let mut model = Model::new(&self.checked(|_| {}));
        let mut weights = model.weights().to_vec();
        for (name, value) in self.weights.as_object().unwrap() {
            let values = tensor_f32(value);
            weights[self.range(&model, name)].copy_from_slice(&values);
        }
        model.set_weights(&weights);
        model
    }

    /// Where the tensor called `layer0.kernel` or so lies in the weights.
    pub fn range(&self, model: &Model, name: &str) -> std::ops::Range<usize> {
        let (layer, part) = name.split_once('.').unwrap();
        let params = model.param_ranges()[self.layer_idx(layer)];
        params.arrays().find(|array| array.name == part).expect("an array of that name").range
    }

    /// Index of the layer called `layer0` or so.
    pub fn layer_idx(&self, name: &str) -> usize {
        list(&self.model).iter().position(|layer| layer["name"] == name).expect("a layer of that name") - 1
    }
}
