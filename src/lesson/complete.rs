//! When a step is complete.

/// What makes a step complete.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Complete {
    /// The learner has gone on from it.
    #[default]
    Read,
    /// All its questions and its bet were answered.
    Answered,
    /// So many epochs of the step's experiment were trained.
    Epochs(usize),
    /// A digit was drawn.
    Drawn,
    /// Another image was chosen.
    Image,
    /// A number of a layer's output was taken apart.
    Cell,
    /// The test set was opened.
    Test,
    /// The tab of that title was opened.
    Tab(String),
    /// The experiment that is edited has so many parameters.
    Parameters(usize),
}
