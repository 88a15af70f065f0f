//! Slightly shifted, rotated and scaled images: drawings by pointer are less regular than handwriting by pen.

use crate::random::Stream;

/// How far images are moved; each amount is drawn uniformly, in both directions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Augmentation {
    /// Pixels, across and down.
    pub shift: f64,
    /// Degrees.
    pub rotation: f64,
    /// Share of the size: 0.1 means from 90 % to 110 %.
    pub scale: f64,
}

impl Augmentation {
    /// No movement.
    pub const NONE: Augmentation = Augmentation { shift: 0.0, rotation: 0.0, scale: 0.0 };

    /// Draws a random movement about the image's centre and overwrites `moved` by the moved image; there is no ink
    /// outside of the image.
    ///
    /// # Shapes
    /// image and moved `[side, side]`.
    ///
    /// # Panics
    /// If they are not.
    pub fn apply(&self, image: &[u8], side: usize, random: &mut Stream, moved: &mut [u8]) {
        assert_eq!((image.len(), moved.len()), (side * side, side * side), "pixels of an image");
        let mut draw = |amount: f64| random.uniform(-amount, amount);
        let (shift_x, shift_y) = (draw(self.shift), draw(self.shift));
        let (sin, cos) = draw(self.rotation).to_radians().sin_cos();
        let shrink = 1.0 / (1.0 + draw(self.scale));
        let centre = (side as f64 - 1.0) / 2.0;
        for (pixel_idx, pixel) in moved.iter_mut().enumerate() {
            // Where this pixel comes from.
            let x = (pixel_idx % side) as f64 - centre - shift_x;
            let y = (pixel_idx / side) as f64 - centre - shift_y;
            let source = [shrink * (cos * x + sin * y) + centre, shrink * (cos * y - sin * x) + centre];
            *pixel = bilinear(image, side, source).round() as u8;
        }
    }
}

/// The image between its pixels.
fn bilinear(image: &[u8], side: usize, [x, y]: [f64; 2]) -> f64 {
    let at = |x: f64, y: f64| {
        let is_inside = x >= 0.0 && y >= 0.0 && x < side as f64 && y < side as f64;
        if is_inside { f64::from(image[y as usize * side + x as usize]) } else { 0.0 }
    };
    let (left, top) = (x.floor(), y.floor());
    let (right_share, bottom_share) = (x - left, y - top);
    let row = |y: f64| (1.0 - right_share) * at(left, y) + right_share * at(left + 1.0, y);
    (1.0 - bottom_share) * row(top) + bottom_share * row(top + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose};

    fn image() -> Vec<u8> {
        (0..28 * 28)
            .map(|i| if (8..20).contains(&(i / 28)) && (10..16).contains(&(i % 28)) { 200 } else { 0 })
            .collect()
    }

    fn apply(augmentation: Augmentation, index: u64) -> Vec<u8> {
        let mut moved = vec![0; 28 * 28];
        let mut random = Key::new(1, Purpose::Augmentation).with(index).stream();
        augmentation.apply(&image(), 28, &mut random, &mut moved);
        moved
    }

    #[test]
    fn nothing_moves_without_amounts() {
        assert_eq!(apply(Augmentation::NONE, 0), image());
    }

    #[test]
    fn ink_is_kept_when_shifted_and_turned() {
        let ink = |image: &[u8]| image.iter().map(|&pixel| f64::from(pixel)).sum::<f64>();
        for index in 0..20 {
            let moved = apply(Augmentation { shift: 2.0, rotation: 15.0, scale: 0.0 }, index);
            assert_ne!(moved, image());
            assert!((ink(&moved) / ink(&image()) - 1.0).abs() < 0.03, "{}", ink(&moved));
        }
    }

    #[test]
    fn scale_changes_the_ink() {
        let ink = |image: &[u8]| image.iter().map(|&pixel| f64::from(pixel)).sum::<f64>();
        let shares = (0..50).map(|index| {
            let moved = apply(Augmentation { shift: 0.0, rotation: 0.0, scale: 0.2 }, index);
            ink(&moved) / ink(&image())
        });
        let (least, most) = shares.fold((2.0_f64, 0.0_f64), |(least, most), share| (least.min(share), most.max(share)));
        assert!(least > 0.6 && least < 0.8 && most > 1.25 && most < 1.5, "{least} {most}");
    }
}
