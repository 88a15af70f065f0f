//! The outline of a drawing's ink, to be laid over a map of its pixels.

/// Pixels with at least this much ink are inside.
const THRESHOLD: f32 = 0.35;

/// The outline as an SVG path in units of pixels: every edge between ink and paper, and around the image where ink
/// touches its border.
#[must_use]
pub fn contour(pixels: &[f32], side: usize) -> String {
    let is_ink = |row: isize, column: isize| {
        let inside = 0..side as isize;
        inside.contains(&row)
            && inside.contains(&column)
            && pixels.get(row as usize * side + column as usize).is_some_and(|ink| *ink >= THRESHOLD)
    };
    let mut path = String::new();
    for row in 0..=side as isize {
        for column in 0..=side as isize {
            let here = is_ink(row, column);
            if here != is_ink(row - 1, column) {
                path += &format!("M{column} {row}h1");
            }
            if here != is_ink(row, column - 1) {
                path += &format!("M{column} {row}v1");
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::contour;

    #[test]
    fn one_pixel_has_four_edges() {
        assert_eq!(contour(&[0.0, 1.0, 0.0, 0.0], 2), "M1 0h1M1 0v1M2 0v1M1 1h1");
    }

    #[test]
    fn empty_paper_has_none_and_missing_pixels_are_paper() {
        assert_eq!(contour(&[0.0; 4], 2), "");
        assert_eq!(contour(&[], 2), "");
    }
}
