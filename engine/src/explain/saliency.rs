//! Which pixels a logit depends on, by its gradient.

/// `Σ gradient · input` over the channels of each pixel: what the pixel adds to the logit, to first order.
///
/// # Shapes
/// gradient (`∂logit/∂input`) and input `[height, width, channels]` → `[height · width]`.
///
/// # Panics
/// If lengths differ or are no whole number of pixels.
#[must_use]
pub fn gradient_times_input(gradient: &[f32], input: &[f32], channels: usize) -> Vec<f32> {
    assert_eq!(gradient.len(), input.len(), "gradient and input");
    assert!(channels > 0 && input.len().is_multiple_of(channels), "{} numbers of {channels} channels", input.len());
    let pixels = gradient.chunks_exact(channels).zip(input.chunks_exact(channels));
    pixels.map(|(gradient, input)| gradient.iter().zip(input).map(|(g, x)| g * x).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn channels_of_a_pixel_are_summed() {
        assert_eq!(gradient_times_input(&[1.0, -2.0, 0.5, 0.0], &[3.0, 1.0, 4.0, 9.0], 2), [1.0, 2.0]);
    }

    #[test]
    fn pixels_of_a_linear_logit_add_up_to_it() {
        let (input, weights) = (numbers(784, 1), numbers(784, 2));
        let logit = input.iter().zip(&weights).map(|(x, w)| x * w).sum();
        assert_close(gradient_times_input(&weights, &input, 1).iter().sum(), logit, 100.0);
    }
}
