//! Noise: Gaussian noise of a camera's electronics, shot noise of too few photons, impulse noise of broken pixels.

use crate::random::Stream;

/// Adds normal noise of mean 0 and standard deviation `std_dev` to each pixel, and clips to `[0, 1]`.
pub fn gaussian(image: &[f32], std_dev: f64, random: &mut Stream) -> Vec<f32> {
    image.iter().map(|pixel| (f64::from(*pixel) + std_dev * random.normal()).clamp(0.0, 1.0) as f32).collect()
}

/// Counts photons: each pixel becomes a Poisson number of mean `n_photons · pixel`, divided by `n_photons`, at most 1. Fewer
/// photons are noisier.
pub fn shot(image: &[f32], n_photons: f64, random: &mut Stream) -> Vec<f32> {
    let mut count = |pixel: &f32| (poisson(n_photons * f64::from(*pixel), random) as f64 / n_photons).min(1.0) as f32;
    image.iter().map(&mut count).collect()
}

/// Replaces a share of all pixels by ink or paper, each as often: salt and pepper.
pub fn impulse(image: &[f32], share: f64, random: &mut Stream) -> Vec<f32> {
    let mut replace = |pixel: &f32| {
        // Two numbers for each pixel, so that a larger share replaces more pixels and the same ones too.
        let (is_hit, is_ink) = (random.unit() < share, random.unit() < 0.5);
        if is_hit { f32::from(is_ink) } else { *pixel }
    };
    image.iter().map(&mut replace).collect()
}

/// A Poisson number: how many uniform numbers can be multiplied until the product is below `e^−mean`, less one (Knuth 1969).
/// Its time grows with the mean, which must be below 700, where `e^−mean` would be 0.
fn poisson(mean: f64, random: &mut Stream) -> u32 {
    let limit = (-mean).exp();
    let mut product = 1.0;
    let mut count = 0;
    loop {
        product *= random.unit();
        if product <= limit {
            return count;
        }
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose};

    const N: usize = 20_000;

    fn stream() -> Stream {
        Key::new(3, Purpose::Corruption).stream()
    }

    fn mean_and_variance(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
        let values: Vec<f64> = values.into_iter().collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (mean, values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64)
    }

    /// Mean and variance of a Poisson number are the same.
    #[test]
    fn photons_are_poisson() {
        let mut random = stream();
        for expected in [0.0, 0.3, 3.0, 60.0] {
            let (mean, variance) = mean_and_variance((0..N).map(|_| f64::from(poisson(expected, &mut random))));
            assert!((mean - expected).abs() <= 0.04 * expected, "{expected}: mean {mean}");
            assert!((variance - expected).abs() <= 0.06 * expected, "{expected}: variance {variance}");
        }
    }

    #[test]
    fn shot_noise_keeps_paper_and_the_mean_of_grey() {
        let (mean, variance) = mean_and_variance(shot(&[0.25; N], 12.0, &mut stream()).into_iter().map(f64::from));
        assert!((mean - 0.25).abs() < 0.005 && (variance - 0.25 / 12.0).abs() < 0.002, "{mean}, {variance}");
        assert_eq!(shot(&[0.0; 50], 3.0, &mut stream()), [0.0; 50]);
    }

    #[test]
    fn gaussian_noise_has_its_deviation_and_is_clipped() {
        let (mean, variance) = mean_and_variance(gaussian(&[0.5; N], 0.1, &mut stream()).into_iter().map(f64::from));
        assert!((mean - 0.5).abs() < 0.004 && (variance - 0.01).abs() < 0.0005, "{mean}, {variance}");
        let clipped = gaussian(&[0.0; N], 0.3, &mut stream());
        assert!(clipped.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
        assert!((clipped.iter().filter(|pixel| **pixel == 0.0).count() as f64 / N as f64 - 0.5).abs() < 0.02);
    }

    #[test]
    fn impulse_noise_replaces_its_share() {
        let changed = impulse(&[0.5; N], 0.27, &mut stream());
        let share = |value: f32| changed.iter().filter(|pixel| **pixel == value).count() as f64 / N as f64;
        assert!((share(1.0) - 0.135).abs() < 0.01 && (share(0.0) - 0.135).abs() < 0.01);
        assert_eq!(share(0.5), 1.0 - share(0.0) - share(1.0));
        let fewer = impulse(&[0.5; N], 0.03, &mut stream());
        assert!(fewer.iter().zip(&changed).all(|(few, many)| *few == 0.5 || few == many), "the same pixels, and more");
    }
}
