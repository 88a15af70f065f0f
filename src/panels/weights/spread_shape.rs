//! A histogram as the outline of its bars, and as text.

use crate::plot::number::three_digits;
use crate::protocol::questions::Spread;
use inkling_engine::explain::Histogram;

/// Size of the drawing, in its own units.
pub const WIDTH: f32 = 200.0;
/// As [`WIDTH`].
pub const HEIGHT: f32 = 56.0;

/// The largest count is cut where it is more than this many times the next.
const CUT: u32 = 4;
/// The white line through a bar that is cut: where it begins below the upper edge, and its width.
const GAP: [f32; 2] = [6.0, 3.0];

/// Whether one bar is cut, so that the others can be seen: often all the zeros after a relu.
#[must_use]
pub fn is_cut(histogram: &Histogram) -> bool {
    let [highest, next] = two_highest(histogram);
    next > 0 && highest / CUT >= next
}

fn two_highest(histogram: &Histogram) -> [u32; 2] {
    histogram.counts.iter().fold([0, 0], |[highest, next], &count| match count {
        count if count > highest => [count, highest],
        count => [highest, next.max(count)],
    })
}

/// The bars as an SVG path, upwards from the lower edge; the largest count reaches the upper one. Where [`is_cut`], it
/// does so with a gap, and the next reaches two thirds of the way.
#[must_use]
pub fn bars_path(histogram: &Histogram) -> String {
    let ([highest, next], is_cut) = (two_highest(histogram), is_cut(histogram));
    let max = if is_cut { next as f32 * 1.5 } else { highest.max(1) as f32 };
    let bar_width = WIDTH / histogram.counts.len().max(1) as f32;
    let bars = histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(bin, count)| {
        // A bin with a single number among thousands is still seen.
        let height = (HEIGHT * *count as f32 / max).max(0.8);
        let (left, width) = (bin as f32 * bar_width, (bar_width - 0.6).max(0.2));
        if is_cut && *count == highest {
            let [above, gap] = GAP;
            let below = HEIGHT - above - gap;
            return format!(
                "M{left:.2} {HEIGHT}v-{below:.2}h{width:.2}v{below:.2}z\
                 M{left:.2} {above}v-{above:.2}h{width:.2}v{above:.2}z"
            );
        }
        format!("M{left:.2} {HEIGHT}v-{height:.2}h{width:.2}v{height:.2}z")
    });
    bars.collect()
}

/// Where zero lies, in the drawing's units; `None` if outside.
#[must_use]
pub fn zero_left(histogram: &Histogram) -> Option<f32> {
    let (low, high) = (*histogram.edges.first()?, *histogram.edges.last()?);
    (low < 0.0 && high > 0.0).then(|| WIDTH * -low / (high - low))
}

/// `mean 0.012 · std 0.120 · 54 % zeros`, and what is not a number.
#[must_use]
pub fn text(spread: &Spread) -> String {
    let statistics = &spread.statistics;
    let mut text = Vec::new();
    if let Some(finite) = &statistics.finite {
        text.push(format!("mean {} · std {}", three_digits(finite.mean as f32), three_digits(finite.std as f32)));
    } else {
        text.push("no finite number".to_owned());
    }
    text.push(format!("{:.0} % zeros", 100.0 * statistics.zero_share()));
    if statistics.n_nan > 0 {
        text.push(format!("{} NaN", statistics.n_nan));
    }
    if statistics.n_infinite > 0 {
        text.push(format!("{} infinite", statistics.n_infinite));
    }
    text.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::explain::Statistics;

    fn spread(values: &[f32], n_bins: usize) -> Spread {
        Spread { statistics: Statistics::of(values), histogram: Histogram::of(values, n_bins) }
    }

    #[test]
    fn the_fullest_bin_reaches_the_top_and_empty_ones_are_not_drawn() {
        let path = bars_path(&spread(&[-1.0, -1.0, 3.0], 4).histogram);
        assert_eq!(path, "M0.00 56v-56.00h49.40v56.00zM150.00 56v-28.00h49.40v28.00z");
    }

    #[test]
    fn a_bar_that_dwarfs_all_others_is_cut_and_says_so() {
        let mostly_zero: Vec<f32> = [0.0; 90].into_iter().chain([1.0, 1.0, 2.0]).collect();
        let histogram = spread(&mostly_zero, 4).histogram;
        assert!(is_cut(&histogram));
        let path = bars_path(&histogram);
        assert!(path.starts_with("M0.00 56v-47.00h49.40v47.00zM0.00 6v-6.00h49.40v6.00z"), "{path}");
        assert!(path.contains("M100.00 56v-37.33"), "the next reaches two thirds of the way: {path}");
        assert!(!is_cut(&spread(&[-1.0, -1.0, -1.0, 3.0], 4).histogram), "three times as many is not cut");
        assert!(!is_cut(&spread(&[0.5; 9], 4).histogram), "a single bar is not cut");
    }

    #[test]
    fn zero_is_marked_where_it_is() {
        assert_eq!(zero_left(&spread(&[-1.0, 3.0], 4).histogram), Some(50.0));
        assert_eq!(zero_left(&spread(&[1.0, 3.0], 4).histogram), None);
    }

    #[test]
    fn values_that_are_not_numbers_are_counted() {
        let odd = spread(&[0.0, 2.0, f32::NAN, f32::INFINITY], 4);
        assert_eq!(text(&odd), "mean 1.00 · std 1.00 · 25 % zeros · 1 NaN · 1 infinite");
        assert_eq!(text(&spread(&[f32::NAN], 4)), "no finite number · 0 % zeros · 1 NaN");
    }
}
