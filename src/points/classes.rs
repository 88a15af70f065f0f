//! Labels of a table as the targets of points.

use super::CsvError;
use super::csv_error::shown;

/// The most classes.
const MAX_CLASSES: usize = 5;

/// Labels as targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// -1 and 1 for one output, else labels from 0.
    pub targets: Vec<f64>,
    /// Outputs that the network needs.
    pub n_outputs: usize,
    /// What was made of the labels, if it does not go without saying.
    pub notes: Vec<String>,
}

/// A label of a table.
pub struct Label {
    /// As it is written.
    pub text: String,
    /// Its number, if it is one.
    pub number: Option<f64>,
    /// In which line, counted from 1.
    pub line: usize,
}

/// The targets of labels for a network that has `n_outputs` now. `column` is where the labels are, counted from 1.
///
/// # Errors
/// If a label is missing, or there is one class only, or there are too many.
pub fn classes(labels: &[Label], column: usize, n_outputs: usize) -> Result<Classes, CsvError> {
    let is_label = |label: &&Label| !label.text.is_empty() && label.number.is_none_or(f64::is_finite);
    if let Some(wrong) = labels.iter().find(|label| !is_label(label)) {
        return Err(CsvError::of_cell(wrong.line, column, "a label", &wrong.text));
    }
    let numbers = labels.iter().map(|label| label.number).collect::<Option<Vec<_>>>();
    // Each label's class, and the classes in order.
    let (idxs, names): (Vec<usize>, Vec<String>) = match &numbers {
        Some(numbers) => {
            let mut sorted = numbers.clone();
            sorted.sort_by(f64::total_cmp);
            // -0 is 0.
            sorted.dedup_by(|a, b| a == b);
            let idx = |number: &f64| sorted.partition_point(|least| least < number);
            (numbers.iter().map(idx).collect(), sorted.iter().map(f64::to_string).collect())
        }
        None => {
            let mut sorted = labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>();
            sorted.sort_unstable();
            sorted.dedup();
            let idx = |label: &Label| sorted.partition_point(|least| *least < label.text.as_str());
            (labels.iter().map(idx).collect(), sorted.iter().map(|&name| name.to_owned()).collect())
        }
    };
    let n_classes = names.len();
    if n_classes < 2 {
        let got = names.first().map_or_else(|| "none".to_owned(), |name| format!("only {}", shown(name)));
        return Err(CsvError::of_all("points of at least two classes", got));
    }
    if n_classes > MAX_CLASSES {
        let sixth = nth_new(&idxs, MAX_CLASSES).map(|at| &labels[at]);
        let (line, text) = sixth.map_or((0, ""), |label| (label.line, label.text.as_str()));
        let got = format!("{n_classes}: {} is one too many", shown(text));
        return Err(CsvError { line, column, expected: format!("at most {MAX_CLASSES} classes"), got });
    }
    if let Some(numbers) = numbers {
        let is_index = |number: &f64| number.fract() == 0.0 && (0.0..n_outputs as f64).contains(number);
        if n_outputs > 1 && numbers.iter().all(is_index) {
            return Ok(Classes {
                targets: numbers.iter().map(|number| number + 0.0).collect(),
                n_outputs,
                notes: vec![],
            });
        }
    }
    let mut notes = vec![];
    let has_one_output = n_outputs == 1 && n_classes == 2;
    let target = |idx: usize| if has_one_output { 2.0 * idx as f64 - 1.0 } else { idx as f64 };
    let is_usual = |first: f64| (0..n_classes).all(|idx| names[idx] == (first + idx as f64).to_string());
    let goes_without_saying = is_usual(0.0) || has_one_output && names == ["-1", "1"];
    if !goes_without_saying {
        let pairs = names.iter().enumerate().map(|(idx, name)| format!("{} is {}", shown(name), target(idx)));
        notes.push(format!("Classes by number: {}.", pairs.collect::<Vec<_>>().join(", ")));
    }
    let n_needed = if has_one_output { 1 } else { n_classes };
    if n_needed != n_outputs {
        notes.push(format!("There are {n_classes} classes: the network needs {n_classes} outputs."));
    }
    Ok(Classes { targets: idxs.into_iter().map(target).collect(), n_outputs: n_needed, notes })
}

/// Where the class comes that is new after `n_known` others.
fn nth_new(idxs: &[usize], n_known: usize) -> Option<usize> {
    let mut known = vec![];
    idxs.iter().position(|idx| {
        if !known.contains(idx) {
            known.push(*idx);
        }
        known.len() > n_known
    })
}
