//! Affine maps of an image about its centre, with values between pixels by bilinear interpolation and paper outside.

/// Where each pixel of the changed image comes from: `source = matrix · (target − centre − shift) + centre`, with `(x, y)` to
/// the right and down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine {
    matrix: [[f64; 2]; 2],
    shift: [f64; 2],
}

impl Affine {
    /// Moves by `dx` pixels to the right and `dy` down.
    pub fn shift(dx: f64, dy: f64) -> Affine {
        Affine { matrix: [[1.0, 0.0], [0.0, 1.0]], shift: [dx, dy] }
    }

    /// Turns clockwise.
    pub fn rotation(radians: f64) -> Affine {
        let (sin, cos) = radians.sin_cos();
        Affine::of([[cos, sin], [-sin, cos]])
    }

    /// Enlarges by a factor above 0.
    pub fn scale(factor: f64) -> Affine {
        Affine::of([[1.0 / factor, 0.0], [0.0, 1.0 / factor]])
    }

    /// Moves each row to the right by `factor` pixels for each pixel that it lies above the centre.
    pub fn shear(factor: f64) -> Affine {
        Affine::of([[1.0, factor], [0.0, 1.0]])
    }

    /// The map from target to source by its matrix.
    pub fn of(matrix: [[f64; 2]; 2]) -> Affine {
        Affine { matrix, shift: [0.0; 2] }
    }

    /// The changed image, `[side, side]`.
    pub fn apply(self, image: &[f32], side: usize) -> Vec<f32> {
        let centre = (side as f64 - 1.0) / 2.0;
        let [[xx, xy], [yx, yy]] = self.matrix;
        let source = |pixel_idx: usize| {
            let x = (pixel_idx % side) as f64 - centre - self.shift[0];
            let y = (pixel_idx / side) as f64 - centre - self.shift[1];
            bilinear(image, side, [xx * x + xy * y + centre, yx * x + yy * y + centre])
        };
        (0..image.len()).map(source).collect()
    }
}

/// The image between its pixels.
fn bilinear(image: &[f32], side: usize, [x, y]: [f64; 2]) -> f32 {
    let at = |x: f64, y: f64| {
        let is_inside = x >= 0.0 && y >= 0.0 && x < side as f64 && y < side as f64;
        if is_inside { f64::from(image[y as usize * side + x as usize]) } else { 0.0 }
    };
    let (left, top) = (x.floor(), y.floor());
    let (right_share, bottom_share) = (x - left, y - top);
    let row = |y: f64| (1.0 - right_share) * at(left, y) + right_share * at(left + 1.0, y);
    ((1.0 - bottom_share) * row(top) + bottom_share * row(top + 1.0)) as f32
}

#[cfg(test)]
mod tests {
    use super::super::testing::{SIDE, digit, ink};
    use super::*;

    #[test]
    fn whole_pixels_move_exactly() {
        let moved = Affine::shift(3.0, -2.0).apply(&digit(), SIDE);
        for row in 0..SIDE {
            for column in 0..SIDE {
                let inside = column >= 3 && row + 2 < SIDE;
                let expected = if inside { digit()[(row + 2) * SIDE + column - 3] } else { 0.0 };
                assert_eq!(moved[row * SIDE + column], expected, "row {row}, column {column}");
            }
        }
    }

    #[test]
    fn half_a_pixel_mixes_neighbours() {
        let moved = Affine::shift(0.5, 0.0).apply(&digit(), SIDE);
        let row = 10 * SIDE;
        assert_eq!(moved[row + 12], (digit()[row + 11] + digit()[row + 12]) / 2.0);
    }

    #[test]
    fn what_leaves_the_image_is_gone() {
        assert_eq!(ink(&Affine::shift(28.0, 0.0).apply(&digit(), SIDE)), 0.0);
    }

    #[test]
    fn a_quarter_turn_is_exact_and_clockwise() {
        let mut image = vec![0.0; SIDE * SIDE];
        image[2 * SIDE + 13] = 1.0;
        let turned = Affine::rotation(std::f64::consts::FRAC_PI_2).apply(&image, SIDE);
        assert!((turned[13 * SIDE + 25] - 1.0).abs() < 1e-6, "what was above is at the right");
    }

    #[test]
    fn turned_there_and_back_it_is_nearly_the_same() {
        let turn = |image: &[f32], degrees: f64| Affine::rotation(degrees.to_radians()).apply(image, SIDE);
        let back = turn(&turn(&digit(), 20.0), -20.0);
        let difference: f64 = back.iter().zip(digit()).map(|(got, was)| f64::from((got - was).abs())).sum();
        assert!(difference < 0.35 * ink(&digit()), "{difference}");
        assert!((ink(&back) / ink(&digit()) - 1.0).abs() < 0.02);
    }

    #[test]
    fn ink_grows_with_the_area() {
        let area = ink(&Affine::scale(1.3).apply(&digit(), SIDE)) / ink(&digit());
        assert!((area - 1.69).abs() < 0.05, "{area}");
    }

    #[test]
    fn a_shear_moves_what_is_above_to_the_right() {
        let mut image = vec![0.0; SIDE * SIDE];
        image[3 * SIDE + 10] = 1.0;
        image[24 * SIDE + 10] = 1.0;
        let slanted = Affine::shear(1.0 / 10.5).apply(&image, SIDE);
        assert!((slanted[3 * SIDE + 11] - 1.0).abs() < 1e-6);
        assert!((slanted[24 * SIDE + 9] - 1.0).abs() < 1e-6);
    }
}
