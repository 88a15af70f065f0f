//! The library that a script is for.

use crate::code::{Script, keras_script, scikit_learn_script};
use inkling_engine::experiment::CheckedExperiment;

/// Keras or scikit-learn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Library {
    #[default]
    Keras,
    ScikitLearn,
}

impl Library {
    pub const ALL: [Library; 2] = [Library::Keras, Library::ScikitLearn];

    pub fn title(self) -> &'static str {
        match self {
            Library::Keras => "Keras",
            Library::ScikitLearn => "scikit-learn",
        }
    }

    /// The name of files, and of the script's element.
    pub fn slug(self) -> &'static str {
        match self {
            Library::Keras => "keras",
            Library::ScikitLearn => "sklearn",
        }
    }

    pub fn script(self, checked: &CheckedExperiment) -> Script {
        match self {
            Library::Keras => keras_script(checked),
            Library::ScikitLearn => scikit_learn_script(checked),
        }
    }
}
