//! Small experiments and data sets for the tests.

use inkling_engine::data::Dataset;
use inkling_engine::experiment::{
    Activation, AveragePooling2DConfig, Conv2DConfig, DataConfig, DenseConfig, DropoutConfig, Experiment, LayerConfig,
    Loss, MaxPooling2DConfig, OptimizerConfig, PlaneConfig, PlaneDataset, PlaneFeature, Preset, Validation,
};
use inkling_engine::random::{Key, Purpose};
use std::sync::Arc;

/// Images of 28×28: a bar whose place tells the class, and noise.
pub fn tiny_digits(n: usize) -> Arc<Dataset> {
    let mut random = Key::new(1, Purpose::Plane).stream();
    let labels: Vec<u8> = (0..n).map(|_| random.below(10) as u8).collect();
    let pixels = labels.iter().flat_map(|&label| {
        let row = 2 * usize::from(label) + 4;
        (0..784_usize).map(move |i| (i / 28).abs_diff(row) <= 1 && i % 28 > 5 && i % 28 < 22)
    });
    let pixels =
        pixels.map(|is_ink| if is_ink { 200 + random.below(56) as u8 } else { random.below(8) as u8 / 7 * 90 });
    let pixels = pixels.collect();
    Arc::new(Dataset::digits(pixels, labels).unwrap())
}

/// A small CNN with dropout on the first `n_samples` images.
pub fn small_cnn(n_samples: usize) -> Experiment {
    let mut experiment = Preset::LessonCnn.experiment();
    experiment.data = DataConfig::mnist(n_samples);
    experiment.network = vec![
        conv2d(4, [3, 3], Activation::Relu),
        LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2])),
        conv2d(6, [3, 3], Activation::Tanh),
        LayerConfig::AveragePooling2D(AveragePooling2DConfig::new([2, 2])),
        LayerConfig::FLATTEN,
        LayerConfig::Dropout(DropoutConfig::new(0.2)),
        dense(10, Activation::Softmax),
    ];
    experiment
}

/// 2-8-1 on 300 points.
pub fn plane_experiment(dataset: PlaneDataset) -> Experiment {
    let mut experiment = Preset::Empty.experiment();
    let features = vec![PlaneFeature::X1, PlaneFeature::X2];
    experiment.data =
        DataConfig::Plane(PlaneConfig { dataset, n_samples: 300, noise: 0.0, features, ..PlaneConfig::default() });
    experiment.network = vec![dense(8, Activation::Tanh), dense(1, Activation::Tanh)];
    experiment.training.loss = Loss::HalfSquaredError;
    experiment.training.optimizer = OptimizerConfig::ADAM;
    experiment.training.learning_rate = 0.02;
    experiment.training.batch_size = 10;
    experiment.training.epochs = 60;
    experiment.training.validation = Validation::Last { validation_split: 0.3 };
    experiment
}

pub fn dense(units: usize, activation: Activation) -> LayerConfig {
    LayerConfig::Dense(DenseConfig::new(units).activation(activation))
}

pub fn conv2d(filters: usize, kernel_size: [usize; 2], activation: Activation) -> LayerConfig {
    LayerConfig::Conv2D(Conv2DConfig::new(filters, kernel_size).activation(activation))
}
