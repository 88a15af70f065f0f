//! The speed bench: how long a workload runs, and what comes out.

use inkling_engine::benchmarks::PartTime;
use serde::{Deserialize, Serialize};

/// How long a work runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BenchOptions {
    /// Steps that are timed, at most; `None`: as many as the budget allows.
    pub steps: Option<usize>,
    /// Steps before the clock starts.
    pub warmup: usize,
    /// Milliseconds after which no further step is begun.
    pub budget_ms: f64,
    /// Workers that share the gradient work; `None`: as the page would choose.
    pub workers: Option<usize>,
}

impl Default for BenchOptions {
    fn default() -> BenchOptions {
        BenchOptions { steps: None, warmup: 20, budget_ms: 5_000.0, workers: None }
    }
}

/// What a work gave; the fields that do not belong to it are left out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BenchFigures {
    /// Training images per second (W1, W2, W4, networks).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images_per_second: Option<f64>,
    /// Seconds for 54,000 images at that speed (W1, W2, W4, networks).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch_seconds: Option<f64>,
    /// Passes through the points per second (W5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epochs_per_second: Option<f64>,
    /// Median of a pass, in ms (W3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p50: Option<f64>,
    /// 95th percentile of a pass, in ms (W3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p95: Option<f64>,
    /// Billions of floating-point operations per second (kernels); of the peak, for layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gflops: Option<f64>,
    /// Steps that were timed.
    pub steps: usize,
    /// Loss of the very first batch, before any update (W1, W2, W4, W5, networks).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_first: Option<f64>,
    /// Mean loss of the last batches, a tenth of those timed (W1, W2, W4, W5, networks).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_last: Option<f64>,
    /// Share of the last batches' images recognised, a tenth of those timed (W1, W2, W4, networks).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
    /// Workers that shared the work.
    pub workers: usize,
    /// The parts of an update, in order (layers).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartTime>,
}

impl BenchFigures {
    /// As they travel. What unpacks them belongs to the part of the page that shows them, not to every first visit.
    #[must_use]
    pub fn pack(&self) -> String {
        // There is nothing in them that JSON cannot express.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Figures that have travelled.
    ///
    /// # Errors
    /// If page and worker are of different builds.
    pub fn unpack(packed: &str) -> Result<BenchFigures, String> {
        serde_json::from_str(packed).map_err(|error| format!("figures of the bench: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_travel_with_all_their_parts() {
        let part = |gflops| PartTime { title: "dense → 10".to_owned(), us_per_image: 0.125, share: 0.5, gflops };
        let parts = vec![part(Some(12.5)), part(None)];
        let figures = BenchFigures { gflops: Some(50.0), workers: 1, parts, ..BenchFigures::default() };
        assert_eq!(BenchFigures::unpack(&figures.pack()), Ok(figures));
        assert!(BenchFigures::unpack("").is_err());
    }
}
