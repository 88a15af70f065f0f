//! Weights in a file that other libraries read too: safetensors, with the experiment as JSON in its metadata.
//!
//! Tensors are called `<layer name>.kernel`, `<layer name>.bias` and so on, with Keras' names and shapes. What is read is
//! not trusted: every size, name and number is checked.

use crate::experiment::{CheckedExperiment, CheckedLayer, Experiment, ExperimentErrors};
use crate::model::Model;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensorError, SafeTensors};
use thiserror::Error;

/// Key of the experiment in the metadata.
const EXPERIMENT_KEY: &str = "experiment";

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    /// The experiment that the weights come from, checked.
    pub checked: CheckedExperiment,
    /// All weights, as [`Model::weights`] has them.
    pub weights: Vec<f32>,
}

/// Why a file cannot be used.
#[derive(Debug, Error)]
pub enum ModelFileError {
    /// It is no safetensors file, or a damaged one.
    #[error("no safetensors file: {0}")]
    Format(#[from] SafeTensorError),
    /// It does not say what network it is of.
    #[error("expected an experiment in the file's metadata, got none")]
    NoExperiment,
    /// The experiment is not written as Inkling writes it.
    #[error("the experiment in the file cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The experiment cannot be run.
    #[error("the experiment in the file is wrong: {0}")]
    Experiment(#[from] ExperimentErrors),
    /// A tensor is not there.
    #[error("expected a tensor {name}, got none")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A tensor is of another shape or type.
    #[error("tensor {name}: expected {expected}, got {got}")]
    Tensor {
        /// Its name.
        name: String,
        /// Type and shape that the network has.
        expected: String,
        /// Type and shape in the file.
        got: String,
    },
    /// A number is NaN or infinite.
    #[error("tensor {name} has numbers that are not finite")]
    NotFinite {
        /// Its name.
        name: String,
    },
}

/// A name, a shape and numbers as bytes.
struct Tensor {
    name: String,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// The bytes of a file with all weights of `model`, which is of the network of `experiment`; the same bytes each time.
///
/// # Errors
/// Only if the format's own limits are exceeded, which no checked network does.
pub fn write(model: &Model, experiment: &Experiment) -> Result<Vec<u8>, ModelFileError> {
    let tensors: Vec<Tensor> = tensors(model.layers())
        .zip(ranges(model))
        .map(|((name, shape), range)| {
            let bytes = model.weights()[range].iter().flat_map(|weight| weight.to_le_bytes()).collect();
            Tensor { name, shape, bytes }
        })
        .collect();
    let views = tensors
        .iter()
        .map(|tensor| Ok((tensor.name.as_str(), TensorView::new(Dtype::F32, tensor.shape.clone(), &tensor.bytes)?)))
        .collect::<Result<Vec<_>, SafeTensorError>>()?;
    let metadata = [(EXPERIMENT_KEY.to_owned(), serde_json::to_string(experiment)?)].into_iter().collect();
    Ok(safetensors::serialize(views, Some(metadata))?)
}

/// Reads a file that [`write()`] made, or another program in the same way.
///
/// # Errors
/// If it is damaged, its experiment cannot be run, or its tensors are not those of the experiment's network.
pub fn read(bytes: &[u8]) -> Result<ModelFile, ModelFileError> {
    let (_, header) = SafeTensors::read_metadata(bytes)?;
    let experiment = header.metadata().as_ref().and_then(|metadata| metadata.get(EXPERIMENT_KEY));
    let experiment: Experiment = serde_json::from_str(experiment.ok_or(ModelFileError::NoExperiment)?)?;
    let checked = experiment.check()?;
    let weights = read_weights(bytes, checked.layers())?;
    Ok(ModelFile { checked, weights })
}

/// Reads the weights of a file into `model`, whatever experiment they come from; unchanged on an error.
///
/// # Errors
/// If the file is damaged or its tensors are not those of the model's network.
pub fn read_into(bytes: &[u8], model: &mut Model) -> Result<(), ModelFileError> {
    let weights = read_weights(bytes, model.layers())?;
    model.set_weights(&weights);
    Ok(())
}

fn read_weights(bytes: &[u8], layers: &[CheckedLayer]) -> Result<Vec<f32>, ModelFileError> {
    let file = SafeTensors::deserialize(bytes)?;
    let mut weights = Vec::with_capacity(layers.iter().map(CheckedLayer::n_params).sum());
    for (name, shape) in tensors(layers) {
        let tensor = match file.tensor(&name) {
            Ok(tensor) => tensor,
            Err(SafeTensorError::TensorNotFound(_)) => return Err(ModelFileError::Missing { name }),
            Err(error) => return Err(error.into()),
        };
        if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
            let expected = format!("F32 {shape:?}");
            let got = format!("{:?} {:?}", tensor.dtype(), tensor.shape());
            return Err(ModelFileError::Tensor { name, expected, got });
        }
        let (words, _) = tensor.data().as_chunks::<4>();
        let start = weights.len();
        weights.extend(words.iter().map(|word| f32::from_le_bytes(*word)));
        if !weights[start..].iter().all(|weight| weight.is_finite()) {
            return Err(ModelFileError::NotFinite { name });
        }
    }
    Ok(weights)
}

/// Names and shapes of all tensors, in the order of the weights.
fn tensors(layers: &[CheckedLayer]) -> impl Iterator<Item = (String, Vec<usize>)> {
    layers.iter().flat_map(|layer| {
        layer.param_range(0).arrays().map(|array| {
            let shape = if array.name == "kernel" { layer.kernel_shape() } else { vec![array.range.len()] };
            (format!("{}.{}", layer.name, array.name), shape)
        })
    })
}

/// Where the tensors lie in the weights, in the same order.
fn ranges(model: &Model) -> impl Iterator<Item = std::ops::Range<usize>> {
    model.param_ranges().iter().flat_map(|params| params.arrays().map(|array| array.range))
}
