//! Where the fields of data and training stand.

use inkling_engine::experiment::{DataConfig, Experiment, OptimizerConfig, Regularization, StopRule, Validation};

/// Images asked for.
pub fn n_samples(experiment: &mut Experiment) -> Option<&mut usize> {
    match &mut experiment.data {
        DataConfig::Mnist(mnist) => Some(&mut mnist.n_samples),
        DataConfig::Plane(plane) => Some(&mut plane.n_samples),
    }
}

/// Learning rate.
pub fn learning_rate(experiment: &mut Experiment) -> Option<&mut f64> {
    Some(&mut experiment.training.learning_rate)
}

/// Batch size.
pub fn batch_size(experiment: &mut Experiment) -> Option<&mut usize> {
    Some(&mut experiment.training.batch_size)
}

/// Epochs.
pub fn epochs(experiment: &mut Experiment) -> Option<&mut usize> {
    Some(&mut experiment.training.epochs)
}

/// Whether the order of the images changes.
pub fn shuffle(experiment: &mut Experiment) -> Option<&mut bool> {
    Some(&mut experiment.training.shuffle)
}

/// Seed.
pub fn seed(experiment: &mut Experiment) -> Option<&mut u64> {
    Some(&mut experiment.seed)
}

/// SGD's momentum.
pub fn momentum(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.optimizer {
        OptimizerConfig::Sgd(sgd) => Some(&mut sgd.momentum),
        _ => None,
    }
}

/// Whether SGD's momentum looks ahead.
pub fn nesterov(experiment: &mut Experiment) -> Option<&mut bool> {
    match &mut experiment.training.optimizer {
        OptimizerConfig::Sgd(sgd) => Some(&mut sgd.nesterov),
        _ => None,
    }
}

/// RMSprop's memory.
pub fn rho(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.optimizer {
        OptimizerConfig::RmsProp(rms_prop) => Some(&mut rms_prop.rho),
        _ => None,
    }
}

/// Adam's memory of directions.
pub fn beta_1(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.optimizer {
        OptimizerConfig::Adam(adam) => Some(&mut adam.beta_1),
        _ => None,
    }
}

/// Adam's memory of sizes.
pub fn beta_2(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.optimizer {
        OptimizerConfig::Adam(adam) => Some(&mut adam.beta_2),
        _ => None,
    }
}

/// The tiny number of RMSprop and Adam.
pub fn epsilon(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.optimizer {
        OptimizerConfig::RmsProp(rms_prop) => Some(&mut rms_prop.epsilon),
        OptimizerConfig::Adam(adam) => Some(&mut adam.epsilon),
        OptimizerConfig::Sgd(_) => None,
    }
}

/// Share of images kept back, by either rule.
pub fn validation_share(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.validation {
        Validation::None => None,
        Validation::Last { validation_split: share } | Validation::Random { validation_fraction: share } => Some(share),
    }
}

/// Patience of either stop rule.
pub fn patience(experiment: &mut Experiment) -> Option<&mut usize> {
    match &mut experiment.training.stop {
        StopRule::Never => None,
        StopRule::ValidationScore { n_iter_no_change, .. } | StopRule::TrainingLoss { n_iter_no_change, .. } => {
            Some(n_iter_no_change)
        }
    }
}

/// Tolerance of either stop rule.
pub fn tol(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.stop {
        StopRule::Never => None,
        StopRule::ValidationScore { tol, .. } | StopRule::TrainingLoss { tol, .. } => Some(tol),
    }
}

/// Keras' L1 penalty.
pub fn l1(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.regularization {
        Regularization::Keras(regularizer) => Some(&mut regularizer.l1),
        Regularization::ScikitLearn { .. } => None,
    }
}

/// Keras' L2 penalty.
pub fn l2(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.regularization {
        Regularization::Keras(regularizer) => Some(&mut regularizer.l2),
        Regularization::ScikitLearn { .. } => None,
    }
}

/// scikit-learn's L2 penalty.
pub fn alpha(experiment: &mut Experiment) -> Option<&mut f64> {
    match &mut experiment.training.regularization {
        Regularization::Keras(_) => None,
        Regularization::ScikitLearn { alpha } => Some(alpha),
    }
}
