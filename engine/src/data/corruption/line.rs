//! Lines of ink across an image, as MNIST-C draws them (Mu and Gilmer: MNIST-C, 2019).

use crate::random::Stream;

/// Pixels from a line's middle to where it has faded.
const REACH: f64 = 2.3;
/// Columns of a dotted line's dots and of its gaps.
const DOT: usize = 2;
/// Half a wavelength and height of a zigzag, in pixels.
const ZIGZAG: f64 = 2.0;

/// A point: column, row.
type Point = (f64, f64);

/// Adds a dotted line from the left edge to the right, between two random heights.
pub fn dotted(image: &[f32], side: usize, random: &mut Stream) -> Vec<f32> {
    let last = side - 1;
    let mut height = || random.below(last) as f64;
    let (from, to) = ((0.0, height()), (last as f64, height()));
    let mut changed = image.to_vec();
    draw(&mut changed, side, from, to, |column| column / DOT % 2 == 1);
    changed
}

/// Adds a zigzag from left to right at a random height; its right end lies up to 5 pixels higher or up to 4 lower.
pub fn zigzag(image: &[f32], side: usize, random: &mut Stream) -> Vec<f32> {
    let (left, right) = (2.0, side as f64 - 3.0);
    let top = random.below(side - 1) as f64;
    let rise = random.below(10) as f64 - 5.0;
    let mut changed = image.to_vec();
    let points = zigzag_points((left, top), (right - left, rise));
    for (from, to) in points.iter().zip(&points[1..]) {
        draw(&mut changed, side, *from, *to, |_| true);
    }
    changed
}

/// The corners of a zigzag about the line from `start` along `(across, down)`.
fn zigzag_points(start: Point, (across, down): Point) -> Vec<Point> {
    let (length, wavelength) = (across.hypot(down), 2.0 * ZIGZAG);
    let mut along = vec![(0.0, 0.0)];
    let n_corners = ((length - ZIGZAG) / wavelength) as usize + 1;
    let side_of = |corner: usize| if corner.is_multiple_of(2) { ZIGZAG } else { -ZIGZAG };
    along.extend((0..n_corners).map(|corner| ((2 * corner + 1) as f64 * ZIGZAG, side_of(corner))));
    let rest = length % wavelength;
    if rest > 0.0 {
        along.push((length, side_of(n_corners - 1) / (2.0 * rest)));
    }
    let (cos, sin) = (across / length, down / length);
    along.into_iter().map(|(x, y)| (start.0 + cos * x - sin * y, start.1 + sin * x + cos * y)).collect()
}

/// Adds a line between two points in the columns that are wanted. Its ink falls with the vertical distance `d` to its middle
/// as `1 + ln(1 − d / 2.3)`, and no pixel gets more than 1.
fn draw(image: &mut [f32], side: usize, from: Point, to: Point, is_wanted: impl Fn(usize) -> bool) {
    if to.0 <= from.0 {
        return;
    }
    let slope = (to.1 - from.1) / (to.0 - from.0);
    let columns = from.0.floor().max(0.0) as usize..(to.0.ceil().max(0.0) as usize).min(side);
    for column in columns.filter(|column| is_wanted(*column)) {
        let middle = from.1 + slope * (column as f64 - from.0);
        for row in 0..side {
            let distance = (row as f64 - middle).abs();
            if distance < REACH {
                let ink = (1.0 + (1.0 - distance / REACH).ln()).clamp(0.0, 1.0);
                let pixel = &mut image[row * side + column];
                *pixel = (*pixel + ink as f32).min(1.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{SIDE, ink};
    use super::*;
    use crate::random::{Key, Purpose};

    fn column_ink(image: &[f32], column: usize) -> f32 {
        (0..SIDE).map(|row| image[row * SIDE + column]).sum()
    }

    #[test]
    fn a_dotted_line_has_two_columns_of_ink_after_two_of_paper() {
        let paper = vec![0.0; SIDE * SIDE];
        let line = dotted(&paper, SIDE, &mut Key::new(1, Purpose::Corruption).stream());
        let is_inked: Vec<bool> = (0..SIDE).map(|column| column_ink(&line, column) > 0.5).collect();
        let expected: Vec<bool> = (0..SIDE).map(|column| column / 2 % 2 == 1 && column < 27).collect();
        assert_eq!(is_inked, expected);
    }

    #[test]
    fn a_line_is_darkest_in_its_middle() {
        let mut image = vec![0.0; SIDE * SIDE];
        draw(&mut image, SIDE, (0.0, 10.0), (27.0, 10.0), |_| true);
        let column: Vec<f32> = (8..13).map(|row| image[row * SIDE + 5]).collect();
        assert_eq!((column[2], column[0], column[4]), (1.0, 0.0, 0.0));
        assert!((f64::from(column[1]) - (1.0 + (1.0 - 1.0 / 2.3_f64).ln())).abs() < 1e-6 && column[1] == column[3]);
    }

    #[test]
    fn a_level_zigzag_swings_about_its_line() {
        let points = zigzag_points((2.0, 14.0), (23.0, 0.0));
        assert_eq!(points[..3], [(2.0, 14.0), (4.0, 16.0), (8.0, 12.0)]);
        assert_eq!(points.last().map(|point| point.0), Some(25.0));
        assert!(points.iter().all(|(_, y)| (y - 14.0).abs() <= 2.0));
        let paper = vec![0.0; SIDE * SIDE];
        let line = zigzag(&paper, SIDE, &mut Key::new(1, Purpose::Corruption).stream());
        assert!(ink(&line) > 30.0 && column_ink(&line, 0) == 0.0 && column_ink(&line, 27) == 0.0);
    }
}
