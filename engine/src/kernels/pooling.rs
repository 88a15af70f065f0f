//! MaxPooling2D and AveragePooling2D: `valid`, strides equal to the window, remainders dropped.
//!
//! Shapes: `x` and `dx` are `[n, height, width, channels]` with `input = [height, width, channels]`; `y`, `dy`
//! and `winners` are `[n, height / pool_h, width / pool_w, channels]`.

/// Largest value of each window; `winners` gets its place in the window, `row · pool_w + column`, on a tie the
/// first (as in TensorFlow).
pub fn max_pool_forward(x: &[f32], input: [usize; 3], pool_size: [usize; 2], y: &mut [f32], winners: &mut [u16]) {
    assert_eq!(y.len(), winners.len(), "a winner for each output");
    let channels = input[2];
    for_each_window(x.len(), y.len(), input, pool_size, |y_idx, cells| {
        let (y, winners) = (&mut y[y_idx..y_idx + channels], &mut winners[y_idx..y_idx + channels]);
        for (cell, x_idx) in cells {
            let x = &x[x_idx..x_idx + channels];
            if cell == 0 {
                y.copy_from_slice(x);
                winners.fill(0);
                continue;
            }
            for ((y, winner), x) in y.iter_mut().zip(winners.iter_mut()).zip(x) {
                if *x > *y {
                    (*y, *winner) = (*x, cell as u16);
                }
            }
        }
    });
}

/// Overwrites `dx`: each gradient goes to its window's winner.
pub fn max_pool_backward(dy: &[f32], winners: &[u16], input: [usize; 3], pool_size: [usize; 2], dx: &mut [f32]) {
    assert_eq!(dy.len(), winners.len(), "a winner for each output");
    let channels = input[2];
    dx.fill(0.0);
    for_each_window(dx.len(), dy.len(), input, pool_size, |y_idx, cells| {
        let (dy, winners) = (&dy[y_idx..y_idx + channels], &winners[y_idx..y_idx + channels]);
        for (cell, x_idx) in cells {
            for ((dx, dy), winner) in dx[x_idx..x_idx + channels].iter_mut().zip(dy).zip(winners) {
                *dx = if usize::from(*winner) == cell { *dy } else { 0.0 };
            }
        }
    });
}

/// Mean of each window.
pub fn average_pool_forward(x: &[f32], input: [usize; 3], pool_size: [usize; 2], y: &mut [f32]) {
    let channels = input[2];
    let share = 1.0 / (pool_size[0] * pool_size[1]) as f32;
    for_each_window(x.len(), y.len(), input, pool_size, |y_idx, cells| {
        let y = &mut y[y_idx..y_idx + channels];
        y.fill(0.0);
        for (_, x_idx) in cells {
            y.iter_mut().zip(&x[x_idx..x_idx + channels]).for_each(|(y, x)| *y += x);
        }
        y.iter_mut().for_each(|y| *y *= share);
    });
}

/// Overwrites `dx`: each gradient is shared evenly by its window.
pub fn average_pool_backward(dy: &[f32], input: [usize; 3], pool_size: [usize; 2], dx: &mut [f32]) {
    let channels = input[2];
    let share = 1.0 / (pool_size[0] * pool_size[1]) as f32;
    dx.fill(0.0);
    for_each_window(dx.len(), dy.len(), input, pool_size, |y_idx, cells| {
        let dy = &dy[y_idx..y_idx + channels];
        for (_, x_idx) in cells {
            dx[x_idx..x_idx + channels].iter_mut().zip(dy).for_each(|(dx, dy)| *dx = dy * share);
        }
    });
}

/// Calls `visit` for each window with the index of its first output and, cell by cell in row-major order, the
/// place in the window and the index of its first input.
fn for_each_window(
    x_len: usize,
    y_len: usize,
    [height, width, channels]: [usize; 3],
    [pool_h, pool_w]: [usize; 2],
    mut visit: impl FnMut(usize, &mut dyn Iterator<Item = (usize, usize)>),
) {
    let (out_h, out_w) = (height / pool_h, width / pool_w);
    let n = x_len / (height * width * channels);
    assert_eq!(x_len, n * height * width * channels, "input of a pooling layer");
    assert_eq!(y_len, n * out_h * out_w * channels, "output of a pooling layer");
    for (y_idx, window) in (0..n * out_h * out_w).enumerate() {
        let (image, oy, ox) = (window / (out_h * out_w), window / out_w % out_h, window % out_w);
        let corner = (image * height + oy * pool_h) * width + ox * pool_w;
        let mut cells =
            (0..pool_h * pool_w).map(|cell| (cell, (corner + cell / pool_w * width + cell % pool_w) * channels));
        visit(y_idx * channels, &mut cells);
    }
}
