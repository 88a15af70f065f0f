//! Colours of up to five classes: of their points, and of the places that a network gives to them.

use super::colour_map::{Ground, Rgb};

/// Classes that have a colour of their own.
pub const N_CLASS_COLOURS: usize = 5;

const LIGHT: [Rgb; N_CLASS_COLOURS] =
    [[0xd9, 0x66, 0x0a], [0x1f, 0x5f, 0xd0], [0x1a, 0x8a, 0x6a], [0x8a, 0x4f, 0xc9], [0x8f, 0x7a, 0x10]];
const DARK: [Rgb; N_CLASS_COLOURS] =
    [[0xff, 0x9d, 0x4d], [0x7a, 0xa7, 0xff], [0x58, 0xc2, 0xa4], [0xc0, 0xa2, 0xf5], [0xd8, 0xc4, 0x5c]];

/// The colour of a class.
#[must_use]
pub fn class_colour(class: usize, ground: Ground) -> Rgb {
    let colours = if ground == Ground::Light { LIGHT } else { DARK };
    colours[class % N_CLASS_COLOURS]
}

/// The colour of a place, opaque, from the probability of each class there: that of the most probable one, the paler the
/// less it stands out. Nothing where a probability is not a number.
#[must_use]
pub fn mixed(probs: impl Iterator<Item = f32>, ground: Ground) -> [u8; 4] {
    let (mut best, mut n, mut is_number) = ((0, f32::NEG_INFINITY), 0, true);
    for (class, prob) in probs.enumerate() {
        is_number &= prob.is_finite();
        n += 1;
        if prob > best.1 {
            best = (class, prob);
        }
    }
    if !is_number || n == 0 {
        return [0; 4];
    }
    let even = 1.0 / n as f32;
    let strength = 0.75 * ((best.1 - even) / (1.0 - even).max(f32::EPSILON)).clamp(0.0, 1.0);
    let paper: Rgb = if ground == Ground::Light { [0xec, 0xec, 0xea] } else { [0x29, 0x2a, 0x2f] };
    let colour = class_colour(best.0, ground);
    let channel = |idx: usize| {
        (f32::from(paper[idx]) + strength * (f32::from(colour[idx]) - f32::from(paper[idx]))).round() as u8
    };
    [channel(0), channel(1), channel(2), 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsure_places_are_grey_and_sure_ones_coloured() {
        assert_eq!(mixed([0.25; 4].into_iter(), Ground::Light), [0xec, 0xec, 0xea, 255]);
        let [red, _, blue, _] = mixed([0.0, 1.0, 0.0].into_iter(), Ground::Light);
        assert!(blue > red);
        assert_eq!(mixed([f32::NAN, 0.5].into_iter(), Ground::Light), [0; 4]);
        assert_eq!(mixed(std::iter::empty(), Ground::Dark), [0; 4]);
    }
}
