//! In which order units and filters are shown. A kernel's last axis is the unit (Dense) or the filter (Conv2D), and so
//! is an activation's.

/// Length `sqrt(Σ w²)` of each unit's weights.
///
/// # Shapes
/// kernel `[…, n_units]` → `[n_units]`.
///
/// # Panics
/// If the kernel is no whole number of rows.
#[must_use]
pub fn unit_norms(kernel: &[f32], n_units: usize) -> Vec<f32> {
    let squares = sum_by_unit(n_units, kernel.len(), |i| f64::from(kernel[i]).powi(2));
    squares.into_iter().map(|sum| sum.sqrt() as f32).collect()
}

/// What each unit adds to a logit, to first order: `Σ activation · ∂logit/∂activation` over its cells. In the layer
/// before the last Dense layer that is exactly its part of the logit.
///
/// # Shapes
/// activations and gradient `[…, n_units]`, of one sample → `[n_units]`.
///
/// # Panics
/// If lengths differ or are no whole number of rows.
#[must_use]
pub fn unit_influences(activations: &[f32], gradient: &[f32], n_units: usize) -> Vec<f32> {
    assert_eq!(activations.len(), gradient.len(), "activations and their gradient");
    let product = |i: usize| f64::from(activations[i]) * f64::from(gradient[i]);
    sum_by_unit(n_units, activations.len(), product).into_iter().map(|sum| sum as f32).collect()
}

/// The units from the largest score to the smallest, sign aside; equal ones by index, NaN last.
#[must_use]
pub fn order_by_magnitude(scores: &[f32]) -> Vec<usize> {
    let key = |unit: &usize| if scores[*unit].is_nan() { -1.0 } else { scores[*unit].abs() };
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| key(b).total_cmp(&key(a)));
    order
}

fn sum_by_unit(n_units: usize, len: usize, number: impl Fn(usize) -> f64) -> Vec<f64> {
    assert!(n_units > 0 && len.is_multiple_of(n_units), "{len} numbers in rows of {n_units}");
    let mut sums = vec![0.0; n_units];
    (0..len).for_each(|i| sums[i % n_units] += number(i));
    sums
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn largest_magnitude_first_ties_by_index_nan_last() {
        assert_eq!(order_by_magnitude(&[1.0, f32::NAN, -3.0, 3.0, 0.0]), [2, 3, 0, 4, 1]);
        assert!(order_by_magnitude(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn scores_are_sums_over_a_units_column(rows in 1..9_usize, n_units in 1..9_usize, seed in any::<u32>()) {
            let (a, b) = (numbers(rows * n_units, seed.into()), numbers(rows * n_units, u64::from(seed) + 1));
            let (norms, influences) = (unit_norms(&a, n_units), unit_influences(&a, &b, n_units));
            for unit in 0..n_units {
                let cells = (0..rows).map(|row| row * n_units + unit);
                assert_close(norms[unit], cells.clone().map(|i| a[i] * a[i]).sum::<f32>().sqrt(), rows as f32);
                assert_close(influences[unit], cells.map(|i| a[i] * b[i]).sum(), rows as f32);
            }
            let order = order_by_magnitude(&influences);
            prop_assert!(order.windows(2).all(|pair| influences[pair[0]].abs() >= influences[pair[1]].abs()));
        }
    }
}
