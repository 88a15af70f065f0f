//! An experiment as Python code, and Python code as an experiment: pure.
//!
//! [`keras_script`] and [`scikit_learn_script`] print a checked experiment as a whole script, whose lines name the
//! controls that they come from ([`Control`]); [`notebook()`] makes a Jupyter notebook of it. [`read()`] goes the other way:
//! it reads the small part of Python that builds a `keras.Sequential` or an `MLPClassifier` (`python` has the grammar),
//! and names what Inkling cannot do at its line and column.

mod control;
mod error;
mod keras;
mod notebook;
mod numbers;
mod penalty;
mod python;
mod read;
mod scikit_learn;
mod script;

pub use control::Control;
pub use error::CodeError;
pub use keras::keras_script;
pub use notebook::notebook;
pub use read::{Built, read};
pub use scikit_learn::scikit_learn_script;
pub use script::{Line, Script, Section};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod random_experiments;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod round_trip;
