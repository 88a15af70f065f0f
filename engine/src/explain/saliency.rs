//! Which pixels a logit depends on, by its gradient.

use ndarray::{Array2, ArrayView3, Axis};

/// `Σ gradient · input` over the channels of each pixel: what the pixel adds to the logit, to first order.
///
/// # Shapes
/// gradient (`∂logit/∂input`) and input `[height, width, channels]` → `[height, width]`.
///
/// # Panics
/// If the shapes differ.
#[must_use]
pub fn gradient_times_input(gradient: ArrayView3<'_, f32>, input: ArrayView3<'_, f32>) -> Array2<f32> {
    assert_eq!(gradient.dim(), input.dim(), "gradient and input");
    (&gradient * &input).sum_axis(Axis(2))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::arrays::view;
    use ndarray::array;

    #[test]
    fn channels_of_a_pixel_are_summed() {
        let (gradient, input) = (array![[[1.0, -2.0], [0.5, 0.0]]], array![[[3.0, 1.0], [4.0, 9.0]]]);
        assert_eq!(gradient_times_input(gradient.view(), input.view()), array![[1.0, 2.0]]);
    }

    #[test]
    fn pixels_of_a_linear_logit_add_up_to_it() {
        let (input, weights) = (numbers(784, 1), numbers(784, 2));
        let logit = input.iter().zip(&weights).map(|(x, w)| x * w).sum();
        assert_close(gradient_times_input(view([28, 28, 1], &weights), view([28, 28, 1], &input)).sum(), logit, 100.0);
    }
}
