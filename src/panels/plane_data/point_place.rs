//! Places of the square: under the pointer, by arrow keys, and the points near them.

use inkling_engine::data::PLANE_RADIUS;

/// How far an arrow key leads.
pub const STEP: f64 = 0.25;

/// Where on the plane a place of a picture is, to hundredths; `across` and `down` are shares of its sides.
pub fn place_at(across: f64, down: f64) -> [f64; 2] {
    let along = |share: f64| hundredths((2.0 * share.clamp(0.0, 1.0) - 1.0) * PLANE_RADIUS);
    [along(across), -along(down)]
}

/// A place that many steps to the right and up, within the square.
pub fn moved([x1, x2]: [f64; 2], [right, up]: [f64; 2]) -> [f64; 2] {
    let along = |x: f64, n_steps: f64| hundredths((x + n_steps * STEP).clamp(-PLANE_RADIUS, PLANE_RADIUS));
    [along(x1, right), along(x2, up)]
}

/// The last of the points that are nearest to a place, if one is within `reach`.
pub fn nearest(points: &[[f64; 3]], [x1, x2]: [f64; 2], reach: f64) -> Option<usize> {
    let distances = points.iter().map(|[point_1, point_2, _]| (point_1 - x1).hypot(point_2 - x2)).enumerate();
    let near = distances.filter(|(_, distance)| *distance <= reach);
    near.fold(None, |best, (idx, distance)| match best {
        Some((_, least)) if least < distance => best,
        _ => Some((idx, distance)),
    })
    .map(|(idx, _)| idx)
}

/// A place in words.
pub fn text_of([x1, x2]: [f64; 2]) -> String {
    format!("x₁ = {x1:.2}, x₂ = {x2:.2}").replace('-', "−")
}

fn hundredths(x: f64) -> f64 {
    // Not -0.
    (x * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_shows_the_square_upright() {
        assert_eq!(place_at(0.5, 0.5), [0.0, 0.0]);
        assert_eq!(place_at(0.0, 0.0), [-6.0, 6.0]);
        assert_eq!(place_at(2.0, 0.75), [6.0, -3.0]);
        assert_eq!(text_of(place_at(0.5, 0.75)), "x₁ = 0.00, x₂ = −3.00");
    }

    #[test]
    fn arrow_keys_stay_within_the_square() {
        assert_eq!(moved([0.0, 0.0], [1.0, -1.0]), [0.25, -0.25]);
        assert_eq!(moved([5.9, 0.13], [1.0, 4.0]), [6.0, 1.13]);
    }

    #[test]
    fn the_nearest_point_within_reach_is_meant() {
        let points = [[0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [1.0, 0.0, -1.0]];
        assert_eq!(nearest(&points, [0.2, 0.0], 0.3), Some(0));
        assert_eq!(nearest(&points, [0.9, 0.0], 0.3), Some(2), "the one on top");
        assert_eq!(nearest(&points, [0.5, 0.5], 0.3), None);
    }
}
