//! The geometry of a line chart: curves, axes and labels. Painting is in
//! [`chart_painter`](super::chart_painter).

use super::number;
use super::scale::{Scale, ScaleKind};
use super::ticks::{decimals, rounded, ticks, whole_ticks};

/// A line of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Its colour.
    pub colour: LineColour,
    /// How it is drawn.
    pub look: Look,
    /// `(x, y)`, `x` ascending.
    pub points: Vec<(f64, f64)>,
}

/// A colour that the style sheet names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineColour {
    /// The present run on its training images.
    Train,
    /// The present run on its validation images.
    Val,
    /// A former run, by its place among [`N_RUN_COLOURS`] colours.
    Run(usize),
}

/// Colours for former runs.
pub const N_RUN_COLOURS: usize = 5;

impl LineColour {
    /// The style sheet's name for it.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            LineColour::Train => "--train",
            LineColour::Val => "--val",
            LineColour::Run(run_idx) => {
                ["--run-1", "--run-2", "--run-3", "--run-4", "--run-5"][run_idx % N_RUN_COLOURS]
            }
        }
    }
}

/// How a curve is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A thin, pale line below the others.
    Faint,
    /// A line through the noise of a faint one.
    Average,
    /// A line.
    Plain,
    /// A line with a mark at each point.
    Marked,
    /// A thin broken line with a letter at its end.
    Dashed(char),
}

/// An event along x, such as a change of the learning rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// When, in epochs.
    pub x: f64,
    /// What, in a word or two.
    pub label: String,
}

/// What is on the y axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A loss, on either scale.
    Loss(ScaleKind),
    /// A share in `[0, 1]`, shown in percent: all of it.
    Accuracy,
    /// The same, but only the range that epochs reach.
    AccuracyNear,
}

/// How large a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChartSize {
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// Size of its text against the usual one.
    pub text_scale: f64,
}

/// Room around the plot for the ticks' labels, in pixels at the usual size of text.
const MARGIN_LEFT_PX: f64 = 42.0;
const MARGIN_RIGHT_PX: f64 = 12.0;
const MARGIN_TOP_PX: f64 = 6.0;
const MARGIN_BOTTOM_PX: f64 = 20.0;

/// Axes of a chart with curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Axes {
    /// Epochs.
    pub x: Scale,
    /// Loss or accuracy.
    pub y: Scale,
    /// Values and labels along x.
    pub x_ticks: Vec<(f64, String)>,
    /// Values and labels along y.
    pub y_ticks: Vec<(f64, String)>,
    /// Size of the whole chart.
    pub size: ChartSize,
}

impl Axes {
    /// Axes for curves in a chart of that size; `x` runs from 0 to `x_high` epochs.
    #[must_use]
    pub fn new(curves: &[Curve], measure: Measure, x_high: usize, size: ChartSize) -> Axes {
        let [left, _, right, _] = plot_px(size);
        let n_x_ticks = (((right - left).max(1.0) / (45.0 * size.text_scale)) as usize).clamp(2, 10);
        let x_ticks = whole_ticks(x_high.max(1), n_x_ticks).into_iter().map(|x| (x, format!("{x:.0}"))).collect();
        Axes::over(curves, measure, ((0.0, x_high.max(1) as f64), x_ticks), size)
    }

    /// Axes with a given range and ticks along `x`.
    #[must_use]
    pub fn over(
        curves: &[Curve],
        measure: Measure,
        (x_range, x_ticks): ((f64, f64), Vec<(f64, String)>),
        size: ChartSize,
    ) -> Axes {
        let scale = size.text_scale;
        let [left, top, right, bottom] = plot_px(size);
        let y_px = (bottom.max(top + 1.0), top);
        let x_px = (left, right.max(left + 1.0));
        let n_y_ticks = (((y_px.0 - y_px.1) / (36.0 * scale)) as usize).clamp(2, 6);
        let kind = if let Measure::Loss(kind) = measure { kind } else { ScaleKind::Linear };
        let domain = y_domain(&telling_values(curves, measure), measure, n_y_ticks);
        let y = Scale::new(kind, domain, y_px);
        let y_values = ticks(kind, y.domain(), n_y_ticks);
        let y_ticks = y_values.iter().map(|&value| (value, y_label(value, &y_values, measure))).collect();
        let x = Scale::new(ScaleKind::Linear, x_range, x_px);
        Axes { x, y, x_ticks, y_ticks, size }
    }

    /// Left, top, right and bottom edge of the plot, in pixels.
    #[must_use]
    pub fn plot_px(&self) -> [f64; 4] {
        plot_px(self.size)
    }
}

fn plot_px(ChartSize { width, height, text_scale }: ChartSize) -> [f64; 4] {
    let [left, top, right, bottom] =
        [MARGIN_LEFT_PX, MARGIN_TOP_PX, MARGIN_RIGHT_PX, MARGIN_BOTTOM_PX].map(|margin| margin * text_scale);
    [left, top, width - right, height - bottom]
}

/// Where the x axis ends: a round number of epochs that holds those done, growing as they come.
#[must_use]
pub fn x_high(n_done: usize, n_asked: usize) -> usize {
    let mut rounds = (0..6).flat_map(|power| [1, 2, 5].map(|round| round * 10_usize.pow(power)));
    let round = rounds.find(|&round| round >= n_done).unwrap_or(n_done);
    // The asked number itself, once it is near.
    if n_asked >= n_done && n_asked <= round { n_asked.max(1) } else { round }
}

/// The values that the y axis should show well: those of the present run from its start on, or of former runs where
/// there is no other. Near the epochs, only theirs; single batches count before the first epoch's end alone.
fn telling_values(curves: &[Curve], measure: Measure) -> Vec<f64> {
    let values_of = |is_meant: fn(Look) -> bool| -> Vec<f64> {
        let points = curves.iter().filter(|curve| is_meant(curve.look)).flat_map(|curve| &curve.points);
        points.map(|&(_, y)| y).filter(|y| y.is_finite()).collect()
    };
    let epochs = values_of(|look| matches!(look, Look::Plain | Look::Marked));
    if measure == Measure::AccuracyNear && !epochs.is_empty() {
        return epochs;
    }
    let mut present = epochs;
    let average = values_of(|look| look == Look::Average);
    present.extend(if average.is_empty() { values_of(|look| look == Look::Faint) } else { average });
    if present.is_empty() { values_of(|look| matches!(look, Look::Dashed(_))) } else { present }
}

fn y_domain(values: &[f64], measure: Measure, n_ticks: usize) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    match measure {
        _ if values.is_empty() => match measure {
            Measure::Loss(ScaleKind::Linear) => (0.0, 2.5),
            Measure::Loss(ScaleKind::Log) => (0.01, 2.5),
            Measure::Accuracy | Measure::AccuracyNear => (0.0, 1.0),
        },
        Measure::Accuracy => (0.0, 1.0),
        Measure::Loss(ScaleKind::Linear) => rounded(low.min(0.0), high.max(1e-6) * 1.04, n_ticks),
        Measure::Loss(ScaleKind::Log) => {
            let low = if low > 0.0 { low } else { high.max(1e-6) / 1e3 };
            (low * 0.8, high.max(low) * 1.25)
        }
        Measure::AccuracyNear => {
            let room = ((high - low) * 0.08).max(0.002);
            let (low, high) = rounded((low - room).max(0.0), (high + room).min(1.0), n_ticks);
            (low.max(0.0), high.min(1.0))
        }
    }
}

fn y_label(value: f64, all: &[f64], measure: Measure) -> String {
    match measure {
        Measure::Loss(ScaleKind::Log) => number::plain((value * 1e9).round() / 1e9),
        Measure::Loss(ScaleKind::Linear) => format!("{value:.*}", decimals(all)),
        Measure::Accuracy | Measure::AccuracyNear => {
            let in_percent: Vec<f64> = all.iter().map(|value| value * 100.0).collect();
            let decimals = if all.len() > 1 { decimals(&in_percent) } else { 1 };
            format!("{:.*}%", decimals, value * 100.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: ChartSize = ChartSize { width: 320.0, height: 200.0, text_scale: 1.0 };

    fn curve(look: Look, points: &[(f64, f64)]) -> Curve {
        Curve { colour: LineColour::Train, look, points: points.to_vec() }
    }

    fn labels(ticks: &[(f64, String)]) -> Vec<&str> {
        ticks.iter().map(|(_, label)| label.as_str()).collect()
    }

    #[test]
    fn an_empty_chart_has_axes() {
        let axes = Axes::new(&[], Measure::Accuracy, 10, SIZE);
        assert_eq!(labels(&axes.x_ticks), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels(&axes.y_ticks), ["0%", "50%", "100%"]);
    }

    #[test]
    fn the_start_is_on_the_axis_and_former_runs_do_not_set_it() {
        let batches = curve(Look::Faint, &[(0.0, 2.3), (0.5, 4.0)]);
        let average = curve(Look::Average, &[(0.0, 2.3), (0.5, 0.9)]);
        let training = curve(Look::Marked, &[(1.0, 0.4), (2.0, 0.1)]);
        let former = curve(Look::Dashed('A'), &[(1.0, 151.0)]);
        let curves = [former, batches, average, training];
        let axes = Axes::new(&curves, Measure::Loss(ScaleKind::Linear), 10, SIZE);
        let high = axes.y.domain().1;
        assert!((2.3..4.0).contains(&high), "{high}");
        assert!(Axes::new(&curves[..1], Measure::Loss(ScaleKind::Linear), 10, SIZE).y.domain().1 >= 151.0);
    }

    #[test]
    fn accuracy_zooms_to_the_data_and_ends_at_all() {
        let validation = curve(Look::Marked, &[(1.0, 0.977), (2.0, 0.9895)]);
        let axes = Axes::new(std::slice::from_ref(&validation), Measure::Accuracy, 2, SIZE);
        assert_eq!(axes.y.domain(), (0.0, 1.0));
        let axes = Axes::new(&[validation], Measure::AccuracyNear, 2, SIZE);
        let (low, high) = axes.y.domain();
        assert!(low > 0.9 && low < 0.977 && high <= 1.0, "{low} {high}");
    }

    #[test]
    fn odd_losses_break_nothing() {
        for kind in [ScaleKind::Linear, ScaleKind::Log] {
            for y in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e30, 1e-30] {
                let axes = Axes::new(&[curve(Look::Plain, &[(1.0, y)])], Measure::Loss(kind), 1, SIZE);
                let (low, high) = axes.y.domain();
                assert!(low.is_finite() && high.is_finite() && low < high, "{kind:?} {y}: {low} {high}");
            }
        }
    }

    #[test]
    fn a_chart_without_room_has_axes_all_the_same() {
        let axes = Axes::new(&[], Measure::Accuracy, 0, ChartSize::default());
        assert!(axes.x.px(0.0).is_some() && axes.y.px(0.5).is_some());
    }

    #[test]
    fn the_epoch_axis_grows_with_the_run() {
        assert_eq!(
            [(0, 10), (1, 10), (2, 10), (4, 10), (7, 10), (7, 8)].map(|(n, of)| x_high(n, of)),
            [1, 1, 2, 5, 10, 8]
        );
        assert_eq!([(53, 200), (0, 0), (1_500, 10)].map(|(n, of)| x_high(n, of)), [100, 1, 2_000]);
    }
}
