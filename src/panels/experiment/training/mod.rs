//! Data and training, field by field.

mod batch_fields;
mod data_field;
mod kinds;
mod learning_rate_field;
mod more_settings;
mod optimizer_fields;
mod seed_field;
mod slider;
mod stop_fields;
mod stops;
mod training_editor;
mod training_parts;
mod validation_fields;

pub use training_editor::TrainingEditor;
