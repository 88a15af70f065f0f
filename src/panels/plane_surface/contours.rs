//! Contour lines of a grid of numbers, by marching squares.

/// The pieces of the line on which a grid has that level, as an SVG path in units of cells: the middle of the first cell
/// is at (0.5, 0.5). Squares with a corner that is not a number have none.
#[must_use]
pub fn contour(values: &[f32], side: usize, level: f32) -> String {
    let mut path = String::new();
    for row in 0..side.saturating_sub(1) {
        for column in 0..side - 1 {
            let at = |down: usize, right: usize| values.get((row + down) * side + column + right).copied();
            // Clockwise from the left upper corner.
            let (Some(a), Some(b), Some(c), Some(d)) = (at(0, 0), at(0, 1), at(1, 1), at(1, 0)) else { continue };
            if ![a, b, c, d].iter().all(|value| value.is_finite()) {
                continue;
            }
            let (left, top) = (column as f32 + 0.5, row as f32 + 0.5);
            let share = |from: f32, to: f32| (level - from) / (to - from);
            let edges = [
                ((a < level) != (b < level)).then(|| [left + share(a, b), top]),
                ((b < level) != (c < level)).then(|| [left + 1.0, top + share(b, c)]),
                ((d < level) != (c < level)).then(|| [left + share(d, c), top + 1.0]),
                ((a < level) != (d < level)).then(|| [left, top + share(a, d)]),
            ];
            let crossed: Vec<[f32; 2]> = edges.iter().flatten().copied().collect();
            // On a saddle the middle says which corners belong together.
            let is_turned = crossed.len() == 4 && ((a + b + c + d) / 4.0 < level) == (a < level);
            let order: &[usize] = match crossed.len() {
                2 => &[0, 1],
                4 if is_turned => &[0, 1, 2, 3],
                4 => &[0, 3, 1, 2],
                _ => &[],
            };
            for pair in order.chunks_exact(2) {
                let ([x, y], [to_x, to_y]) = (crossed[pair[0]], crossed[pair[1]]);
                path.push_str(&format!("M{x:.2} {y:.2}L{to_x:.2} {to_y:.2}"));
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_has_a_straight_line_across() {
        let values: Vec<f32> = (0..9).map(|cell| (cell % 3) as f32).collect();
        assert_eq!(contour(&values, 3, 0.5), "M1.00 0.50L1.00 1.50M1.00 1.50L1.00 2.50");
        assert_eq!(contour(&values, 3, 5.0), "", "no place has it");
    }

    #[test]
    fn a_hill_is_closed_around_its_top() {
        let mut values = vec![0.0; 9];
        values[4] = 1.0;
        let path = contour(&values, 3, 0.5);
        assert_eq!(path.matches('M').count(), 4, "{path}");
    }

    #[test]
    fn saddles_join_what_the_middle_says_and_gaps_have_no_line() {
        // High on the one diagonal: the lines cut off its corners, or those of the other one.
        assert_eq!(contour(&[1.0, 0.0, 0.0, 1.0], 2, 0.75), "M0.75 0.50L0.50 0.75M1.50 1.25L1.25 1.50");
        assert_eq!(contour(&[1.0, 0.0, 0.0, 1.0], 2, 0.25), "M1.25 0.50L1.50 0.75M0.75 1.50L0.50 1.25");
        assert_eq!(contour(&[1.0, f32::NAN, 0.0, 1.0], 2, 0.5), "");
        assert_eq!(contour(&[], 0, 0.5), "");
        assert_eq!(contour(&[1.0, 2.0], 2, 1.5), "", "rows that are not there yet");
    }
}
