//! Whole images moved and smoothed.

use crate::experiment::Shape;

/// The image moved down and to the right; what leaves on one side enters on the other.
pub(super) fn rolled(image: &[f32], shape: Shape, down: i32, across: i32) -> Vec<f32> {
    let [height, width, channels] = shape.dims();
    let from = |position: usize, by: i32, len: usize| (position as i32 - by).rem_euclid(len as i32) as usize;
    let source = |i: usize| {
        let (row, column) = (from(i / channels / width, down, height), from(i / channels % width, across, width));
        image[(row * width + column) * channels + i % channels]
    };
    (0..image.len()).map(source).collect()
}

/// The image under `[1, 2, 1] / 4` down and across, its border repeated outwards.
pub(super) fn blurred(image: &[f32], shape: Shape) -> Vec<f32> {
    let [height, width, channels] = shape.dims();
    let pass = |image: &[f32], stride: usize, len: usize| -> Vec<f32> {
        let number = |i: usize| {
            let position = i / stride % len;
            let before = if position == 0 { i } else { i - stride };
            let behind = if position + 1 == len { i } else { i + stride };
            0.25 * image[before] + 0.5 * image[i] + 0.25 * image[behind]
        };
        (0..image.len()).map(number).collect()
    };
    pass(&pass(image, width * channels, height), channels, width)
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blur_spreads_and_keeps_the_sum_inside() {
        let mut point = vec![0.0; 25];
        point[12] = 16.0;
        let blurred = blurred(&point, image(5, 5, 1));
        assert_eq!((blurred[12], blurred[11], blurred[6]), (4.0, 2.0, 1.0));
        assert_eq!(blurred.iter().sum::<f32>(), 16.0);
    }

    proptest! {
        #[test]
        fn rolling_back_gives_the_image_back(
            (height, width, channels) in (1..6_usize, 1..6_usize, 1..3_usize),
            (down, across) in (-9..9, -9..9),
        ) {
            let shape = image(height, width, channels);
            let original = numbers(shape.size(), 1);
            let moved = rolled(&original, shape, down, across);
            let (row, column) = (down.rem_euclid(height as i32) as usize, across.rem_euclid(width as i32) as usize);
            prop_assert_eq!(moved[(row * width + column) * channels], original[0]);
            prop_assert_eq!(rolled(&moved, shape, -down, -across), original);
        }
    }
}
