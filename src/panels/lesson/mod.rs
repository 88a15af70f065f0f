//! The book of the lesson: steps beside the bench, predictions before runs, questions, and a report of it all. It sets the
//! bench through the same doors as a learner (the editor, Train, tabs), and nothing else knows of it.
//!
//! For tests from outside: `[data-testid=lesson-step]` has `data-step` and `data-complete`.

mod bench_setter;
mod bet_form;
mod bet_result;
mod bet_runner;
mod bet_view;
mod book;
mod completion;
mod contents;
mod course_loader;
mod curve_field;
mod essay_task;
mod footer;
mod keys;
mod lesson_state;
mod page_parts;
mod painted_neuron;
mod progress_store;
mod question_view;
mod report_button;
mod step_view;
mod tasks;
mod votes;

pub use book::Book;
pub use lesson_state::LessonState;
pub use step_view::StepView;
