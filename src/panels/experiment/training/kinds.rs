//! The choices behind which fields of their own appear.

use inkling_engine::experiment::{OptimizerConfig, StopRule, Validation};

/// Which optimizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptimizerKind {
    /// Gradient descent.
    Sgd,
    /// RMSprop.
    RmsProp,
    /// Adam.
    Adam,
}

impl OptimizerKind {
    /// All, with their words.
    pub const ALL: [(OptimizerKind, &'static str); 3] =
        [(OptimizerKind::Sgd, "SGD"), (OptimizerKind::RmsProp, "RMSprop"), (OptimizerKind::Adam, "Adam")];

    /// Of an optimizer.
    #[must_use]
    pub fn of(optimizer: &OptimizerConfig) -> OptimizerKind {
        match optimizer {
            OptimizerConfig::Sgd(_) => OptimizerKind::Sgd,
            OptimizerConfig::RmsProp(_) => OptimizerKind::RmsProp,
            OptimizerConfig::Adam(_) => OptimizerKind::Adam,
        }
    }

    /// With Keras' defaults.
    #[must_use]
    pub fn config(self) -> OptimizerConfig {
        match self {
            OptimizerKind::Sgd => OptimizerConfig::SGD,
            OptimizerKind::RmsProp => OptimizerConfig::RMSPROP,
            OptimizerKind::Adam => OptimizerConfig::ADAM,
        }
    }
}

/// Which rule of validation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValidationKind {
    /// None at all.
    None,
    /// Keras'.
    Last,
    /// scikit-learn's.
    Random,
}

impl ValidationKind {
    /// All, with their words.
    pub const ALL: [(ValidationKind, &'static str); 3] = [
        (ValidationKind::Last, "the last images (Keras)"),
        (ValidationKind::Random, "at random (scikit-learn)"),
        (ValidationKind::None, "none"),
    ];

    /// Of a rule.
    #[must_use]
    pub fn of(validation: Validation) -> ValidationKind {
        match validation {
            Validation::None => ValidationKind::None,
            Validation::Last { .. } => ValidationKind::Last,
            Validation::Random { .. } => ValidationKind::Random,
        }
    }

    /// The rule with a share.
    #[must_use]
    pub fn config(self, share: f64) -> Validation {
        match self {
            ValidationKind::None => Validation::None,
            ValidationKind::Last => Validation::Last { validation_split: share },
            ValidationKind::Random => Validation::Random { validation_fraction: share },
        }
    }
}

/// Which stop rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopKind {
    /// None.
    Never,
    /// By validation accuracy.
    ValidationScore,
    /// By training loss.
    TrainingLoss,
}

impl StopKind {
    /// All, with their words.
    pub const ALL: [(StopKind, &'static str); 3] = [
        (StopKind::Never, "off"),
        (StopKind::ValidationScore, "val. accuracy"),
        (StopKind::TrainingLoss, "training loss"),
    ];

    /// Of a rule.
    #[must_use]
    pub fn of(stop: StopRule) -> StopKind {
        match stop {
            StopRule::Never => StopKind::Never,
            StopRule::ValidationScore { .. } => StopKind::ValidationScore,
            StopRule::TrainingLoss { .. } => StopKind::TrainingLoss,
        }
    }

    /// The rule with patience and tolerance.
    #[must_use]
    pub fn config(self, n_iter_no_change: usize, tol: f64) -> StopRule {
        match self {
            StopKind::Never => StopRule::Never,
            StopKind::ValidationScore => StopRule::ValidationScore { n_iter_no_change, tol },
            StopKind::TrainingLoss => StopRule::TrainingLoss { n_iter_no_change, tol },
        }
    }
}
