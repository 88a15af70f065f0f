//! A course: chapters, and in them steps.

use super::{Bench, Bet, Complete, Question};

/// A course, or another lesson that a teacher has written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Course {
    /// In the order of reading.
    pub chapters: Vec<Chapter>,
}

impl Course {
    /// All steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.chapters.iter().flat_map(|chapter| &chapter.steps)
    }

    /// The step of that name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Step> {
        self.steps().find(|step| step.id == id)
    }
}

/// A chapter: one file, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Its name in links, such as `conv`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// One idea each.
    pub steps: Vec<Step>,
}

/// A step: one idea, what the bench shows for it, and what the learner does.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name in links: the chapter's, a dot and its own, such as `conv.count`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its text as HTML, made from Markdown; numbers of the experiment are in their places.
    pub html: String,
    /// What the bench is set to.
    pub bench: Bench,
    /// What makes the step complete.
    pub complete: Complete,
    /// A prediction before a run.
    pub bet: Option<Bet>,
    /// Questions, in order.
    pub questions: Vec<Question>,
    /// A tool of the book itself.
    pub widget: Option<Widget>,
}

/// A tool that lies in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// A neuron whose 28×28 weights the learner paints.
    PaintedNeuron,
}
