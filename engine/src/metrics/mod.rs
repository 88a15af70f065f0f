//! What a network gets right, and what it takes for what: scikit-learn's metrics.

mod class_scores;
mod confusion;
mod log_loss;

pub use class_scores::{Averages, ClassScores, Scores};
pub use confusion::Confusion;
pub use log_loss::log_loss;
