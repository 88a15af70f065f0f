//! An image for the tests of changes.

/// Rows and columns.
pub const SIDE: usize = 28;

/// A slanted bar with grey edges, off the centre, and paper around it.
pub fn digit() -> Vec<f32> {
    let mut image = vec![0.0; SIDE * SIDE];
    for row in 7..21 {
        let middle = 10 + row / 4;
        for (column, ink) in [(middle - 1, 0.5), (middle, 1.0), (middle + 1, 0.8), (middle + 2, 0.25)] {
            image[row * SIDE + column] = ink;
        }
    }
    image
}

/// The sum of all pixels.
pub fn ink(image: &[f32]) -> f64 {
    image.iter().copied().map(f64::from).sum()
}
