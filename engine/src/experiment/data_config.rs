//! Which data set, and how much of it.

use super::{CheckedLayer, DatasetSpec, Experiment, Shape, ValidationErrors};
#[cfg(feature = "plane")]
use crate::data::PlaneConfig;
use crate::data::{Dataset, DatasetError, DatasetKind, DatasetWork, MnistConfig};
use crate::field::FieldMut;
use crate::layers::ParamRange;
use crate::tagged::take_tag;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Map;

/// Makes [`DataConfig`] from the list of all kinds: the one place that knows them all.
macro_rules! dataset_kinds {
    ($($(#[doc = $doc:literal])* $(#[cfg($cfg:meta)])? $kind:ident($config:ty);)*) => {
        /// The data set of an experiment; as JSON `{"type": "Mnist", "n_samples": 60000}`.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(tag = "type")]
        pub enum DataConfig {
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $kind($config),)*
        }

        impl<'de> Deserialize<'de> for DataConfig {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DataConfig, D::Error> {
                let mut object = Map::deserialize(deserializer)?;
                let config = match take_tag(&mut object, "type").map_err(D::Error::custom)?.as_str() {
                    $($(#[cfg($cfg)])? stringify!($kind) => <$config>::deserialize(object).map(DataConfig::$kind),)*
                    other => return Err(D::Error::custom(format_args!("unknown type `{other}`"))),
                };
                config.map_err(D::Error::custom)
            }
        }

        impl DataConfig {
            /// A data set of each kind with its defaults.
            #[must_use]
            pub fn all() -> Vec<DataConfig> {
                vec![$($(#[cfg($cfg)])? DataConfig::$kind(<$config>::default())),*]
            }

            fn kind(&self) -> &dyn DatasetKind {
                match self {
                    $($(#[cfg($cfg)])? DataConfig::$kind(config) => config,)*
                }
            }

            fn work(&self) -> &dyn DatasetWork {
                match self {
                    $($(#[cfg($cfg)])? DataConfig::$kind(config) => config,)*
                }
            }

            /// The numbers that describe it.
            #[must_use]
            pub fn fields(&mut self) -> Vec<FieldMut<'_>> {
                match self {
                    $($(#[cfg($cfg)])? DataConfig::$kind(config) => config.fields(),)*
                }
            }
        }
    };
}

dataset_kinds! {
    /// Handwritten digits.
    Mnist(MnistConfig);
    /// Points of the plane, as in TensorFlow Playground.
    #[cfg(feature = "plane")]
    Plane(PlaneConfig);
}

impl DataConfig {
    /// The first `n_samples` of MNIST's training images.
    #[must_use]
    pub fn mnist(n_samples: usize) -> DataConfig {
        DataConfig::Mnist(MnistConfig { n_samples, ..MnistConfig::default() })
    }

    /// Shape, classes and size of the data set.
    #[must_use]
    pub fn spec(&self) -> DatasetSpec {
        self.kind().spec()
    }

    /// What is said of digits; `None` of other data.
    #[must_use]
    pub fn digits(&self) -> Option<&MnistConfig> {
        match self {
            DataConfig::Mnist(config) => Some(config),
            #[cfg(feature = "plane")]
            DataConfig::Plane(_) => None,
        }
    }

    /// What is said of digits, to be changed; `None` of other data.
    #[must_use]
    pub fn digits_mut(&mut self) -> Option<&mut MnistConfig> {
        match self {
            DataConfig::Mnist(config) => Some(config),
            #[cfg(feature = "plane")]
            DataConfig::Plane(_) => None,
        }
    }

    /// See [`DatasetWork::generate`].
    pub(super) fn generate(&self, experiment: &Experiment) -> Option<Result<Dataset, DatasetError>> {
        self.work().generate(experiment)
    }

    /// See [`DatasetKind::check`].
    pub(super) fn check(&self, errors: &mut ValidationErrors) {
        self.kind().check(errors);
    }

    /// See [`DatasetWork::initialize`].
    pub(crate) fn initialize(&self, layers: &[CheckedLayer], params: &[ParamRange], weights: &mut [f32]) {
        self.work().initialize(layers, params, weights);
    }

    /// Shape of one sample.
    #[must_use]
    pub fn input_shape(&self) -> Shape {
        self.spec().input_shape
    }

    /// Samples asked for, training and validation together.
    #[must_use]
    pub fn n_samples(&self) -> usize {
        self.spec().n_samples
    }

    /// Outputs that the network must have.
    #[must_use]
    pub fn n_outputs(&self) -> usize {
        self.spec().n_outputs
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::Preset;

    #[test]
    fn a_computed_data_set_is_what_its_spec_says() {
        let mut n_computed = 0;
        for data in DataConfig::all() {
            let experiment = Experiment { data: data.clone(), ..Preset::Empty.experiment() };
            let Some(dataset) = data.generate(&experiment) else { continue };
            let dataset = dataset.unwrap();
            assert_eq!((dataset.len(), dataset.input_len()), (data.n_samples(), data.input_shape().size()), "{data:?}");
            n_computed += 1;
        }
        assert!(n_computed > 0, "the plane is computed");
    }
}
