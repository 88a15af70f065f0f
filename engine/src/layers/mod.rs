//! Layers: each file holds one kind, with all that the engine and the page need to know of it.
//!
//! A kind's config implements [`LayerKind`], what the layer is: its fields with their ranges, its check and output
//! shape, its parameters; and [`LayerWork`], what it does: the layer at work, and the explanation of its numbers. A new
//! kind is a file of its own and a line in the list below.
//!
//! A layer at work owns its scratch and a packed copy of its weights; the weights themselves lie in the model's one
//! array, and each layer knows its place in it ([`ParamRange`]). A layer that ends a network leaves its activation to
//! the loss, which is computed from the logits.

mod activation;
mod average_pooling2d;
mod batch_normalization;
mod conv2d;
mod dense;
mod dropout;
mod flatten;
mod global_average_pooling2d;
mod kernel_view;
mod kind;
mod layer;
mod layer_sample;
mod max_pooling2d;
mod params;
mod pooling;

pub use activation::ActivationConfig;
pub use average_pooling2d::{AveragePooling2DConfig, AveragePoolingArithmetic};
pub use batch_normalization::{BatchNormalizationArithmetic, BatchNormalizationConfig, NormalizationView};
pub use conv2d::{ChannelSum, Conv2DArithmetic, Conv2DConfig};
pub use dense::{Contribution, DenseArithmetic, DenseConfig, MAX_DENSITY, unit_sums};
pub use dropout::DropoutConfig;
pub use flatten::FlattenConfig;
pub use global_average_pooling2d::GlobalAveragePooling2DConfig;
pub use kernel_view::KernelView;
pub use kind::{INPUT_FIELD, LayerErrors, LayerFamily, LayerKind, LayerSite, LayerWork};
pub use layer::{Layer, OverBatch, TrainingPass};
pub use layer_sample::LayerSample;
pub use max_pooling2d::{MaxPooling2DConfig, MaxPoolingArithmetic};
pub use params::{ParamArray, ParamRange, ParamShapes};

use crate::field::{CountRange, FieldMut};
use crate::tagged::impl_deserialize;
use serde::Serialize;

/// Sides of kernels, windows and strides.
pub(crate) const SIDES: CountRange = CountRange { low: 1, high: 28 };

/// Makes [`LayerConfig`] from the list of all kinds: the one place that knows them all.
macro_rules! layer_kinds {
    ($($(#[$doc:meta])* $kind:ident($config:ty) = $new:expr;)*) => {
        /// One layer of a `Sequential` network, in Keras' words; as JSON `{"type": "Dense", "units": 10, …}`.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(tag = "type")]
        pub enum LayerConfig {
            $($(#[$doc])* $kind($config),)*
        }

        impl LayerConfig {
            /// A layer of each kind as it is when it is added to a network, in the order of a menu.
            #[must_use]
            pub fn all() -> Vec<LayerConfig> {
                vec![$(LayerConfig::$kind($new)),*]
            }

            /// What its kind says of it.
            #[must_use]
            pub fn kind(&self) -> &dyn LayerKind {
                match self {
                    $(LayerConfig::$kind(config) => config,)*
                }
            }

            /// What its kind does.
            #[must_use]
            pub fn work(&self) -> &dyn LayerWork {
                match self {
                    $(LayerConfig::$kind(config) => config,)*
                }
            }

            fn kind_mut(&mut self) -> &mut dyn LayerKind {
                match self {
                    $(LayerConfig::$kind(config) => config,)*
                }
            }
        }
    };
}

layer_kinds! {
    /// Fully connected: `activation(x · kernel + bias)`.
    Dense(DenseConfig) = DenseConfig::default();
    /// Convolution (cross-correlation, as in every such library) over height and width.
    Conv2D(Conv2DConfig) = Conv2DConfig::default();
    /// Largest value of each window.
    MaxPooling2D(MaxPooling2DConfig) = MaxPooling2DConfig::default();
    /// Mean of each window.
    AveragePooling2D(AveragePooling2DConfig) = AveragePooling2DConfig::default();
    /// Mean of each map.
    GlobalAveragePooling2D(GlobalAveragePooling2DConfig) = GlobalAveragePooling2DConfig {};
    /// Image to vector, in height, width, channel order.
    Flatten(FlattenConfig) = FlattenConfig {};
    /// Silences inputs at random while training.
    Dropout(DropoutConfig) = DropoutConfig::default();
    /// Brings each channel to mean 0 and variance 1 over a batch, then scales and shifts it.
    BatchNormalization(BatchNormalizationConfig) = BatchNormalizationConfig::default();
    /// An activation function alone.
    Activation(ActivationConfig) = ActivationConfig::default();
}

impl_deserialize!(LayerConfig, "type", LayerConfig::type_name);

impl LayerConfig {
    /// Image to vector.
    pub const FLATTEN: LayerConfig = LayerConfig::Flatten(FlattenConfig {});

    /// Keras' class name.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.kind().type_name()
    }

    /// Its hyperparameters with their places, in the order of their editors.
    pub fn fields(&mut self) -> Vec<FieldMut<'_>> {
        self.kind_mut().fields()
    }

    /// Units of a Dense layer or filters of a convolution: how many different things it looks for.
    #[must_use]
    pub fn n_features(&self) -> Option<usize> {
        match self {
            LayerConfig::Dense(config) => Some(config.units),
            LayerConfig::Conv2D(config) => Some(config.filters),
            _ => None,
        }
    }
}
