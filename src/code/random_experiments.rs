//! Random experiments for tests.

use inkling_engine::experiment::*;
use inkling_engine::field::{FieldMut, Variants};
use inkling_engine::layers::GlobalAveragePooling2DConfig;
use proptest::prelude::*;
use proptest::sample::select;

fn initializer() -> impl Strategy<Value = Initializer> {
    select(Initializer::ALL.to_vec())
}

fn activation() -> impl Strategy<Value = Activation> {
    select(Activation::ALL[..6].to_vec())
}

fn regularizer() -> impl Strategy<Value = Regularizer> {
    prop_oneof![
        3 => Just(Regularizer::default()),
        1 => (0.0..0.1, 0.0..0.1).prop_map(|(l1, l2)| Regularizer { l1, l2 })
    ]
}

prop_compose! {
    fn dense()(
        units in 1_usize..200, activation in activation(), kernel_initializer in initializer(),
        kernel_regularizer in regularizer(),
    ) -> LayerConfig {
        LayerConfig::Dense(DenseConfig { units, activation, kernel_initializer, kernel_regularizer })
    }
}

prop_compose! {
    fn conv2d()(
        filters in 1_usize..40, kernel_size in [1_usize..4, 1..4], strides in [1_usize..3, 1..3],
        padding in select(vec![Padding::Valid, Padding::Same]), activation in activation(),
        kernel_initializer in initializer(), kernel_regularizer in regularizer(),
    ) -> LayerConfig {
        let other = (strides, padding, activation);
        LayerConfig::Conv2D(Conv2DConfig {
            filters, kernel_size, strides: other.0, padding: other.1, activation: other.2, kernel_initializer, kernel_regularizer,
        })
    }
}

fn of_images() -> impl Strategy<Value = LayerConfig> {
    prop_oneof![
        2 => conv2d(),
        1 => [1_usize..3, 1..3].prop_map(|size| LayerConfig::MaxPooling2D(MaxPooling2DConfig::new(size))),
        1 => [1_usize..3, 1..3].prop_map(|size| LayerConfig::AveragePooling2D(AveragePooling2DConfig::new(size))),
        1 => elementwise(),
    ]
}

fn elementwise() -> impl Strategy<Value = LayerConfig> {
    prop_oneof![
        (0.0..0.9).prop_map(|rate| LayerConfig::Dropout(DropoutConfig::new(rate))),
        activation().prop_map(|activation| LayerConfig::Activation(ActivationConfig::new(activation))),
        (prop_oneof![Just(0.99), 0.0..1.0], prop_oneof![Just(1e-3), 1e-6..0.1]).prop_map(|(momentum, epsilon)| {
            LayerConfig::BatchNormalization(BatchNormalizationConfig { momentum, epsilon })
        }),
    ]
}

fn network() -> impl Strategy<Value = Vec<LayerConfig>> {
    let middle = prop_oneof![
        3 => Just(LayerConfig::FLATTEN),
        1 => Just(LayerConfig::GlobalAveragePooling2D(GlobalAveragePooling2DConfig {})),
    ];
    let flat = prop_oneof![2 => dense(), 1 => elementwise()];
    (proptest::collection::vec(of_images(), 0..4), middle, proptest::collection::vec(flat, 0..4), dense())
        .prop_map(|(images, middle, flat, last)| images.into_iter().chain([middle]).chain(flat).chain([last]).collect())
}

/// Dense layers with one activation, as scikit-learn's `MLPClassifier` has them.
fn perceptron() -> impl Strategy<Value = Vec<LayerConfig>> {
    (proptest::collection::vec(dense(), 0..4), dense(), select(Activation::ALL[..6].to_vec())).prop_map(
        |(mut hidden, last, activation)| {
            for layer in &mut hidden {
                if let LayerConfig::Dense(dense) = layer {
                    dense.activation = activation;
                }
            }
            [LayerConfig::FLATTEN].into_iter().chain(hidden).chain([last]).collect()
        },
    )
}

fn kinds<T: Variants + Clone + std::fmt::Debug>() -> impl Strategy<Value = T> {
    (select(T::all()), 0.01..0.99, 1_usize..50).prop_map(|(mut kind, number, count)| {
        for field in kind.fields() {
            match field {
                FieldMut::Number(_, place) => *place = number,
                FieldMut::Count(_, place) => *place = count,
                FieldMut::Switch(_, place) => *place = count % 2 == 0,
                _ => {}
            }
        }
        kind
    })
}

prop_compose! {
    fn training()(
        loss in select(Loss::ALL.to_vec()), optimizer in kinds::<OptimizerConfig>(), learning_rate in 1e-6..10.0,
        batch_size in 1_usize..500, epochs in 1_usize..1_000, regularization in kinds::<Regularization>(),
        validation in kinds::<Validation>(), stop in kinds::<StopRule>(), switches in any::<(bool, bool)>(),
    ) -> TrainingConfig {
        let (shuffle, carry_leftover) = switches;
        TrainingConfig {
            loss, optimizer, learning_rate, batch_size, epochs, regularization, validation, stop, shuffle, carry_leftover,
        }
    }
}

prop_compose! {
    fn digits()(
        n_samples in 1_000_usize..60_001, shuffle_pixels: bool, label_noise in select(vec![0.0, 0.25]),
        shift in select(vec![0.0, 2.0]), others in select(vec![0.0, 0.25]), weight in select(vec![1.0, 0.5]),
        n in 0_usize..3,
    ) -> DataConfig {
        let mut class_weight = ClassWeight::default();
        class_weight.0[3] = weight;
        let augmentation = Augmentation { shift, rotation: others * 100.0, scale: others, noise: others };
        let own_digits = OwnDigitsConfig { n, ..OwnDigitsConfig::default() };
        DataConfig::Mnist(MnistConfig { n_samples, shuffle_pixels, label_noise, augmentation, class_weight, own_digits })
    }
}

prop_compose! {
    /// Experiments with digits that pass their check.
    pub fn experiment()(
        data in digits(), mut network in prop_oneof![2 => network(), 1 => perceptron()], mut training in training(), seed in 0_u64..1 << 32,
    ) -> Experiment {
        if let Some(LayerConfig::Dense(last)) = network.last_mut() {
            last.units = 10;
            last.activation = training.loss.last_activation().unwrap_or(last.activation);
        }
        if training.validation == Validation::None && matches!(training.stop, StopRule::ValidationScore { .. }) {
            training.stop = StopRule::Never;
        }
        Experiment { data, network, training, seed }
    }
}
