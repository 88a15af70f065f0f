//! Sums, products, conversions and gathers of plain slices.

/// `sum += x`: adds a shard's gradients.
///
/// # Panics
/// If lengths differ.
pub fn add_assign(sum: &mut [f32], x: &[f32]) {
    assert_eq!(sum.len(), x.len(), "sum and summand");
    sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += x);
}

/// Adds the rows of `rows` `[n, sums]` to `sums`, row by row.
///
/// # Panics
/// If `rows` is no whole number of rows.
pub fn add_rows(rows: &[f32], sums: &mut [f32]) {
    assert!(rows.len().is_multiple_of(sums.len()), "{} numbers in rows of {}", rows.len(), sums.len());
    let columns = sums.len();
    let (panels, rest) = sums.as_chunks_mut::<ROW_PART>();
    let n_done = columns - rest.len();
    for (first, panel) in (0..).step_by(ROW_PART).zip(panels) {
        // In registers while the rows pass by.
        let mut parts = *panel;
        for row in rows.chunks_exact(columns) {
            let row = &row[first..][..ROW_PART];
            parts.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        *panel = parts;
    }
    for (column, sum) in (n_done..).zip(rest) {
        *sum = rows.iter().skip(column).step_by(columns).fold(*sum, |sum, value| sum + value);
    }
}

/// Sums that are worked on together.
const ROW_PART: usize = 8;

/// `x *= factors`: a dropout mask, forward and backward.
///
/// # Panics
/// If lengths differ.
pub fn multiply_assign(x: &mut [f32], factors: &[f32]) {
    assert_eq!(x.len(), factors.len(), "numbers and factors");
    x.iter_mut().zip(factors).for_each(|(x, factor)| *x *= factor);
}

/// `y = pixel / 255`, exactly as `f32::from(pixel) / 255.0`.
///
/// # Panics
/// If lengths differ.
pub fn scale_pixels(pixels: &[u8], y: &mut [f32]) {
    assert_eq!(pixels.len(), y.len(), "pixels and their numbers");
    y.iter_mut().zip(pixels).for_each(|(y, &pixel)| *y = f32::from(pixel) / 255.0);
}

/// Numbers of a row that are copied one by one.
const SHORT_ROW: usize = 8;

/// Copies the rows `indexes` of `source` `[rows, row_len]` to `y` `[indexes, row_len]`.
///
/// # Panics
/// If lengths don't fit or an index is out of range.
pub fn gather_rows<T: Copy>(source: &[T], row_len: usize, indexes: &[u32], y: &mut [T]) {
    assert_eq!(y.len(), indexes.len() * row_len, "rows to gather");
    if row_len <= SHORT_ROW {
        // Column by column: a copy of unknown length is a function call in WebAssembly, too slow for a few numbers.
        for column in 0..row_len {
            for (y, &index) in y[column..].iter_mut().step_by(row_len).zip(indexes) {
                *y = source[index as usize * row_len + column];
            }
        }
        return;
    }
    for (y, &index) in y.chunks_exact_mut(row_len).zip(indexes) {
        y.copy_from_slice(&source[index as usize * row_len..][..row_len]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_divided_exactly() {
        let pixels: Vec<u8> = (0..=255).collect();
        let mut y = [f32::NAN; 256];
        scale_pixels(&pixels, &mut y);
        assert!(pixels.iter().zip(y).all(|(&pixel, y)| y == f32::from(pixel) / 255.0));
    }

    #[test]
    fn rows_are_gathered() {
        let pixels = [0, 51, 102, 153, 204, 255];
        let mut rows = [0; 6];
        gather_rows(&pixels, 2, &[2, 0, 2], &mut rows);
        assert_eq!(rows, [204, 255, 0, 51, 204, 255]);
        let long: Vec<u32> = (0..40).collect();
        let mut rows = [0; 20];
        gather_rows(&long, 10, &[3, 1], &mut rows);
        assert!(rows.iter().copied().eq((30..40).chain(10..20)));
    }

    #[test]
    fn rows_are_added() {
        for columns in [1, 3, 8, 19] {
            let rows: Vec<f32> = (0..5 * columns).map(|i| i as f32).collect();
            let mut sums = vec![0.5; columns];
            add_rows(&rows, &mut sums);
            assert!(sums.iter().enumerate().all(|(i, sum)| *sum == (0.5 + (10 * columns + 5 * i) as f32)));
        }
    }

    #[test]
    fn sums_and_products() {
        let mut x = [1.0, 2.0, 3.0];
        add_assign(&mut x, &[10.0, 20.0, 30.0]);
        multiply_assign(&mut x, &[0.0, 1.0, 2.0]);
        assert_eq!(x, [0.0, 22.0, 66.0]);
    }
}
