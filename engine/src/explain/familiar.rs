//! Whether an image is like those that a network was trained on: the distance of its last hidden layer to the classes' means.
//!
//! Source: Lee, Lee, Lee, Shin: A simple unified framework for detecting out-of-distribution samples and adversarial attacks,
//! 2018 (Mahalanobis distance to the nearest class mean); here with a diagonal covariance, which takes one pass and little
//! memory.

/// Share of the spread that is added to each feature's variance, so that features which are nearly always 0 do not decide.
const FLOOR: f64 = 0.05;

/// Counts and sums of the features of images of each class.
#[derive(Debug, Clone)]
pub struct ClassSums {
    n_features: usize,
    counts: Vec<u32>,
    /// `[n_classes, n_features]`
    sums: Vec<f64>,
    /// Of all classes: `[n_features]`
    square_sums: Vec<f64>,
}

impl ClassSums {
    /// No image yet.
    #[must_use]
    pub fn new(n_classes: usize, n_features: usize) -> ClassSums {
        ClassSums {
            n_features,
            counts: vec![0; n_classes],
            sums: vec![0.0; n_classes * n_features],
            square_sums: vec![0.0; n_features],
        }
    }

    /// Adds an image; one of no class, or of other features, is passed over.
    pub fn push(&mut self, features: &[f32], class: usize) {
        let Some(count) = self.counts.get_mut(class).filter(|_| features.len() == self.n_features) else { return };
        *count += 1;
        let sums = &mut self.sums[class * self.n_features..][..self.n_features];
        for ((sum, square_sum), feature) in sums.iter_mut().zip(&mut self.square_sums).zip(features) {
            let feature = f64::from(*feature);
            *sum += feature;
            *square_sum += feature * feature;
        }
    }

    /// The classes' means and the spread around them; `None` without images.
    #[must_use]
    pub fn familiar(&self) -> Option<Familiar> {
        let n: u32 = self.counts.iter().sum();
        if n == 0 || self.n_features == 0 {
            return None;
        }
        let mut variances: Vec<f64> = self.square_sums.clone();
        let mut means = Vec::new();
        for (class, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let sums = &self.sums[class * self.n_features..][..self.n_features];
            let count = f64::from(count);
            means.extend(sums.iter().map(|sum| (sum / count) as f32));
            variances.iter_mut().zip(sums).for_each(|(variance, sum)| *variance -= sum * sum / count);
        }
        let mean_variance = variances.iter().sum::<f64>() / self.n_features as f64;
        let floor = FLOOR * mean_variance + f64::from(n) * f64::EPSILON;
        let weights = variances.iter().map(|variance| (f64::from(n) / (variance.max(0.0) + floor)) as f32);
        Some(Familiar { weights: weights.collect(), means })
    }
}

/// What the images of each class are like.
#[derive(Debug, Clone, PartialEq)]
pub struct Familiar {
    /// One over the variance of each feature: `[n_features]`
    weights: Vec<f32>,
    /// `[classes that have images, n_features]`
    means: Vec<f32>,
}

impl Familiar {
    /// The distance to the nearest class: the root of the mean squared deviation in units of the features' spread, so that
    /// images like those of the class have about 1.
    #[must_use]
    pub fn distance(&self, features: &[f32]) -> f32 {
        let squares = self.means.chunks_exact(self.weights.len()).map(|mean| {
            let terms = features.iter().zip(mean).zip(&self.weights);
            terms.map(|((feature, mean), weight)| (feature - mean).powi(2) * weight).sum::<f32>()
        });
        (squares.fold(f32::INFINITY, f32::min) / self.weights.len() as f32).sqrt()
    }
}

/// The value that a share of `values` does not exceed; infinite without values.
#[must_use]
pub fn quantile(values: &mut [f32], share: f64) -> f32 {
    values.sort_by(f32::total_cmp);
    let place = (share * values.len() as f64).ceil() as usize;
    values.get(place.clamp(1, values.len().max(1)) - 1).copied().unwrap_or(f32::INFINITY)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn what_lies_between_classes_is_unfamiliar() {
        let mut sums = ClassSums::new(3, 2);
        for step in 0..100 {
            let jitter = (step % 10) as f32 / 10.0 - 0.45;
            sums.push(&[jitter, -jitter], 0);
            sums.push(&[10.0 + jitter, 10.0 + jitter], 1);
        }
        let familiar = sums.familiar().unwrap();
        assert!(familiar.distance(&[0.1, 0.1]) < 1.0 && familiar.distance(&[10.0, 9.8]) < 1.0);
        assert!(familiar.distance(&[5.0, 5.0]) > 10.0);
    }

    #[test]
    fn features_that_never_change_do_not_make_it_infinite() {
        let mut sums = ClassSums::new(2, 2);
        sums.push(&[0.0, 1.0], 0);
        sums.push(&[0.0, 3.0], 0);
        sums.push(&[9.0], 1);
        let familiar = sums.familiar().unwrap();
        assert!(familiar.distance(&[0.0, 2.0]).is_finite() && familiar.distance(&[1.0, 2.0]).is_finite());
        assert!(ClassSums::new(2, 2).familiar().is_none());
    }

    #[test]
    fn quantiles_are_values() {
        let mut values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!((quantile(&mut values, 0.6), quantile(&mut values, 1.0)), (3.0, 5.0));
        assert_eq!(quantile(&mut [], 0.9), f32::INFINITY);
    }
}
