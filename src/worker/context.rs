//! What all parts of the training worker share: the runs, the data, and the way back to the worker's event loop.

use super::assets::Mnist;
use super::helper_pool::HelperNews;
use super::runs::Runs;
use super::ticker::Ticker;
use crate::protocol::RunId;
use inkling_engine::data::OwnDigits;
use std::rc::Rc;
use std::sync::Arc;

/// The runs, the data and the event loop.
pub struct Context {
    /// All runs with their networks.
    pub runs: Runs,
    /// How much of MNIST is there.
    pub data: DataSlot,
    /// The learner's own digits, if there are any.
    pub own_digits: Option<Arc<OwnDigits>>,
    /// Address of the page's folder, ending in `/`.
    pub base_url: String,
    /// What painting a report takes the page's thread.
    pub paint_ms: f64,
    /// Has the parts ticked again, soon.
    pub ticker: Ticker,
    /// Brings news from outside of the event at hand to the worker's parts.
    pub on_news: Rc<dyn Fn(News)>,
}

/// How much of MNIST is there.
pub enum DataSlot {
    /// Not asked for, or failed.
    Missing,
    /// On its way.
    Loading,
    /// All there.
    Loaded(Mnist),
}

/// What arrives while no command of the page is handled.
pub enum News {
    /// The ticker has rung.
    Tick,
    /// The data set is there, or is not to be had.
    Data(Result<Mnist, String>),
    /// The shipped weights for a run are there, or are not to be had.
    Model(RunId, Result<Vec<u8>, String>),
    /// The part of the program that answers questions is there, or is not to be had.
    QuestionPart(bool),
    /// A helper reports, or has died.
    Helper(HelperNews),
}

impl Context {
    /// The data set, once it is there.
    #[must_use]
    pub fn mnist(&self) -> Option<&Mnist> {
        match &self.data {
            DataSlot::Loaded(mnist) => Some(mnist),
            DataSlot::Missing | DataSlot::Loading => None,
        }
    }
}
