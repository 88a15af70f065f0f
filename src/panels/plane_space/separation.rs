//! How well the next layer's line tells the classes apart, in numbers.

use crate::protocol::questions::{NextLine, PlaneSpaceAnswer};

/// Points of one class on both sides of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    /// Where the sum is positive, or 0.
    pub positive: usize,
    /// Where it is negative.
    pub negative: usize,
}

/// The sides of the points with a positive target, and of the others.
#[must_use]
pub fn sides(answer: &PlaneSpaceAnswer, line: &NextLine) -> [Sides; 2] {
    let mut sides = [Sides { positive: 0, negative: 0 }; 2];
    for point in answer.points() {
        let sides = &mut sides[usize::from(point.target < 0.0)];
        let sum = line.sum(point.after);
        if sum >= 0.0 {
            sides.positive += 1;
        } else if sum < 0.0 {
            sides.negative += 1;
        }
    }
    sides
}

/// The same in a sentence.
#[must_use]
pub fn sentence(answer: &PlaneSpaceAnswer, is_regression: bool) -> String {
    let Some(line) = &answer.next else {
        return "The next layer has several units, each with a line of its own in this space: none is drawn."
            .to_owned();
    };
    let [plus, minus] = sides(answer, line);
    let [first, second] =
        if is_regression { ["positive target", "negative target"] } else { ["class +1", "class −1"] };
    let part = |sides: Sides, name: &str| {
        let n = sides.positive + sides.negative;
        format!(
            "{n} points of {name}: {} on its positive side, {} on its negative side",
            sides.positive, sides.negative
        )
    };
    let mut text = format!("The line of the next unit has {}; {}.", part(plus, first), part(minus, second));
    if line.n_others > 0 {
        let others =
            if line.n_others == 1 { "1 other unit".to_owned() } else { format!("{} other units", line.n_others) };
        text += &format!(" {others} that it also sums are left out here, so that it can be off.");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(next: Option<NextLine>) -> PlaneSpaceAnswer {
        let points = [[1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [-1.0, -2.0], [-1.0, f32::NAN]];
        let points = points.iter().flat_map(|[target, a]| [0.0, 0.0, *target, *a, 0.0]);
        PlaneSpaceAnswer { next, values: vec![0.0; 2 * 2 * 13 * 49].into_iter().chain(points).collect() }
    }

    #[test]
    fn points_are_counted_on_both_sides() {
        let next = NextLine { weights: [1.0, 0.0], bias: 0.0, n_others: 2 };
        let expected = [Sides { positive: 1, negative: 1 }, Sides { positive: 0, negative: 2 }];
        assert_eq!(sides(&answer(Some(next)), &next), expected);
        let text = sentence(&answer(Some(next)), false);
        assert!(text.contains("2 points of class +1: 1 on its positive side, 1 on its negative side"), "{text}");
        assert!(text.contains("2 other units"), "{text}");
        assert!(sentence(&answer(None), false).contains("several units"));
    }
}
