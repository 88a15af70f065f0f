//! From a measurement to curves: accuracy against the strength of a change.

use crate::protocol::questions::{ChangeList, RobustnessAnswer};
use inkling_engine::data::Corruption;

/// A change whose strength is varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Moved: the mean of four directions.
    Shift,
    /// Turned.
    Rotation,
    /// Enlarged.
    Scale,
    /// Thicker strokes.
    StrokeWidth,
    /// Gaussian noise.
    Noise,
}

impl Facet {
    /// All, in the order of the charts.
    pub const ALL: [Facet; 5] = [Facet::Shift, Facet::Rotation, Facet::Scale, Facet::StrokeWidth, Facet::Noise];

    /// The chart's title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Facet::Shift => "Shift",
            Facet::Rotation => "Rotation",
            Facet::Scale => "Scale",
            Facet::StrokeWidth => "Stroke width",
            Facet::Noise => "Noise",
        }
    }

    /// What lies along x.
    #[must_use]
    pub fn axis(self) -> &'static str {
        match self {
            Facet::Shift => "pixels, mean of four directions",
            Facet::Rotation => "degrees, clockwise",
            Facet::Scale => "size, 1 = as it is",
            Facet::StrokeWidth => "pixels on each side of a stroke",
            Facet::Noise => "standard deviation of the noise",
        }
    }

    /// The range of x, and where it is labelled.
    #[must_use]
    pub fn x(self) -> ((f64, f64), Vec<(f64, String)>) {
        let (range, places): (_, &[f64]) = match self {
            Facet::Shift => ((0.0, 8.0), &[0.0, 2.0, 4.0, 6.0, 8.0]),
            Facet::Rotation => ((-45.0, 45.0), &[-45.0, -20.0, 0.0, 20.0, 45.0]),
            Facet::Scale => ((0.5, 1.5), &[0.5, 1.0, 1.5]),
            Facet::StrokeWidth => ((-2.0, 2.0), &[-2.0, -1.0, 0.0, 1.0, 2.0]),
            Facet::Noise => ((0.0, 0.6), &[0.0, 0.2, 0.4, 0.6]),
        };
        (range, places.iter().map(|&x| (x, x_text(x))).collect())
    }

    /// Where a change lies along x; `None` if it belongs to another chart.
    fn place(self, change: Corruption) -> Option<f64> {
        match (self, change) {
            (Facet::Shift, Corruption::Shift { dx, dy }) => Some(dx.abs() + dy.abs()),
            (Facet::Rotation, Corruption::Rotation { degrees }) => Some(degrees),
            (Facet::Scale, Corruption::Scale { factor }) => Some(factor),
            (Facet::StrokeWidth, Corruption::StrokeWidth { px }) => Some(px),
            (Facet::Noise, Corruption::GaussianNoise { std_dev }) => Some(std_dev),
            // The images as they are belong to all.
            (Facet::Scale, Corruption::Shift { dx: 0.0, dy: 0.0 }) => Some(1.0),
            (_, Corruption::Shift { dx: 0.0, dy: 0.0 }) => Some(0.0),
            _ => None,
        }
    }

    /// `(x, accuracy)` of all strengths that are done, x ascending.
    #[must_use]
    pub fn points(self, answer: &RobustnessAnswer) -> Vec<(f64, f64)> {
        let changes = ChangeList::Curves.changes().into_iter().enumerate();
        let found = changes.filter_map(|(place, change)| Some((self.place(change)?, answer.accuracy(place)?)));
        let mut sorted: Vec<(f64, f64)> = found.collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Several changes at one place give one point, their mean.
        let means = sorted.chunk_by(|a, b| a.0 == b.0).map(|same| {
            let sum: f64 = same.iter().map(|(_, accuracy)| accuracy).sum();
            (same[0].0, sum / same.len() as f64)
        });
        means.collect()
    }
}

/// A strength as text, with a true minus sign.
#[must_use]
pub fn x_text(x: f64) -> String {
    if x < 0.0 { format!("−{}", -x) } else { x.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(n_done: usize) -> RobustnessAnswer {
        let n_all = ChangeList::Curves.changes().len();
        let n_right = (0..n_done as u32).map(|place| 1_000 - place).collect();
        RobustnessAnswer { n_images: 1_000, n_right, progress: (n_done, n_all) }
    }

    #[test]
    fn four_directions_make_one_point() {
        let points = Facet::Shift.points(&answer(9));
        assert_eq!(points.len(), 3);
        assert_eq!(points[0], (0.0, 1.0));
        assert!((points[1].1 - (0.999 + 0.998 + 0.997 + 0.996) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn every_chart_holds_the_images_as_they_are() {
        let complete = answer(ChangeList::Curves.changes().len());
        for facet in Facet::ALL {
            let points = facet.points(&complete);
            assert!(points.iter().any(|point| point.1 == 1.0), "{facet:?}");
            assert!(points.is_sorted_by(|a, b| a.0 < b.0), "{facet:?}");
            let (low, high) = facet.x().0;
            assert!(points.iter().all(|point| (low..=high).contains(&point.0)), "{facet:?}");
        }
        let n_points: usize = Facet::ALL.iter().map(|facet| facet.points(&complete).len()).sum();
        assert_eq!(n_points, 9 + 19 + 11 + 9 + 7);
    }

    #[test]
    fn negative_strengths_have_a_minus() {
        assert_eq!([-0.5, 0.0, 1.5].map(x_text), ["−0.5", "0", "1.5"]);
    }
}
