//! Conv2D layers, alone or followed by a 2×2 max pool: forward here, gradients in `conv2d_gradients`.
#![allow(unsafe_code)] // Calls the micro-kernel, which reads by pointer.

use super::Conv2DGeometry;
use super::conv2d_gradients::{Conv2DGradients, OutputGradient};
use super::lanes::Lanes;
use super::padded_image::PaddedImage;
use super::small_window;
use super::tile::{self, PANEL, ROWS, Tile};
use super::winograd::{self, Winograd};

/// What is applied to each output of a convolution before it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FusedActivation {
    /// Nothing.
    Linear,
    /// `max(0, y)`.
    Relu,
}

/// Sizes, packed kernel and scratch of one Conv2D layer.
#[derive(Debug, Clone)]
pub struct Conv2DPlan {
    geometry: Conv2DGeometry,
    image: PaddedImage,
    panels: Vec<f32>,
    /// Byte offsets of a patch's numbers from its start.
    patch_offsets: Vec<u32>,
    /// Patches of four neighbouring outputs in row-major order; the last tile repeats its last patch.
    row_tiles: Vec<[usize; ROWS]>,
    /// Patches of the four outputs of each 2×2 window.
    window_tiles: Vec<[usize; ROWS]>,
    /// Winograd's algorithm for the windows, where it is faster.
    winograd: Option<Winograd>,
    gradients: Conv2DGradients,
}

impl Conv2DPlan {
    /// A plan for kernels of that geometry, all zeros until [`pack`](Self::pack).
    ///
    /// # Panics
    /// If a size is 0 or a `valid` kernel is larger than the input.
    #[must_use]
    pub fn new(geometry: Conv2DGeometry) -> Self {
        assert!(geometry.strides.iter().all(|&stride| stride > 0), "a stride is 0 in {geometry:?}");
        assert!(geometry.output_len() > 0 && geometry.patch_len() > 0, "a size is 0 in {geometry:?}");
        let [out_h, out_w, filters] = geometry.output();
        let patches: Vec<usize> = (0..out_h * out_w).map(|p| geometry.patch_start(p / out_w, p % out_w)).collect();
        let window = |i: usize| {
            let (y, x) = (i / (out_w / 2) * 2, i % (out_w / 2) * 2);
            [(y, x), (y, x + 1), (y + 1, x), (y + 1, x + 1)].map(|(y, x)| geometry.patch_start(y, x))
        };
        let line_len = geometry.kernel_size[1] * geometry.input[2];
        let patch_offset = |k: usize| (k / line_len * geometry.padded_row_len() + k % line_len) * size_of::<f32>();
        Conv2DPlan {
            geometry,
            image: PaddedImage::new(&geometry),
            panels: vec![0.0; tile::panels_len(geometry.patch_len(), filters)],
            patch_offsets: (0..geometry.patch_len()).map(|k| patch_offset(k) as u32).collect(),
            row_tiles: patches.chunks(ROWS).map(|tile| std::array::from_fn(|r| tile[r.min(tile.len() - 1)])).collect(),
            window_tiles: (0..(out_h / 2) * (out_w / 2)).map(window).collect(),
            winograd: Winograd::new(&geometry),
            gradients: Conv2DGradients::new(&geometry),
        }
    }

    /// The sizes.
    #[must_use]
    pub fn geometry(&self) -> &Conv2DGeometry {
        &self.geometry
    }

    /// Takes over the kernel `[kernel_h, kernel_w, in_channels, filters]`; to be called whenever it has changed.
    ///
    /// # Panics
    /// If its length doesn't fit.
    pub fn pack(&mut self, kernel: &[f32]) {
        assert_eq!(kernel.len(), self.geometry.patch_len() * self.geometry.filters, "kernel of a Conv2D layer");
        tile::pack_panels(kernel, self.geometry.filters, &mut self.panels);
        if let Some(winograd) = &mut self.winograd {
            winograd.pack(kernel);
        }
        self.gradients.pack(kernel);
    }

    /// `y = activation(conv(x) + bias)`.
    ///
    /// # Shapes
    /// x `[n, height, width, in_channels]`, bias `[filters]`, y `[n, out_h, out_w, filters]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn forward(&mut self, x: &[f32], bias: &[f32], activation: FusedActivation, y: &mut [f32]) {
        self.check(x, y.len(), self.geometry.output_len());
        let filters = self.geometry.filters;
        for (x, y) in x.chunks_exact(self.geometry.input_len()).zip(y.chunks_exact_mut(self.geometry.output_len())) {
            self.image.fill(x);
            self.for_each_tile(&self.row_tiles, bias, |tile_idx, first, mut sums| {
                if activation == FusedActivation::Relu {
                    sums = sums.map(|row| row.map(relu));
                }
                let width = PANEL.min(filters - first);
                for (y, sums) in y.chunks_exact_mut(filters).skip(tile_idx * ROWS).zip(sums) {
                    tile::store_columns(sums, &mut y[first..first + width]);
                }
            });
        }
    }

    /// `y = max_pool_2x2(activation(conv(x) + bias))` in one pass; cells that fill no window are not computed.
    /// `winners` gets the winning cell of each window, `2·row + column` in `0..4`; on a tie the first one, except that
    /// with Winograd's algorithm rounding may break a tie. Where relu gives 0 it is the winner before relu, which does
    /// not matter.
    ///
    /// Activations other than relu may be applied to `y` afterwards: all of them increase, so they commute with the
    /// maximum.
    ///
    /// # Shapes
    /// x `[n, height, width, in_channels]`, bias `[filters]`, y and winners `[n, out_h / 2, out_w / 2, filters]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn forward_max_pool(
        &mut self,
        x: &[f32],
        bias: &[f32],
        activation: FusedActivation,
        y: &mut [f32],
        winners: &mut [u16],
    ) {
        let pooled_len = self.geometry.pooled_len();
        self.check(x, y.len(), pooled_len);
        assert_eq!(winners.len(), y.len(), "a winner for each output");
        let (input_len, filters) = (self.geometry.input_len(), self.geometry.filters);
        let images_at_once = if self.winograd.is_some() { winograd::MAX_IMAGES } else { 1 };
        for (i, x) in x.chunks(images_at_once * input_len).enumerate() {
            let n_images = x.len() / input_len;
            let range = i * images_at_once * pooled_len..(i * images_at_once + n_images) * pooled_len;
            let (y, winners) = (&mut y[range.clone()], &mut winners[range]);
            for (image_idx, x) in x.chunks_exact(input_len).enumerate() {
                self.image.fill(x);
                if let Some(winograd) = &mut self.winograd {
                    winograd.transform(&self.image, image_idx);
                }
            }
            let store = |tile_idx: usize, first: usize, sums: Tile| {
                let (mut best, cells) = best_of_window(sums);
                if activation == FusedActivation::Relu {
                    best = best.map(relu);
                }
                let width = PANEL.min(filters - first);
                let start = tile_idx * filters + first;
                tile::store_columns(best, &mut y[start..start + width]);
                store_cells(cells, &mut winners[start..start + width]);
            };
            match &mut self.winograd {
                Some(winograd) => winograd.for_each_window(n_images, bias, store),
                None if small_window::serves(&self.geometry) => self.pool_small_windows(bias, activation, y, winners),
                None => self.for_each_tile(&self.window_tiles, bias, store),
            }
        }
    }

    fn pool_small_windows(&self, bias: &[f32], activation: FusedActivation, y: &mut [f32], winners: &mut [u16]) {
        let (geometry, filters) = (&self.geometry, self.geometry.filters);
        small_window::for_each(
            geometry,
            self.image.data(),
            &self.window_tiles,
            &self.panels,
            bias,
            |window_idx, first, sums| {
                let (mut best, cells) = best_of_window(sums.map(|sum| [sum]));
                if activation == FusedActivation::Relu {
                    best = best.map(relu);
                }
                let range = window_idx * filters + first..window_idx * filters + first + Lanes::LEN;
                let (y, winners) = (&mut y[range.clone()], &mut winners[range]);
                let mut numbers = [0; PANEL];
                // SAFETY: there is room for LEN numbers, and for the cells of PANEL = 2 · LEN.
                unsafe {
                    best[0].store(y.as_mut_ptr());
                    Lanes::store_bits([cells[0]; 2], numbers.as_mut_ptr());
                }
                winners.copy_from_slice(&numbers[..Lanes::LEN]);
            },
        );
    }

    /// Overwrites `dkernel`, `dbias` (sums over the samples) and, if asked for, `dx`.
    ///
    /// `dy` is the gradient before the activation; its zeros cost nothing.
    ///
    /// # Shapes
    /// x and dx `[n, height, width, in_channels]`, dy `[n, out_h, out_w, filters]`, dkernel as the kernel,
    /// dbias `[filters]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn backward(&mut self, x: &[f32], dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32], dx: Option<&mut [f32]>) {
        self.check(x, dy.len(), self.geometry.output_len());
        self.gradients.backward(&mut self.image, x, OutputGradient::Full(dy), dkernel, dbias, dx);
    }

    /// As [`backward`](Self::backward), from the gradient `dy` of the pooled output (before the activation:
    /// where relu gave 0, it must be 0) and the winners of [`forward_max_pool`](Self::forward_max_pool).
    ///
    /// # Shapes
    /// dy and winners `[n, out_h / 2, out_w / 2, filters]`, the others as in `backward`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn backward_max_pool(
        &mut self,
        x: &[f32],
        dy: &[f32],
        winners: &[u16],
        dkernel: &mut [f32],
        dbias: &mut [f32],
        dx: Option<&mut [f32]>,
    ) {
        self.check(x, dy.len(), self.geometry.pooled_len());
        assert_eq!(winners.len(), dy.len(), "a winner for each output");
        self.gradients.backward(&mut self.image, x, OutputGradient::Pooled(dy, winners), dkernel, dbias, dx);
    }

    /// Computes the tiles of the image at hand and calls `store(tile index, first filter, sums)`. The outer
    /// loop is over panels: a panel stays in the first-level cache while all patches are read.
    #[inline(always)]
    fn for_each_tile(&self, tiles: &[[usize; ROWS]], bias: &[f32], mut store: impl FnMut(usize, usize, Tile)) {
        let geometry = &self.geometry;
        assert_eq!(bias.len(), geometry.filters, "bias of a Conv2D layer");
        let image = self.image.data();
        for (panel_idx, panel) in self.panels.chunks_exact(geometry.patch_len() * PANEL).enumerate() {
            let first = panel_idx * PANEL;
            let start = tile::load_columns(bias, first);
            for (tile_idx, patches) in tiles.iter().enumerate() {
                // SAFETY: `new` made the patches of outputs only, and those lie within the padded image; the panel
                // has PANEL numbers for each number of a patch.
                let sums = unsafe {
                    let rows = patches.map(|patch| image.as_ptr().add(patch));
                    let offsets = self.patch_offsets.iter().map(|offset| *offset as usize);
                    tile::multiply(rows, offsets, panel.as_ptr(), start)
                };
                store(tile_idx, first, sums);
            }
        }
    }

    #[track_caller]
    fn check(&self, x: &[f32], y_len: usize, y_image_len: usize) {
        let n = x.len() / self.geometry.input_len();
        assert_eq!(
            (x.len(), y_len),
            (n * self.geometry.input_len(), n * y_image_len),
            "input and output of a Conv2D layer"
        );
    }
}

/// `max(0, x)`; NaN stays NaN.
#[inline(always)]
fn relu(x: Lanes) -> Lanes {
    Lanes::max(x, Lanes::splat(0.0))
}

/// The largest of the four rows in each column, and the index of that row (as bits).
#[inline(always)]
fn best_of_window<const N: usize>(sums: [[Lanes; N]; ROWS]) -> ([Lanes; N], [Lanes; N]) {
    let [first, second, third, fourth] = sums;
    let [upper_left, upper_right, lower_left, lower_right] =
        [0, 1, 2, 3].map(|cell| Lanes::splat(f32::from_bits(cell)));
    let (mut best, mut cells) = (first, first);
    for i in 0..N {
        let upper = Lanes::max(first[i], second[i]);
        let upper_cell = Lanes::select_greater(second[i], first[i], upper_right, upper_left);
        let lower = Lanes::max(third[i], fourth[i]);
        let lower_cell = Lanes::select_greater(fourth[i], third[i], lower_right, lower_left);
        best[i] = Lanes::max(upper, lower);
        cells[i] = Lanes::select_greater(lower, upper, lower_cell, upper_cell);
    }
    (best, cells)
}

/// Stores as many cells as `target` has, at most PANEL.
#[inline(always)]
fn store_cells(cells: [Lanes; 2], target: &mut [u16]) {
    if target.len() >= PANEL {
        // SAFETY: there is room for PANEL = 2 · LEN numbers.
        unsafe { Lanes::store_bits(cells, target.as_mut_ptr()) }
    } else {
        let mut numbers = [0; PANEL];
        store_cells(cells, &mut numbers);
        target.copy_from_slice(&numbers[..target.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::numbers;
    use super::*;
    use crate::experiment::Padding;

    #[test]
    fn small_windows_are_those_of_the_micro_kernel() {
        for (input, filters, n_rows, padding) in [
            ([4, 4], 4, 3, Padding::Valid),
            ([28, 28], 32, 3, Padding::Valid),
            ([7, 10], 12, 3, Padding::Valid),
            ([5, 3], 40, 3, Padding::Same),
            ([9, 6], 8, 1, Padding::Valid),
            ([9, 6], 8, 5, Padding::Same),
        ] {
            let input = [input[0], input[1], 1];
            let geometry = Conv2DGeometry { input, filters, kernel_size: [n_rows, 3], strides: [1, 1], padding };
            assert!(small_window::serves(&geometry));
            let mut plan = Conv2DPlan::new(geometry);
            plan.pack(&numbers(geometry.patch_len() * filters, 1, 0.0));
            let (x, bias) = (numbers(2 * input[0] * input[1], 2, 0.3), numbers(filters, 3, 0.0));
            let [out_h, out_w, _] = geometry.output();
            let mut whole = vec![f32::NAN; 2 * geometry.output_len()];
            plan.forward(&x, &bias, FusedActivation::Linear, &mut whole);
            let mut y = vec![f32::NAN; 2 * geometry.pooled_len()];
            let mut winners = vec![9; y.len()];
            plan.forward_max_pool(&x, &bias, FusedActivation::Linear, &mut y, &mut winners);
            let mut seen = y.iter().zip(&winners);
            for (image, row) in (0..2).flat_map(|image| (0..out_h / 2).map(move |row| (image, row))) {
                for (column, filter) in (0..out_w / 2).flat_map(|column| (0..filters).map(move |f| (column, f))) {
                    let cell = |cell: usize| {
                        let (row, column) = (2 * row + cell / 2, 2 * column + cell % 2);
                        whole[((image * out_h + row) * out_w + column) * filters + filter]
                    };
                    let winner = (1..4).fold(0, |best, other| if cell(other) > cell(best) { other } else { best });
                    let (&y, &seen_winner) = seen.next().unwrap();
                    assert_eq!((y.to_bits(), usize::from(seen_winner)), (cell(winner).to_bits(), winner));
                }
            }
        }
    }
}
