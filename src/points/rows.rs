//! The rows of a table, with the lines in which they are.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// Its cells, without quotes and without white space around them.
    pub cells: Vec<String>,
}

/// The rows of a text, one by one.
pub struct Rows<'a> {
    text: &'a str,
    /// Up to where the text was read, in bytes.
    place: usize,
    line: usize,
    delimiter: u8,
    reader: Reader,
    /// The bytes of a row's cells, and where each ends in them.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl<'a> Rows<'a> {
    /// The rows of a text, whose first line says whether tabs, semicolons or commas separate its cells.
    pub fn new(text: &'a str) -> Rows<'a> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = [b'\t', b';'].into_iter().find(|sign| first.as_bytes().contains(sign)).unwrap_or(b',');
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Rows { text, place: 0, line: 1, delimiter, reader, cells: vec![0; 256], ends: vec![0; 16] }
    }

    /// Whether a comma can stand in a number, since it separates no cells.
    pub fn has_decimal_comma(&self) -> bool {
        self.delimiter != b','
    }

    /// How many rows are left, by their lines: fast, and right unless quoted cells hold line breaks.
    pub fn n_left(&self) -> usize {
        let rest = &self.text.as_bytes()[self.place..];
        rest.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.trim_ascii().is_empty()).count()
    }

    /// Goes on to a place further on.
    fn go_to(&mut self, place: usize) {
        let bytes = self.text.as_bytes();
        let is_line_end = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.line += (self.place..place).filter(is_line_end).count();
        self.place = place;
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let bytes = self.text.as_bytes();
        loop {
            let is_sign = |byte: &u8| !matches!(byte, b'\n' | b'\r');
            let begin = bytes[self.place..].iter().position(is_sign)? + self.place;
            self.go_to(begin);
            let (mut place, mut n_bytes, mut n_cells) = (begin, 0, 0);
            loop {
                let (result, n_read, n_written, n_ended) =
                    self.reader.read_record(&bytes[place..], &mut self.cells[n_bytes..], &mut self.ends[n_cells..]);
                (place, n_bytes, n_cells) = (place + n_read, n_bytes + n_written, n_cells + n_ended);
                match result {
                    // What is read next is nothing, which ends the row.
                    ReadRecordResult::InputEmpty => {}
                    ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                    ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                    ReadRecordResult::Record | ReadRecordResult::End => break,
                }
            }
            let line = self.line;
            self.go_to(place);
            let mut from = 0;
            let cells = self.ends[..n_cells].iter().map(|&end| {
                let cell = String::from_utf8_lossy(&self.cells[from..end]).trim().to_owned();
                from = end;
                cell
            });
            let cells = cells.collect::<Vec<_>>();
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Some(Row { line, cells });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &[&str])]) {
        let rows = Rows::new(text).collect::<Vec<_>>();
        let found = rows.iter().map(|row| (row.line, row.cells.iter().map(String::as_str).collect::<Vec<_>>()));
        let expected = expected.iter().map(|(line, cells)| (*line, cells.to_vec()));
        assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{text:?}");
    }

    #[test]
    fn cells_are_separated_by_what_the_first_line_has() {
        check("a,b\n1;2,3", &[(1, &["a", "b"]), (2, &["1;2", "3"])]);
        check("a;b,c\n1", &[(1, &["a", "b,c"]), (2, &["1"])]);
        check("a\tb;c,d", &[(1, &["a", "b;c,d"])]);
    }

    #[test]
    fn lines_are_counted_with_blank_ones() {
        let expected: &[(usize, &[&str])] = &[(2, &["a", "b"]), (5, &["c", "d"]), (6, &["e"])];
        for line_end in ["\n", "\r\n", "\r"] {
            check(&"\u{feff}\na,b\n  \n,\nc, d \ne".replace('\n', line_end), expected);
            check(&"\na,b\n  \n,\nc, d \ne\n\n".replace('\n', line_end), expected);
        }
        check("", &[]);
        check("\n \n", &[]);
    }

    #[test]
    fn quoted_cells_hold_anything() {
        check("\"a,1\",\"b \"\"c\"\"\"\n\"d\ne\",f\ng", &[(1, &["a,1", "b \"c\""]), (2, &["d\ne", "f"]), (4, &["g"])]);
        check("\"never closed,1\n2", &[(1, &["never closed,1\n2"])]);
        let long = "x".repeat(10_000);
        let wide = vec![long.as_str(); 40];
        check(&wide.join(","), &[(1, &wide)]);
    }

    #[test]
    fn what_is_left_is_counted() {
        let mut rows = Rows::new("a\r\n\r\n1\r\n2\n \n3");
        assert_eq!(rows.n_left(), 4);
        rows.next();
        assert_eq!(rows.n_left(), 3);
    }
}
