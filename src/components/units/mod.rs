//! The choice of a layer and one of its units.

mod edited_unit;
mod unit_choice;
mod unit_switch;

pub use edited_unit::EditedUnit;
pub use unit_choice::{Candidate, UnitChoice};
pub use unit_switch::UnitSwitch;
