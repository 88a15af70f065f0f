//! The experiment as Keras or scikit-learn code, to be copied and saved, and code as an experiment.

mod build_form;
mod code_panel;
mod context;
mod focus_control;
mod library;
mod script_tools;
mod script_view;

pub use code_panel::CodePanel;
pub use context::provide_code_draft;
