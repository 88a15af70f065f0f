//! How many workers share a run's updates: as many as make it the fastest, found by trying.
//!
//! Who computes what changes no number, so the count may change at any time. A run begins with a guess; once its programs
//! are compiled, each count is tried for some updates, and again in growing pauses: a trial can meet a busy moment, and
//! other programs come and go.

/// Training before the first trial: until then browsers are still compiling what is hot.
const WARM_UP_MS: f64 = 500.0;
/// Training from a trial that changed the count to the next; twice as much after each that did not.
const FIRST_PAUSE_MS: f64 = 2_000.0;
/// The longest pause.
const LAST_PAUSE_MS: f64 = 30_000.0;
/// What a count is tried for, at least.
const TRIAL_MS: f64 = 30.0;
/// Updates that a count is tried for, at least, after those that only make memory.
const TRIAL_UPDATES: usize = 6;
const WARM_UP_UPDATES: usize = 2;
/// Updates that take less alone are never shared: a message to a helper and back takes as long.
const MIN_SHARED_MS: f64 = 0.25;
/// How much shorter an update has to be for the count to change: chance makes as much.
const GAIN: f64 = 0.97;
/// How long a trial waits for helpers that are still starting.
const PATIENCE_MS: f64 = 5_000.0;

/// The count of workers of one run.
#[derive(Debug, Clone)]
pub struct WorkerChoice {
    /// Counts that may be chosen, ascending.
    candidates: Vec<usize>,
    n_workers: usize,
    trial: Option<Trial>,
    /// Training so far, and when the next trial begins.
    ms: f64,
    next_trial_ms: f64,
    pause_ms: f64,
}

/// A trial of all counts, one after the other.
#[derive(Debug, Clone, Default)]
struct Trial {
    /// Milliseconds of an update with each count that was tried.
    tried: Vec<f64>,
    n_updates: usize,
    ms: f64,
    /// How long the helpers have been waited for.
    waited_ms: f64,
}

impl WorkerChoice {
    /// Always that many.
    #[must_use]
    pub fn fixed(n_workers: usize) -> WorkerChoice {
        let candidates = vec![n_workers];
        WorkerChoice {
            candidates,
            n_workers,
            trial: None,
            ms: 0.0,
            next_trial_ms: f64::INFINITY,
            pause_ms: FIRST_PAUSE_MS,
        }
    }

    /// From one to `most`, beginning with `guess`: one, powers of two, and `most`.
    #[must_use]
    pub fn up_to(most: usize, guess: usize) -> WorkerChoice {
        let powers = (0..).map(|power| 1 << power).take_while(|count| *count < most);
        let mut choice = WorkerChoice::fixed(guess.min(most));
        choice.candidates = powers.chain([most]).collect();
        if choice.candidates.len() > 1 {
            choice.next_trial_ms = WARM_UP_MS;
        }
        choice
    }

    /// The count for the next update.
    #[must_use]
    pub fn next(&self) -> usize {
        match &self.trial {
            Some(trial) => self.candidates[trial.tried.len()],
            None => self.n_workers,
        }
    }

    /// The count that was chosen, whatever is being tried.
    #[must_use]
    pub fn chosen(&self) -> usize {
        self.n_workers
    }

    /// Notes that `n_updates` updates shared by `n_workers` took `ms` together.
    pub fn record(&mut self, n_workers: usize, n_updates: usize, ms: f64) {
        self.ms += ms;
        let wanted = self.next();
        let Some(trial) = &mut self.trial else {
            if self.ms >= self.next_trial_ms {
                self.trial = Some(Trial::default());
            }
            return;
        };
        if n_workers != wanted {
            trial.waited_ms += ms;
            if trial.waited_ms > PATIENCE_MS {
                self.settle();
            }
            return;
        }
        let n_before = trial.n_updates;
        trial.n_updates += n_updates;
        let counts = trial.n_updates.saturating_sub(WARM_UP_UPDATES.max(n_before));
        trial.ms += ms * counts as f64 / n_updates.max(1) as f64;
        if trial.n_updates < WARM_UP_UPDATES + TRIAL_UPDATES || trial.ms < TRIAL_MS {
            return;
        }
        let of_update = trial.ms / (trial.n_updates - WARM_UP_UPDATES) as f64;
        trial.tried.push(of_update);
        (trial.n_updates, trial.ms) = (0, 0.0);
        if trial.tried.len() == self.candidates.len() || (wanted == 1 && of_update < MIN_SHARED_MS) {
            self.settle();
        }
    }

    /// Ends the trial with the best of what was tried.
    fn settle(&mut self) {
        let Trial { tried, .. } = self.trial.take().unwrap_or_default();
        let of =
            |count: usize| tried.iter().zip(&self.candidates).find(|(_, tried)| **tried == count).map(|(ms, _)| *ms);
        let best = tried.iter().zip(&self.candidates).min_by(|a, b| a.0.total_cmp(b.0));
        match best {
            Some((best_ms, best)) if of(self.n_workers).is_none_or(|now_ms| *best_ms < GAIN * now_ms) => {
                self.n_workers = *best;
                self.pause_ms = FIRST_PAUSE_MS;
            }
            _ => self.pause_ms = (2.0 * self.pause_ms).min(LAST_PAUSE_MS),
        }
        self.next_trial_ms = self.ms + self.pause_ms;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trains for some seconds where an update takes `ms_of` a count; the counts that were used, without repetitions.
    fn train(choice: &mut WorkerChoice, seconds: f64, ms_of: impl Fn(usize) -> f64) -> Vec<usize> {
        let (mut ms, mut used) = (0.0, vec![]);
        while ms < seconds * 1_000.0 {
            let n_workers = choice.next();
            choice.record(n_workers, 1, ms_of(n_workers));
            ms += ms_of(n_workers);
            used.push(n_workers);
        }
        used.dedup();
        used
    }

    #[test]
    fn the_fastest_count_is_found_and_kept() {
        let mut choice = WorkerChoice::up_to(8, 8);
        let ms_of = |n_workers| 8.0 / n_workers as f64 + n_workers as f64;
        let used = train(&mut choice, 5.0, ms_of);
        // Tried once, then once more.
        assert_eq!((used, choice.chosen()), (vec![8, 1, 2, 4, 8, 2, 1, 2, 4, 8, 2], 2));
    }

    #[test]
    fn a_small_network_is_never_shared() {
        let mut choice = WorkerChoice::up_to(8, 1);
        assert_eq!(train(&mut choice, 100.0, |_| 0.2), [1]);
    }

    #[test]
    fn what_changes_by_chance_changes_nothing() {
        let mut choice = WorkerChoice::up_to(2, 2);
        train(&mut choice, 5.0, |n_workers| if n_workers == 1 { 9.9 } else { 10.0 });
        assert_eq!(choice.chosen(), 2);
    }

    #[test]
    fn a_trial_in_a_busy_moment_is_soon_made_good() {
        let mut choice = WorkerChoice::up_to(2, 2);
        train(&mut choice, 1.0, |n_workers| 5.0 * n_workers as f64);
        assert_eq!(choice.chosen(), 1);
        train(&mut choice, 3.0, |n_workers| 10.0 / n_workers as f64);
        assert_eq!(choice.chosen(), 2);
    }

    #[test]
    fn it_is_tried_again_later() {
        let mut choice = WorkerChoice::up_to(2, 2);
        train(&mut choice, 5.0, |n_workers| 10.0 / n_workers as f64);
        assert_eq!(choice.chosen(), 2);
        train(&mut choice, 40.0, |n_workers| 10.0 * n_workers as f64);
        assert_eq!(choice.chosen(), 1);
    }

    #[test]
    fn helpers_that_never_come_are_not_waited_for() {
        let mut choice = WorkerChoice::up_to(2, 2);
        for _ in 0..1_000 {
            choice.record(1, 1, 10.0);
        }
        assert_eq!(choice.chosen(), 1);
        // Between two trials none is asked for either.
        while choice.trial.is_some() {
            choice.record(1, 1, 10.0);
        }
        assert_eq!((choice.next(), choice.chosen()), (1, 1));
    }

    #[test]
    fn a_wish_is_kept() {
        assert_eq!(train(&mut WorkerChoice::fixed(3), 60.0, |n_workers| n_workers as f64), [3]);
        assert_eq!(train(&mut WorkerChoice::up_to(1, 1), 60.0, |_| 1.0), [1]);
    }
}
