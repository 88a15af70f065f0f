//! Networks of many kinds, so that speed is not tuned to one: trained by the page, and by Keras for comparison.

use super::dense;
use crate::experiment::{
    Activation, AveragePooling2DConfig, Conv2DConfig, DropoutConfig, Experiment, LayerConfig, MaxPooling2DConfig,
    Padding, Preset, TrainingConfig,
};
use serde::{Deserialize, Serialize};

/// A network of the bench with its batch size. All train with Adam 1e-3 on 54,000 images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Network {
    /// The lesson's CNN, batch 200.
    LessonCnn,
    /// The same with batch 32.
    LessonCnnBatch32,
    /// LeNet-5 with tanh and average pools, batch 128.
    LeNet5Tanh,
    /// The network of ConvNetJS' MNIST demo, batch 200.
    ConvNetJsLike,
    /// Strides of 2 instead of pools, batch 128.
    StridedNoPool,
    /// Three convolutions with `same` padding, batch 128.
    ThreeConvSame,
    /// Two convolutions with ELU, batch 128.
    EluConv,
    /// MLP 784-512-512-10 with Dropout, batch 128.
    Mlp512x512,
    /// MLP 784-300-100-10 with tanh, batch 32.
    Mlp300x100Tanh,
    /// No hidden layer, batch 128.
    SoftmaxRegression,
}

impl Network {
    /// All of them, in order.
    pub const ALL: [Network; 10] = [
        Network::LessonCnn,
        Network::LessonCnnBatch32,
        Network::LeNet5Tanh,
        Network::ConvNetJsLike,
        Network::StridedNoPool,
        Network::ThreeConvSame,
        Network::EluConv,
        Network::Mlp512x512,
        Network::Mlp300x100Tanh,
        Network::SoftmaxRegression,
    ];

    /// `N1` … `N10`.
    #[must_use]
    pub fn id(self) -> &'static str {
        ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10"][self as usize]
    }

    /// The id of its workload that times each layer: `L1` … `L10`.
    #[must_use]
    pub fn layers_id(self) -> &'static str {
        ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10"][self as usize]
    }

    /// A short name for tables: `lesson-cnn`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Network::LessonCnn => "lesson-cnn",
            Network::LessonCnnBatch32 => "lesson-cnn-batch32",
            Network::LeNet5Tanh => "lenet5-tanh",
            Network::ConvNetJsLike => "convnetjs-like",
            Network::StridedNoPool => "strided-no-pool",
            Network::ThreeConvSame => "three-conv-same",
            Network::EluConv => "elu-conv",
            Network::Mlp512x512 => "mlp-512-512",
            Network::Mlp300x100Tanh => "mlp-300-100-tanh",
            Network::SoftmaxRegression => "softmax-regression",
        }
    }

    /// What it is, in a line.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Network::LessonCnn => "CNN of the lesson, batch 200",
            Network::LessonCnnBatch32 => "CNN of the lesson, batch 32",
            Network::LeNet5Tanh => "LeNet-5: 5×5 kernels, tanh, average pools, batch 128",
            Network::ConvNetJsLike => "ConvNetJS' demo: 8 and 16 filters of 5×5, batch 200",
            Network::StridedNoPool => "two convolutions with strides of 2, no pools, batch 128",
            Network::ThreeConvSame => "three convolutions with same padding, batch 128",
            Network::EluConv => "two convolutions with ELU, batch 128",
            Network::Mlp512x512 => "MLP 784-512-512-10 with Dropout, batch 128",
            Network::Mlp300x100Tanh => "MLP 784-300-100-10, tanh, batch 32",
            Network::SoftmaxRegression => "softmax regression, batch 128",
        }
    }

    /// The experiment that is run: the last tenth of the training images validates.
    #[must_use]
    pub fn experiment(self) -> Experiment {
        let base = Preset::LessonCnn.experiment();
        let training = TrainingConfig { batch_size: self.batch_size(), ..base.training };
        Experiment { network: self.layers(), training, ..base }
    }

    fn batch_size(self) -> usize {
        match self {
            Network::LessonCnn | Network::ConvNetJsLike => 200,
            Network::LessonCnnBatch32 | Network::Mlp300x100Tanh => 32,
            _ => 128,
        }
    }

    fn layers(self) -> Vec<LayerConfig> {
        use Activation::{Elu, Relu, Softmax, Tanh};
        let flatten = LayerConfig::FLATTEN;
        let conv = |filters, side, activation| Conv2DConfig::new(filters, [side, side]).activation(activation);
        let valid = |filters, side, activation| LayerConfig::Conv2D(conv(filters, side, activation));
        let same = |filters, side, stride, activation| {
            let conv = conv(filters, side, activation).padding(Padding::Same);
            LayerConfig::Conv2D(conv.strides([stride, stride]))
        };
        let output = dense(10, Softmax);
        match self {
            Network::LessonCnn | Network::LessonCnnBatch32 => Preset::LessonCnn.experiment().network,
            Network::LeNet5Tanh => vec![
                same(6, 5, 1, Tanh),
                average_pooling(2),
                valid(16, 5, Tanh),
                average_pooling(2),
                flatten,
                dense(120, Tanh),
                dense(84, Tanh),
                output,
            ],
            Network::ConvNetJsLike => {
                vec![same(8, 5, 1, Relu), max_pooling(2), same(16, 5, 1, Relu), max_pooling(3), flatten, output]
            }
            Network::StridedNoPool => vec![same(32, 3, 2, Relu), same(64, 3, 2, Relu), flatten, output],
            Network::ThreeConvSame => vec![
                same(32, 3, 1, Relu),
                same(32, 3, 1, Relu),
                max_pooling(2),
                same(64, 3, 1, Relu),
                max_pooling(2),
                flatten,
                dense(128, Relu),
                dropout(0.5),
                output,
            ],
            Network::EluConv => {
                vec![valid(16, 3, Elu), valid(16, 3, Elu), max_pooling(2), flatten, dense(64, Elu), output]
            }
            Network::Mlp512x512 => {
                vec![flatten, dense(512, Relu), dropout(0.2), dense(512, Relu), dropout(0.2), output]
            }
            Network::Mlp300x100Tanh => vec![flatten, dense(300, Tanh), dense(100, Tanh), output],
            Network::SoftmaxRegression => vec![flatten, output],
        }
    }
}

fn max_pooling(side: usize) -> LayerConfig {
    LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([side, side]))
}

fn average_pooling(side: usize) -> LayerConfig {
    LayerConfig::AveragePooling2D(AveragePooling2DConfig::new([side, side]))
}

fn dropout(rate: f64) -> LayerConfig {
    LayerConfig::Dropout(DropoutConfig::new(rate))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    #[test]
    fn ids_count_and_names_differ() {
        for (network_idx, network) in Network::ALL.into_iter().enumerate() {
            assert_eq!(network.id(), format!("N{}", network_idx + 1));
            assert_eq!(network.layers_id(), format!("L{}", network_idx + 1));
            assert_eq!(Network::ALL.iter().filter(|other| other.name() == network.name()).count(), 1);
        }
    }

    /// Parameters as Keras' `summary` counts them.
    #[test]
    fn networks_have_the_right_number_of_parameters() {
        let counts = [34_826, 34_826, 61_706, 5_994, 50_186, 430_890, 150_650, 669_706, 266_610, 7_850];
        for (network, n_params) in Network::ALL.into_iter().zip(counts) {
            let checked = network.experiment().check().unwrap();
            let n_found: usize = checked.layers().iter().map(|layer| layer.n_params()).sum();
            assert_eq!(n_found, n_params, "{network:?}");
            assert_eq!(checked.steps_per_epoch(), 54_000_usize.div_ceil(network.batch_size()));
        }
    }
}
