//! What the view of code keeps while another tab is open.

use super::library::Library;
use inkling_engine::experiment::Experiment;
use leptos::prelude::*;

/// What came of building from code.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Outcome {
    #[default]
    Nothing,
    /// What is wrong, and where, from 1.
    Fault { line: usize, column: usize, message: String },
    /// What was built, in words, and the experiments after it and before it.
    Built { words: String, built: Box<Experiment>, before: Box<Experiment> },
}

/// The chosen library, the code that is typed, and what came of it.
#[derive(Clone, Copy)]
pub struct CodeDraft {
    pub library: RwSignal<Library>,
    pub text: RwSignal<String>,
    pub outcome: RwSignal<Outcome>,
}

/// Puts the draft into the context.
pub fn provide_code_draft() {
    provide_context(CodeDraft {
        library: RwSignal::new(Library::default()),
        text: RwSignal::new(String::new()),
        outcome: RwSignal::new(Outcome::default()),
    });
}

/// The draft; outside of a component below [`provide_code_draft`], one of its own.
pub fn use_code_draft() -> CodeDraft {
    if use_context::<CodeDraft>().is_none() {
        provide_code_draft();
    }
    expect_context::<CodeDraft>()
}
