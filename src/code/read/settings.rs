//! What several settings of the code mean together.

use inkling_engine::experiment::{Experiment, LayerConfig, Regularization};

/// A penalty that all layers with a kernel share is the training's; else each layer keeps its own.
pub fn share_penalty(experiment: &mut Experiment) {
    let penalties = || experiment.network.iter().filter_map(|layer| layer.kind().kernel_regularizer());
    let Some(first) = penalties().next() else { return };
    let is_shared = !first.is_none() && penalties().all(|penalty| penalty == first);
    if is_shared {
        experiment.training.regularization = Regularization::Keras(first);
        for field in experiment.network.iter_mut().flat_map(LayerConfig::fields) {
            if field.words().field_and_part().0 == "kernel_regularizer"
                && let Some(factor) = field.number()
            {
                *factor = 0.0;
            }
        }
    }
}
