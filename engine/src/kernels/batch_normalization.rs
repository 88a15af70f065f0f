//! Batch normalization: sums over rows of channels in `f64`, and the two maps that go over all numbers.
//!
//! A mean is kept as the sum of two `f32`: far from 0, its rounding error would be as large as the deviations from it.

/// Mean and `1 / sqrt(variance + epsilon)` of each channel.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChannelScales {
    mean: Vec<f32>,
    /// What `mean` lacks of the true one.
    mean_rest: Vec<f32>,
    inverse_deviation: Vec<f32>,
}

impl ChannelScales {
    /// Takes over each channel's mean and (biased) variance. A variance below 0, which only a file can hold, counts as 0.
    pub fn set(&mut self, epsilon: f64, statistics: impl Iterator<Item = [f64; 2]>) {
        self.mean.clear();
        self.mean_rest.clear();
        self.inverse_deviation.clear();
        for [mean, variance] in statistics {
            self.mean.push(mean as f32);
            self.mean_rest.push((mean - f64::from(mean as f32)) as f32);
            self.inverse_deviation.push((1.0 / (variance.max(0.0) + epsilon).sqrt()) as f32);
        }
    }

    fn n_channels(&self) -> usize {
        self.mean.len()
    }

    /// The normalized number of a channel.
    #[inline(always)]
    fn normalized(&self, x: f32, channel: usize) -> f32 {
        ((x - self.mean[channel]) - self.mean_rest[channel]) * self.inverse_deviation[channel]
    }
}

/// Means of all channels, then their sums of squared deviations, over the rows of `x` `[rows, channels]`.
///
/// # Panics
/// If `x` is no whole number of rows.
#[must_use]
pub fn moments(x: &[f32], n_channels: usize) -> Vec<f64> {
    assert!(x.len().is_multiple_of(n_channels), "{} numbers in rows of {n_channels}", x.len());
    let n_rows = (x.len() / n_channels) as f64;
    // Differences from the first row: their squares lose nothing where the mean is far from 0.
    let first = &x[..n_channels];
    let mut sums = vec![0.0; 2 * n_channels];
    let (differences, squares) = sums.split_at_mut(n_channels);
    for row in x.chunks_exact(n_channels) {
        for (((sum, squares), x), first) in differences.iter_mut().zip(squares.iter_mut()).zip(row).zip(first) {
            let difference = f64::from(*x) - f64::from(*first);
            *sum += difference;
            *squares += difference * difference;
        }
    }
    for ((sum, squares), first) in differences.iter_mut().zip(squares).zip(first) {
        *squares = (*squares - *sum * *sum / n_rows).max(0.0);
        *sum = f64::from(*first) + *sum / n_rows;
    }
    sums
}

/// `y = (x - mean) / sqrt(variance + epsilon) · gamma + beta`, for rows of channels.
///
/// # Panics
/// If lengths don't fit.
pub fn forward(x: &[f32], scales: &ChannelScales, [gamma, beta]: [&[f32]; 2], y: &mut [f32]) {
    let n_channels = scales.n_channels();
    assert!(x.len() == y.len() && x.len().is_multiple_of(n_channels), "input and output of a normalization");
    let (gamma, beta) = (&gamma[..n_channels], &beta[..n_channels]);
    for (x, y) in x.chunks_exact(n_channels).zip(y.chunks_exact_mut(n_channels)) {
        for (channel, (x, y)) in x.iter().zip(y).enumerate() {
            *y = scales.normalized(*x, channel) * gamma[channel] + beta[channel];
        }
    }
}

/// Sums of `dy` of all channels, then those of `dy` times the normalized input.
///
/// # Panics
/// If lengths don't fit.
#[must_use]
pub fn gradient_sums(x: &[f32], scales: &ChannelScales, dy: &[f32]) -> Vec<f64> {
    let n_channels = scales.n_channels();
    assert!(x.len() == dy.len() && x.len().is_multiple_of(n_channels), "input and gradient of a normalization");
    let mut sums = vec![0.0; 2 * n_channels];
    let (plain, weighted) = sums.split_at_mut(n_channels);
    for (x, dy) in x.chunks_exact(n_channels).zip(dy.chunks_exact(n_channels)) {
        for (channel, (x, dy)) in x.iter().zip(dy).enumerate() {
            plain[channel] += f64::from(*dy);
            weighted[channel] += f64::from(*dy) * f64::from(scales.normalized(*x, channel));
        }
    }
    sums
}

/// `dx = (dy - mean of dy - normalized x · mean of dy · normalized x) · gamma / sqrt(variance + epsilon)`, where
/// `means` are those two means of each channel, as [`gradient_sums`] orders them; all 0 where mean and variance are given
/// and do not depend on `x`.
///
/// # Panics
/// If lengths don't fit.
pub fn backward(x: &[f32], scales: &ChannelScales, gamma: &[f32], means: &[f32], dy: &[f32], dx: &mut [f32]) {
    let n_channels = scales.n_channels();
    assert!(x.len() == dy.len() && x.len() == dx.len(), "input and gradients of a normalization");
    assert_eq!(means.len(), 2 * n_channels, "means of gradients");
    let (plain, weighted) = means.split_at(n_channels);
    let rows = x.chunks_exact(n_channels).zip(dy.chunks_exact(n_channels)).zip(dx.chunks_exact_mut(n_channels));
    for ((x, dy), dx) in rows {
        for (channel, ((x, dy), dx)) in x.iter().zip(dy).zip(dx).enumerate() {
            let shared = plain[channel] + scales.normalized(*x, channel) * weighted[channel];
            *dx = (*dy - shared) * gamma[channel] * scales.inverse_deviation[channel];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::tests::numbers;

    #[test]
    fn moments_are_those_of_a_plain_loop_also_far_from_0() {
        for (n_rows, n_channels, offset) in [(1, 3, 0.0), (7, 1, 0.0), (50, 5, 0.0), (40, 4, 3e4)] {
            let x: Vec<f32> = numbers(n_rows * n_channels, 3, 0.0).iter().map(|x| x + offset).collect();
            let got = moments(&x, n_channels);
            for channel in 0..n_channels {
                let column: Vec<f64> = x.iter().skip(channel).step_by(n_channels).map(|x| f64::from(*x)).collect();
                let mean = column.iter().sum::<f64>() / n_rows as f64;
                let squares: f64 = column.iter().map(|x| (x - mean).powi(2)).sum();
                assert!((got[channel] - mean).abs() <= 1e-12 * mean.abs().max(1.0), "{n_rows}×{n_channels}");
                assert!((got[n_channels + channel] - squares).abs() <= 1e-9, "{n_rows}×{n_channels}");
            }
        }
    }

    #[test]
    fn maps_are_those_of_their_formulas() {
        let (n_rows, n_channels) = (6, 3);
        let (x, dy) = (numbers(n_rows * n_channels, 1, 0.0), numbers(n_rows * n_channels, 2, 0.0));
        let (gamma, beta, means) = (numbers(n_channels, 3, 0.0), numbers(n_channels, 4, 0.0), numbers(6, 5, 0.0));
        let statistics = [[0.25, 0.5], [-1.0, 2.0], [0.1, -1e-9]];
        let (mut scales, mut y, mut dx) = (ChannelScales::default(), vec![0.0; x.len()], vec![0.0; x.len()]);
        scales.set(1e-3, statistics.into_iter());
        forward(&x, &scales, [&gamma, &beta], &mut y);
        let sums = gradient_sums(&x, &scales, &dy);
        backward(&x, &scales, &gamma, &means, &dy, &mut dx);
        let mut expected_sums = [0.0; 6];
        for (idx, x) in x.iter().enumerate() {
            let channel = idx % n_channels;
            let [mean, variance] = statistics[channel];
            let deviation = (variance.max(0.0) + 1e-3).sqrt();
            let normalized = (f64::from(*x) - mean) / deviation;
            let [gamma, beta, dy] = [gamma[channel], beta[channel], dy[idx]].map(f64::from);
            assert!((f64::from(y[idx]) - (normalized * gamma + beta)).abs() < 1e-5);
            expected_sums[channel] += dy;
            expected_sums[n_channels + channel] += dy * normalized;
            let shared = f64::from(means[channel]) + normalized * f64::from(means[n_channels + channel]);
            assert!((f64::from(dx[idx]) - (dy - shared) * gamma / deviation).abs() < 2e-4);
        }
        assert!(sums.iter().zip(expected_sums).all(|(got, expected)| (got - expected).abs() < 1e-4));
    }
}
