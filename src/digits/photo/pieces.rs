//! Which ink of a picture belongs to one digit, and in which order digits are read.

use super::super::{DigitFileError, DigitImage};
use super::centre::centred;
use super::{Ink, MAX_FOUND};

/// Digits below that size are too small to be read, in pixels.
const LEAST_SIDE: usize = 8;
/// Pieces below this share of the largest one are parts of digits, or specks.
const PART: f32 = 0.35;
/// Parts below this share are specks.
const SPECK: f32 = 0.08;
/// How far a part may be from its digit, as a share of the digit's size.
const REACH: f32 = 0.15;

/// The rows and columns that a piece of ink covers; bottom and right are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

impl Frame {
    pub fn width(self) -> usize {
        self.right - self.left
    }

    pub fn height(self) -> usize {
        self.bottom - self.top
    }

    fn side(self) -> usize {
        self.width().max(self.height())
    }

    fn with(self, other: Frame) -> Frame {
        Frame {
            top: self.top.min(other.top),
            left: self.left.min(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.max(other.right),
        }
    }

    /// Rows and columns that both cover; negative: as far they are apart.
    fn overlap(self, other: Frame) -> [isize; 2] {
        let along = |low: [usize; 2], high: [usize; 2]| high[0].min(high[1]) as isize - low[0].max(low[1]) as isize;
        [
            along([self.top, other.top], [self.bottom, other.bottom]),
            along([self.left, other.left], [self.right, other.right]),
        ]
    }

    fn touches_border(self, ink: &Ink) -> bool {
        self.top == 0 || self.left == 0 || self.bottom == ink.height || self.right == ink.width
    }
}

/// A digit of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDigit {
    pub(super) frame: Frame,
    /// The pieces of connected ink that it consists of, by their numbers.
    pieces: Vec<u32>,
}

impl FoundDigit {
    /// Row and column of its left upper pixel, then its height and width.
    #[must_use]
    pub fn place(&self) -> [usize; 4] {
        [self.frame.top, self.frame.left, self.frame.height(), self.frame.width()]
    }

    fn join(&mut self, other: FoundDigit) {
        self.frame = self.frame.with(other.frame);
        self.pieces.extend(other.pieces);
    }

    /// Its image by MNIST's recipe.
    #[must_use]
    pub fn image(&self, found: &FoundInk) -> Option<DigitImage> {
        let is_own = |idx: usize| self.pieces.contains(&found.piece_of[idx]);
        centred(&found.ink, self.frame, is_own)
    }
}

/// The ink of a picture, and to which piece each of its pixels belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundInk {
    ink: Ink,
    /// 0 where there is no ink.
    piece_of: Vec<u32>,
}

/// The digits of a picture in reading order: rows from above, each from the left.
///
/// # Errors
/// If there is none, or there are more than [`MAX_FOUND`].
pub fn find(ink: Ink) -> Result<(FoundInk, Vec<FoundDigit>), DigitFileError> {
    let (piece_of, frames) = connected(&ink);
    let mut pieces: Vec<FoundDigit> = frames
        .iter()
        .enumerate()
        .map(|(idx, frame)| FoundDigit { frame: *frame, pieces: vec![idx as u32 + 1] })
        .filter(|piece| !is_line(piece.frame, &ink))
        .collect();
    // The edge of the paper, a finger, a shadow: they touch the picture's border, digits don't.
    let is_inside = |piece: &FoundDigit| !piece.frame.touches_border(&ink);
    let side_of = |pieces: &[FoundDigit]| pieces.iter().map(|piece| piece.frame.side()).max().unwrap_or_default();
    let inside: Vec<FoundDigit> = pieces.iter().filter(|piece| is_inside(piece)).cloned().collect();
    if side_of(&inside) >= LEAST_SIDE.max(ink.width.max(ink.height) / 40) {
        pieces = inside;
    }
    let largest = side_of(&pieces);
    if largest < LEAST_SIDE {
        let got = "none that is large and clear enough";
        return Err(DigitFileError::of_file("a picture with at least one digit", got));
    }
    let (mut digits, parts): (Vec<_>, Vec<_>) =
        pieces.into_iter().partition(|piece| piece.frame.side() as f32 >= PART * largest as f32);
    join_halves(&mut digits, largest);
    for part in parts.into_iter().filter(|part| part.frame.side() as f32 >= SPECK * largest as f32) {
        let near = digits.iter_mut().min_by_key(|digit| distance(digit.frame, part.frame));
        if let Some(digit) =
            near.filter(|digit| distance(digit.frame, part.frame) as f32 <= REACH * digit.frame.side() as f32)
        {
            digit.join(part);
        }
    }
    if digits.len() > MAX_FOUND {
        return Err(DigitFileError::of_file(
            format!("a picture with at most {MAX_FOUND} digits"),
            digits.len().to_string(),
        ));
    }
    sort_for_reading(&mut digits);
    Ok((FoundInk { ink, piece_of }, digits))
}

/// The number of the piece of connected ink that each pixel belongs to, and each piece's frame, in order.
fn connected(ink: &Ink) -> (Vec<u32>, Vec<Frame>) {
    let (width, height) = (ink.width, ink.height);
    let is_ink = |idx: usize| ink.amount[idx] >= ink.threshold;
    let mut piece_of = vec![0; ink.amount.len()];
    let (mut frames, mut open) = (Vec::new(), Vec::new());
    for start in 0..ink.amount.len() {
        if piece_of[start] != 0 || !is_ink(start) {
            continue;
        }
        let number = frames.len() as u32 + 1;
        let mut frame = Frame { top: start / width, left: start % width, bottom: 0, right: 0 };
        piece_of[start] = number;
        open.push(start);
        while let Some(idx) = open.pop() {
            let (row, column) = (idx / width, idx % width);
            frame = frame.with(Frame { top: row, left: column, bottom: row + 1, right: column + 1 });
            for row in row.saturating_sub(1)..(row + 2).min(height) {
                for column in column.saturating_sub(1)..(column + 2).min(width) {
                    let idx = row * width + column;
                    if piece_of[idx] == 0 && is_ink(idx) {
                        piece_of[idx] = number;
                        open.push(idx);
                    }
                }
            }
        }
        frames.push(frame);
    }
    (piece_of, frames)
}

/// Whether a piece is a line of the paper: thin, and nearly as long as the picture.
fn is_line(frame: Frame, ink: &Ink) -> bool {
    let is_thin = frame.side() > 12 * frame.width().min(frame.height());
    is_thin && (10 * frame.width() > 8 * ink.width || 10 * frame.height() > 8 * ink.height)
}

/// Joins pieces that make one digit together: one over the other as the bar of a 5, or one across the other as in a 4.
fn join_halves(digits: &mut Vec<FoundDigit>, largest: usize) {
    let belong = |a: Frame, b: Frame| {
        let [rows, columns] = a.overlap(b);
        let covers = |along: isize, one: usize, other: usize| along as f32 >= 0.5 * one.min(other) as f32;
        let is_shared = covers(columns, a.width(), b.width());
        let is_across = is_shared && covers(rows, a.height(), b.height());
        let is_over =
            is_shared && -rows as f32 <= REACH * largest as f32 && a.with(b).height() as f32 <= 1.35 * largest as f32;
        is_across || is_over
    };
    let mut first = 0;
    while first < digits.len() {
        let frame = digits[first].frame;
        match (first + 1..digits.len()).find(|other| belong(frame, digits[*other].frame)) {
            Some(other) => {
                let other = digits.remove(other);
                digits[first].join(other);
            }
            None => first += 1,
        }
    }
}

/// Pixels between two frames; 0 if they touch.
fn distance(a: Frame, b: Frame) -> usize {
    let [rows, columns] = a.overlap(b);
    (-rows).max(-columns).max(0) as usize
}

fn sort_for_reading(digits: &mut [FoundDigit]) {
    digits.sort_by_key(|digit| digit.frame.top);
    let mut start = 0;
    while start < digits.len() {
        let row = digits[start].frame;
        // A digit belongs to a row if its middle is beside the row's first one.
        let is_beside = |digit: &FoundDigit| (digit.frame.top + digit.frame.bottom) / 2 < row.bottom;
        let end = digits[start..].iter().position(|digit| !is_beside(digit)).map_or(digits.len(), |n| start + n);
        digits[start..end].sort_by_key(|digit| digit.frame.left);
        start = end.max(start + 1);
    }
}
