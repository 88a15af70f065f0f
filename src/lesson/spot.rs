//! Places of the bench that a step can outline.

/// A place of the bench, by the name that lessons use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Where digits are drawn.
    Pad,
    /// What the network reads, and its probabilities.
    Prediction,
    /// Which image runs through the network.
    Image,
    /// Presets, data, network and settings of training.
    Experiment,
    /// The settings of the data.
    Data,
    /// The cards of the layers.
    Layers,
    /// The table of layers, shapes and parameters.
    Summary,
    /// Learning rate, batch size, epochs and the like.
    Training,
    /// Train, and what belongs to it.
    Run,
    /// Loss and accuracy over the epochs.
    Curves,
    /// The table of runs.
    Runs,
    /// The test set's envelope.
    Test,
    /// The layers' outputs.
    Activations,
    /// The unit inspector.
    Inspector,
    /// What lies below: mistakes, confidence, robustness, data.
    Doubt,
    /// The plane's map of the output.
    Output,
    /// The plane's data and features.
    Points,
}

impl Spot {
    /// All of them.
    pub const ALL: [Spot; 17] = [
        Spot::Pad,
        Spot::Prediction,
        Spot::Image,
        Spot::Experiment,
        Spot::Data,
        Spot::Layers,
        Spot::Summary,
        Spot::Training,
        Spot::Run,
        Spot::Curves,
        Spot::Runs,
        Spot::Test,
        Spot::Activations,
        Spot::Inspector,
        Spot::Doubt,
        Spot::Output,
        Spot::Points,
    ];

    /// Its name in lesson files, and in the attribute that the style sheet goes by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Spot::Pad => "pad",
            Spot::Prediction => "prediction",
            Spot::Image => "image",
            Spot::Experiment => "experiment",
            Spot::Data => "data",
            Spot::Layers => "layers",
            Spot::Summary => "summary",
            Spot::Training => "training",
            Spot::Run => "run",
            Spot::Curves => "curves",
            Spot::Runs => "runs",
            Spot::Test => "test",
            Spot::Activations => "activations",
            Spot::Inspector => "inspector",
            Spot::Doubt => "doubt",
            Spot::Output => "output",
            Spot::Points => "points",
        }
    }
}
