//! Whole images moved and smoothed.

use ndarray::Array3;

/// The image `[height, width, channels]` moved down and to the right; what leaves on one side enters on the other.
pub(super) fn rolled(image: &Array3<f32>, down: i32, across: i32) -> Array3<f32> {
    let (height, width, _) = image.dim();
    let from = |position: usize, by: i32, len: usize| (position as i32 - by).rem_euclid(len as i32) as usize;
    Array3::from_shape_fn(image.dim(), |(row, column, channel)| {
        image[[from(row, down, height), from(column, across, width), channel]]
    })
}

/// The image `[height, width, channels]` under `[1, 2, 1] / 4` down and across, its border repeated outwards.
pub(super) fn blurred(image: &Array3<f32>) -> Array3<f32> {
    blurred_along(&blurred_along(image, 0), 1)
}

fn blurred_along(image: &Array3<f32>, axis: usize) -> Array3<f32> {
    let last = image.shape()[axis].saturating_sub(1);
    Array3::from_shape_fn(image.dim(), |(row, column, channel)| {
        let here = [row, column, channel];
        let at = |position: usize| {
            let mut place = here;
            place[axis] = position;
            image[place]
        };
        0.25 * at(here[axis].saturating_sub(1)) + 0.5 * at(here[axis]) + 0.25 * at(last.min(here[axis] + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::arrays::array;
    use proptest::prelude::*;

    #[test]
    fn blur_spreads_and_keeps_the_sum_inside() {
        let mut point = Array3::zeros([5, 5, 1]);
        point[[2, 2, 0]] = 16.0;
        let blurred = blurred(&point);
        assert_eq!((blurred[[2, 2, 0]], blurred[[2, 1, 0]], blurred[[1, 1, 0]]), (4.0, 2.0, 1.0));
        assert_eq!(blurred.sum(), 16.0);
    }

    proptest! {
        #[test]
        fn rolling_back_gives_the_image_back(
            (height, width, channels) in (1..6_usize, 1..6_usize, 1..3_usize),
            (down, across) in (-9..9, -9..9),
        ) {
            let original = array([height, width, channels], numbers(height * width * channels, 1));
            let moved = rolled(&original, down, across);
            let (row, column) = (down.rem_euclid(height as i32) as usize, across.rem_euclid(width as i32) as usize);
            prop_assert_eq!(moved[[row, column, 0]], original[[0, 0, 0]]);
            prop_assert_eq!(rolled(&moved, -down, -across), original);
        }
    }
}
