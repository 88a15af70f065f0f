//! The control of the page that a line of code comes from.

/// A control of the experiment panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Control {
    /// How many images are used.
    Samples,
    /// Label noise, shuffled pixels, augmentation, class weights, own digits.
    DataSettings,
    /// The layer at that place, from 0.
    Layer(usize),
    /// The penalty on all kernels.
    Penalty,
    /// Which optimizer, with its hyperparameters.
    Optimizer,
    /// The learning rate.
    LearningRate,
    /// What is minimised.
    Loss,
    /// Samples per update.
    BatchSize,
    /// Passes through the data.
    Epochs,
    /// Which samples are kept back.
    Validation,
    /// When to stop early.
    StopRule,
    /// A new order in every epoch.
    Shuffle,
    /// The seed.
    Seed,
}

impl Control {
    /// What it is called: `layer 3`, `batch size`.
    #[must_use]
    pub fn title(self) -> String {
        let title = match self {
            Control::Layer(layer_idx) => return format!("layer {}", layer_idx + 1),
            Control::Samples => "number of images",
            Control::DataSettings => "data settings",
            Control::Penalty => "penalty",
            Control::Optimizer => "optimizer",
            Control::LearningRate => "learning rate",
            Control::Loss => "loss",
            Control::BatchSize => "batch size",
            Control::Epochs => "epochs",
            Control::Validation => "validation",
            Control::StopRule => "stop rule",
            Control::Shuffle => "shuffle",
            Control::Seed => "seed",
        };
        title.to_owned()
    }
}
