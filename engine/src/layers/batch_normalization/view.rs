//! The four arrays of a normalization.

/// What a normalization keeps: one number a channel in each array.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormalizationView<'a> {
    /// What normalized numbers are multiplied by; trained.
    pub gamma: &'a [f32],
    /// What is added then; trained.
    pub beta: &'a [f32],
    /// Mean of what came in, batch by batch.
    pub moving_mean: &'a [f32],
    /// Its (biased) variance.
    pub moving_variance: &'a [f32],
}

impl<'a> NormalizationView<'a> {
    /// Gamma, beta, moving mean and moving variance, which lie one after the other; `None` if they are not of equal length,
    /// or empty.
    #[must_use]
    pub fn new(numbers: &'a [f32]) -> Option<NormalizationView<'a>> {
        let n_channels = numbers.len() / 4;
        if n_channels == 0 || !numbers.len().is_multiple_of(4) {
            return None;
        }
        let part = |part: usize| &numbers[part * n_channels..][..n_channels];
        Some(NormalizationView { gamma: part(0), beta: part(1), moving_mean: part(2), moving_variance: part(3) })
    }
}
