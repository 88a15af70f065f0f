//! What several settings of the code mean together.

use inkling_engine::experiment::{Experiment, LayerConfig, Regularization, Regularizer};

/// A penalty that all layers with a kernel share is the training's; else each layer keeps its own.
pub fn share_penalty(experiment: &mut Experiment) {
    let penalties = || experiment.network.iter().filter_map(|layer| layer.kind().kernel_regularizer());
    let Some(first) = penalties().next() else { return };
    let is_shared = !first.is_none() && penalties().all(|penalty| penalty == first);
    if is_shared {
        experiment.training.regularization = Regularization::Keras(first);
        for layer in &mut experiment.network {
            match layer {
                LayerConfig::Dense(dense) => dense.kernel_regularizer = Regularizer::default(),
                LayerConfig::Conv2D(conv) => conv.kernel_regularizer = Regularizer::default(),
                _ => {}
            }
        }
    }
}
