//! What a teacher can hide by a link.

/// A control that a link can hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after the control that it stands for")]
pub enum Control {
    ShowTestData,
    Discretize,
    PlayButton,
    StepButton,
    ResetButton,
    LearningRate,
    Activation,
    Regularization,
    RegularizationRate,
    Problem,
    Dataset,
    PercTrainData,
    Noise,
    BatchSize,
    NumHiddenLayers,
}

impl Control {
    /// All of them, in the order in which TensorFlow Playground lists them.
    pub const ALL: [Control; 15] = [
        Control::ShowTestData,
        Control::Discretize,
        Control::PlayButton,
        Control::StepButton,
        Control::ResetButton,
        Control::LearningRate,
        Control::Activation,
        Control::Regularization,
        Control::RegularizationRate,
        Control::Problem,
        Control::Dataset,
        Control::PercTrainData,
        Control::Noise,
        Control::BatchSize,
        Control::NumHiddenLayers,
    ];

    /// Its name in a link, to which `_hide` is added.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Control::ShowTestData => "showTestData",
            Control::Discretize => "discretize",
            Control::PlayButton => "playButton",
            Control::StepButton => "stepButton",
            Control::ResetButton => "resetButton",
            Control::LearningRate => "learningRate",
            Control::Activation => "activation",
            Control::Regularization => "regularization",
            Control::RegularizationRate => "regularizationRate",
            Control::Problem => "problem",
            Control::Dataset => "dataset",
            Control::PercTrainData => "percTrainData",
            Control::Noise => "noise",
            Control::BatchSize => "batchSize",
            Control::NumHiddenLayers => "numHiddenLayers",
        }
    }

    /// What it is called on the page.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Control::ShowTestData => "Show test points",
            Control::Discretize => "Discretize output",
            Control::PlayButton => "Train",
            Control::StepButton => "Step batch and Step epoch",
            Control::ResetButton => "Reset",
            Control::LearningRate => "Learning rate",
            Control::Activation => "Activations",
            Control::Regularization => "Penalty",
            Control::RegularizationRate => "Size of the penalty",
            Control::Problem => "Data sets for a regression",
            Control::Dataset => "Data sets",
            Control::PercTrainData => "Ratio of training data",
            Control::Noise => "Noise",
            Control::BatchSize => "Batch size",
            Control::NumHiddenLayers => "Number of hidden layers",
        }
    }

    /// The control of that [`name`](Control::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Control> {
        Control::ALL.into_iter().find(|control| control.name() == name)
    }
}
