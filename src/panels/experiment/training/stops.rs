//! The stops of the sliders.

/// Counts of training samples that the slider offers: few, to see overfitting, up to all of them.
#[must_use]
pub fn sample_stops(n_available: usize) -> Vec<usize> {
    const STOPS: [usize; 11] = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 40_000, 50_000];
    STOPS.into_iter().filter(|&stop| stop < n_available).chain([n_available]).collect()
}

/// Smallest and largest learning rate of the slider, as powers of ten; ten stops to a power.
const RATE_POWERS: (i32, i32) = (-6, 1);
const STOPS_PER_POWER: i32 = 10;

/// Stops of the learning rate's slider.
pub const N_RATE_STOPS: usize = ((RATE_POWERS.1 - RATE_POWERS.0) * STOPS_PER_POWER) as usize + 1;

/// The learning rate at a stop, with two digits: 0.001, 0.0013, 0.0016, 0.002, …
#[must_use]
pub fn rate_at(stop: usize) -> f64 {
    let power = f64::from(RATE_POWERS.0) + stop as f64 / f64::from(STOPS_PER_POWER);
    let rounded = format!("{:.1e}", 10f64.powf(power));
    rounded.parse().unwrap_or(0.001)
}

/// The stop nearest to a learning rate.
#[must_use]
pub fn stop_of_rate(rate: f64) -> usize {
    let stop = (rate.max(f64::MIN_POSITIVE).log10() - f64::from(RATE_POWERS.0)) * f64::from(STOPS_PER_POWER);
    stop.round().clamp(0.0, (N_RATE_STOPS - 1) as f64) as usize
}

/// The stop nearest to a count of samples, by ratio.
#[must_use]
pub fn stop_of_samples(stops: &[usize], n_samples: usize) -> usize {
    let distance = |&(_, &stop): &(usize, &usize)| (stop as f64 / n_samples.max(1) as f64).ln().abs();
    let nearest = stops.iter().enumerate().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.map_or(0, |(stop_idx, _)| stop_idx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_of_the_learning_rate_are_short_numbers() {
        assert_eq!([0, 30, 31, 33, 40, 70].map(rate_at), [1e-6, 0.001, 0.0013, 0.002, 0.01, 10.0]);
        assert_eq!(N_RATE_STOPS, 71);
    }

    #[test]
    fn every_stop_finds_itself() {
        for stop in 0..N_RATE_STOPS {
            assert_eq!(stop_of_rate(rate_at(stop)), stop);
        }
        let stops = sample_stops(60_000);
        assert_eq!((stops.len(), stops[11]), (12, 60_000));
        for (stop_idx, &n_samples) in stops.iter().enumerate() {
            assert_eq!(stop_of_samples(&stops, n_samples), stop_idx);
        }
    }

    #[test]
    fn values_beyond_the_ends_are_at_the_ends() {
        assert_eq!([0.0, -1.0, 1e-9, 100.0].map(stop_of_rate), [0, 0, 0, 70]);
        assert_eq!([0, 7, 1_000_000].map(|n_samples| stop_of_samples(&sample_stops(60_000), n_samples)), [0, 0, 11]);
    }
}
