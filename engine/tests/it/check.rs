//! What an experiment may be, and the exact words for what it may not.

use inkling_engine::experiment::{
    Activation, ActivationConfig, AdamConfig, Conv2DConfig, DataConfig, DenseConfig, DropoutConfig, Experiment,
    Initializer, LayerConfig, Loss, MaxPooling2DConfig, OptimizerConfig, Padding, Place, PlaneConfig, PlaneDataset,
    PlaneFeature, Preset, Regularization, Regularizer, Shape, StopRule, Validation,
};

fn lesson() -> Experiment {
    Preset::LessonCnn.experiment()
}

fn plane() -> Experiment {
    let mut experiment = Preset::Softmax.experiment();
    experiment.data = DataConfig::Plane(PlaneConfig::default());
    experiment.network = vec![dense(8, Activation::Tanh), dense(1, Activation::Tanh)];
    experiment.training.loss = Loss::HalfSquaredError;
    experiment
}

fn dense(units: usize, activation: Activation) -> LayerConfig {
    LayerConfig::Dense(DenseConfig::new(units).activation(activation))
}

fn conv2d(filters: usize, kernel_size: [usize; 2], padding: Padding) -> LayerConfig {
    LayerConfig::Conv2D(Conv2DConfig::new(filters, kernel_size).padding(padding).activation(Activation::Relu))
}

fn max_pooling2d(side: usize) -> LayerConfig {
    LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([side, side]))
}

/// The errors of the lesson's experiment after a change, one a line.
#[track_caller]
fn check(change: impl FnOnce(&mut Experiment), expected: &[&str]) {
    check_experiment(lesson(), change, expected);
}

#[track_caller]
fn check_plane(change: impl FnOnce(&mut Experiment), expected: &[&str]) {
    check_experiment(plane(), change, expected);
}

#[track_caller]
fn check_experiment(mut experiment: Experiment, change: impl FnOnce(&mut Experiment), expected: &[&str]) {
    change(&mut experiment);
    let errors = match experiment.check() {
        Ok(_) => vec![],
        Err(errors) => errors.0.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(errors, expected);
}

#[test]
fn presets_are_right_but_for_the_empty_one() {
    for preset in Preset::ALL {
        let expected: &[&str] = match preset {
            Preset::Empty => &["network: expected at least one layer, got none"],
            _ => &[],
        };
        check_experiment(preset.experiment(), |_| {}, expected);
    }
    check_plane(|_| {}, &[]);
}

#[test]
fn lesson_cnn_has_the_lessons_figures() {
    let checked = lesson().check().unwrap();
    assert_eq!((checked.n_train(), checked.n_validation(), checked.steps_per_epoch()), (54_000, 6_000, 270));
    let names: Vec<_> = checked.layers().iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["conv2d", "max_pooling2d", "conv2d_1", "max_pooling2d_1", "flatten", "dropout", "dense"]);
    let summary = checked.summary();
    let arithmetic: Vec<_> = summary.rows.iter().filter_map(|row| row.arithmetic.as_deref()).collect();
    assert_eq!(arithmetic, ["(3·3·1 + 1)·32 = 320", "(3·3·32 + 1)·64 = 18,496", "1600·10 + 10 = 16,010"]);
    assert_eq!((summary.total_params(), summary.size_text()), (34_826, "136.04 KB".to_owned()));
    let text = summary.to_string();
    assert!(text.contains("conv2d_1 (Conv2D)                  (None, 11, 11, 64)             18,496\n"), "{text}");
    assert!(text.ends_with("Non-trainable params: 0 (0.00 B)"), "{text}");
    let mlp = Preset::Mlp16x16.experiment().check().unwrap().summary();
    assert_eq!(mlp.rows[1].arithmetic.as_deref(), Some("784·16 + 16 = 12,560"));
    assert_eq!((mlp.total_params(), mlp.size_text()), (13_002, "50.79 KB".to_owned()));
}

#[test]
fn data_are_checked() {
    check(
        |experiment| experiment.data = DataConfig::mnist(0),
        &["data n_samples: expected a whole number from 1 to 60,000, got 0"],
    );
    check(
        |experiment| experiment.data = DataConfig::mnist(60_001),
        &["data n_samples: expected a whole number from 1 to 60,000, got 60,001"],
    );
    check_plane(
        |experiment| {
            experiment.data = DataConfig::Plane(PlaneConfig {
                dataset: PlaneDataset::Xor,
                n_samples: 5_001,
                noise: f64::NAN,
                features: vec![PlaneFeature::X1, PlaneFeature::X1],
                ..PlaneConfig::default()
            })
        },
        &[
            "data n_samples: expected a whole number from 10 to 5,000, got 5,001",
            "data noise: expected a number from 0 to 0.5, got NaN",
            "data features: expected each feature once, got a feature twice",
        ],
    );
    check_plane(
        |experiment| {
            experiment.data = DataConfig::Plane(PlaneConfig {
                dataset: PlaneDataset::Xor,
                n_samples: 10,
                noise: 0.5,
                features: vec![],
                ..PlaneConfig::default()
            })
        },
        &["data features: expected at least one, got none"],
    );
}

fn check_config(change: impl FnOnce(&mut PlaneConfig), expected: &[&str]) {
    check_plane(
        |experiment| {
            if let DataConfig::Plane(plane) = &mut experiment.data {
                change(plane);
            }
        },
        expected,
    );
}

#[test]
fn points_of_the_plane_must_be_possible() {
    check_config(
        |plane| plane.playground_seed = "ü".repeat(65),
        &["data playground_seed: expected at most 64 characters, got 65"],
    );
    check_config(|plane| plane.playground_seed = "ü".repeat(64), &[]);
    check_config(
        |plane| plane.features = [PlaneFeature::ALL.as_slice(), &[PlaneFeature::CosX2]].concat(),
        &["data features: expected each feature once, got a feature twice"],
    );
    check_config(
        |plane| plane.n_outputs = 6,
        &[
            "data n_outputs: expected a whole number from 1 to 5, got 6",
            "layer 2 (Dense) units: expected 5 in the last layer, got 1",
        ],
    );
    check_config(|plane| plane.n_outputs = 0, &["data n_outputs: expected a whole number from 1 to 5, got 0"]);
    check_config(
        |plane| (plane.dataset, plane.n_outputs) = (PlaneDataset::Plane, 2),
        &[
            "data n_outputs: expected 1 for a regression, got 2",
            "layer 2 (Dense) units: expected 2 in the last layer, got 1",
        ],
    );
    check_config(|plane| (plane.dataset, plane.formula) = (PlaneDataset::Formula, "x".to_owned()), &[]);
    check_plane(
        |experiment| experiment.training.epochs = 1_000_001,
        &["training epochs: expected a whole number from 1 to 1,000,000, got 1,000,001"],
    );
    check_plane(|experiment| experiment.training.epochs = 1_000_000, &[]);
    check_plane(
        |experiment| (experiment.training.batch_size, experiment.training.carry_leftover) = (451, true),
        &["training batch_size: expected at most the 450 training samples with carry_leftover, got 451"],
    );
    check_plane(|experiment| (experiment.training.batch_size, experiment.training.carry_leftover) = (450, true), &[]);
}

#[test]
fn own_points_must_be_of_two_classes() {
    let points = |change: fn(&mut Vec<[f64; 3]>), expected: &[&str]| {
        check_config(
            |plane| {
                // How many are asked for does not matter.
                (plane.dataset, plane.n_samples) = (PlaneDataset::Points, 0);
                plane.points = (0..20).map(|i| [f64::from(i), 0.0, if i < 10 { 1.0 } else { -1.0 }]).collect();
                change(&mut plane.points);
            },
            expected,
        );
    };
    points(|_| {}, &[]);
    points(|points| points.truncate(9), &["data points: expected 10 to 5,000 points, got 9"]);
    points(|points| points[3][1] = f64::NAN, &["data points: expected finite numbers, got point 4"]);
    points(|points| points[4][2] = 0.0, &["data points: expected targets -1 and 1 for one output, got 0 at point 5"]);
    points(
        |points| points.iter_mut().for_each(|point| point[2] = 1.0),
        &["data points: expected points of at least two classes, got one class"],
    );
    check_config(
        |plane| {
            (plane.dataset, plane.n_outputs) = (PlaneDataset::Points, 3);
            plane.points = (0..20).map(|i| [0.0, 0.0, f64::from(i / 5)]).collect();
        },
        &[
            "data points: expected whole labels from 0 to 2, got 3 at point 16",
            "layer 2 (Dense) units: expected 3 in the last layer, got 1",
        ],
    );
}

#[test]
fn formula_that_cannot_be_read_is_named_with_its_column() {
    let with = |formula: &str| {
        let formula = formula.to_owned();
        DataConfig::Plane(PlaneConfig { dataset: PlaneDataset::Formula, formula, ..PlaneConfig::default() })
    };
    check_plane(|experiment| experiment.data = with("y > x^2 - 1"), &[]);
    check_plane(
        |experiment| experiment.data = with("x + **"),
        &["data formula: expected a number, x, y or \"(\" at column 5, got \"*\""],
    );
    check_plane(
        |experiment| experiment.data = with(&"x".repeat(201)),
        &["data formula: expected at most 200 characters at column 201, got 201"],
    );
}

#[test]
fn layers_must_take_what_comes() {
    check(
        |experiment| {
            experiment.network.remove(4);
        },
        &["layer 6 (Dense) input: expected a vector: put a Flatten before it, got 5×5×64"],
    );
    check(
        |experiment| experiment.network.insert(0, LayerConfig::FLATTEN),
        &["layer 2 (Conv2D) input: expected an image (height×width×channels), got a vector of 784"],
    );
    check(
        |experiment| experiment.network[2] = conv2d(64, [14, 3], Padding::Valid),
        &["layer 3 (Conv2D) kernel_size: expected at most the input's 13×13, got 14×3"],
    );
    check(
        |experiment| experiment.network[3] = max_pooling2d(12),
        &["layer 4 (MaxPooling2D) pool_size: expected at most the input's 11×11, got 12×12"],
    );
    check(
        |experiment| {
            let config = ActivationConfig { activation: Activation::Softmax };
            experiment.network.insert(1, LayerConfig::Activation(config));
        },
        &["layer 2 (Activation) activation: expected another function: softmax needs a vector, got softmax"],
    );
}

#[test]
fn kernel_larger_than_the_input_fits_with_padding() {
    check(|experiment| experiment.network[2] = conv2d(8, [14, 14], Padding::Same), &[]);
}

#[test]
fn fields_of_all_layers_are_checked() {
    check(
        |experiment| {
            experiment.network = vec![
                conv2d(0, [0, 29], Padding::Same),
                max_pooling2d(0),
                LayerConfig::FLATTEN,
                LayerConfig::Dropout(DropoutConfig::new(1.0)),
                LayerConfig::Dense(DenseConfig {
                    units: 1_000_000_000,
                    activation: Activation::Relu,
                    kernel_initializer: Initializer::HeNormal,
                    kernel_regularizer: Regularizer { l1: -1.0, l2: f64::INFINITY },
                }),
            ]
        },
        &[
            "layer 1 (Conv2D) filters: expected a whole number from 1 to 512, got 0",
            "layer 1 (Conv2D) kernel_size: expected whole numbers from 1 to 28, got 0×29",
            "layer 2 (MaxPooling2D) pool_size: expected whole numbers from 1 to 28, got 0×0",
            "layer 4 (Dropout) rate: expected a number from 0 to below 1, got 1",
            "layer 5 (Dense) units: expected a whole number from 1 to 4,096, got 1,000,000,000",
            "layer 5 (Dense) kernel_regularizer: expected a number from 0 to 1,000,000 for l1, got -1",
            "layer 5 (Dense) kernel_regularizer: expected a number from 0 to 1,000,000 for l2, got inf",
        ],
    );
    check(
        |experiment| {
            let LayerConfig::Conv2D(conv) = &mut experiment.network[0] else { panic!("a Conv2D comes first") };
            conv.activation = Activation::Softmax;
            conv.strides = [usize::MAX, 1];
        },
        &[
            "layer 1 (Conv2D) strides: expected whole numbers from 1 to 28, got 18,446,744,073,709,551,615×1",
            "layer 1 (Conv2D) activation: expected another function: softmax needs a vector, got softmax",
        ],
    );
}

#[test]
fn networks_have_limits() {
    check(
        |experiment| experiment.network = vec![LayerConfig::FLATTEN; 33],
        &["network: expected at most 32 layers, got 33"],
    );
    check(
        |experiment| {
            experiment.network =
                vec![LayerConfig::FLATTEN, dense(4096, Activation::Relu), dense(4096, Activation::Relu)];
            experiment.network.push(dense(10, Activation::Softmax));
        },
        &["network: expected at most 8,000,000 parameters, got 20,037,642"],
    );
    check(
        |experiment| {
            experiment.network = vec![conv2d(512, [1, 1], Padding::Same); 10];
            experiment.network.extend([max_pooling2d(28), LayerConfig::FLATTEN, dense(10, Activation::Softmax)]);
        },
        &["network: expected at most 4,000,000 activations per sample, got 4,015,114"],
    );
}

#[test]
fn end_must_fit_data_and_loss() {
    check(
        |experiment| experiment.network[6] = dense(12, Activation::Softmax),
        &["layer 7 (Dense) units: expected 10 in the last layer, got 12"],
    );
    check(
        |experiment| {
            experiment.network.pop();
        },
        &[
            "network: expected a vector of 10 at the end, got 1600",
            "training loss: expected a softmax at the end of the network for categorical_crossentropy, got no activation",
        ],
    );
    check(
        |experiment| experiment.network[6] = dense(10, Activation::Relu),
        &["training loss: expected a softmax at the end of the network for categorical_crossentropy, got relu"],
    );
    check(
        |experiment| experiment.training.loss = Loss::BinaryCrossentropy,
        &["training loss: expected a sigmoid at the end of the network for binary_crossentropy, got softmax"],
    );
    check(
        |experiment| {
            experiment.network[6] = dense(10, Activation::Linear);
            let config = ActivationConfig { activation: Activation::Softmax };
            experiment.network.push(LayerConfig::Activation(config));
        },
        &[],
    );
    check_plane(
        |experiment| {
            experiment.training.loss = Loss::CategoricalCrossentropy;
            experiment.network[1] = dense(1, Activation::Softmax);
        },
        &["training loss: expected a loss for one output, such as binary_crossentropy, got categorical_crossentropy"],
    );
    check_plane(
        |experiment| {
            if let DataConfig::Plane(PlaneConfig { dataset, .. }) = &mut experiment.data {
                *dataset = PlaneDataset::MultiGauss;
            }
            experiment.training.loss = Loss::BinaryCrossentropy;
            experiment.network[1] = dense(1, Activation::Sigmoid);
            experiment.training.stop = StopRule::EARLY_STOPPING;
        },
        &[
            "training loss: expected a squared error for a regression, got binary_crossentropy",
            "training stop: expected another rule for a regression, which has no accuracy, got validation_score",
        ],
    );
}

#[test]
fn training_is_checked() {
    check(
        |experiment| {
            let training = &mut experiment.training;
            training.optimizer = OptimizerConfig::Adam(AdamConfig { beta_1: 1.0, beta_2: f64::NAN, epsilon: 0.0 });
            training.learning_rate = 0.0;
            training.batch_size = 0;
            training.epochs = 1_001;
            training.regularization = Regularization::ScikitLearn { alpha: f64::NAN };
            training.validation = Validation::Last { validation_split: 1.0 };
            training.stop = StopRule::TrainingLoss { n_iter_no_change: 0, tol: f64::INFINITY };
            experiment.seed = 1 << 53;
        },
        &[
            "training optimizer: expected a number from 0 to below 1 for beta_1, got 1",
            "training optimizer: expected a number from 0 to below 1 for beta_2, got NaN",
            "training optimizer: expected a number from 1e-30 to 1 for epsilon, got 0",
            "training learning_rate: expected a number above 0 and up to 100, got 0",
            "training batch_size: expected a whole number from 1 to 10,000, got 0",
            "training epochs: expected a whole number from 1 to 1,000, got 1,001",
            "training regularization: expected a number from 0 to 1,000,000 for alpha, got NaN",
            "training validation: expected a number above 0 and below 1, got 1",
            "training stop: expected a whole number from 1 to 1,000 for n_iter_no_change, got 0",
            "training stop: expected a number of at least 0 for tol, got inf",
            "seed: expected a whole number up to 9007199254740991, got 9007199254740992",
        ],
    );
    for learning_rate in [f64::NAN, f64::INFINITY, -1.0, 100.1] {
        let expected = format!("training learning_rate: expected a number above 0 and up to 100, got {learning_rate}");
        check(|experiment| experiment.training.learning_rate = learning_rate, &[&expected]);
    }
}

#[test]
fn both_parts_need_samples() {
    check(
        |experiment| {
            experiment.data = DataConfig::mnist(1);
            experiment.training.validation = Validation::Last { validation_split: 0.5 };
        },
        &["training validation: expected at least one sample each to train and to validate, got 0 and 1"],
    );
    check(
        |experiment| {
            experiment.training.validation = Validation::None;
            experiment.training.stop = StopRule::EARLY_STOPPING;
        },
        &["training stop: expected a validation part for the rule validation_score, got none"],
    );
}

/// Keras computes `floor(n · (1 - split))` in double precision: 0.7 · 10 is 7 only after rounding.
#[test]
fn split_rounds_as_keras_does() {
    let n_train = |n_samples, validation_split| {
        let mut experiment = lesson();
        experiment.data = DataConfig::mnist(n_samples);
        experiment.training.validation = Validation::Last { validation_split };
        experiment.check().unwrap().n_train()
    };
    assert_eq!([n_train(60_000, 0.1), n_train(10, 0.3), n_train(20, 0.1), n_train(100, 0.9)], [54_000, 7, 18, 9]);
}

#[test]
fn shapes_are_traced_up_to_the_first_unknown() {
    let mut experiment = lesson();
    experiment.network[1] = LayerConfig::Dropout(DropoutConfig::new(2.0));
    experiment.network[4] = conv2d(600, [3, 3], Padding::Valid);
    let traced = experiment.trace_shapes();
    let shapes: Vec<_> =
        traced.iter().map(|layer| layer.as_ref().ok().map(|layer| layer.output_shape.to_string())).collect();
    let expected = [Some("26×26×32"), None, Some("24×24×64"), Some("12×12×64"), None];
    assert_eq!(shapes, expected.map(|shape| shape.map(str::to_owned)));
    let error = traced[4].as_ref().unwrap_err();
    assert_eq!(error.0.len(), 1);
    let place = Place::Layer { layer_idx: 4, layer_type: "Conv2D", field: "filters" };
    assert_eq!(error.0[0].place, place);
    assert!(Preset::Empty.experiment().trace_shapes().is_empty());
}

#[test]
fn experiments_survive_json() {
    for preset in Preset::ALL {
        let experiment = preset.experiment();
        let json = serde_json::to_string(&experiment).unwrap();
        assert_eq!(serde_json::from_str::<Experiment>(&json).unwrap(), experiment);
    }
    let mut experiment = plane();
    experiment.training.learning_rate = 0.1 + 0.2;
    experiment.training.optimizer = OptimizerConfig::RMSPROP;
    experiment.seed = Experiment::MAX_SEED;
    let json = serde_json::to_string(&experiment).unwrap();
    assert_eq!(serde_json::from_str::<Experiment>(&json).unwrap(), experiment);
    assert!(serde_json::from_str::<Experiment>(&json.replace("\"seed\"", "\"seeds\"")).is_err());
    assert_eq!(Shape::Image { height: 26, width: 26, channels: 32 }.size(), 21_632);
}

#[test]
fn a_run_takes_the_rate_and_the_epochs_of_an_edited_experiment_and_nothing_else() {
    let mut running = Preset::LessonCnn.experiment().check().unwrap();
    let mut edited = Preset::Mlp40.experiment();
    (edited.training.learning_rate, edited.training.epochs) = (0.25, 7);
    running.take_rate_and_epochs(&edited.check().unwrap());
    let mut expected = Preset::LessonCnn.experiment();
    (expected.training.learning_rate, expected.training.epochs) = (0.25, 7);
    assert_eq!(running, expected.check().unwrap());
}
