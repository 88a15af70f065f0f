//! Changes of the data set MNIST-C with their published strengths: those that are quick to compute (Mu and Gilmer: MNIST-C, a
//! robustness benchmark for computer vision, 2019).

use super::affine::Affine;
use super::{line, noise};
use crate::random::Stream;

/// A change of MNIST-C.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MnistC {
    /// Poisson noise of few photons.
    ShotNoise,
    /// Pixels of ink or paper.
    ImpulseNoise,
    /// Slanted to the left or right.
    Shear,
    /// Made smaller.
    Scale,
    /// Turned either way.
    Rotate,
    /// Moved along one of the diagonals.
    Translate,
    /// The outer quarters inverted.
    Stripe,
    /// A dotted line across.
    DottedLine,
    /// A zigzag across.
    Zigzag,
}

impl MnistC {
    /// All of them, in the order of the paper.
    pub const ALL: [MnistC; 9] = [
        MnistC::ShotNoise,
        MnistC::ImpulseNoise,
        MnistC::Shear,
        MnistC::Scale,
        MnistC::Rotate,
        MnistC::Translate,
        MnistC::Stripe,
        MnistC::DottedLine,
        MnistC::Zigzag,
    ];

    /// The data set's own name for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MnistC::ShotNoise => "shot_noise",
            MnistC::ImpulseNoise => "impulse_noise",
            MnistC::Shear => "shear",
            MnistC::Scale => "scale",
            MnistC::Rotate => "rotate",
            MnistC::Translate => "translate",
            MnistC::Stripe => "stripe",
            MnistC::DottedLine => "dotted_line",
            MnistC::Zigzag => "zigzag",
        }
    }

    /// Its strengths from mild to severe: photons, the share of replaced pixels, radians, the size, radians, pixels each way;
    /// 1 where there is only one.
    #[must_use]
    pub fn strengths(self) -> &'static [f64] {
        match self {
            MnistC::ShotNoise => &[60.0, 25.0, 12.0, 5.0, 3.0],
            MnistC::ImpulseNoise => &[0.03, 0.06, 0.09, 0.17, 0.27],
            MnistC::Shear | MnistC::Rotate => &[0.2, 0.4, 0.6, 0.8, 1.0],
            MnistC::Scale => &[0.9, 0.8, 0.7, 0.6, 0.5],
            MnistC::Translate => &[1.0, 2.0, 3.0, 4.0, 5.0],
            MnistC::Stripe | MnistC::DottedLine | MnistC::Zigzag => &[1.0],
        }
    }

    /// The strength that the published data set was made with.
    #[must_use]
    pub fn published(self) -> f64 {
        match self {
            MnistC::ShotNoise => 3.0,
            MnistC::ImpulseNoise => 0.17,
            MnistC::Shear | MnistC::Rotate => 0.4,
            MnistC::Scale => 0.7,
            MnistC::Translate => 3.0,
            MnistC::Stripe | MnistC::DottedLine | MnistC::Zigzag => 1.0,
        }
    }

    /// The changed image, `[side, side]`.
    pub(super) fn apply(self, image: &[f32], side: usize, strength: f64, random: &mut Stream) -> Vec<f32> {
        match self {
            MnistC::ShotNoise => noise::shot(image, strength, random),
            MnistC::ImpulseNoise => noise::impulse(image, strength, random),
            MnistC::Shear => {
                // The second axis is turned, not lengthened, so that slanted images are higher, too.
                let (sin, cos) = (sign(random) * strength).sin_cos();
                Affine::of([[1.0, -sin], [0.0, cos]]).apply(image, side)
            }
            MnistC::Scale => Affine::scale(strength).apply(image, side),
            MnistC::Rotate => Affine::rotation(sign(random) * strength).apply(image, side),
            MnistC::Translate => Affine::shift(sign(random) * strength, sign(random) * strength).apply(image, side),
            MnistC::Stripe => stripe(image, side),
            MnistC::DottedLine => line::dotted(image, side, random),
            MnistC::Zigzag => line::zigzag(image, side, random),
        }
    }
}

/// Minus or plus, each as often.
fn sign(random: &mut Stream) -> f64 {
    if random.unit() < 0.5 { -1.0 } else { 1.0 }
}

/// Inverts the left and the right quarter of the columns.
fn stripe(image: &[f32], side: usize) -> Vec<f32> {
    let quarter = side / 4;
    let is_outer = |pixel_idx: usize| !(quarter..side - quarter).contains(&(pixel_idx % side));
    let pixels = image.iter().enumerate();
    pixels.map(|(pixel_idx, pixel)| if is_outer(pixel_idx) { 1.0 - pixel } else { *pixel }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{SIDE, digit, ink};
    use super::*;
    use crate::random::{Key, Purpose};

    fn apply(kind: MnistC, strength: f64, sample_idx: u64) -> Vec<f32> {
        kind.apply(&digit(), SIDE, strength, &mut Key::new(1, Purpose::Corruption).with(sample_idx).stream())
    }

    #[test]
    fn the_published_strength_is_one_of_all() {
        for kind in MnistC::ALL {
            assert!(kind.strengths().contains(&kind.published()), "{}", kind.name());
        }
    }

    #[test]
    fn translations_go_along_all_four_diagonals() {
        let diagonals = [(-3.0, -3.0), (-3.0, 3.0), (3.0, -3.0), (3.0, 3.0)];
        let moved = diagonals.map(|(dx, dy)| Affine::shift(dx, dy).apply(&digit(), SIDE));
        let mut n_each = [0; 4];
        for sample_idx in 0..40 {
            let got = apply(MnistC::Translate, 3.0, sample_idx);
            let place = moved.iter().position(|moved| *moved == got).expect("one of the diagonals");
            n_each[place] += 1;
        }
        assert!(n_each.iter().all(|n| *n > 2), "{n_each:?}");
    }

    #[test]
    fn a_stripe_inverts_seven_columns_at_each_side() {
        let striped = apply(MnistC::Stripe, 1.0, 0);
        let row = 0;
        let columns: Vec<f32> = (0..SIDE).map(|column| striped[row * SIDE + column]).collect();
        assert!(columns[..7].iter().chain(&columns[21..]).all(|pixel| *pixel == 1.0));
        assert!(columns[7..21].iter().all(|pixel| *pixel == 0.0));
    }

    #[test]
    fn a_smaller_image_has_less_ink() {
        let share = ink(&apply(MnistC::Scale, 0.7, 0)) / ink(&digit());
        assert!((share - 0.49).abs() < 0.05, "{share}");
    }
}
