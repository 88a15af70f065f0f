//! Which image runs through the network, and which images there are to choose from.
//!
//! [`image_filter`] says which images pass a filter and where a step leads, [`text`] says it; [`context`] holds the
//! signals and orders the readings of whole sets; the rest are components.

mod context;
mod filter_switch;
mod image_filter;
mod subject_notice;
mod subject_switch;
mod text;

pub use context::provide_subject;
pub use subject_notice::SubjectNotice;
pub use subject_switch::SubjectSwitch;
