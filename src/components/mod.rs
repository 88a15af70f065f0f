//! What panels share: small components, and what several of them show in the same way. Nothing here knows a panel.
//!
//! - [`pictures`]: numbers as pictures that can be pointed at
//! - [`layers`]: how the layers of a network are shown
//! - [`fields`]: the experiment's numbers and choices, to be typed and chosen
//! - [`runs`]: how runs are called and marked
//! - [`plane`]: what the panels of the plane share
//! - [`units`]: the choice of a layer and one of its units
//! - [`glossary`]: every word that the page explains
//! - `part`: parts of the program that are fetched on demand

mod asking;
mod class_switch;
mod data_words;
mod download;
pub mod fields;
pub mod glossary;
mod id;
mod judged;
mod judged_set_switch;
mod label_errors;
pub mod layers;
mod network_age;
mod newest;
mod number_stepper;
mod on_resize;
mod panel;
pub(crate) mod part;
pub mod pictures;
pub mod plane;
mod present_mode;
pub mod runs;
mod show_more;
mod single_keys;
mod subject_name;
mod tabs;
mod term;
mod text_scale;
mod theme;
pub mod units;
mod unscramble;
mod while_mounted;

pub use asking::{Pace, keep_asking};
pub use class_switch::{ClassSwitch, most_probable, presumed_class};
pub use data_words::{data_words, percent_of_labels};
pub use download::{download, download_blob, download_bytes};
pub use id::fresh_id;
pub use judged::{Judged, JudgedImage, image_set, keep_judging};
pub use judged_set_switch::JudgedSetSwitch;
pub use label_errors::is_label_error;
pub use network_age::network_age;
pub use newest::{Newest, newest};
pub use number_stepper::NumberStepper;
pub use on_resize::on_resize;
pub use panel::Panel;
pub use present_mode::{PresentMode, provide_present_mode};
pub use show_more::ShowMore;
pub use single_keys::{SingleKeys, provide_single_keys};
pub use subject_name::subject_name;
pub use tabs::{Tab, Tabs};
pub use term::Term;
pub use text_scale::text_scale;
pub use theme::{Theme, ThemeState, provide_theme, use_theme};
pub use unscramble::{Unscramble, UnscrambleSwitch};
pub use while_mounted::while_mounted;
