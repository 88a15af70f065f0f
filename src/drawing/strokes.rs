//! A drawing: strokes in the order in which they were made, with undo.

use super::{InkPoint, sample};

/// What is on the pad.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    strokes: Vec<Vec<InkPoint>>,
    is_sample: bool,
    deeds: Vec<UndoEntry>,
}

/// Something that can be undone.
#[derive(Debug, Clone, PartialEq)]
enum UndoEntry {
    Stroke,
    Clear(Vec<Vec<InkPoint>>),
}

impl Drawing {
    /// Cleared drawings that undo still knows.
    const MAX_DEEDS: usize = 200;

    /// The ready-made digit that the page opens with; the first stroke that the user draws replaces it.
    #[must_use]
    pub fn sample() -> Drawing {
        Drawing { strokes: sample::three(), is_sample: true, deeds: Vec::new() }
    }

    /// The strokes; none is empty.
    #[must_use]
    pub fn strokes(&self) -> &[Vec<InkPoint>] {
        &self.strokes
    }

    /// Whether this is the ready-made digit.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.is_sample
    }

    /// Whether there is no ink.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// Whether [`undo`](Drawing::undo) would do something.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.deeds.is_empty()
    }

    /// Begins a stroke.
    pub fn begin(&mut self, point: InkPoint) {
        if self.is_sample {
            *self = Drawing::default();
        }
        self.strokes.push(vec![point]);
        self.remember(UndoEntry::Stroke);
    }

    /// Goes on with the last stroke; without one, begins it.
    pub fn extend(&mut self, point: InkPoint) {
        match self.strokes.last_mut() {
            Some(stroke) if !self.is_sample => stroke.push(point),
            _ => self.begin(point),
        }
    }

    /// Removes all ink. [`undo`](Drawing::undo) brings ink back that the user has drawn.
    pub fn clear(&mut self) {
        let strokes = std::mem::take(&mut self.strokes);
        if !self.is_sample && !strokes.is_empty() {
            self.remember(UndoEntry::Clear(strokes));
        }
        self.is_sample = false;
    }

    /// Takes back the last stroke, or the last clearing.
    pub fn undo(&mut self) {
        match self.deeds.pop() {
            Some(UndoEntry::Stroke) => drop(self.strokes.pop()),
            Some(UndoEntry::Clear(strokes)) => self.strokes = strokes,
            None => {}
        }
    }

    fn remember(&mut self, deed: UndoEntry) {
        if self.deeds.len() == Drawing::MAX_DEEDS {
            self.deeds.remove(0);
        }
        self.deeds.push(deed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(x: f32) -> InkPoint {
        InkPoint::new(x, 0.5)
    }

    #[test]
    fn the_first_own_stroke_replaces_the_sample() {
        let mut drawing = Drawing::sample();
        assert!(drawing.is_sample() && !drawing.is_empty() && !drawing.can_undo());
        drawing.begin(dot(0.2));
        drawing.extend(dot(0.4));
        assert_eq!(drawing.strokes(), [vec![dot(0.2), dot(0.4)]]);
        drawing.undo();
        assert!(drawing.is_empty() && !drawing.is_sample());
    }

    #[test]
    fn undo_takes_back_strokes_and_clearings() {
        let mut drawing = Drawing::default();
        drawing.begin(dot(0.1));
        drawing.begin(dot(0.2));
        let before = drawing.strokes().to_vec();
        drawing.clear();
        assert!(drawing.is_empty());
        drawing.undo();
        assert_eq!(drawing.strokes(), before);
        drawing.undo();
        assert_eq!(drawing.strokes(), [vec![dot(0.1)]]);
        drawing.undo();
        drawing.undo();
        assert!(drawing.is_empty() && !drawing.can_undo());
    }

    #[test]
    fn a_cleared_sample_is_gone_for_good() {
        let mut drawing = Drawing::sample();
        drawing.clear();
        assert!(drawing.is_empty() && !drawing.can_undo());
        drawing.clear();
        assert!(!drawing.can_undo());
    }
}
