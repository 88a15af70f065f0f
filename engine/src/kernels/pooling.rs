//! MaxPooling2D and AveragePooling2D: `valid`, strides equal to the window, remainders dropped.
//!
//! Shapes: `x` and `dx` are `[n, height, width, channels]` with `input = [height, width, channels]`; `y`, `dy`
//! and `winners` are `[n, height / pool_h, width / pool_w, channels]`.

/// Channels worked on together: their largest values and winners stay in registers.
const GROUP: usize = 8;

/// Largest value of each window; `winners` gets its position in the window, `row · pool_w + column`. On a tie the
/// first one wins, as in TensorFlow.
pub fn max_pool_forward(x: &[f32], input: [usize; 3], pool_size: [usize; 2], y: &mut [f32], winners: &mut [u16]) {
    assert_eq!(y.len(), winners.len(), "a winner for each output");
    let channels = input[2];
    let corner = Window { corner: 0, pool_size, row_len: input[1] * channels, channels };
    let cells: Vec<usize> = corner.cells().collect();
    for_each_window(x.len(), y.len(), input, pool_size, |y_idx, window| {
        let range = y_idx..y_idx + channels;
        max_of_window(&x[window.corner..], &cells, &mut y[range.clone()], &mut winners[range]);
    });
}

/// Largest values and winners of one window; `cells` are the indexes of its cells' first channels.
fn max_of_window(x: &[f32], cells: &[usize], y: &mut [f32], winners: &mut [u16]) {
    let (y, rest) = y.as_chunks_mut::<GROUP>();
    let (winners, winners_rest) = winners.as_chunks_mut::<GROUP>();
    let n_grouped = y.len() * GROUP;
    for (group_idx, (y, winners)) in y.iter_mut().zip(winners).enumerate() {
        (*y, *winners) = max_of_cells(x, cells, group_idx * GROUP);
    }
    for (c, (y, winner)) in (n_grouped..).zip(rest.iter_mut().zip(winners_rest)) {
        ([*y], [*winner]) = max_of_cells(x, cells, c);
    }
}

/// Largest values and winners of the channels from `first` on.
#[inline(always)]
fn max_of_cells<const N: usize>(x: &[f32], cells: &[usize], first: usize) -> ([f32; N], [u16; N]) {
    let (mut best, mut winners) = ([f32::NEG_INFINITY; N], [0_u32; N]);
    for (cell, x_idx) in cells.iter().enumerate() {
        let x = &x[x_idx + first..][..N];
        for i in 0..N {
            // Without a branch, so that all lanes are compared at once.
            let wins = cell == 0 || x[i] > best[i];
            best[i] = if wins { x[i] } else { best[i] };
            winners[i] = if wins { cell as u32 } else { winners[i] };
        }
    }
    (best, winners.map(|winner| winner as u16))
}

/// Largest value of each column over `n_cells` rows at a time, and in which of them it is; the first on a tie.
///
/// # Shapes
/// x `[n, n_cells, channels]`, y and winners `[n, channels]`.
pub fn max_of_rows(x: &[f32], n_cells: usize, channels: usize, y: &mut [f32], winners: &mut [u16]) {
    let cells: Vec<usize> = (0..n_cells).map(|cell| cell * channels).collect();
    let outputs = y.chunks_exact_mut(channels).zip(winners.chunks_exact_mut(channels));
    for ((y, winners), rows) in outputs.zip(x.chunks_exact(n_cells * channels)) {
        max_of_window(rows, &cells, y, winners);
    }
}

/// Overwrites `dx`: each gradient goes to the winner of its window.
pub fn max_pool_backward(dy: &[f32], winners: &[u16], input: [usize; 3], pool_size: [usize; 2], dx: &mut [f32]) {
    assert_eq!(dy.len(), winners.len(), "a winner for each output");
    let channels = input[2];
    dx.fill(0.0);
    for_each_window(dx.len(), dy.len(), input, pool_size, |y_idx, window| {
        let (dy, winners) = (&dy[y_idx..y_idx + channels], &winners[y_idx..y_idx + channels]);
        for (cell, x_idx) in window.cells().enumerate() {
            for ((dx, dy), winner) in dx[x_idx..x_idx + channels].iter_mut().zip(dy).zip(winners) {
                *dx = if usize::from(*winner) == cell { *dy } else { 0.0 };
            }
        }
    });
}

/// Mean of each window. Whole rows are added first, in `scratch`: they are longer than the channels of a cell.
pub fn average_pool_forward(
    x: &[f32],
    input: [usize; 3],
    pool_size: [usize; 2],
    scratch: &mut Vec<f32>,
    y: &mut [f32],
) {
    let rows = PooledRows::new(x.len(), y.len(), input, pool_size);
    if y.is_empty() {
        return;
    }
    let share = 1.0 / (pool_size[0] * pool_size[1]) as f32;
    scratch.resize(rows.used_len, 0.0);
    let sums = scratch.as_mut_slice();
    for (row_idx, y) in y.chunks_exact_mut(rows.out_len).enumerate() {
        let x = &x[rows.start(row_idx)..];
        sums.copy_from_slice(&x[..rows.used_len]);
        for x in x.chunks(rows.in_len).take(pool_size[0]).skip(1) {
            sums.iter_mut().zip(x).for_each(|(sum, x)| *sum += x);
        }
        for (y, cells) in y.chunks_exact_mut(rows.channels).zip(sums.chunks_exact(rows.window_len)) {
            let (first, others) = cells.split_at(rows.channels);
            y.copy_from_slice(first);
            for cell in others.chunks_exact(rows.channels) {
                y.iter_mut().zip(cell).for_each(|(y, x)| *y += x);
            }
            y.iter_mut().for_each(|y| *y *= share);
        }
    }
}

/// Overwrites `dx`: each gradient is spread evenly over its window, a row at a time in `scratch`.
pub fn average_pool_backward(
    dy: &[f32],
    input: [usize; 3],
    pool_size: [usize; 2],
    scratch: &mut Vec<f32>,
    dx: &mut [f32],
) {
    let rows = PooledRows::new(dx.len(), dy.len(), input, pool_size);
    dx.fill(0.0);
    if dy.is_empty() {
        return;
    }
    let share = 1.0 / (pool_size[0] * pool_size[1]) as f32;
    scratch.resize(rows.used_len, 0.0);
    let spread = scratch.as_mut_slice();
    for (row_idx, dy) in dy.chunks_exact(rows.out_len).enumerate() {
        for (cells, dy) in spread.chunks_exact_mut(rows.window_len).zip(dy.chunks_exact(rows.channels)) {
            for cell in cells.chunks_exact_mut(rows.channels) {
                cell.iter_mut().zip(dy).for_each(|(dx, dy)| *dx = dy * share);
            }
        }
        for dx in dx[rows.start(row_idx)..].chunks_mut(rows.in_len).take(pool_size[0]) {
            dx[..rows.used_len].copy_from_slice(spread);
        }
    }
}

/// The rows of a pooling layer's output, over all images, and the rows of the input that each looks at.
#[derive(Debug, Clone, Copy)]
struct PooledRows {
    channels: usize,
    /// Numbers in a window's part of a row.
    window_len: usize,
    in_len: usize,
    /// Numbers of an input's row that fill windows.
    used_len: usize,
    out_len: usize,
    out_h: usize,
    image_len: usize,
    pool_h: usize,
}

impl PooledRows {
    fn new(x_len: usize, y_len: usize, [height, width, channels]: [usize; 3], [pool_h, pool_w]: [usize; 2]) -> Self {
        let (out_h, out_w) = (height / pool_h, width / pool_w);
        let n = x_len / (height * width * channels);
        assert_eq!(x_len, n * height * width * channels, "input of a pooling layer");
        assert_eq!(y_len, n * out_h * out_w * channels, "output of a pooling layer");
        PooledRows {
            channels,
            window_len: pool_w * channels,
            in_len: width * channels,
            used_len: out_w * pool_w * channels,
            out_len: out_w * channels,
            out_h,
            image_len: height * width * channels,
            pool_h,
        }
    }

    /// Where the first of an output row's input rows begins.
    fn start(&self, row_idx: usize) -> usize {
        row_idx / self.out_h * self.image_len + row_idx % self.out_h * self.pool_h * self.in_len
    }
}

/// Where a window lies in the input.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// Index of its first cell's first channel.
    corner: usize,
    pool_size: [usize; 2],
    row_len: usize,
    channels: usize,
}

impl Window {
    /// Index of each cell's first channel, in row-major order.
    #[inline(always)]
    fn cells(self) -> impl Iterator<Item = usize> + Clone {
        let [pool_h, pool_w] = self.pool_size;
        let row = move |y: usize| self.corner + y * self.row_len;
        (0..pool_h).flat_map(move |y| (0..pool_w).map(move |x| row(y) + x * self.channels))
    }
}

/// Calls `visit` for each window with the index of its first output.
fn for_each_window(
    x_len: usize,
    y_len: usize,
    [height, width, channels]: [usize; 3],
    pool_size: [usize; 2],
    mut visit: impl FnMut(usize, Window),
) {
    let (out_h, out_w) = (height / pool_size[0], width / pool_size[1]);
    let n = x_len / (height * width * channels);
    assert_eq!(x_len, n * height * width * channels, "input of a pooling layer");
    assert_eq!(y_len, n * out_h * out_w * channels, "output of a pooling layer");
    for window in 0..n * out_h * out_w {
        let (image, oy, ox) = (window / (out_h * out_w), window / out_w % out_h, window % out_w);
        let corner = ((image * height + oy * pool_size[0]) * width + ox * pool_size[1]) * channels;
        visit(window * channels, Window { corner, pool_size, row_len: width * channels, channels });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::numbers;
    use super::*;
    use proptest::prelude::*;

    /// The numbers of each window by the definition, for each output in order.
    fn windows(
        x: &[f32],
        [height, width, channels]: [usize; 3],
        [pool_h, pool_w]: [usize; 2],
    ) -> Vec<Vec<(usize, f32)>> {
        let mut windows = vec![];
        for image in 0..x.len() / (height * width * channels) {
            for (oy, ox) in (0..height / pool_h).flat_map(|oy| (0..width / pool_w).map(move |ox| (oy, ox))) {
                for c in 0..channels {
                    let cells = (0..pool_h).flat_map(|py| (0..pool_w).map(move |px| (py, px)));
                    let index =
                        |(py, px)| ((image * height + oy * pool_h + py) * width + ox * pool_w + px) * channels + c;
                    windows.push(cells.map(|cell| (index(cell), x[index(cell)])).collect());
                }
            }
        }
        windows
    }

    proptest! {
        #[test]
        fn pooling_is_its_definition(
            n in 0..3_usize, input in [1..8_usize, 1..8_usize, 1..6_usize], pool_size in [1..4_usize, 1..4_usize], seed: u64,
        ) {
            // Few distinct values, so that there are ties.
            let x: Vec<f32> = numbers(n * input.iter().product::<usize>(), seed, 0.3).iter().map(|x| (x * 3.0).round()).collect();
            let windows = windows(&x, input, pool_size);
            let dy = numbers(windows.len(), seed ^ 1, 0.0);
            let (mut y, mut winners) = (vec![f32::NAN; dy.len()], vec![99; dy.len()]);
            let (mut mean, mut dx, mut dx_mean) = (y.clone(), vec![f32::NAN; x.len()], vec![f32::NAN; x.len()]);
            max_pool_forward(&x, input, pool_size, &mut y, &mut winners);
            max_pool_backward(&dy, &winners, input, pool_size, &mut dx);
            average_pool_forward(&x, input, pool_size, &mut vec![], &mut mean);
            average_pool_backward(&dy, input, pool_size, &mut vec![7.0], &mut dx_mean);
            let (mut dx_expected, mut dx_mean_expected) = (vec![0.0; x.len()], vec![0.0; x.len()]);
            for (i, window) in windows.iter().enumerate() {
                let max = window.iter().fold(f32::NEG_INFINITY, |max, &(_, x)| max.max(x));
                let winner = window.iter().position(|&(_, x)| x == max).unwrap_or(99);
                prop_assert_eq!((y[i], usize::from(winners[i])), (max, winner));
                let sum: f32 = window.iter().map(|&(_, x)| x).sum();
                prop_assert!((mean[i] - sum / window.len() as f32).abs() < 1e-6);
                dx_expected[window[winner].0] = dy[i];
                window.iter().for_each(|&(j, _)| dx_mean_expected[j] = dy[i] * (1.0 / window.len() as f32));
            }
            prop_assert_eq!(dx, dx_expected);
            prop_assert_eq!(dx_mean, dx_mean_expected);
        }
    }
}
