//! A picture that excites a unit: gradient ascent on the input.

use super::image_filters::{blurred, rolled};
use super::{ExplainError, value_range};
use crate::experiment::Shape;
use crate::random::{Key, Purpose};
use ndarray::Array3;
use serde::{Deserialize, Serialize};

/// How the picture is found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ActivationMaximizationConfig {
    /// Updates, in `1..=1_000`.
    pub n_steps: usize,
    /// Change of a pixel per update, as root mean square over the picture; in `(0, 1]`.
    pub learning_rate: f32,
    /// Share of each pixel lost per update, in `[0, 1)`: what the unit does not ask for fades.
    pub l2_decay: f32,
    /// Share of a blur (3×3, binomial) mixed in per update, in `[0, 1]`: against speckle.
    pub blur: f32,
    /// The picture is shifted by up to that many pixels, around the border, before each gradient; less than half of
    /// the image. It makes patterns that do not hang on single pixels.
    pub jitter: usize,
    /// The picture begins with noise from 0 to that, in `[0, 1]`.
    pub start_noise: f32,
    /// Of noise and shifts.
    pub seed: u64,
    /// A snapshot is kept every so many updates, at least 1; first and last always.
    pub snapshot_every: usize,
}

impl Default for ActivationMaximizationConfig {
    fn default() -> Self {
        ActivationMaximizationConfig {
            n_steps: 60,
            learning_rate: 0.08,
            l2_decay: 0.03,
            blur: 0.2,
            jitter: 1,
            start_noise: 0.5,
            seed: 1,
            snapshot_every: 10,
        }
    }
}

/// The picture after some updates.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivationMaximizationSnapshot {
    /// Updates done.
    pub step: usize,
    /// How much it excites the unit, shifted as it then was.
    pub objective: f32,
    /// `[height, width, channels]` in `[0, 1]`.
    pub image: Array3<f32>,
}

/// How far an ascent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActivationMaximizationState {
    /// Updates are left.
    Climbing,
    /// All updates are done.
    Finished,
    /// The gradient is 0, or not finite: no change of a pixel tells the unit anything, whatever noise it began with.
    NoGradient,
}

/// Noises that an ascent tries to begin with. After relu a picture that does not excite the unit at all has no
/// gradient; coarser noise, with its longer edges, may have one.
const N_STARTS: u64 = 10;

/// One update at a time: `x ← clamp(blur((1 − l2_decay) · (x + learning_rate · g / rms(g))))` to `[0, 1]`.
#[derive(Debug, Clone)]
pub struct ActivationMaximization {
    shape: Shape,
    config: ActivationMaximizationConfig,
    image: Array3<f32>,
    /// Noises tried before.
    start: u64,
    step: usize,
    state: ActivationMaximizationState,
    snapshots: Vec<ActivationMaximizationSnapshot>,
}

impl ActivationMaximization {
    /// Begins with noise.
    ///
    /// # Errors
    /// If a field is out of range.
    pub fn new(shape: Shape, config: ActivationMaximizationConfig) -> Result<Self, ExplainError> {
        let [height, width, _] = shape.dims();
        let check = |field: &str, holds: bool, expected: &str, got: f64| {
            if holds { Ok(()) } else { Err(ExplainError::new(field, expected, got)) }
        };
        let unit = 0.0..=1.0;
        check("n_steps", (1..=1000).contains(&config.n_steps), "1 to 1000", config.n_steps as f64)?;
        let learning_rate = config.learning_rate;
        let in_range = learning_rate > 0.0 && learning_rate <= 1.0;
        check("learning_rate", in_range, "more than 0, at most 1", learning_rate.into())?;
        check("l2_decay", (0.0..1.0).contains(&config.l2_decay), "at least 0, less than 1", config.l2_decay.into())?;
        check("blur", unit.contains(&config.blur), "0 to 1", config.blur.into())?;
        let fits = config.jitter == 0 || 2 * config.jitter < height.min(width);
        check("jitter", fits, "less than half of the image", config.jitter as f64)?;
        check("start_noise", unit.contains(&config.start_noise), "0 to 1", config.start_noise.into())?;
        check("snapshot_every", config.snapshot_every > 0, "at least 1", 0.0)?;
        let image = start_image(shape, config, 0);
        Ok(ActivationMaximization {
            shape,
            config,
            image,
            start: 0,
            step: 0,
            state: ActivationMaximizationState::Climbing,
            snapshots: vec![],
        })
    }

    /// One update, or another noise if the first has no gradient. `gradient` takes an image's numbers in order and
    /// returns how much it excites the unit, and the gradient of that with respect to the image; it is called once more
    /// after the last update, for the last snapshot.
    ///
    /// # Panics
    /// If the gradient has another shape than the image.
    pub fn step(&mut self, gradient: impl FnOnce(&[f32]) -> (f32, Array3<f32>)) -> ActivationMaximizationState {
        if self.state != ActivationMaximizationState::Climbing {
            return self.state;
        }
        let [down, across] = self.shifts();
        let shifted = rolled(&self.image, down, across);
        let (objective, dimage) = gradient(shifted.as_slice().unwrap_or_default());
        assert_eq!(dimage.dim(), self.image.dim(), "gradient of an image");
        if self.step.is_multiple_of(self.config.snapshot_every) || self.step == self.config.n_steps {
            self.snapshots.push(ActivationMaximizationSnapshot {
                step: self.step,
                objective,
                image: self.image.clone(),
            });
        }
        let mean_square = dimage.iter().map(|g| f64::from(*g).powi(2)).sum::<f64>() / dimage.len() as f64;
        if self.step == self.config.n_steps {
            self.state = ActivationMaximizationState::Finished;
        } else if mean_square > 0.0 && mean_square.is_finite() {
            self.update(&rolled(&dimage, -down, -across), mean_square.sqrt() as f32);
            self.step += 1;
        } else if self.step == 0 && self.start + 1 < N_STARTS {
            self.start += 1;
            self.image = start_image(self.shape, self.config, self.start);
            self.snapshots.clear();
        } else {
            self.state = ActivationMaximizationState::NoGradient;
        }
        self.state
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> ActivationMaximizationState {
        self.state
    }

    /// Updates done, and in all.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.step, self.config.n_steps)
    }

    /// The way so far, in order.
    #[must_use]
    pub fn snapshots(&self) -> &[ActivationMaximizationSnapshot] {
        &self.snapshots
    }

    fn update(&mut self, dimage: &Array3<f32>, rms: f32) {
        let ActivationMaximizationConfig { learning_rate, l2_decay, blur, .. } = self.config;
        // Loops over slices take a third of the program of ndarray's.
        let update = |(x, g): (&mut f32, &f32)| *x = (1.0 - l2_decay) * (*x + learning_rate * (g / rms));
        pixels(&mut self.image).iter_mut().zip(dimage).for_each(update);
        if blur > 0.0 {
            let blurred = blurred(&self.image);
            let mix = |(x, blurred): (&mut f32, &f32)| *x += blur * (blurred - *x);
            pixels(&mut self.image).iter_mut().zip(&blurred).for_each(mix);
        }
        pixels(&mut self.image).iter_mut().for_each(|x| *x = x.clamp(0.0, 1.0));
    }

    /// Shifts of this step, down and across, each in `-jitter..=jitter`.
    fn shifts(&self) -> [i32; 2] {
        let mut stream =
            Key::new(self.config.seed, Purpose::ActivationMaximization).with(SHIFTS).with(self.step as u64).stream();
        let jitter = self.config.jitter;
        [(); 2].map(|()| stream.below(2 * jitter + 1) as i32 - jitter as i32)
    }
}

/// The numbers of a picture in order; all that are made here are in standard layout.
fn pixels(image: &mut Array3<f32>) -> &mut [f32] {
    image.as_slice_mut().unwrap_or_default()
}

/// Branches of the random numbers.
const NOISE: u64 = 0;
const SHIFTS: u64 = 1;

/// Noise number `start`: blurred so many times, then stretched to `0..=start_noise`.
fn start_image(shape: Shape, config: ActivationMaximizationConfig, start: u64) -> Array3<f32> {
    let mut stream = Key::new(config.seed, Purpose::ActivationMaximization).with(NOISE).with(start).stream();
    let white = Array3::from_shape_simple_fn(shape.dims(), || stream.unit() as f32);
    let noise = (0..start).fold(white, |image, _| blurred(&image));
    let [min, max] = value_range(&noise).unwrap_or_default();
    let range = (max - min).max(f32::MIN_POSITIVE);
    noise.mapv_into(|x| config.start_noise * ((x - min) / range))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use crate::arrays::array;
    use proptest::prelude::*;

    fn plain() -> ActivationMaximizationConfig {
        ActivationMaximizationConfig {
            l2_decay: 0.0,
            blur: 0.0,
            jitter: 0,
            n_steps: 100,
            ..ActivationMaximizationConfig::default()
        }
    }

    fn climb(
        shape: Shape,
        config: ActivationMaximizationConfig,
        mut gradient: impl FnMut(&[f32]) -> (f32, Vec<f32>),
    ) -> ActivationMaximization {
        let mut ascent = ActivationMaximization::new(shape, config).unwrap();
        let mut gradient = |image: &[f32]| {
            let (objective, dimage) = gradient(image);
            (objective, array(shape.dims(), dimage))
        };
        while ascent.step(&mut gradient) == ActivationMaximizationState::Climbing {}
        ascent
    }

    fn linear(weights: Vec<f32>) -> impl FnMut(&[f32]) -> (f32, Vec<f32>) {
        move |image| (image.iter().zip(&weights).map(|(x, w)| x * w).sum(), weights.clone())
    }

    #[test]
    fn linear_unit_ends_white_where_its_weights_are_positive() {
        let weights: Vec<f32> = (0..36).map(|i| if i % 3 == 0 { 2.0 } else { -1.0 }).collect();
        let ascent = climb(image(6, 6, 1), plain(), linear(weights.clone()));
        let snapshots = ascent.snapshots();
        assert_eq!((ascent.state(), ascent.progress()), (ActivationMaximizationState::Finished, (100, 100)));
        assert_eq!(snapshots.iter().map(|s| s.step).collect::<Vec<_>>(), (0..=100).step_by(10).collect::<Vec<_>>());
        assert!(snapshots.windows(2).all(|pair| pair[1].objective >= pair[0].objective));
        let last = snapshots.last().unwrap();
        assert!(last.image.iter().zip(&weights).all(|(x, w)| *x == if *w > 0.0 { 1.0 } else { 0.0 }));
        assert_eq!(last.objective, 24.0);
    }

    #[test]
    fn first_update_has_the_size_of_the_learning_rate() {
        let config = ActivationMaximizationConfig { start_noise: 0.0, n_steps: 1, learning_rate: 0.5, ..plain() };
        let ascent = climb(image(2, 2, 1), config, |_| (0.0, vec![1e-8; 4]));
        assert_eq!(ascent.snapshots()[1].image, array([2, 2, 1], vec![0.5; 4]));
        let ascent =
            climb(image(2, 2, 1), ActivationMaximizationConfig { l2_decay: 0.5, ..config }, |_| (0.0, vec![1e8; 4]));
        assert_eq!(ascent.snapshots()[1].image, array([2, 2, 1], vec![0.25; 4]));
    }

    #[test]
    fn no_gradient_tries_other_noises_then_stops() {
        let mut images: Vec<Vec<f32>> = vec![];
        let ascent = climb(image(9, 9, 1), plain(), |image| {
            images.push(image.to_vec());
            (0.0, vec![0.0; 81])
        });
        assert_eq!((ascent.state(), ascent.snapshots().len()), (ActivationMaximizationState::NoGradient, 1));
        assert_eq!(images.len() as u64, N_STARTS);
        for (start, image) in images.iter().enumerate() {
            assert_eq!(value_range(image), Some([0.0, plain().start_noise]), "noise {start}");
            assert!(images[..start].iter().all(|other| other != image), "noise {start}");
        }
        let ascent = climb(image(4, 4, 1), plain(), |_| (f32::NAN, vec![f32::NAN; 16]));
        assert_eq!(ascent.state(), ActivationMaximizationState::NoGradient);
    }

    #[test]
    fn another_noise_can_save_the_ascent() {
        let mut n_calls = 0;
        let ascent = climb(image(4, 4, 1), plain(), |_| {
            n_calls += 1;
            (0.0, vec![if n_calls < 4 { 0.0 } else { 1.0 }; 16])
        });
        assert_eq!(
            (ascent.state(), ascent.snapshots()[0].step, n_calls),
            (ActivationMaximizationState::Finished, 0, 104)
        );
        assert_eq!(ascent.snapshots().len(), 11);
    }

    #[test]
    fn configuration_is_checked() {
        let refuse = |config| ActivationMaximization::new(image(28, 28, 1), config).unwrap_err().to_string();
        assert_eq!(
            refuse(ActivationMaximizationConfig { n_steps: 0, ..plain() }),
            "n_steps: expected 1 to 1000, got 0"
        );
        let refused = refuse(ActivationMaximizationConfig { learning_rate: f32::NAN, ..plain() });
        assert_eq!(refused, "learning_rate: expected more than 0, at most 1, got NaN");
        let refused = refuse(ActivationMaximizationConfig { jitter: 14, ..plain() });
        assert_eq!(refused, "jitter: expected less than half of the image, got 14");
        assert!(ActivationMaximization::new(Shape::Vector(3), plain()).is_ok());
    }

    proptest! {
        #[test]
        fn same_seed_same_way_inside_the_unit_interval(seed in 0..1_u64 << 53, jitter in 0..3_usize) {
            let config = ActivationMaximizationConfig { seed, jitter, n_steps: 12, snapshot_every: 5, ..ActivationMaximizationConfig::default() };
            let ascents = [(), ()].map(|()| climb(image(7, 7, 1), config, linear(numbers(49, seed))));
            prop_assert_eq!(ascents[0].snapshots(), ascents[1].snapshots());
            let steps: Vec<usize> = ascents[0].snapshots().iter().map(|snapshot| snapshot.step).collect();
            prop_assert_eq!(steps, [0, 5, 10, 12]);
            for snapshot in ascents[0].snapshots() {
                prop_assert!(snapshot.image.iter().all(|x| (0.0..=1.0).contains(x)));
            }
        }
    }
}
