//! The penalties of an experiment, whichever convention they are in.

use inkling_engine::experiment::{CheckedExperiment, Regularization, Regularizer};

/// What each layer with a kernel is penalised by in Keras' convention: the training's own penalty together with the
/// layer's. `None` for layers without a kernel. scikit-learn's `alpha` is turned into the `l2` that a full batch has.
pub fn of_layers(checked: &CheckedExperiment) -> Vec<Option<Regularizer>> {
    let training = &checked.experiment().training;
    let common = match training.regularization {
        Regularization::Keras(regularizer) => regularizer,
        Regularization::ScikitLearn { alpha } => Regularizer { l1: 0.0, l2: alpha / 2.0 / training.batch_size as f64 },
        Regularization::Playground { .. } => Regularizer::default(),
    };
    let of_layer = |own: Regularizer| Regularizer { l1: own.l1 + common.l1, l2: own.l2 + common.l2 };
    checked.layers().iter().map(|layer| layer.config.kind().kernel_regularizer().map(of_layer)).collect()
}

/// The penalty that all layers with a kernel share.
pub fn shared(penalties: &[Option<Regularizer>]) -> Option<Regularizer> {
    let mut with_kernel = penalties.iter().flatten();
    let first = *with_kernel.next()?;
    with_kernel.all(|penalty| *penalty == first).then_some(first)
}
