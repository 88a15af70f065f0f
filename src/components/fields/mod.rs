//! Fields of the experiment: typed numbers, choices, and the message at their place when something is wrong.

mod choice_field;
mod field_errors;
mod labelled;
mod number_field;
mod number_text;
mod slider;
mod switch_field;
mod weight_field;
mod weight_text;

pub use choice_field::ChoiceField;
pub use field_errors::{provide_field_errors, use_field_errors};
pub use labelled::Labelled;
pub use number_field::NumberField;
pub use number_text::NumberText;
pub use slider::Slider;
pub use switch_field::SwitchField;
pub use weight_field::WeightField;
pub use weight_text::read_weight;
