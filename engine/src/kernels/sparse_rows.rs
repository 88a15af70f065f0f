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
        self.begin(x.len(), row_len);
        let mut len = 0;
        for row in x.chunks_exact(row_len) {
            let mut push = |index: usize, value: f32| {
                self.entries[len] = (index as u32, value);
                len += usize::from(value != 0.0);
            };
            let (blocks, rest) = row.as_chunks::<BLOCK>();
            for (block_idx, block) in blocks.iter().enumerate() {
                // All bits of all numbers, except the signs.
                if block.iter().fold(0, |bits, value| bits | value.to_bits()) << 1 != 0 {
                    (0..BLOCK).for_each(|i| push(block_idx * BLOCK + i, block[i]));
                }
            }
            rest.iter().enumerate().for_each(|(i, &value)| push(blocks.len() * BLOCK + i, value));
            self.bounds.push(len);
        }
    }

    /// Takes the non-zero entries of `pixels` `[n, row_len]`, as `pixel / 255`; keeps its memory from one call to the
    /// next.
    ///
    /// # Panics
    /// If there is no whole number of rows.
    pub fn fill_pixels(&mut self, pixels: &[u8], row_len: usize) {
        self.begin(pixels.len(), row_len);
        let mut len = 0;
        for row in pixels.chunks_exact(row_len) {
            let (blocks, rest) = row.as_chunks::<BLOCK>();
            for (first, group) in (0..).step_by(GROUP * BLOCK).zip(blocks.chunks(GROUP)) {
                // Empty blocks follow no pattern, so a branch for each would be mispredicted too often.
                let mut to_do = group
                    .iter()
                    .rev()
                    .fold(0, |bits: u64, &block| bits << 1 | u64::from(u64::from_ne_bytes(block) != 0));
                while to_do != 0 {
                    let i = to_do.trailing_zeros() as usize;
                    len += push_pixels(&group[i], first + i * BLOCK, &mut self.entries[len..]);
                    to_do &= to_do - 1;
                }
            }
            if !rest.is_empty() {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                len += push_pixels(&block, blocks.len() * BLOCK, &mut self.entries[len..]);
            }
            self.bounds.push(len);
        }
    }

    /// Empties it, and makes room for all numbers and a block more: each is written without a branch, and kept if it
    /// isn't zero.
    fn begin(&mut self, n_numbers: usize, row_len: usize) {
        assert!(row_len > 0 && n_numbers.is_multiple_of(row_len), "{n_numbers} numbers in rows of {row_len}");
        self.row_len = row_len;
        self.bounds.clear();
        self.bounds.push(0);
        if self.entries.len() < n_numbers + BLOCK {
            self.entries.resize(n_numbers + BLOCK, (0, 0.0));
        }
    }

    /// Makes `transposed` the transpose, with its rows in ascending order of the index too; its memory stays.
    pub fn transpose(&self, transposed: &mut SparseRows) {
        let entries = &self.entries[..self.bounds.last().copied().unwrap_or(0)];
        let SparseRows { row_len, bounds, entries: columns } = transposed;
        *row_len = self.n_rows();
        // While counting, a column's bound is stored two places further on; while filling, one place. So filling moves
        // each bound from the start of its column to the end, which is the start of the next column.
        bounds.clear();
        bounds.resize(self.row_len + 2, 0);
        entries.iter().for_each(|&(index, _)| bounds[index as usize + 2] += 1);
        for column in 2..bounds.len() {
            bounds[column] += bounds[column - 1];
        }
        if columns.len() < entries.len() {
            columns.resize(entries.len(), (0, 0.0));
        }
        for (row_idx, row) in (0..).zip(self.bounds.windows(2)) {
            for &(index, value) in &entries[row[0]..row[1]] {
                let place = &mut bounds[index as usize + 1];
                columns[*place] = (row_idx, value);
                *place += 1;
            }
        }
        bounds.pop();
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

/// Pixels looked at together: images are empty over long stretches.
const BLOCK: usize = 8;
/// Blocks looked at together.
const GROUP: usize = u64::BITS as usize;

/// Writes the entries of a block, whose first index is `first`; how many there are.
#[inline(always)]
fn push_pixels(block: &[u8; BLOCK], first: usize, target: &mut [(u32, f32)]) -> usize {
    let target = &mut target[..BLOCK];
    let mut n_kept = 0;
    for (i, &pixel) in block.iter().enumerate() {
        // Always below BLOCK; the mask tells the compiler so without a branch.
        target[n_kept % BLOCK] = ((first + i) as u32, SCALED[usize::from(pixel)]);
        n_kept += usize::from(pixel != 0);
    }
    n_kept
}

/// `pixel / 255` of each pixel.
const SCALED: [f32; 256] = {
    let mut scaled = [0.0; 256];
    let mut pixel = 0;
    while pixel < scaled.len() {
        scaled[pixel] = pixel as f32 / 255.0;
        pixel += 1;
    }
    scaled
};

#[cfg(test)]
mod tests {
    use super::super::tests::numbers;
    use super::*;

    #[test]
    fn entries_of_pixels_are_those_of_their_numbers() {
        let row_len = 300;
        let pixels: Vec<u8> = (0..4 * row_len).map(|i| if i / 16 % 3 == 0 { (i * 7) as u8 } else { 0 }).collect();
        let mut numbers = vec![f32::NAN; pixels.len()];
        crate::kernels::vector::scale_pixels(&pixels, &mut numbers);
        let (mut expected, mut rows) = (SparseRows::new(), SparseRows::new());
        expected.fill(&numbers, row_len);
        for _ in 0..2 {
            rows.fill_pixels(&pixels, row_len);
            assert_eq!((rows.n_rows(), rows.row_len()), (4, row_len));
            assert!((0..4).all(|row_idx| rows.row(row_idx) == expected.row(row_idx)));
        }
    }

    #[test]
    fn transposed_rows_are_the_columns() {
        let (mut rows, mut expected, mut transposed) = (SparseRows::new(), SparseRows::new(), SparseRows::new());
        for (n_rows, row_len) in [(3, 40), (25, 7), (1, 1), (0, 5), (4, 9)] {
            let x = numbers(n_rows * row_len, 3, 0.7);
            rows.fill(&x, row_len);
            rows.transpose(&mut transposed);
            assert_eq!((transposed.n_rows(), transposed.row_len()), (row_len, n_rows));
            if n_rows == 0 {
                assert!((0..row_len).all(|row_idx| transposed.row(row_idx).is_empty()));
                continue;
            }
            let columns: Vec<f32> = (0..x.len()).map(|i| x[i % n_rows * row_len + i / n_rows]).collect();
            expected.fill(&columns, n_rows);
            assert!((0..row_len).all(|row_idx| transposed.row(row_idx) == expected.row(row_idx)));
        }
    }
}
