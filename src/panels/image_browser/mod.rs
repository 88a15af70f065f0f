//! Which image runs through the network, and which images there are to choose from.
//!
//! [`walk`] says which images pass a filter and where a step leads, [`words`] says it; [`context`] holds the signals and
//! orders the readings of whole sets; the rest are components.

mod context;
mod filter_switch;
mod subject_notice;
mod subject_switch;
mod text;
mod walk;

pub use context::provide_subject;
pub use subject_notice::SubjectNotice;
pub use subject_switch::SubjectSwitch;
