//! Sums, products, conversions and gathers of plain slices.

/// `sum += x`: adds a shard's gradients.
///
/// # Panics
/// If lengths differ.
pub fn add_assign(sum: &mut [f32], x: &[f32]) {
    assert_eq!(sum.len(), x.len(), "sum and summand");
    sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += x);
}

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

/// Copies the rows `indexes` of `source` `[rows, row_len]` to `y` `[indexes, row_len]`.
///
/// # Panics
/// If lengths don't fit or an index is out of range.
pub fn gather_rows<T: Copy>(source: &[T], row_len: usize, indexes: &[u32], y: &mut [T]) {
    assert_eq!(y.len(), indexes.len() * row_len, "rows to gather");
    for (y, &index) in y.chunks_exact_mut(row_len).zip(indexes) {
        y.copy_from_slice(&source[index as usize * row_len..][..row_len]);
    }
}

/// [`gather_rows`] and [`scale_pixels`] in one pass.
///
/// # Panics
/// If lengths don't fit or an index is out of range.
pub fn gather_scaled_pixels(pixels: &[u8], row_len: usize, indexes: &[u32], y: &mut [f32]) {
    assert_eq!(y.len(), indexes.len() * row_len, "rows to gather");
    for (y, &index) in y.chunks_exact_mut(row_len).zip(indexes) {
        scale_pixels(&pixels[index as usize * row_len..][..row_len], y);
    }
}
