//! A fixed shuffle of an image's pixels: what a network can do without neighbours next to each other.

use crate::random::{Key, Purpose};

/// One order of pixels for all images.
///
/// ```
/// use inkling_engine::data::PixelOrder;
///
/// let order = PixelOrder::new(1, 784);
/// let image: Vec<u16> = (0..784).collect();
/// let shuffled = order.apply(&image);
/// assert_ne!(shuffled, image);
/// assert_eq!(order.undo(&shuffled), image);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixelOrder {
    /// Where each pixel of the shuffled image comes from.
    sources: Vec<u32>,
}

impl PixelOrder {
    /// The order of `n` pixels that a seed gives; all orders are alike.
    #[must_use]
    pub fn new(seed: u64, n: usize) -> PixelOrder {
        let mut sources: Vec<u32> = (0..n as u32).collect();
        Key::new(seed, Purpose::PixelOrder).stream().shuffle(&mut sources);
        PixelOrder { sources }
    }

    /// Where each pixel of a shuffled image comes from.
    #[must_use]
    pub fn sources(&self) -> &[u32] {
        &self.sources
    }

    /// The image with its pixels shuffled.
    ///
    /// # Panics
    /// If the image does not have as many pixels.
    #[must_use]
    pub fn apply<T: Copy>(&self, image: &[T]) -> Vec<T> {
        assert_eq!(image.len(), self.sources.len(), "pixels of an image");
        self.sources.iter().map(|&source| image[source as usize]).collect()
    }

    /// As [`apply`](PixelOrder::apply), into `shuffled`.
    ///
    /// # Panics
    /// If lengths differ.
    pub fn apply_to<T: Copy>(&self, image: &[T], shuffled: &mut [T]) {
        assert_eq!([image.len(), shuffled.len()], [self.sources.len(); 2], "pixels of an image");
        shuffled.iter_mut().zip(&self.sources).for_each(|(pixel, &source)| *pixel = image[source as usize]);
    }

    /// The image whose shuffled pixels these are.
    ///
    /// # Panics
    /// If the image does not have as many pixels.
    #[must_use]
    pub fn undo<T: Copy>(&self, shuffled: &[T]) -> Vec<T> {
        assert_eq!(shuffled.len(), self.sources.len(), "pixels of an image");
        let mut image = shuffled.to_vec();
        self.sources.iter().zip(shuffled).for_each(|(&source, pixel)| image[source as usize] = *pixel);
        image
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pixel_has_one_place() {
        let order = PixelOrder::new(7, 784);
        let mut sources = order.sources().to_vec();
        sources.sort_unstable();
        assert!(sources.into_iter().eq(0..784));
        let n_fixed = (0..).zip(order.sources()).filter(|(place, source)| place == *source).count();
        assert!(n_fixed < 10, "{n_fixed} pixels stayed");
    }

    #[test]
    fn seeds_give_different_orders() {
        assert_ne!(PixelOrder::new(1, 784), PixelOrder::new(2, 784));
        assert_eq!(PixelOrder::new(1, 784), PixelOrder::new(1, 784));
    }

    #[test]
    fn both_ways_of_applying_it_agree() {
        let order = PixelOrder::new(3, 50);
        let image: Vec<u8> = (100..150).collect();
        let mut shuffled = vec![0; 50];
        order.apply_to(&image, &mut shuffled);
        assert_eq!(shuffled, order.apply(&image));
        assert_eq!(order.undo(&shuffled), image);
    }
}
