//! Data and training, field by field.

mod batch_fields;
mod data_field;
mod data_settings;
mod field_editor;
mod kind_field;
mod learning_rate_field;
mod live;
mod more_settings;
mod seed_field;
mod settings_group;
mod stop_fields;
mod stops;
mod training_editor;

pub use training_editor::TrainingEditor;
