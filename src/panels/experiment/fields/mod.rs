//! Fields of the experiment: typed numbers, choices, and the message at their place when something is wrong.

mod choice_field;
mod fault;
mod labelled;
mod number_field;
mod number_text;
mod switch_field;

pub use choice_field::ChoiceField;
pub use fault::{provide_faults, use_faults};
pub use labelled::Labelled;
pub use number_field::NumberField;
pub use switch_field::SwitchField;
