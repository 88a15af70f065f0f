//! What painting a report takes the page's thread, for the worker, which spaces its reports by it.

use super::AppState;
use crate::plot::frame_scheduler::take_spent_ms;
use crate::protocol::Command;
use leptos::prelude::*;

/// A mean over the last few reports, and what the worker knows of it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PaintTime {
    mean_ms: f64,
    known_ms: f64,
}

impl PaintTime {
    /// What a new report counts in the mean.
    const WEIGHT: f64 = 0.2;
    /// How far the mean is from what the worker knows before it is told.
    const TOLERANCE_MS: f64 = 2.0;

    /// Takes up one report's time; what the worker is to be told, if anything.
    fn take(&mut self, spent_ms: f64) -> Option<f64> {
        self.mean_ms += PaintTime::WEIGHT * (spent_ms - self.mean_ms);
        let is_news = (self.mean_ms - self.known_ms).abs() > PaintTime::TOLERANCE_MS;
        is_news.then(|| {
            self.known_ms = self.mean_ms;
            self.mean_ms
        })
    }
}

impl AppState {
    /// What painting a report takes the page's thread, in milliseconds: a mean over the last few.
    #[must_use]
    pub fn paint_ms(&self) -> f64 {
        self.paint_time.with_value(|paint_time| paint_time.mean_ms)
    }

    /// A report has come: what was counted since the one before was for that one.
    pub(super) fn send_paint_time(&self) {
        let news = self.paint_time.try_update_value(|paint_time| paint_time.take(take_spent_ms())).flatten();
        if let Some(milliseconds) = news {
            self.send(Command::SetPaintTime { milliseconds });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PaintTime;

    #[test]
    fn the_worker_is_told_what_is_new() {
        let mut paint_time = PaintTime::default();
        let told: Vec<f64> = [20.0; 40].into_iter().filter_map(|spent_ms| paint_time.take(spent_ms)).collect();
        assert_eq!(told[0], 4.0);
        let last = told[told.len() - 1];
        assert!(told.len() < 10 && (18.0..20.0).contains(&last), "{told:?}");
        assert_eq!(paint_time.take(20.0), None);
    }
}
