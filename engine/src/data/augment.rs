//! Slightly shifted, rotated, scaled and noisy images, so that a network learns what does not matter.

use crate::field::{FieldMut, FieldSpec, NumberRange};
use crate::random::Key;
use serde::{Deserialize, Serialize};

const HELP: &str = "Training images are changed at random, anew in every epoch: shifted, turned, resized, or with noise on each pixel. The network then learns that such changes do not matter. Validation and test images stay as they are. 0 is off.";

macro_rules! field_specs {
    ($($spec:ident: $name:literal, $label:literal, $unit:literal, $high:literal;)*) => {
        $(const $spec: FieldSpec<NumberRange> =
            FieldSpec::new(concat!("augmentation.", $name), $label, HELP, NumberRange::closed(0.0, $high))
                .term("augmentation")
                .unit($unit)
                .detail()
                .optional();)*
    };
}

field_specs! {
    SHIFT: "shift", "Shift", "px", 10.0;
    ROTATION: "rotation", "Rotation", "°", 180.0;
    SCALE: "scale", "Scale", "", 0.5;
    NOISE: "noise", "Noise", "", 0.5;
}

/// How much images are changed. Shift, rotation and scale are drawn uniformly, in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Augmentation {
    /// Pixels, across and down; in `[0, 10]`.
    pub shift: f64,
    /// Degrees; in `[0, 180]`.
    pub rotation: f64,
    /// Share of the size: 0.1 means from 90 % to 110 %; in `[0, 0.5]`.
    pub scale: f64,
    /// Standard deviation of normal noise on each pixel, where white is 0 and ink is 1; in `[0, 0.5]`. Pixels stay in
    /// `[0, 1]`.
    pub noise: f64,
}

/// Fixed-point numbers have so many bits behind the point: positions are exact to a 65,536th of a pixel, and integers are
/// the same on every machine.
const BITS: u32 = 16;
const ONE: i32 = 1 << BITS;
/// Pixels without ink around an image: a position outside of it is moved to them.
const MARGIN: usize = 2;
/// The largest image, margins included.
const MAX_ROW: usize = 32;

impl Augmentation {
    /// No change.
    pub const NONE: Augmentation = Augmentation { shift: 0.0, rotation: 0.0, scale: 0.0, noise: 0.0 };

    /// Whether images stay as they are.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Augmentation::NONE
    }

    /// The four amounts as fields.
    pub(crate) fn fields(&mut self) -> [FieldMut<'_>; 4] {
        [
            FieldMut::Number(&SHIFT, &mut self.shift),
            FieldMut::Number(&ROTATION, &mut self.rotation),
            FieldMut::Number(&SCALE, &mut self.scale),
            FieldMut::Number(&NOISE, &mut self.noise),
        ]
    }

    /// Overwrites `changed` by the image, changed by the random numbers of `key`; there is no ink outside of the image.
    ///
    /// # Shapes
    /// image and changed `[side, side]`, up to 28 pixels.
    ///
    /// # Panics
    /// If they are not.
    pub fn apply(&self, image: &[u8], side: usize, key: Key, changed: &mut [u8]) {
        assert!(side + 2 * MARGIN <= MAX_ROW, "an image of {side} rows is too large");
        assert_eq!([image.len(), changed.len()], [side * side; 2], "pixels of an image");
        if [self.shift, self.rotation, self.scale] == [0.0; 3] {
            changed.copy_from_slice(image);
        } else {
            self.move_image(image, side, key, changed);
        }
        if self.noise > 0.0 {
            add_noise(self.noise, key.with(1), changed);
        }
    }

    /// Each pixel comes from a place between four pixels of the image, whose mean it is, weighted by nearness.
    fn move_image(&self, image: &[u8], side: usize, key: Key, moved: &mut [u8]) {
        let mut random = key.stream();
        let mut draw = |amount: f64| random.uniform(-amount, amount);
        let (shift_x, shift_y) = (draw(self.shift), draw(self.shift));
        let (sin, cos) = draw(self.rotation).to_radians().sin_cos();
        let shrink = 1.0 / (1.0 + draw(self.scale));
        let padded = with_margin(image, side);
        // Where the first pixel comes from; one step to the right goes by `across`, one down by `(-across.y, across.x)`.
        let centre = (side as f64 - 1.0) / 2.0;
        let (x, y) = (-centre - shift_x, -centre - shift_y);
        let offset = centre + MARGIN as f64;
        let start = [shrink * (cos * x + sin * y) + offset, shrink * (cos * y - sin * x) + offset].map(fixed);
        let [across_x, across_y] = [shrink * cos, -shrink * sin].map(fixed);
        let (least, most) = (ONE, (side + MARGIN) as i32 * ONE);
        for (row_idx, row) in (0_i32..).zip(moved.chunks_exact_mut(side)) {
            let (mut x, mut y) = (start[0] - row_idx * across_y, start[1] + row_idx * across_x);
            for pixel in row {
                *pixel = between(&padded, x.clamp(least, most) as u32, y.clamp(least, most) as u32);
                (x, y) = (x + across_x, y + across_y);
            }
        }
    }
}

type Padded = [u8; MAX_ROW * MAX_ROW];

fn with_margin(image: &[u8], side: usize) -> Padded {
    let mut padded = [0; MAX_ROW * MAX_ROW];
    for (row, padded) in image.chunks_exact(side).zip(padded.chunks_exact_mut(MAX_ROW).skip(MARGIN)) {
        padded[MARGIN..MARGIN + side].copy_from_slice(row);
    }
    padded
}

fn fixed(number: f64) -> i32 {
    (number * f64::from(ONE)).round() as i32
}

/// The image at a place between its pixels, rounded; the place's bits behind the point beyond 8 are left out.
#[inline]
fn between(padded: &Padded, x: u32, y: u32) -> u8 {
    const SIZE: usize = MAX_ROW * MAX_ROW;
    let idx = (y >> BITS) as usize * MAX_ROW + (x >> BITS) as usize;
    let (right, below) = ((x >> (BITS - 8)) & 0xFF, (y >> (BITS - 8)) & 0xFF);
    let at = |offset: usize| u32::from(padded[(idx + offset) % SIZE]);
    let top = at(0) * (256 - right) + at(1) * right;
    let bottom = at(MAX_ROW) * (256 - right) + at(MAX_ROW + 1) * right;
    ((top * (256 - below) + bottom * below + (1 << 15)) >> 16) as u8
}

/// Adds noise to each pixel. The sum of a random number's eight bytes is normal but for its ends, which are 4.9 standard
/// deviations away.
fn add_noise(deviation: f64, key: Key, pixels: &mut [u8]) {
    const MEAN: i32 = 8 * 255 / 2;
    // Of one byte it is (256² - 1) / 12.
    let of_sum = (8.0 * 65_535.0 / 12.0_f64).sqrt();
    let factor = fixed(deviation * 255.0 / of_sum);
    for (pixel, idx) in pixels.iter_mut().zip(0..) {
        let noise = (byte_sum(key.at(idx)) - MEAN) * factor;
        *pixel = ((i32::from(*pixel) * ONE + noise + ONE / 2) >> BITS).clamp(0, 255) as u8;
    }
}

/// The sum of a number's eight bytes.
#[inline]
fn byte_sum(bits: u64) -> i32 {
    const EVERY_OTHER: u64 = 0x00FF_00FF_00FF_00FF;
    let pairs = (bits & EVERY_OTHER) + ((bits >> 8) & EVERY_OTHER);
    (pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    fn image() -> Vec<u8> {
        (0..28 * 28)
            .map(|i| if (8..20).contains(&(i / 28)) && (10..16).contains(&(i % 28)) { 200 } else { 0 })
            .collect()
    }

    fn apply(augmentation: Augmentation, index: u64) -> Vec<u8> {
        let mut changed = vec![0; 28 * 28];
        augmentation.apply(&image(), 28, Key::new(1, Purpose::Augmentation).with(index), &mut changed);
        changed
    }

    #[test]
    fn nothing_moves_without_amounts() {
        assert_eq!(apply(Augmentation::NONE, 0), image());
        let mut moved = vec![0; 28 * 28];
        Augmentation::NONE.move_image(&image(), 28, Key::new(1, Purpose::Augmentation), &mut moved);
        assert_eq!(moved, image());
    }

    #[test]
    fn ink_is_kept_when_shifted_and_turned() {
        let ink = |image: &[u8]| image.iter().map(|&pixel| f64::from(pixel)).sum::<f64>();
        for index in 0..20 {
            let moved = apply(Augmentation { shift: 2.0, rotation: 15.0, ..Augmentation::NONE }, index);
            assert_ne!(moved, image());
            assert!((ink(&moved) / ink(&image()) - 1.0).abs() < 0.03, "{}", ink(&moved));
        }
    }

    #[test]
    fn scale_changes_the_ink() {
        let ink = |image: &[u8]| image.iter().map(|&pixel| f64::from(pixel)).sum::<f64>();
        let shares = (0..50).map(|index| {
            let moved = apply(Augmentation { scale: 0.2, ..Augmentation::NONE }, index);
            ink(&moved) / ink(&image())
        });
        let (least, most) = shares.fold((2.0_f64, 0.0_f64), |(least, most), share| (least.min(share), most.max(share)));
        assert!(least > 0.6 && least < 0.8 && most > 1.25 && most < 1.5, "{least} {most}");
    }

    /// Against the textbook's formula in `f64`, at the largest amounts, where most places are outside of the image.
    #[test]
    fn pixels_are_those_of_bilinear_interpolation() {
        let image: Vec<u8> = (0..784_u32).map(|i| (i * 37 % 256) as u8).collect();
        let at = |x: f64, y: f64| {
            let is_inside = (0.0..28.0).contains(&x) && (0.0..28.0).contains(&y);
            if is_inside { f64::from(image[y as usize * 28 + x as usize]) } else { 0.0 }
        };
        let amounts = Augmentation { shift: 10.0, rotation: 180.0, scale: 0.5, noise: 0.0 };
        for index in 0..50 {
            let key = Key::new(3, Purpose::Augmentation).with(index);
            let mut moved = vec![0; 784];
            amounts.apply(&image, 28, key, &mut moved);
            let mut random = key.stream();
            let [dx, dy, angle, scale] = [10.0, 10.0, 180.0, 0.5].map(|amount: f64| random.uniform(-amount, amount));
            let (sin, cos) = angle.to_radians().sin_cos();
            for (pixel_idx, &pixel) in moved.iter().enumerate() {
                let (x, y) = ((pixel_idx % 28) as f64 - 13.5 - dx, (pixel_idx / 28) as f64 - 13.5 - dy);
                let (x, y) = ((cos * x + sin * y) / (1.0 + scale) + 13.5, (cos * y - sin * x) / (1.0 + scale) + 13.5);
                let (left, top) = (x.floor(), y.floor());
                let row = |y: f64| (1.0 - x + left) * at(left, y) + (x - left) * at(left + 1.0, y);
                let expected = (1.0 - y + top) * row(top) + (y - top) * row(top + 1.0);
                assert!((f64::from(pixel) - expected).abs() < 2.6, "{index}, {pixel_idx}: {pixel} for {expected}");
            }
        }
    }

    #[test]
    fn noise_has_its_deviation_and_is_normal() {
        let n = 500;
        let mut all = vec![];
        for index in 0..n {
            let mut grey = vec![128; 784];
            add_noise(0.1, Key::new(1, Purpose::Augmentation).with(index), &mut grey);
            all.extend(grey.into_iter().map(|pixel| (f64::from(pixel) - 128.0) / 255.0));
        }
        let moment = |power: i32| all.iter().map(|x| x.powi(power)).sum::<f64>() / all.len() as f64;
        assert!(moment(1).abs() < 0.001 && (moment(2).sqrt() - 0.1).abs() < 0.001, "{} {}", moment(1), moment(2));
        // 3 for a normal distribution, 2.85 for eight bytes.
        assert!((moment(4) / moment(2).powi(2) - 2.85).abs() < 0.05, "{}", moment(4) / moment(2).powi(2));
        let within = all.iter().filter(|x| x.abs() < 0.1).count() as f64 / all.len() as f64;
        assert!((within - 0.683).abs() < 0.01, "{within}");
    }
}
