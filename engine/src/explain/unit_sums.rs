//! The weighted sums of a Dense layer.

/// `Σ input[i] · kernel[i, unit] + bias[unit]` for each unit, in `f64`, rounded once.
///
/// # Shapes
/// input `[inputs]`, kernel `[inputs, units]`, bias `[units]`.
pub(super) fn unit_sums(input: &[f32], kernel: &[f32], bias: &[f32]) -> Vec<f32> {
    let mut sums: Vec<f64> = bias.iter().map(|bias| f64::from(*bias)).collect();
    for (x, weights) in input.iter().zip(kernel.chunks_exact(bias.len())) {
        sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += f64::from(*x) * f64::from(*weight));
    }
    sums.into_iter().map(|sum| sum as f32).collect()
}
