//! Where a map of the square has a given value: marching squares.

/// A piece of a curve, from one place of the plane to another.
pub type Segment = [[f64; 2]; 2];

/// Places of the square in rows from the top, each row from the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lattice {
    /// Places along a side.
    pub side: usize,
    /// x₁ of the first column and −x₂ of the first row.
    pub first: f64,
    /// From one place to the next.
    pub step: f64,
}

impl Lattice {
    /// Places from edge to edge of a square with that radius.
    #[must_use]
    pub fn of_corners(side: usize, radius: f64) -> Lattice {
        Lattice { side, first: -radius, step: 2.0 * radius / (side.max(2) - 1) as f64 }
    }

    /// The centres of the cells of a map.
    #[must_use]
    pub fn of_cells(side: usize, radius: f64) -> Lattice {
        let step = 2.0 * radius / side.max(1) as f64;
        Lattice { side, first: step / 2.0 - radius, step }
    }

    /// x₁ and x₂ of a place, which may lie between others.
    #[must_use]
    pub fn at(self, row: f64, column: f64) -> [f64; 2] {
        [self.first + column * self.step, -(self.first + row * self.step)]
    }

    /// All places, row by row.
    pub fn places(self) -> impl Iterator<Item = [f64; 2]> {
        (0..self.side).flat_map(move |row| (0..self.side).map(move |column| self.at(row as f64, column as f64)))
    }
}

/// The curve on which `values` are `level`; nothing near values that are not numbers.
#[must_use]
pub fn contour(values: &[f32], lattice: Lattice, level: f32) -> Vec<Segment> {
    let side = lattice.side;
    let mut segments = Vec::new();
    if values.len() < side * side {
        return segments;
    }
    for row in 0..side.saturating_sub(1) {
        for column in 0..side - 1 {
            // Around the cell: left upper corner, right upper, right lower, left lower.
            let corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
            let heights = corners.map(|(row, column)| values[row * side + column] - level);
            if heights.iter().all(|height| height.is_finite()) {
                cross(corners, heights, lattice, &mut segments);
            }
        }
    }
    segments
}

fn cross(corners: [(usize, usize); 4], heights: [f32; 4], lattice: Lattice, segments: &mut Vec<Segment>) {
    let is_above = heights.map(|height| height > 0.0);
    let crossing = |edge: usize| {
        let next = (edge + 1) % 4;
        if is_above[edge] == is_above[next] {
            return None;
        }
        let share = f64::from(heights[edge] / (heights[edge] - heights[next]));
        let between = |from: usize, to: usize| from as f64 + share * (to as f64 - from as f64);
        let ((row, column), (next_row, next_column)) = (corners[edge], corners[next]);
        Some(lattice.at(between(row, next_row), between(column, next_column)))
    };
    match [0, 1, 2, 3].map(crossing) {
        [Some(top), Some(right), Some(bottom), Some(left)] => {
            // A saddle: its middle says which corners belong together.
            let is_middle_above = heights.iter().sum::<f32>() > 0.0;
            if is_middle_above == is_above[0] {
                segments.extend([[top, right], [bottom, left]]);
            } else {
                segments.extend([[left, top], [right, bottom]]);
            }
        }
        edges => {
            let mut ends = edges.into_iter().flatten();
            if let (Some(from), Some(to)) = (ends.next(), ends.next()) {
                segments.push([from, to]);
            }
        }
    }
}

/// Pieces that meet, in a row: so that dashes go on from one to the next.
#[must_use]
pub fn joined(segments: &[Segment]) -> Vec<Vec<[f64; 2]>> {
    let is_same = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs() + (a[1] - b[1]).abs() < 1e-6;
    let mut rest = segments.to_vec();
    let mut chains = Vec::new();
    while let Some([from, to]) = rest.pop() {
        let mut chain = vec![from, to];
        // Once from its end, once from its start.
        for _ in 0..2 {
            while let Some(&end) = chain.last() {
                let Some(idx) = rest.iter().position(|[a, b]| is_same(*a, end) || is_same(*b, end)) else { break };
                let [a, b] = rest.swap_remove(idx);
                chain.push(if is_same(a, end) { b } else { a });
            }
            chain.reverse();
        }
        chains.push(chain);
    }
    chains
}

/// How far each class stands above the best other one, from a map of each class: 0 on the border of its region.
#[must_use]
pub fn lead_of(class: usize, maps: &[&[f32]]) -> Vec<f32> {
    let n_cells = maps.iter().map(|map| map.len()).min().unwrap_or(0);
    let best_other = |cell: usize| {
        let others = maps.iter().enumerate().filter(|(other, _)| *other != class);
        others.map(|(_, map)| map[cell]).fold(f32::NEG_INFINITY, f32::max)
    };
    (0..n_cells).map(|cell| maps[class][cell] - best_other(cell)).collect()
}

/// The pairs of classes whose regions touch, from a map of each class with `side` cells along a side.
#[must_use]
pub fn neighbours(maps: &[&[f32]], side: usize) -> Vec<[usize; 2]> {
    let best = |cell: usize| (0..maps.len()).max_by(|a, b| maps[*a][cell].total_cmp(&maps[*b][cell])).unwrap_or(0);
    let n_cells = maps.iter().map(|map| map.len()).min().unwrap_or(0).min(side * side);
    let best: Vec<usize> = (0..n_cells).map(best).collect();
    let mut pairs = Vec::new();
    for cell in 0..n_cells {
        let right = if cell % side + 1 < side { best.get(cell + 1) } else { None };
        for other in [right, best.get(cell + side)].into_iter().flatten() {
            let pair = [best[cell].min(*other), best[cell].max(*other)];
            if pair[0] != pair[1] && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values_of(lattice: Lattice, value: impl Fn(f64, f64) -> f64) -> Vec<f32> {
        lattice.places().map(|[x1, x2]| value(x1, x2) as f32).collect()
    }

    #[test]
    fn a_line_is_met_exactly() {
        for lattice in [Lattice::of_corners(13, 6.0), Lattice::of_cells(20, 6.0)] {
            let segments = contour(&values_of(lattice, |x1, x2| x1 - 2.0 * x2 + 0.3), lattice, 0.0);
            assert!(segments.len() > 10);
            assert!(segments.iter().flatten().all(|[x1, x2]| (x1 - 2.0 * x2 + 0.3).abs() < 1e-5));
        }
    }

    #[test]
    fn a_circle_closes() {
        let lattice = Lattice::of_corners(49, 6.0);
        let segments = contour(&values_of(lattice, |x1, x2| x1 * x1 + x2 * x2), lattice, 9.0);
        let length: f64 = segments.iter().map(|[a, b]| (a[0] - b[0]).hypot(a[1] - b[1])).sum();
        assert!((length - 6.0 * std::f64::consts::PI).abs() < 0.05, "{length}");
    }

    #[test]
    fn a_saddle_has_two_pieces_and_rubbish_none() {
        let lattice = Lattice::of_corners(2, 1.0);
        assert_eq!(contour(&[1.0, -1.0, -1.0, 1.0], lattice, 0.0).len(), 2);
        assert!(contour(&[1.0, f32::NAN, -1.0, 1.0], lattice, 0.0).is_empty());
        assert!(contour(&[1.0], lattice, 0.0).is_empty());
        assert!(contour(&[0.0; 4], lattice, 0.0).is_empty());
    }

    #[test]
    fn pieces_that_meet_are_one() {
        let lattice = Lattice::of_corners(25, 6.0);
        let line = contour(&values_of(lattice, |x1, x2| x1 - 2.0 * x2 + 0.3), lattice, 0.0);
        let chains = joined(&line);
        assert_eq!((chains.len(), chains[0].len()), (1, line.len() + 1));
        assert_eq!(joined(&[[[0.0; 2], [1.0; 2]], [[3.0; 2], [2.0; 2]]]).len(), 2);
        assert!(joined(&[]).is_empty());
    }

    #[test]
    fn regions_that_touch_are_neighbours() {
        // Three columns, one class each: 0 and 2 do not touch.
        let map = |class: usize| (0..9).map(|cell| f32::from(cell % 3 == class)).collect::<Vec<f32>>();
        let maps = [map(0), map(1), map(2)];
        let maps = maps.each_ref().map(Vec::as_slice);
        assert_eq!(neighbours(&maps, 3), [[0, 1], [1, 2]]);
        assert_eq!(lead_of(1, &maps)[..3], [-1.0, 1.0, -1.0]);
    }
}
