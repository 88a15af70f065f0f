//! Conv2D layers, alone or followed by a max pool: forward here, gradients in `conv2d_gradients`.
#![allow(unsafe_code)] // Calls the micro-kernel, which reads by pointer.

use super::Conv2DGeometry;
use super::conv2d_gradients::{Conv2DGradients, Upstream};
use super::lanes::Lanes;
use super::padded_image::PaddedImage;
use super::tile::{self, PANEL, ROWS, Tile};
use super::windows::Windows;
use super::winograd::{self, Winograd};
use super::{activation, pooling, small_window};
use crate::experiment::Activation;

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
    /// The max pool behind it.
    pool: Option<Pool>,
    gradients: Conv2DGradients,
}

/// A max pool behind the convolution.
#[derive(Debug, Clone)]
struct Pool {
    windows: Windows,
    /// Patches of four outputs, window by window; the last tile repeats its last patch.
    tiles: Vec<[usize; ROWS]>,
    /// Outputs of all windows of an image, window by window; unused where a tile is a window.
    outputs: Vec<f32>,
    /// Winograd's algorithm for 2×2 windows, where it is faster.
    winograd: Option<Winograd>,
}

impl Pool {
    fn new(geometry: &Conv2DGeometry, pool_size: [usize; 2]) -> Self {
        let windows = Windows::new(geometry, pool_size);
        let patches: Vec<usize> = windows.positions().iter().map(|&position| geometry.patch_at(position)).collect();
        let is_tile = pool_size == [2, 2];
        Pool {
            tiles: tile::tiles_of(&patches),
            outputs: vec![0.0; if is_tile { 0 } else { patches.len() * geometry.filters }],
            winograd: if is_tile { Winograd::new(geometry) } else { None },
            windows,
        }
    }
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
        let patches: Vec<usize> = (0..geometry.n_positions()).map(|position| geometry.patch_at(position)).collect();
        let patch_offset = |k: usize| (geometry.patch_offset(k) * size_of::<f32>()) as u32;
        Conv2DPlan {
            geometry,
            image: PaddedImage::new(&geometry),
            panels: vec![0.0; tile::panels_len(geometry.patch_len(), geometry.filters)],
            patch_offsets: (0..geometry.patch_len()).map(patch_offset).collect(),
            row_tiles: tile::tiles_of(&patches),
            pool: None,
            gradients: Conv2DGradients::new(&geometry),
        }
    }

    /// As [`new`](Self::new), with a max pool of `pool_size` `[height, width]` behind the convolution.
    ///
    /// # Panics
    /// As `new`, or if the pool's size is 0 or larger than the output.
    #[must_use]
    pub fn with_max_pool(geometry: Conv2DGeometry, pool_size: [usize; 2]) -> Self {
        assert!(geometry.pooled_len(pool_size) > 0, "a pool of {pool_size:?} on {geometry:?}");
        let mut plan = Conv2DPlan::new(geometry);
        plan.pool = Some(Pool::new(&geometry, pool_size));
        plan
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
        if let Some(winograd) = self.pool.as_mut().and_then(|pool| pool.winograd.as_mut()) {
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
    pub fn forward(&mut self, x: &[f32], bias: &[f32], activation: Activation, y: &mut [f32]) {
        self.check(x, y.len(), self.geometry.output_len());
        let filters = self.geometry.filters;
        for (x, y) in x.chunks_exact(self.geometry.input_len()).zip(y.chunks_exact_mut(self.geometry.output_len())) {
            self.image.fill(x);
            self.outputs(&self.row_tiles, bias, activation, y);
            finish(activation, y, filters);
        }
    }

    /// `y = max_pool(activation(conv(x) + bias))` in one pass; cells that fill no window are not computed.
    /// `winners` gets the winning cell of each window, `row · pool width + column`; on a tie the first one, except that
    /// with Winograd's algorithm rounding may break a tie. It is the winner before the activation, which must not
    /// decrease: so it commutes with the maximum. Where relu gives 0 the winner does not matter.
    ///
    /// # Shapes
    /// x `[n, height, width, in_channels]`, bias `[filters]`, y and winners `[n, pooled_h, pooled_w, filters]`.
    ///
    /// # Panics
    /// If lengths don't fit, or the plan has no [max pool](Self::with_max_pool).
    pub fn forward_max_pool(
        &mut self,
        x: &[f32],
        bias: &[f32],
        activation: Activation,
        y: &mut [f32],
        winners: &mut [u16],
    ) {
        let mut pool = self.take_pool();
        let (input_len, filters) = (self.geometry.input_len(), self.geometry.filters);
        let pooled_len = pool.windows.n_windows() * filters;
        self.check(x, y.len(), pooled_len);
        assert_eq!(winners.len(), y.len(), "a winner for each output");
        let images_at_once = if pool.winograd.is_some() { winograd::MAX_IMAGES } else { 1 };
        for (i, x) in x.chunks(images_at_once * input_len).enumerate() {
            let n_images = x.len() / input_len;
            let range = i * images_at_once * pooled_len..(i * images_at_once + n_images) * pooled_len;
            self.pool_images(&mut pool, x, bias, activation, &mut y[range.clone()], &mut winners[range.clone()]);
            finish(activation, &mut y[range], filters);
        }
        self.pool = Some(pool);
    }

    /// As many images as are worked on at once.
    fn pool_images(
        &mut self,
        pool: &mut Pool,
        x: &[f32],
        bias: &[f32],
        activation: Activation,
        y: &mut [f32],
        winners: &mut [u16],
    ) {
        let (input_len, filters) = (self.geometry.input_len(), self.geometry.filters);
        for (image_idx, x) in x.chunks_exact(input_len).enumerate() {
            self.image.fill(x);
            if let Some(winograd) = &mut pool.winograd {
                winograd.transform(&self.image, image_idx);
            }
        }
        let store = |tile_idx: usize, first: usize, sums: Tile| {
            let (mut best, cells) = best_of_window(sums);
            if activation == Activation::Relu {
                best = best.map(relu);
            }
            let width = PANEL.min(filters - first);
            let start = tile_idx * filters + first;
            tile::store_columns(best, &mut y[start..start + width]);
            store_cells(cells, &mut winners[start..start + width]);
        };
        match &mut pool.winograd {
            Some(winograd) => winograd.for_each_window(x.len() / input_len, bias, store),
            None if !pool.outputs.is_empty() => {
                // The winner is the one before relu.
                self.outputs(&pool.tiles, bias, Activation::Linear, &mut pool.outputs);
                let outputs = &pool.outputs;
                pooling::max_of_rows(outputs, pool.windows.n_cells(), filters, y, winners);
                if activation == Activation::Relu {
                    activation::forward(activation, y, filters);
                }
            }
            None if small_window::serves(&self.geometry) => {
                self.pool_small_windows(&pool.tiles, bias, activation, y, winners);
            }
            None => self.for_each_tile(&pool.tiles, bias, store),
        }
    }

    fn take_pool(&mut self) -> Pool {
        match self.pool.take() {
            Some(pool) => pool,
            None => panic!("the plan of {:?} has no max pool", self.geometry),
        }
    }

    fn pool_small_windows(
        &self,
        tiles: &[[usize; ROWS]],
        bias: &[f32],
        activation: Activation,
        y: &mut [f32],
        winners: &mut [u16],
    ) {
        let (geometry, filters) = (&self.geometry, self.geometry.filters);
        let image = self.image.data();
        small_window::for_each(geometry, image, tiles, &self.panels, bias, |window_idx, first, sums| {
            let (mut best, cells) = best_of_window(sums.map(|sum| [sum]));
            if activation == Activation::Relu {
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
        });
    }

    /// Overwrites `dkernel`, `dbias` (sums over the samples) and, if asked for, `dx`.
    ///
    /// # Shapes
    /// x and dx `[n, height, width, in_channels]`, y and its gradient `[n, out_h, out_w, filters]`, dkernel as the
    /// kernel, dbias `[filters]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn backward(
        &mut self,
        x: &[f32],
        upstream: Upstream<'_>,
        dkernel: &mut [f32],
        dbias: &mut [f32],
        dx: Option<&mut [f32]>,
    ) {
        self.check(x, upstream.dy.len(), self.geometry.output_len());
        self.gradients.backward(&mut self.image, x, upstream, None, [dkernel, dbias], dx);
    }

    /// As [`backward`](Self::backward), from the gradient of the pooled output and the winners of
    /// [`forward_max_pool`](Self::forward_max_pool).
    ///
    /// # Shapes
    /// y, its gradient and winners `[n, pooled_h, pooled_w, filters]`, the others as in `backward`.
    ///
    /// # Panics
    /// If lengths don't fit, or the plan has no max pool.
    pub fn backward_max_pool(
        &mut self,
        x: &[f32],
        upstream: Upstream<'_>,
        winners: &[u16],
        dkernel: &mut [f32],
        dbias: &mut [f32],
        dx: Option<&mut [f32]>,
    ) {
        let pool = self.take_pool();
        self.check(x, upstream.dy.len(), pool.windows.n_windows() * self.geometry.filters);
        assert_eq!(winners.len(), upstream.dy.len(), "a winner for each output");
        let pooled = Some((winners, &pool.windows));
        self.gradients.backward(&mut self.image, x, upstream, pooled, [dkernel, dbias], dx);
        self.pool = Some(pool);
    }

    /// Overwrites `y` `[rows, filters]` by the outputs of the image at hand, relu applied if that is the activation.
    fn outputs(&self, tiles: &[[usize; ROWS]], bias: &[f32], activation: Activation, y: &mut [f32]) {
        let filters = self.geometry.filters;
        self.for_each_tile(tiles, bias, |tile_idx, first, mut sums| {
            if activation == Activation::Relu {
                sums = sums.map(|row| row.map(relu));
            }
            let width = PANEL.min(filters - first);
            // A tile's last rows may be those of the row before again.
            for (y, sums) in y.chunks_exact_mut(filters).skip(tile_idx * ROWS).zip(sums) {
                tile::store_columns(sums, &mut y[first..first + width]);
            }
        });
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
            let start = [tile::load_columns(bias, first); ROWS];
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

/// Applies what the convolution has not applied to its sums in registers.
fn finish(activation: Activation, y: &mut [f32], filters: usize) {
    if activation != Activation::Relu {
        activation::forward(activation, y, filters);
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
