//! A logit as a bar of stacked terms: what speaks for it to the right of zero, what speaks against it to the left.

use inkling_engine::explain::LogitContributions;
use std::fmt::Write;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A piece of the bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// What it is.
    pub part: SegmentKind,
    /// What it adds to the logit.
    pub value: f32,
    /// Where it begins, from the left, in percent of the bar's width.
    pub left: f32,
    /// Its width in percent.
    pub width: f32,
}

/// What a piece of the bar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    /// One source: a channel of the image that was flattened, or an input.
    Term(usize),
    /// All smaller sources of one sign together.
    Rest,
    /// The bias.
    Bias,
}

/// The largest sum of terms of one sign over all logits: half a bar's width.
#[must_use]
pub fn reach(outputs: &[LogitContributions]) -> f32 {
    let sums = outputs.iter().flat_map(|output| {
        let (mut above, mut below) = (0.0_f32, 0.0_f32);
        for (_, value) in parts(output) {
            if value > 0.0 { above += value } else { below -= value }
        }
        [above, below]
    });
    sums.filter(|sum| sum.is_finite()).fold(f32::MIN_POSITIVE, f32::max)
}

/// The pieces of a logit's bar: from zero outwards the terms, largest first, then the rest, then the bias.
#[must_use]
pub fn segments(output: &LogitContributions, reach: f32) -> Vec<Segment> {
    let (mut above, mut below) = (0.0_f32, 0.0_f32);
    let pieces = parts(output).filter(|(_, value)| *value != 0.0 && value.is_finite()).map(|(part, value)| {
        let width = 50.0 * value.abs() / reach;
        let left = if value > 0.0 {
            above += width;
            50.0 + above - width
        } else {
            below += width;
            50.0 - below
        };
        Segment { part, value, left, width }
    });
    pieces.collect()
}

fn parts(output: &LogitContributions) -> impl Iterator<Item = (SegmentKind, f32)> + '_ {
    let terms = output.terms.iter().map(|term| (SegmentKind::Term(term.source_idx), term.value));
    terms.chain([
        (SegmentKind::Rest, output.rest_positive),
        (SegmentKind::Rest, output.rest_negative),
        (SegmentKind::Bias, output.bias),
    ])
}

/// Shows the pieces as the content of an element.
///
/// They are made as HTML, which is faster than one by one, but get their places by script: the page's policy allows no
/// `style` attributes in HTML.
pub fn show(segments: &[Segment], element: &Element) {
    element.set_inner_html(&html(segments));
    let mut piece = element.first_element_child();
    for Segment { left, width, .. } in segments {
        let Some(element) = piece else { return };
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            element.style().set_css_text(&format!("left:{left:.3}%;width:{width:.3}%"));
        }
        piece = element.next_element_sibling();
    }
}

/// The pieces as HTML, one `span` each with its number in `data-value`. Made of numbers only.
fn html(segments: &[Segment]) -> String {
    let mut html = String::with_capacity(segments.len() * 128);
    for (segment_idx, segment) in segments.iter().enumerate() {
        let kind = match segment.part {
            SegmentKind::Term(_) => "term",
            SegmentKind::Rest => "rest",
            SegmentKind::Bias => "bias",
        };
        let sign = if segment.value > 0.0 { "for" } else { "against" };
        let value = segment.value;
        // Writing to a String cannot fail.
        let _ = write!(
            html,
            "<span class=\"logit-bar__piece logit-bar__piece--{kind} logit-bar__piece--{sign}\" data-piece=\"{segment_idx}\" \
             data-value=\"{value}\"></span>"
        );
    }
    html
}

/// The digit with the second largest output; `None` if there are not two finite ones.
#[must_use]
pub fn runner_up(probs: &[f32]) -> Option<usize> {
    let mut order: Vec<usize> = (0..probs.len()).filter(|digit| probs[*digit].is_finite()).collect();
    order.sort_by(|a, b| probs[*b].total_cmp(&probs[*a]));
    order.get(1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::explain::LogitTerm;

    fn output() -> LogitContributions {
        let term = |source_idx, value| LogitTerm { source_idx, value };
        LogitContributions {
            terms: vec![term(3, 4.0), term(1, -2.0), term(0, 1.0)],
            n_rest: 5,
            rest_positive: 2.0,
            rest_negative: -1.0,
            bias: 1.0,
            logit: 5.0,
        }
    }

    #[test]
    fn pieces_are_on_their_side_of_zero_and_touch() {
        let outputs = [output()];
        assert_eq!(reach(&outputs), 8.0);
        let pieces = segments(&outputs[0], 8.0);
        let places: Vec<(SegmentKind, f32, f32)> =
            pieces.iter().map(|piece| (piece.part, piece.left, piece.width)).collect();
        let expected = [
            (SegmentKind::Term(3), 50.0, 25.0),
            (SegmentKind::Term(1), 37.5, 12.5),
            (SegmentKind::Term(0), 75.0, 6.25),
            (SegmentKind::Rest, 81.25, 12.5),
            (SegmentKind::Rest, 31.25, 6.25),
            (SegmentKind::Bias, 93.75, 6.25),
        ];
        assert_eq!(places, expected);
        assert_eq!(pieces.iter().map(|piece| piece.value).sum::<f32>(), output().logit);
    }

    #[test]
    fn a_piece_carries_its_number() {
        let html = html(&segments(&output(), 8.0));
        assert!(html.starts_with(
            "<span class=\"logit-bar__piece logit-bar__piece--term logit-bar__piece--for\" data-piece=\"0\" data-value=\"4\"></span>"
        ));
        assert_eq!(html.matches("<span").count(), 6);
    }

    #[test]
    fn empty_sums_do_not_divide_by_zero() {
        let nothing = LogitContributions {
            terms: Vec::new(),
            n_rest: 0,
            rest_positive: 0.0,
            rest_negative: 0.0,
            bias: f32::NAN,
            logit: f32::NAN,
        };
        assert!(reach(&[]) > 0.0);
        assert!(segments(&nothing, reach(std::slice::from_ref(&nothing))).is_empty());
    }

    #[test]
    fn the_second_is_the_runner_up() {
        assert_eq!(runner_up(&[0.1, f32::NAN, 0.7, 0.2]), Some(3));
        assert_eq!(runner_up(&[0.5]), None);
    }
}
