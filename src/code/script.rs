//! A script: sections of lines, some of which come from a control of the page.

use super::Control;

/// One line of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text, without the line's end.
    pub text: String,
    /// The control that it comes from.
    pub control: Option<Control>,
}

/// Some lines that belong together: one cell of a notebook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// Its lines; the first is a comment that says what it does.
    pub lines: Vec<Line>,
}

impl Section {
    /// A section that begins with that comment.
    pub(super) fn new(title: &str) -> Section {
        let mut section = Section::default();
        section.push(format!("# {title}"));
        section
    }

    /// Adds a line that comes from no control.
    pub(super) fn push(&mut self, text: impl Into<String>) {
        self.lines.push(Line { text: text.into(), control: None });
    }

    /// Adds a line that comes from a control.
    pub(super) fn push_from(&mut self, control: Control, text: impl Into<String>) {
        self.lines.push(Line { text: text.into(), control: Some(control) });
    }

    /// Adds lines that come from the same control.
    pub(super) fn extend_from<const N: usize>(&mut self, control: Control, texts: [&str; N]) {
        texts.into_iter().for_each(|text| self.push_from(control, text));
    }

    /// Its lines as a text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// A whole script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// Its sections, which an empty line separates.
    pub sections: Vec<Section>,
}

impl Script {
    /// All lines in order, with the empty ones between sections.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for section in &self.sections {
            if !lines.is_empty() {
                lines.push(Line { text: String::new(), control: None });
            }
            lines.extend_from_slice(&section.lines);
        }
        lines
    }

    /// The script as a file.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines().iter().fold(String::new(), |text, line| text + &line.text + "\n")
    }
}

/// What is said instead of a script for points of the plane.
pub(super) fn for_digits_only() -> Script {
    let mut section = Section::new("Points of the plane are not printed as code: Inkling makes them itself.");
    section.push("# Scripts are for experiments with handwritten digits.");
    Script { sections: vec![section] }
}
