//! Lessons: chapters of steps, written as Markdown files with fenced blocks, read and checked. No view is here, and
//! nothing of the page but the names of what a step can point at.

mod bench;
mod bet;
mod complete;
mod course;
mod files;
mod grade;
mod outcome;
mod progress;
mod question;
mod read;
pub mod report;
mod spot;

pub use bench::{Bench, ImageChoice};
pub use bet::{Bet, BetRun, Curve, Guess, Measure};
pub use complete::Complete;
pub use course::{Chapter, Course, Step, Widget};
pub use files::FILES;
pub use grade::{Verdict, is_number, readings};
pub use outcome::{NO_DIFFERENCE, Result as BetResult};
pub use progress::{Answer, Given, Outcome, Prediction, Progress};
pub use question::{Choice, Function, Gap, Mistake, Question, Task, UnitRule};
pub use read::LessonError;
pub use spot::Spot;
