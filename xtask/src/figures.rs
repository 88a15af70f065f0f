//! Figures of a bench over several rounds, and their table.

/// The plain name of a workload that trains or inspects; `id` is the one by which the page's `window.__bench` takes it.
#[must_use]
pub fn workload_name(id: &str) -> &'static str {
    match id {
        "W1" => "MLP training, 784-16-16-10",
        "W2" => "CNN training, the lesson's",
        "W3" => "CNN inspection, one image",
        "W4" => "MLP training, 784-40-10",
        "W5" => "plane training, 2-8-8-1",
        _ => "workload without a name",
    }
}

/// What was timed, round by round.
#[derive(Debug, Clone)]
pub struct Row {
    /// The id of what is timed.
    pub id: String,
    /// What it is, in a line.
    pub title: String,
    /// Of the figures.
    pub unit: &'static str,
    /// One a round, ascending.
    figures: Vec<f64>,
}

impl Row {
    /// A row without figures.
    #[must_use]
    pub fn new(id: &str, title: &str, unit: &'static str) -> Row {
        Row { id: id.to_owned(), title: title.to_owned(), unit, figures: Vec::new() }
    }

    /// Adds a round's figure and prints it.
    pub fn push(&mut self, round: usize, figure: f64) {
        eprintln!("round {}: {:<44} {figure:>12.2} {}", round + 1, self.title, self.unit);
        let place = self.figures.partition_point(|other| *other < figure);
        self.figures.insert(place, figure);
    }

    /// The middle figure, of an even number the upper one; `None` before the first.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.figures.get(self.figures.len() / 2).copied()
    }
}

/// Prints median and range of all rows, kernels also as a share of the peak, which is the row `K0`.
pub fn print(rows: &[Row]) {
    let peak = rows.iter().find(|row| row.id == "K0").and_then(Row::median);
    println!("\n{:<44} {:>12} {:>12} {:>12}", "workload", "median", "least", "most");
    for row in rows {
        let (Some(median), Some(least), Some(most)) = (row.median(), row.figures.first(), row.figures.last()) else {
            continue;
        };
        let share = match peak {
            Some(peak) if row.id.starts_with('K') => format!(", {:.0} % of the peak", 100.0 * median / peak),
            _ => String::new(),
        };
        println!("{:<44} {median:>12.2} {least:>12.2} {most:>12.2} {}{share}", row.title, row.unit);
    }
}

/// Prints how many times `of` is faster than `than`.
pub fn print_ratio(words: &str, of: &Row, than: &Row) {
    if let (Some(of), Some(than)) = (of.median(), than.median()) {
        println!("{words}: {:.2} ×", of / than);
    }
}

/// Prints which share of the figure of `than` that of `of` is, between the words before and after.
pub fn print_share(before: &str, of: &Row, than: &Row, after: &str) {
    if let (Some(of), Some(than)) = (of.median(), than.median()) {
        println!("{before} {:.0} % {after}", 100.0 * of / than);
    }
}

#[cfg(test)]
mod tests {
    use super::Row;

    #[test]
    fn median_is_the_middle_one_in_any_order() {
        let mut row = Row::new("W1", "", "images/s");
        assert_eq!(row.median(), None);
        [5.0, 1.0, 3.0].into_iter().for_each(|figure| row.push(0, figure));
        assert_eq!(row.median(), Some(3.0));
    }
}
