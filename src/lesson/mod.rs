//! Lessons: chapters of steps, written as Markdown files with fenced blocks, read and checked. No view is here, and
//! nothing of the page but the names of what a step can point at.

mod bench;
mod bet;
mod complete;
mod course;
mod question;
mod spot;

pub use bench::{Bench, ImageChoice};
pub use bet::{Bet, BetRun, Curve, Guess, Measure};
pub use complete::Complete;
pub use course::{Chapter, Course, Step, Widget};
pub use question::{Choice, Function, Gap, Mistake, Question, Task, UnitRule};
pub use spot::Spot;
