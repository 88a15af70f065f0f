//! How often a run reports: as often as a picture moves well, unless the page's thread would spend too much of the cores
//! on painting reports.

use super::clock::Throttle;
use crate::protocol::PAINT_SHARE;

/// How often, and what painting may cost.
#[derive(Debug, Clone, Copy)]
pub struct ReportPace {
    least_ms: f64,
    /// Share of the page's thread that painting reports may take.
    share: f64,
    throttle: Throttle,
}

impl ReportPace {
    /// For curves and numbers, and the network's insides.
    pub const CURVES: ReportPace = ReportPace::new(100.0, PAINT_SHARE);
    /// Where a picture of the whole data set moves with each report: it is what the learner watches.
    pub const MOVING: ReportPace = ReportPace::new(33.0, 0.3);
    /// Between two reports, however long painting takes.
    const LONGEST_MS: f64 = 400.0;

    const fn new(least_ms: f64, share: f64) -> ReportPace {
        ReportPace { least_ms, share, throttle: Throttle::new(least_ms) }
    }

    /// Whether it is time for a report, when painting one takes the page `paint_ms`.
    pub fn is_due(&mut self, paint_ms: f64) -> bool {
        self.throttle.set_period(self.period_ms(paint_ms));
        self.throttle.is_due()
    }

    fn period_ms(&self, paint_ms: f64) -> f64 {
        self.least_ms.max(paint_ms / self.share).min(ReportPace::LONGEST_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::ReportPace;

    #[test]
    fn reports_become_rarer_when_painting_is_slow() {
        let periods = |pace: ReportPace| [0.0, 5.0, 25.0, 500.0, f64::NAN].map(|paint_ms| pace.period_ms(paint_ms));
        assert_eq!(periods(ReportPace::CURVES), [100.0, 100.0, 250.0, 400.0, 100.0]);
        assert_eq!(periods(ReportPace::MOVING).map(f64::round), [33.0, 33.0, 83.0, 400.0, 33.0]);
    }
}
