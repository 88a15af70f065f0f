//! One cell of the confusion matrix, and how it is written.

use inkling_engine::metrics::Confusion;

/// A cell: which class, taken for which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The label.
    pub label: u8,
    /// What is read.
    pub predicted: u8,
}

/// What the cells show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Images.
    #[default]
    Counts,
    /// Share of the images with that label.
    OfLabel,
    /// Share of the images that are read so.
    OfPredicted,
}

impl Measure {
    /// All, in order.
    pub const ALL: [Measure; 3] = [Measure::Counts, Measure::OfLabel, Measure::OfPredicted];

    /// What the choice says.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Measure::Counts => "counts",
            Measure::OfLabel => "% of the label (rows)",
            Measure::OfPredicted => "% of the reading (columns)",
        }
    }

    /// A cell as it is written: `12`, `1.4`; an empty cell is a dot.
    #[must_use]
    pub fn text(self, confusion: &Confusion, cell: Cell) -> String {
        let (row, column) = (usize::from(cell.label), usize::from(cell.predicted));
        let count = confusion.0[[row, column]];
        let whole = match self {
            _ if count == 0 => return "·".to_owned(),
            Measure::Counts => return count.to_string(),
            Measure::OfLabel => confusion.0.row(row).sum(),
            Measure::OfPredicted => confusion.0.column(column).sum(),
        };
        let tenths = (f64::from(count) / f64::from(whole) * 1000.0).round() / 10.0;
        if tenths == 0.0 { "<0.1".to_owned() } else { format!("{tenths:.1}") }
    }
}

/// How strongly a cell is coloured, in `[0, 1]`: mistakes by the square root of their share of the most frequent one, so that
/// rare ones are seen; the diagonal not at all.
#[must_use]
pub fn strength(confusion: &Confusion, cell: Cell) -> f64 {
    let most = confusion.most_frequent_mistake().map_or(0, |(_, _, count)| count);
    if cell.label == cell.predicted || most == 0 {
        return 0.0;
    }
    let count = confusion.0[[usize::from(cell.label), usize::from(cell.predicted)]];
    (f64::from(count) / f64::from(most)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_in_each_measure() {
        let confusion = Confusion::new(2, &[0, 0, 0, 1], &[0, 0, 1, 1]);
        let cell = |label, predicted| Cell { label, predicted };
        assert_eq!(Measure::Counts.text(&confusion, cell(0, 1)), "1");
        assert_eq!(Measure::OfLabel.text(&confusion, cell(0, 1)), "33.3");
        assert_eq!(Measure::OfPredicted.text(&confusion, cell(0, 1)), "50.0");
        assert_eq!(Measure::OfLabel.text(&confusion, cell(1, 0)), "·");
    }

    #[test]
    fn mistakes_are_coloured_and_the_diagonal_is_not() {
        let confusion = Confusion::new(2, &[0, 0, 0, 0, 0, 1], &[0, 1, 1, 1, 1, 0]);
        assert_eq!(strength(&confusion, Cell { label: 0, predicted: 1 }), 1.0);
        assert_eq!(strength(&confusion, Cell { label: 1, predicted: 0 }), 0.5);
        assert_eq!(strength(&confusion, Cell { label: 0, predicted: 0 }), 0.0);
    }
}
