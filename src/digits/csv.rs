//! Digits as a table: a line each with the label and 784 pixels from 0 (paper) to 255 (ink), as in the common `mnist.csv`.

use super::{DigitFileError, DigitImage, MAX_OWN_DIGITS, N_PIXELS, OwnDigit, ReadDigits};

/// Cells of a line.
const N_CELLS: usize = 1 + N_PIXELS;
/// The most characters of a cell that an error shows.
const MAX_SHOWN: usize = 20;

/// The digits of a table: cells between commas, semicolons or tabs, with or without a line of names.
///
/// # Errors
/// If it is not such a table, at the first line that does not fit.
pub fn read(text: &str) -> Result<ReadDigits, DigitFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).peekable();
    let Some((_, first)) = lines.peek().copied() else {
        return Err(DigitFileError::of_file("a line for each digit", "no line"));
    };
    let separator = ['\t', ';'].into_iter().find(|sign| first.contains(*sign)).unwrap_or(',');
    if first.split(separator).all(|cell| byte(cell).is_none()) {
        lines.next();
    }
    let mut read = ReadDigits::default();
    for (line_idx, line) in lines.by_ref().take(MAX_OWN_DIGITS) {
        read.digits.push(read_line(line_idx + 1, line, separator)?);
    }
    read.n_more = lines.count();
    if read.digits.is_empty() {
        return Err(DigitFileError::of_file("a line for each digit", "a line of names alone"));
    }
    Ok(read)
}

fn read_line(line_number: usize, line: &str, separator: char) -> Result<OwnDigit, DigitFileError> {
    let place = |column: usize| format!("line {line_number}, column {column}");
    let mut cells = [0; N_CELLS];
    let mut n_cells = 0;
    for cell in line.split(separator) {
        if let Some(kept) = cells.get_mut(n_cells) {
            let expected = if n_cells == 0 { "a label from 0 to 9" } else { "a whole number from 0 to 255" };
            *kept = byte(cell)
                .filter(|byte| n_cells > 0 || *byte <= 9)
                .ok_or_else(|| DigitFileError::at(place(n_cells + 1), expected, shown(cell)))?;
        }
        n_cells += 1;
    }
    let digit = (n_cells == N_CELLS).then(|| OwnDigit::new(cells[0], DigitImage::from_bytes(&cells[1..])?)).flatten();
    digit.ok_or_else(|| {
        let expected = format!("{N_CELLS} cells (the label and {N_PIXELS} pixels)");
        DigitFileError::at(format!("line {line_number}"), expected, n_cells.to_string())
    })
}

/// The whole number in a cell. Programs that work with fractions write 255 as `255.0`.
fn byte(cell: &str) -> Option<u8> {
    let cell = cell.trim().trim_matches('"');
    cell.parse().ok().or_else(|| cell.strip_suffix(".0")?.parse().ok())
}

fn shown(cell: &str) -> String {
    let cell = cell.trim();
    let end = cell.char_indices().nth(MAX_SHOWN).map_or(cell.len(), |(end, _)| end);
    match cell {
        "" => "an empty cell".to_owned(),
        _ => format!("“{}{}”", &cell[..end], if end < cell.len() { "…" } else { "" }),
    }
}

/// The table of digits, of which [`read`] makes the same digits.
#[must_use]
pub fn write(digits: &[OwnDigit]) -> String {
    let mut text = "label".to_owned();
    (0..N_PIXELS).for_each(|pixel_idx| text.push_str(&format!(",pixel{pixel_idx}")));
    for digit in digits {
        text.push('\n');
        text.push_str(&digit.label().to_string());
        for byte in digit.image().bytes() {
            text.push(',');
            text.push_str(&byte.to_string());
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    /// Some digits that all differ.
    pub fn some_digits(n: usize) -> Vec<OwnDigit> {
        let image = |k: usize| (0..N_PIXELS).map(|idx| (idx * (k + 3) % 256) as u8).collect::<Vec<_>>();
        let digit = |k: usize| OwnDigit::new((k % 10) as u8, DigitImage::from_bytes(&image(k)).unwrap()).unwrap();
        (0..n).map(digit).collect()
    }

    #[test]
    fn a_table_that_is_written_is_read() {
        let digits = some_digits(12);
        assert_eq!(read(&write(&digits)), Ok(ReadDigits { digits: digits.clone(), n_more: 0 }));
        let without_names = write(&digits).split_once('\n').unwrap().1.replace(',', ";").replace('\n', "\r\n");
        assert_eq!(read(&without_names), Ok(ReadDigits { digits: digits.clone(), n_more: 0 }));
        let of_floats = write(&digits[..1]).replacen("\n0,0,", "\n\"0\",0.0,", 1);
        assert_eq!(read(&of_floats).unwrap().digits, digits[..1]);
    }

    #[test]
    fn a_long_table_is_read_as_far_as_there_is_room() {
        let line = format!("7{}\n", ",0".repeat(N_PIXELS));
        let read = read(&line.repeat(MAX_OWN_DIGITS + 7)).unwrap();
        assert_eq!((read.digits.len(), read.n_more), (MAX_OWN_DIGITS, 7));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let line = |label: &str, n_pixels: usize| format!("{label}{}\n", ",0".repeat(n_pixels));
        let cases = [
            (" \n\n".to_owned(), "expected a line for each digit, got no line"),
            ("label,pixel0\n".to_owned(), "expected a line for each digit, got a line of names alone"),
            (line("3", 783), "line 1: expected 785 cells (the label and 784 pixels), got 784"),
            (line("3", 3_072), "line 1: expected 785 cells (the label and 784 pixels), got 3073"),
            (line("3", 784) + &line("11", 784), "line 2, column 1: expected a label from 0 to 9, got “11”"),
            (line("-1", 784), "line 1, column 1: expected a label from 0 to 9, got “-1”"),
            (
                line("3", 784).replacen(",0,", ",256,", 1),
                "line 1, column 2: expected a whole number from 0 to 255, got “256”",
            ),
            (
                line("3", 784).replacen(",0,0,", ",0,,", 1),
                "line 1, column 3: expected a whole number from 0 to 255, got an empty cell",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read(&text).unwrap_err().to_string(), expected);
        }
    }
}
