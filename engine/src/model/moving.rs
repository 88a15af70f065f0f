//! Statistics of a batch: put together from those of its shards, and how they move a model's moving ones.

use super::Model;
use crate::experiment::LayerConfig;
use crate::layers::ParamRange;

/// Moments of all samples, from those of parts of them, in this order (Chan, Golub and LeVeque 1983): count, means of all
/// channels, sums of squared deviations.
pub(super) fn merge_moments(parts: &[Vec<f64>]) -> Vec<f64> {
    let Some((first, others)) = parts.split_first() else { return vec![] };
    let mut merged = first.clone();
    let n_channels = (first.len() - 1) / 2;
    for part in others {
        let (n, n_part) = (merged[0], part[0]);
        let n_all = n + n_part;
        for channel in 1..=n_channels {
            let apart = part[channel] - merged[channel];
            merged[channel] += apart * n_part / n_all;
            merged[n_channels + channel] += part[n_channels + channel] + apart * apart * n * n_part / n_all;
        }
        merged[0] = n_all;
    }
    merged
}

/// Sums over all samples, from those over parts of them, in this order.
pub(super) fn merge_sums(parts: &[Vec<f64>]) -> Vec<f64> {
    let Some((first, others)) = parts.split_first() else { return vec![] };
    let mut merged = first.clone();
    for part in others {
        merged.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
    }
    merged
}

impl Model {
    /// Whether the network needs statistics of whole batches in training, so that shards cannot be computed one by one: see
    /// [`BatchPass`](super::BatchPass).
    #[must_use]
    pub fn normalizes_batches(&self) -> bool {
        self.params.iter().any(|params| params.n_normalized > 0)
    }

    /// Where each normalization's numbers lie, with its momentum.
    fn normalizations(&self) -> impl Iterator<Item = (ParamRange, f64)> {
        self.layers.iter().zip(&self.params).filter_map(|(layer, params)| match &layer.config {
            LayerConfig::BatchNormalization(config) => Some((*params, config.momentum)),
            _ => None,
        })
    }

    /// After an update of the weights that were `before`: moves the moving statistics by the moments of the batch, one
    /// array a normalization in their order. Whatever the optimizer did to them is forgotten. Those that are frozen stay.
    pub(crate) fn move_statistics(&mut self, before: &[f32], moments: &[Vec<f64>], frozen: &[bool]) {
        let normalizations: Vec<_> = self.normalizations().collect();
        if normalizations.is_empty() {
            return;
        }
        let weights = self.weights_mut();
        for (place, (params, momentum)) in normalizations.into_iter().enumerate() {
            let [means, variances] = params.moving();
            let n_channels = means.len();
            for (channel, idx) in means.chain(variances).enumerate() {
                let old = before[idx];
                let is_frozen = frozen.get(idx).is_some_and(|is_frozen| *is_frozen);
                let moments = moments.get(place).filter(|_| !is_frozen);
                weights[idx] = moments.map_or(old, |moments| {
                    let number = moments[1 + channel];
                    let new = if channel < n_channels { number } else { number / moments[0] };
                    (momentum * f64::from(old) + (1.0 - momentum) * new) as f32
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{batch_normalization, tests::numbers};

    #[test]
    fn moments_of_parts_are_those_of_the_whole() {
        let moments = |x: &[f32]| {
            let mut moments = vec![x.len() as f64 / 3.0];
            moments.extend(batch_normalization::moments(x, 3));
            moments
        };
        let x: Vec<f32> = numbers(3 * 60, 5, 0.0).iter().map(|x| x + 1e3).collect();
        let parts: Vec<_> = x.chunks(3 * 25).map(moments).collect();
        let (merged, whole) = (merge_moments(&parts), moments(&x));
        assert_eq!(merged[0], 60.0);
        assert!(merged.iter().zip(&whole).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs()), "{merged:?} {whole:?}");
        assert_eq!(merge_moments(&parts[..1]), parts[0]);
        assert_eq!(merge_sums(&[vec![1.0, 2.0], vec![3.0, 5.0]]), [4.0, 7.0]);
    }
}
