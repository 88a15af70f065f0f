//! Changes of images after which a person still reads the same digit: moved, turned, thicker, noisy. A network's accuracy
//! on changed images says what it depends on.
//!
//! - `affine`: moves, turns, scales and shears
//! - `stroke_width`: thicker and thinner strokes
//! - `noise`: Gaussian, shot and impulse noise
//! - `line`: lines drawn across the image
//! - `mnist_c`: the changes of the data set MNIST-C with their published strengths
//!
//! Images are square, row by row, each pixel in `[0, 1]`, ink = 1. Changes with chance in them are functions of the seed and
//! the image's index, whatever was changed before.

mod affine;
mod line;
mod mnist_c;
mod noise;
mod stroke_width;

pub use mnist_c::MnistC;

use crate::random::{Key, Purpose, Stream};
use affine::Affine;

/// A change of an image, with its strength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Corruption {
    /// Moves the image.
    Shift {
        /// Pixels to the right.
        dx: f64,
        /// Pixels down.
        dy: f64,
    },
    /// Turns the image clockwise about its centre.
    Rotation {
        /// In degrees.
        degrees: f64,
    },
    /// Enlarges the image about its centre.
    Scale {
        /// Above 0; 1 changes nothing.
        factor: f64,
    },
    /// Slants the image to the right about its centre, as italics are.
    Shear {
        /// Pixels to the right for each pixel up; 0 changes nothing.
        factor: f64,
    },
    /// Makes strokes thicker, or thinner below 0.
    StrokeWidth {
        /// Pixels on each side of a stroke.
        px: f64,
    },
    /// Adds normal noise of mean 0 to each pixel, and clips to `[0, 1]`.
    GaussianNoise {
        /// Standard deviation; 0 changes nothing.
        std_dev: f64,
    },
    /// Ink becomes paper and paper ink: `1 − x`.
    Inversion,
    /// A change of MNIST-C.
    MnistC {
        /// Which.
        kind: MnistC,
        /// One of its [`strengths`](MnistC::strengths), or another in the same unit.
        strength: f64,
    },
}

impl Corruption {
    /// The changed image; the same for the same `seed` and `sample_idx`. Of one image, all strengths of a change use the
    /// same random numbers, so that accuracies differ by the strength alone.
    ///
    /// # Shapes
    /// image and result `[side, side]`
    ///
    /// # Panics
    /// If the image is of another shape.
    #[must_use]
    pub fn apply(self, image: &[f32], side: usize, seed: u64, sample_idx: u64) -> Vec<f32> {
        assert_eq!(image.len(), side * side, "pixels of an image");
        let warp = |affine: Affine| affine.apply(image, side);
        let mut random = self.random(seed, sample_idx);
        match self {
            Corruption::Shift { dx, dy } => warp(Affine::shift(dx, dy)),
            Corruption::Rotation { degrees } => warp(Affine::rotation(degrees.to_radians())),
            Corruption::Scale { factor } => warp(Affine::scale(factor)),
            Corruption::Shear { factor } => warp(Affine::shear(factor)),
            Corruption::StrokeWidth { px } => stroke_width::change(image, side, px),
            Corruption::GaussianNoise { std_dev } => noise::gaussian(image, std_dev, &mut random),
            Corruption::Inversion => image.iter().map(|pixel| 1.0 - pixel).collect(),
            Corruption::MnistC { kind, strength } => kind.apply(image, side, strength, &mut random),
        }
    }

    /// The random numbers of an image, other ones for each kind of change.
    fn random(self, seed: u64, sample_idx: u64) -> Stream {
        let branch = match self {
            Corruption::MnistC { kind, .. } => 1 + kind as u64,
            _ => 0,
        };
        Key::new(seed, Purpose::Corruption).with(branch).with(sample_idx).stream()
    }
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::testing::{SIDE, digit};
    use super::*;

    #[test]
    fn without_strength_nothing_changes() {
        let unchanged = [
            Corruption::Shift { dx: 0.0, dy: 0.0 },
            Corruption::Rotation { degrees: 0.0 },
            Corruption::Scale { factor: 1.0 },
            Corruption::Shear { factor: 0.0 },
            Corruption::StrokeWidth { px: 0.0 },
            Corruption::GaussianNoise { std_dev: 0.0 },
            Corruption::MnistC { kind: MnistC::ImpulseNoise, strength: 0.0 },
        ];
        for corruption in unchanged {
            assert_eq!(corruption.apply(&digit(), SIDE, 1, 7), digit(), "{corruption:?}");
        }
    }

    #[test]
    fn inversion_twice_is_the_image() {
        let invert = |image: &[f32]| Corruption::Inversion.apply(image, SIDE, 1, 0);
        assert_eq!(invert(&digit())[0], 1.0);
        assert!(invert(&invert(&digit())).iter().zip(digit()).all(|(got, expected)| (got - expected).abs() < 1e-6));
    }

    #[test]
    fn chance_depends_on_seed_and_image_alone() {
        let kinds = MnistC::ALL.into_iter().filter(|kind| !matches!(kind, MnistC::Stripe | MnistC::Scale));
        let changes = kinds.map(|kind| Corruption::MnistC { kind, strength: kind.published() });
        for change in changes.chain([Corruption::GaussianNoise { std_dev: 0.2 }]) {
            let apply = |seed, sample_idx| change.apply(&digit(), SIDE, seed, sample_idx);
            assert_eq!(apply(1, 5), apply(1, 5), "{change:?}");
            // Some toss a coin once or twice: of 40 images not all get the same.
            assert!((0..40).any(|sample_idx| apply(1, sample_idx) != apply(1, 5)), "{change:?}");
            assert!((0..40).any(|sample_idx| apply(2, sample_idx) != apply(1, sample_idx)), "{change:?}");
            assert!(apply(1, 5).iter().all(|pixel| (0.0..=1.0).contains(pixel)), "{change:?}");
        }
    }
}
