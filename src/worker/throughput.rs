//! How fast a run is: images per second over about the last second, and the seconds it has cost.

use super::clock::now_ms;
use std::collections::VecDeque;

/// How far back the speed looks.
const WINDOW_MS: f64 = 1_000.0;

/// Counts images while a run is training.
#[derive(Debug, Clone, Default)]
pub struct Throughput {
    /// When training was last taken up, if it is under way.
    since_ms: Option<f64>,
    /// Milliseconds of training before that.
    spent_ms: f64,
    /// `(time, images so far)` at each reading, back to about a second ago.
    marks: VecDeque<(f64, usize)>,
    n_images: usize,
}

impl Throughput {
    /// Training is taken up.
    pub fn start(&mut self) {
        if self.since_ms.is_none() {
            let now = now_ms();
            self.since_ms = Some(now);
            self.marks.clear();
            self.marks.push_back((now, self.n_images));
        }
    }

    /// Training rests.
    pub fn stop(&mut self) {
        if let Some(since) = self.since_ms.take() {
            self.spent_ms += now_ms() - since;
        }
    }

    /// An update with that many images is done.
    pub fn count(&mut self, n_images: usize) {
        self.n_images += n_images;
    }

    /// Images per second, while training and after the first update.
    pub fn images_per_second(&mut self) -> Option<f64> {
        self.since_ms?;
        let now = now_ms();
        self.marks.push_back((now, self.n_images));
        while self.marks.len() > 2 && self.marks.get(1).is_some_and(|(time, _)| now - time > WINDOW_MS) {
            self.marks.pop_front();
        }
        let (start_ms, n_before) = self.marks.front()?;
        let n_images = self.n_images - n_before;
        (n_images > 0 && now > *start_ms).then(|| n_images as f64 * 1_000.0 / (now - start_ms))
    }

    /// Seconds of training so far.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        (self.spent_ms + self.since_ms.map_or(0.0, |since| now_ms() - since)) / 1_000.0
    }
}
