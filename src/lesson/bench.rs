//! What a step sets the bench to.

use super::Spot;
use crate::link::Place;
use inkling_engine::experiment::Experiment;

/// What a step sets the bench to; what it does not name stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bench {
    /// The place beside the book.
    pub place: Place,
    /// The experiment, checked when the lesson was read.
    pub experiment: Option<Experiment>,
    /// The tab that is opened, by its title.
    pub tab: Option<String>,
    /// What is outlined.
    pub highlight: Vec<Spot>,
    /// The image that runs through the network.
    pub image: Option<ImageChoice>,
}

/// An image of the data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageChoice {
    /// By its place in the training set of 60,000.
    Train(usize),
    /// By its place in the test set of 10,000.
    Test(usize),
}
