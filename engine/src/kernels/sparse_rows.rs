//! Rows of mostly zeros as lists of (index, value).

/// The non-zero entries of a matrix, row by row, in ascending order of the index.
#[derive(Debug, Clone, Default)]
pub struct SparseRows {
    row_len: usize,
    /// `n_rows + 1` bounds in `entries`.
    bounds: Vec<usize>,
    /// All indexes are below `row_len`: the products rely on it.
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
        // Room for all numbers, so that the loop below need not branch on each.
        if self.entries.len() < x.len() {
            self.entries.resize(x.len(), (0, 0.0));
        }
        let mut len = 0;
        for row in x.chunks_exact(row_len) {
            for (block, first) in row.chunks(BLOCK).zip((0..).step_by(BLOCK)) {
                // All bits of all numbers, the sign aside.
                if block.iter().fold(0, |bits, value| bits | value.to_bits()) << 1 == 0 {
                    continue;
                }
                for (&value, index) in block.iter().zip(first..) {
                    self.entries[len] = (index, value);
                    len += usize::from(value != 0.0);
                }
            }
            self.bounds.push(len);
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
        let n_entries = self.bounds.last().copied().unwrap_or(0);
        n_entries as f64 / (self.n_rows() * self.row_len).max(1) as f64
    }

    /// Index and value of the non-zero entries of one row.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn row(&self, row_idx: usize) -> &[(u32, f32)] {
        &self.entries[self.bounds[row_idx]..self.bounds[row_idx + 1]]
    }
}

/// Numbers looked at together: images are empty over long stretches.
const BLOCK: usize = 8;
