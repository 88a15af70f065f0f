//! What panels share: small components, and what several of them show in the same way. Nothing here knows a panel.
//!
//! - [`pictures`]: numbers as pictures that can be pointed at
//! - [`layers`]: how the layers of a network are shown
//! - [`units`]: the choice of a layer and one of its units
//! - [`glossary`]: every word that the page explains
//! - `part`: parts of the program that come when they are first wanted

mod asking;
mod class_switch;
pub mod glossary;
mod id;
pub mod layers;
mod newest;
mod panel;
pub(crate) mod part;
pub mod pictures;
mod subject_name;
mod term;
mod theme;
pub mod units;

pub use asking::{Pace, keep_asking};
pub use class_switch::{ClassSwitch, most_probable, presumed_class};
pub use id::fresh_id;
pub use newest::{Newest, newest};
pub use panel::Panel;
pub use subject_name::subject_name;
pub use term::Term;
pub use theme::{Theme, ThemeState, provide_theme, use_theme};
