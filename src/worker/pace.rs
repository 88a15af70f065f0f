//! How fast a run may begin its epochs, where somebody wants to watch them.

/// Epochs that may be made up for after a pause.
const MAX_ARREARS: f64 = 2.0;

/// A limit of epochs per second, or none.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    per_second: Option<f64>,
    /// Epochs that may begin at `asked_ms`.
    n_allowed: f64,
    asked_ms: f64,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { per_second: None, n_allowed: 1.0, asked_ms: f64::INFINITY }
    }
}

impl Pace {
    /// Changes the limit; `None`: as fast as can be.
    pub fn set(&mut self, per_second: Option<f64>) {
        *self = Pace { per_second: per_second.filter(|limit| *limit > 0.0), ..Pace::default() };
    }

    /// Begins an epoch at `now_ms` if it may begin; else the milliseconds until it may.
    ///
    /// # Errors
    /// The milliseconds to wait.
    pub fn begin_epoch(&mut self, now_ms: f64) -> Result<(), f64> {
        let Some(per_second) = self.per_second else { return Ok(()) };
        let n_earned = (now_ms - self.asked_ms).max(0.0) * per_second / 1_000.0;
        self.n_allowed = (self.n_allowed + n_earned).min(MAX_ARREARS.max(per_second / 50.0));
        self.asked_ms = now_ms;
        if self.n_allowed >= 1.0 {
            self.n_allowed -= 1.0;
            Ok(())
        } else {
            Err((1.0 - self.n_allowed) * 1_000.0 / per_second)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn no_limit_lets_every_epoch_begin() {
        assert!((0..1_000).all(|_| Pace::default().begin_epoch(0.0).is_ok()));
    }

    #[test]
    fn epochs_begin_as_often_as_the_limit_says() {
        for (limit, n_expected) in [(1.0, 11), (60.0, 601), (1_000.0, 10_001)] {
            let mut pace = Pace::default();
            pace.set(Some(limit));
            let (mut now_ms, mut n_begun) = (5_000.0, 0);
            while now_ms <= 15_000.0 {
                match pace.begin_epoch(now_ms) {
                    Ok(()) => n_begun += 1,
                    Err(wait_ms) => now_ms += wait_ms.max(1.0),
                }
            }
            assert!((n_expected - 2..=n_expected + 1).contains(&n_begun), "{limit}: {n_begun}");
        }
    }

    #[test]
    fn a_long_pause_is_not_made_up_for() {
        let mut pace = Pace::default();
        pace.set(Some(10.0));
        assert!(pace.begin_epoch(0.0).is_ok());
        let n_begun = (0..100).filter(|_| pace.begin_epoch(60_000.0).is_ok()).count();
        assert_eq!(n_begun, 2);
    }
}
