//! Whether an image holds two shapes side by side, such as two digits.

use super::SIDE;

/// Pixels with less ink belong to no shape.
const LEAST_INK: f32 = 0.2;
/// A shape counts if it has this share of all inked pixels: the bar of a 5 that is written apart has less.
const LEAST_SHARE: f32 = 0.25;

/// Whether the ink of an image, `SIDE × SIDE` in `[0, 1]`, falls into two large shapes of which neither touches the other nor
/// lies above it.
#[must_use]
pub fn two_shapes(pixels: &[f32]) -> bool {
    let mut shapes = shapes(pixels);
    let n_inked: usize = shapes.iter().map(|shape| shape.n_pixels).sum();
    shapes.retain(|shape| shape.n_pixels as f32 >= LEAST_SHARE * n_inked as f32);
    shapes.sort_by_key(|shape| shape.left);
    shapes.windows(2).any(|pair| pair[1].left >= pair[0].right)
}

/// Inked pixels that touch, also at their corners.
struct Shape {
    n_pixels: usize,
    left: usize,
    right: usize,
}

fn shapes(pixels: &[f32]) -> Vec<Shape> {
    let is_ink = |idx: usize| pixels.get(idx).is_some_and(|ink| *ink >= LEAST_INK);
    let mut is_seen = vec![false; SIDE * SIDE];
    let mut shapes = Vec::new();
    for start in (0..SIDE * SIDE).filter(|idx| is_ink(*idx)) {
        if is_seen[start] {
            continue;
        }
        is_seen[start] = true;
        let mut shape = Shape { n_pixels: 0, left: SIDE, right: 0 };
        let mut open = vec![start];
        while let Some(idx) = open.pop() {
            let (row, column) = (idx / SIDE, idx % SIDE);
            shape.n_pixels += 1;
            shape.left = shape.left.min(column);
            shape.right = shape.right.max(column);
            let rows = row.saturating_sub(1)..(row + 2).min(SIDE);
            let neighbours = rows.flat_map(|row| {
                (column.saturating_sub(1)..(column + 2).min(SIDE)).map(move |column| row * SIDE + column)
            });
            for near in neighbours {
                if is_ink(near) && !is_seen[near] {
                    is_seen[near] = true;
                    open.push(near);
                }
            }
        }
        shapes.push(shape);
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(rects: &[[usize; 4]]) -> Vec<f32> {
        let is_in = |row: usize, column: usize, [top, left, bottom, right]: [usize; 4]| {
            (top..bottom).contains(&row) && (left..right).contains(&column)
        };
        (0..SIDE * SIDE)
            .map(|idx| f32::from(u8::from(rects.iter().any(|rect| is_in(idx / SIDE, idx % SIDE, *rect)))))
            .collect()
    }

    #[test]
    fn two_digits_are_two_shapes_and_parts_of_one_are_not() {
        assert!(two_shapes(&image(&[[4, 4, 24, 10], [4, 14, 24, 20]])));
        assert!(!two_shapes(&image(&[[4, 4, 24, 10]])), "one");
        assert!(!two_shapes(&image(&[[4, 4, 10, 20], [14, 4, 24, 20]])), "one above the other, as in a broken 5");
        assert!(!two_shapes(&image(&[[4, 4, 24, 12], [4, 16, 6, 20]])), "a small mark beside it");
        assert!(!two_shapes(&image(&[])), "blank");
        assert!(!two_shapes(&[]), "no image");
    }
}
