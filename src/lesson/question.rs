//! Questions that a step asks, and what is said to their answers.

use super::Curve;

/// A question: its answer is explained, whether it was right or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked, as HTML.
    pub text: String,
    /// What the learner does.
    pub task: Task,
    /// Hints, given one after the other, as HTML.
    pub hints: Vec<String>,
    /// Why the right answer is right, as HTML; shown after any answer but those that have words of their own.
    pub because: String,
}

/// What the learner does to answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Gives a number.
    Number {
        /// The right one.
        answer: f64,
        /// How far from it still counts as right.
        tolerance: f64,
        /// Wrong numbers that tell what was mistaken.
        mistakes: Vec<Mistake>,
    },
    /// Fills the gaps of a calculation.
    Gaps(Vec<Gap>),
    /// Chooses.
    Choice(Vec<Choice>),
    /// Draws the curve of a function.
    Sketch {
        /// The field.
        field: Curve,
        /// The function.
        function: Function,
    },
    /// Clicks a unit of a layer, so that the inspector shows it.
    Unit {
        /// The layer's name.
        layer: String,
        /// Which unit is right.
        rule: UnitRule,
    },
    /// Writes an answer, sees a model answer and marks the own one by a rubric.
    Essay {
        /// The model answer, as HTML.
        model: String,
        /// What a good answer says, as HTML.
        rubric: Vec<String>,
    },
}

/// A wrong number and what was mistaken.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// The number.
    pub number: f64,
    /// What is said to it, as HTML.
    pub says: String,
}

/// A gap of a calculation.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// What stands before it.
    pub label: String,
    /// What belongs into it.
    pub answer: f64,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// As HTML.
    pub text: String,
    /// Whether it is right.
    pub is_right: bool,
    /// What is said to it, as HTML.
    pub says: String,
}

/// A function whose curve can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// max(0, x).
    Relu,
    /// 1 / (1 + e^−x).
    Sigmoid,
    /// The hyperbolic tangent.
    Tanh,
}

/// Which unit of a layer is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitRule {
    /// The one with the largest output for the present image.
    LargestOutput,
    /// The one of that index.
    Index(usize),
}
