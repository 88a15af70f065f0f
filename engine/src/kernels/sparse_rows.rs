//! Rows of mostly zeros as lists of (index, value).

/// The non-zero entries of a matrix, row by row, in ascending order of the index.
#[derive(Debug, Clone, Default)]
pub struct SparseRows {
    row_len: usize,
    /// `n_rows + 1` bounds in `entries`.
    bounds: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl SparseRows {
    /// No rows.
    #[must_use]
    pub fn new() -> Self {
        SparseRows::default()
    }

    /// Takes the non-zero entries of `x` `[n, row_len]`; keeps its memory from one call to the next.
    ///
    /// # Panics
    /// If `x` is no whole number of rows.
    pub fn fill(&mut self, x: &[f32], row_len: usize) {
        assert!(row_len > 0 && x.len().is_multiple_of(row_len), "{} numbers in rows of {row_len}", x.len());
        self.row_len = row_len;
        self.bounds.clear();
        self.bounds.push(0);
        self.entries.clear();
        for row in x.chunks_exact(row_len) {
            self.entries.extend(row.iter().enumerate().filter(|(_, v)| **v != 0.0).map(|(i, v)| (i as u32, *v)));
            self.bounds.push(self.entries.len());
        }
    }

    /// Rows held.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// Length of a row with its zeros.
    #[must_use]
    pub fn row_len(&self) -> usize {
        self.row_len
    }

    /// Share of entries that are not zero, in `[0, 1]`. Below about 0.5 the sparse kernels win.
    #[must_use]
    pub fn density(&self) -> f64 {
        self.entries.len() as f64 / (self.n_rows() * self.row_len).max(1) as f64
    }

    /// Index and value of the non-zero entries of one row.
    pub fn row(&self, row_idx: usize) -> impl Iterator<Item = (usize, f32)> {
        self.entries[self.bounds[row_idx]..self.bounds[row_idx + 1]].iter().map(|&(i, v)| (i as usize, v))
    }
}
