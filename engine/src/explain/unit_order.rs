//! In which order units and filters are shown. A kernel's last axis is the unit (Dense) or the filter (Conv2D), and so
//! is an activation's.

use crate::layers::KernelView;
use ndarray::{Array1, ArrayView1, ArrayView3, Zip};

/// Length `sqrt(Σ w²)` of each unit's weights, `[units]`.
#[must_use]
pub fn unit_norms(kernel: KernelView<'_>) -> Array1<f32> {
    let kernel = kernel.by_unit();
    let mut squares = Array1::zeros(kernel.ncols());
    for weights in kernel.rows() {
        squares.zip_mut_with(&weights, |sum: &mut f64, weight| *sum += f64::from(*weight).powi(2));
    }
    squares.mapv(|sum| sum.sqrt() as f32)
}

/// What each unit adds to a logit, to first order: `Σ activation · ∂logit/∂activation` over its cells. In the layer
/// before the last Dense layer that is exactly its part of the logit.
///
/// # Shapes
/// activations and gradient `[height, width, units]`, of one sample → `[units]`.
///
/// # Panics
/// If the shapes differ.
#[must_use]
pub fn unit_influences(activations: ArrayView3<'_, f32>, gradient: ArrayView3<'_, f32>) -> Array1<f32> {
    assert_eq!(activations.dim(), gradient.dim(), "activations and their gradient");
    let mut sums = Array1::<f64>::zeros(activations.dim().2);
    for (activations, gradient) in activations.rows().into_iter().zip(gradient.rows()) {
        Zip::from(&mut sums).and(activations).and(gradient).for_each(|sum, activation, gradient| {
            *sum += f64::from(*activation) * f64::from(*gradient);
        });
    }
    sums.mapv(|sum| sum as f32)
}

/// The units from the largest score to the smallest, sign aside; equal ones by index, NaN last.
#[must_use]
pub fn order_by_magnitude(scores: ArrayView1<'_, f32>) -> Vec<usize> {
    let key = |unit: &usize| if scores[*unit].is_nan() { -1.0 } else { scores[*unit].abs() };
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| key(b).total_cmp(&key(a)));
    order
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use crate::arrays::view;
    use ndarray::aview1;
    use proptest::prelude::*;

    #[test]
    fn largest_magnitude_first_ties_by_index_nan_last() {
        assert_eq!(order_by_magnitude(aview1(&[1.0, f32::NAN, -3.0, 3.0, 0.0])), [2, 3, 0, 4, 1]);
        assert!(order_by_magnitude(aview1(&[])).is_empty());
    }

    proptest! {
        #[test]
        fn scores_are_sums_over_a_units_column(rows in 1..9_usize, n_units in 1..9_usize, seed in any::<u32>()) {
            let (a, b) = (numbers(rows * n_units, seed.into()), numbers(rows * n_units, u64::from(seed) + 1));
            let norms = unit_norms(KernelView::new(&[rows, n_units], &a).unwrap());
            let influences = unit_influences(view([rows, 1, n_units], &a), view([rows, 1, n_units], &b));
            for unit in 0..n_units {
                let cells = (0..rows).map(|row| row * n_units + unit);
                assert_close(norms[unit], cells.clone().map(|i| a[i] * a[i]).sum::<f32>().sqrt(), rows as f32);
                assert_close(influences[unit], cells.map(|i| a[i] * b[i]).sum(), rows as f32);
            }
            let order = order_by_magnitude(influences.view());
            let mut units = order.clone();
            units.sort_unstable();
            prop_assert_eq!(units, (0..n_units).collect::<Vec<_>>());
            prop_assert!(order.windows(2).all(|pair| influences[pair[0]].abs() >= influences[pair[1]].abs()));
        }
    }
}
