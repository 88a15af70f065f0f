//! Which pixels an output depends on, by covering them: a window of zeros is laid on each place in turn.

use super::ExplainError;
use super::region::Region;
use ndarray::{Array2, Array3, Array4, ArrayView3, ArrayViewMut3, s};
use serde::{Deserialize, Serialize};

/// How an image is covered, and which output is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OcclusionConfig {
    /// `[height, width]` of the window, at least 1 and at most the image's.
    pub window: [usize; 2],
    /// `[down, across]` from one place to the next, at least 1 and at most the image's; with 1 every pixel has a
    /// place of its own.
    pub strides: [usize; 2],
    /// Which of the outputs.
    pub class: usize,
}

/// Covers one place after the other, as many at a time as the caller has time for.
///
/// The image is divided in blocks of `strides`; the window is laid on the middle of each and clipped to the image.
#[derive(Debug, Clone)]
pub struct Occlusion {
    input: Array3<f32>,
    config: OcclusionConfig,
    /// The output for the whole image, once it is known.
    baseline: Option<f32>,
    /// Fall of the output for the places done, row by row.
    drops: Vec<f32>,
}

impl Occlusion {
    /// Nothing covered yet. `input` is one sample `[height, width, channels]`, `n_classes` the length of the network's
    /// output.
    ///
    /// # Errors
    /// If a field of the configuration is out of range.
    pub fn new(input: ArrayView3<'_, f32>, n_classes: usize, config: OcclusionConfig) -> Result<Self, ExplainError> {
        let (height, width, _) = input.dim();
        for (field, sizes) in [("window", config.window), ("strides", config.strides)] {
            if sizes.contains(&0) || sizes[0] > height || sizes[1] > width {
                let expected = format!("from 1×1 to {height}×{width}");
                return Err(ExplainError::new(field, expected, format_args!("{}×{}", sizes[0], sizes[1])));
            }
        }
        ExplainError::check_index("class", config.class, n_classes)?;
        Ok(Occlusion { input: input.to_owned(), config, baseline: None, drops: vec![] })
    }

    /// Runs up to `budget_images` images (at least one) through `predict`; the first of all is the whole image.
    /// Returns whether all places are done.
    ///
    /// `predict` takes the numbers of `n` images `[n, height, width, channels]` in order, and returns `[n, n_classes]`:
    /// probabilities or logits.
    pub fn step(&mut self, budget_images: usize, mut predict: impl FnMut(&[f32]) -> Array2<f32>) -> bool {
        let n_before = usize::from(self.baseline.is_none());
        let n_images = budget_images.max(1).min(n_before + self.n_places() - self.drops.len());
        if n_images == 0 {
            return true;
        }
        let first_place = self.drops.len();
        let (height, width, channels) = self.input.dim();
        let mut images = Array4::zeros([n_images, height, width, channels]);
        images.assign(&self.input);
        for (place, image) in (first_place..).zip(images.outer_iter_mut().skip(n_before)) {
            self.cover(place, image);
        }
        let outputs = predict(images.as_slice().unwrap_or_default());
        let mut watched = outputs.column(self.config.class).into_iter().copied();
        let baseline = self.baseline.or_else(|| watched.next()).unwrap_or_default();
        self.baseline = Some(baseline);
        self.drops.extend(watched.map(|output| baseline - output));
        self.drops.len() == self.n_places()
    }

    /// The output for the whole image, once it is known.
    #[must_use]
    pub fn baseline(&self) -> Option<f32> {
        self.baseline
    }

    /// Places done, and in all.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.drops.len(), self.n_places())
    }

    /// By how much the output fell when the window lay on each pixel's block, `[height, width]`; negative where it
    /// rose, 0 where it is not known yet.
    #[must_use]
    pub fn map(&self) -> Array2<f32> {
        let (height, width, _) = self.input.dim();
        let [down, across] = self.config.strides;
        let blocks_across = width.div_ceil(across);
        Array2::from_shape_fn([height, width], |(row, column)| {
            let place = row / down * blocks_across + column / across;
            self.drops.get(place).copied().unwrap_or(0.0)
        })
    }

    fn n_places(&self) -> usize {
        let (height, width, _) = self.input.dim();
        height.div_ceil(self.config.strides[0]) * width.div_ceil(self.config.strides[1])
    }

    fn cover(&self, place: usize, mut image: ArrayViewMut3<'_, f32>) {
        let (height, width, _) = self.input.dim();
        let blocks_across = width.div_ceil(self.config.strides[1]);
        let start = |axis: usize, block: usize| {
            let middle = block * self.config.strides[axis] + (self.config.strides[axis] - 1) / 2;
            middle as i32 - (self.config.window[axis] as i32 - 1) / 2
        };
        let (top, left) = (start(0, place / blocks_across), start(1, place % blocks_across));
        let [window_h, window_w] = self.config.window.map(|size| size as i32);
        let window = Region { top, left, bottom: top + window_h, right: left + window_w };
        for (row, column) in window.clip(height, width).cells() {
            image.slice_mut(s![row, column, ..]).fill(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use crate::arrays::view;
    use proptest::prelude::*;

    fn config(window: [usize; 2], strides: [usize; 2]) -> OcclusionConfig {
        OcclusionConfig { window, strides, class: 1 }
    }

    /// Two classes: the second is the sum of the weighted pixels.
    fn linear(weights: &[f32]) -> impl FnMut(&[f32]) -> Array2<f32> {
        move |images| {
            assert!(images.len().is_multiple_of(weights.len()));
            let sum = |image: &[f32]| image.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>();
            images.chunks_exact(weights.len()).map(|image| [0.0, sum(image)]).collect::<Vec<_>>().into()
        }
    }

    #[test]
    fn single_pixels_of_a_linear_output_are_its_terms() {
        let (input, weights) = (numbers(28 * 28, 1), numbers(28 * 28, 2));
        let mut occlusion = Occlusion::new(view([28, 28, 1], &input), 2, config([1, 1], [1, 1])).unwrap();
        let mut n_steps = 1;
        while !occlusion.step(100, linear(&weights)) {
            assert_eq!(occlusion.progress(), (100 * n_steps - 1, 784));
            n_steps += 1;
        }
        assert_eq!((n_steps, occlusion.progress()), (8, (784, 784)));
        for (pixel, drop) in occlusion.map().into_iter().enumerate() {
            assert_close(drop, input[pixel] * weights[pixel], 10.0);
        }
        assert!(occlusion.step(1, |_| unreachable!("all done")));
    }

    #[test]
    fn configuration_is_checked() {
        let refuse = |config| Occlusion::new(view([3, 4, 1], &[0.0; 12]), 2, config).unwrap_err().to_string();
        assert_eq!(refuse(config([4, 1], [1, 1])), "window: expected from 1×1 to 3×4, got 4×1");
        assert_eq!(refuse(config([1, 1], [0, 1])), "strides: expected from 1×1 to 3×4, got 0×1");
        let refused = refuse(OcclusionConfig { class: 2, ..config([1, 1], [1, 1]) });
        assert_eq!(refused, "class: expected an index below 2, got 2");
    }

    proptest! {
        #[test]
        fn map_is_the_drop_by_brute_force_whatever_the_budget(
            (height, width, channels) in (1..7_usize, 1..7_usize, 1..3_usize),
            (window_h, window_w) in (1..7_usize, 1..7_usize),
            (down, across) in (1..7_usize, 1..7_usize),
            budget in 0..9_usize,
            seed in any::<u32>(),
        ) {
            let config = config([window_h.min(height), window_w.min(width)], [down.min(height), across.min(width)]);
            let n = height * width * channels;
            let (input, weights) = (numbers(n, seed.into()), numbers(n, u64::from(seed) + 1));
            let mut occlusion = Occlusion::new(view([height, width, channels], &input), 2, config).unwrap();
            while !occlusion.step(budget, linear(&weights)) {}
            let covers = |pixel: usize, place: usize, axis: usize| {
                let middle = place / config.strides[axis] * config.strides[axis] + (config.strides[axis] - 1) / 2;
                let first = middle as isize - (config.window[axis] as isize - 1) / 2;
                (first..first + config.window[axis] as isize).contains(&(pixel as isize))
            };
            for (place, drop) in occlusion.map().into_iter().enumerate() {
                let covered = (0..height * width)
                    .filter(|p| covers(p / width, place / width, 0) && covers(p % width, place % width, 1));
                let terms = covered.flat_map(|p| (p * channels..(p + 1) * channels).map(|i| input[i] * weights[i]));
                assert_close(drop, terms.sum(), n as f32);
            }
        }
    }
}
