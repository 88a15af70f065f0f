//! A table of points: lines of `x1, x2, label`.

use super::CsvError;
use super::classes::{Classes, Label, classes};
use super::rows::{Row, Rows};
use inkling_engine::data::PLANE_RADIUS;
use inkling_engine::experiment::{PlaneConfig, thousands};
use std::fmt::Write;

/// What the last column of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvTargets {
    /// Labels, for a network that has so many outputs now.
    Classes {
        /// As in [`PlaneConfig::n_outputs`].
        n_outputs: usize,
    },
    /// Numbers, for a regression.
    Numbers,
}

/// The points of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct CsvPoints {
    /// `[x1, x2, target]`, as in [`PlaneConfig::points`].
    pub points: Vec<[f64; 3]>,
    /// Outputs that a network needs for them.
    pub n_outputs: usize,
    /// Sentences about what was left out or changed, or lies out of sight.
    pub notes: Vec<String>,
}

/// What is in which column.
struct Columns {
    x1: usize,
    x2: usize,
    target: usize,
}

impl Columns {
    const IN_ORDER: Columns = Columns { x1: 0, x2: 1, target: 2 };

    /// The columns with those names; the first ones that are left for what has no name of ours.
    fn named(names: &[String]) -> Columns {
        let names = names.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>();
        let of = |wanted: &[&str]| wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted));
        let (x1, x2) = (of(&["x1", "x₁", "x"]), of(&["x2", "x₂", "y"]));
        // Where there is an x2, y is the target.
        let target = of(&["label", "class", "target"]).or_else(|| of(&["y"]).filter(|&y| x2 != Some(y)));
        let mut taken = [x1, x2, target];
        for place in 0..taken.len() {
            if taken[place].is_none() {
                taken[place] = (0..names.len()).find(|column| !taken.contains(&Some(*column)));
            }
        }
        let [x1, x2, target] = taken.map(Option::unwrap_or_default);
        Columns { x1, x2, target }
    }

    fn contains(&self, column: usize) -> bool {
        [self.x1, self.x2, self.target].contains(&column)
    }

    fn last(&self) -> usize {
        self.x1.max(self.x2).max(self.target)
    }
}

/// The points of a text: three columns with commas, semicolons or tabs between them, with or without a line of names.
///
/// # Errors
/// If it is no table of 10 to 5,000 points, at the first cell that does not fit.
pub fn parse(text: &str, targets: CsvTargets) -> Result<CsvPoints, CsvError> {
    let mut rows = Rows::new(text);
    let has_decimal_comma = rows.has_decimal_comma();
    let number = |cell: &str| number(cell, has_decimal_comma);
    let first = rows.next();
    let is_header = first.as_ref().is_some_and(|row| row.cells.iter().all(|cell| number(cell).is_none()));
    let n_rows = rows.n_left() + usize::from(first.is_some() && !is_header);
    if n_rows > PlaneConfig::N_POINTS.high {
        let expected = format!("at most {} points", thousands(PlaneConfig::N_POINTS.high));
        return Err(CsvError::of_all(expected, thousands(n_rows)));
    }
    let mut notes = vec![];
    let columns = match &first {
        Some(row) if is_header => {
            check_width(row, Columns::IN_ORDER.last())?;
            Columns::named(&row.cells)
        }
        _ => Columns::IN_ORDER,
    };
    if let Some(row) = &first {
        let others = (0..row.cells.len()).filter(|column| !columns.contains(*column));
        let name = |column: usize| if is_header { row.cells[column].clone() } else { (column + 1).to_string() };
        let others = others.map(name).collect::<Vec<_>>();
        if !others.is_empty() {
            notes.push(format!("Columns that were left out: {}.", shortened(&others)));
        }
    }
    let (mut points, mut labels) = (vec![], vec![]);
    for row in first.filter(|_| !is_header).into_iter().chain(rows) {
        check_width(&row, columns.last())?;
        let finite = |column: usize| {
            let cell = row.cells[column].as_str();
            let expected = || CsvError::of_cell(row.line, column + 1, "a number", cell);
            number(cell).filter(|number| number.is_finite()).ok_or_else(expected)
        };
        let (x1, x2) = (finite(columns.x1)?, finite(columns.x2)?);
        let target = if targets == CsvTargets::Numbers { finite(columns.target)? } else { 0.0 };
        points.push([x1, x2, target]);
        let text = row.cells[columns.target].clone();
        labels.push(Label { number: number(&text), text, line: row.line });
    }
    if points.len() < PlaneConfig::N_POINTS.low {
        let expected = format!("at least {} points", PlaneConfig::N_POINTS.low);
        return Err(CsvError::of_all(expected, points.len().to_string()));
    }
    let mut needed = 1;
    if let CsvTargets::Classes { n_outputs } = targets {
        let Classes { targets, n_outputs, notes: of_classes } = classes(&labels, columns.target + 1, n_outputs)?;
        points.iter_mut().zip(targets).for_each(|(point, target)| point[2] = target);
        notes.extend(of_classes);
        needed = n_outputs;
    }
    let is_outside = |[x1, x2, _]: &&[f64; 3]| x1.abs().max(x2.abs()) > PLANE_RADIUS;
    match points.iter().filter(is_outside).count() {
        0 => {}
        1 => notes.push(format!("1 point lies outside of the picture, which shows -{PLANE_RADIUS} to {PLANE_RADIUS}.")),
        n => notes.push(format!(
            "{} points lie outside of the picture, which shows -{PLANE_RADIUS} to {PLANE_RADIUS}.",
            thousands(n)
        )),
    }
    Ok(CsvPoints { points, n_outputs: needed, notes })
}

/// The text of points, of which [`parse`] makes the same points, bit for bit.
#[must_use]
pub fn write(points: &[[f64; 3]]) -> String {
    let mut text = "x1,x2,label\n".to_owned();
    for [x1, x2, target] in points {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{x1},{x2},{target}");
    }
    text
}

fn check_width(row: &Row, last: usize) -> Result<(), CsvError> {
    if row.cells.len() > last {
        return Ok(());
    }
    let expected = format!("{} columns, separated by commas, semicolons or tabs", last + 1);
    Err(CsvError { line: row.line, column: 0, expected, got: row.cells.len().to_string() })
}

/// The number in a cell, if it is one; NaN and infinity are numbers here.
fn number(cell: &str, has_decimal_comma: bool) -> Option<f64> {
    if let Ok(number) = cell.parse() {
        return Some(number);
    }
    let is_other = cell.contains('−') || has_decimal_comma && cell.contains(',');
    if !is_other {
        return None;
    }
    let cell = cell.replace('−', "-");
    if has_decimal_comma { cell.replacen(',', ".", 1).parse().ok() } else { cell.parse().ok() }
}

/// Names with commas between them, few and short ones.
fn shortened(names: &[String]) -> String {
    const MAX_NAMED: usize = 5;
    let first = names.iter().take(MAX_NAMED).map(|name| name.chars().take(20).collect::<String>());
    let first = first.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MAX_NAMED) {
        0 => first,
        n_more => format!("{first} and {} more", thousands(n_more)),
    }
}

#[cfg(test)]
mod tests;
