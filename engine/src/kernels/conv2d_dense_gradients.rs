//! Gradients of a convolution as blocked products, for output gradients that are mostly not zero.
//!
//! - `dkernel[k, filter] = Σ patch[position, k] · dy[position, filter]`: the micro-kernel reads number `k` of all
//!   patches in place, so the image is its transposed left side.
//! - `dx[cell, channel] = Σ dy[position, filter] · kernel[tap, channel, filter]` over the taps of the kernel that meet
//!   the cell: a convolution of `dy`, with zeros around, with the turned kernel. With strides, cells fall into phases
//!   by their remainders; each phase meets taps of its own.
#![allow(unsafe_code)] // Calls the micro-kernel, which reads by pointer.

use super::Conv2DGeometry;
use super::conv2d_gradients::OutputGradient;
use super::lanes::Lanes;
use super::padded_image::PaddedImage;
use super::tile::{self, PANEL, ROWS};
use super::windows::Windows;

/// Scratch of one Conv2D layer's backward pass.
#[derive(Debug, Clone)]
pub struct DenseGradients {
    geometry: Conv2DGeometry,
    /// Where the patch of each output begins, in bytes.
    patches: Vec<u32>,
    /// `dy` of an image, where it can't be read in place: behind a pool it is spread over the windows; else it is
    /// followed by spare numbers, so that whole registers can be loaded.
    dy: Vec<f32>,
    /// Made when it is first asked for.
    input: Option<InputGradient>,
}

impl DenseGradients {
    /// Scratch for that geometry.
    pub fn new(geometry: &Conv2DGeometry) -> Self {
        let n_positions = geometry.n_positions();
        DenseGradients {
            geometry: *geometry,
            patches: (0..n_positions).map(|p| (geometry.patch_at(p) * size_of::<f32>()) as u32).collect(),
            dy: vec![0.0; n_positions * geometry.filters + PANEL],
            input: None,
        }
    }

    /// Notes that the kernel has changed.
    pub fn forget_kernel(&mut self) {
        if let Some(input) = &mut self.input {
            input.is_packed = false;
        }
    }

    /// Multiply-adds of a register in [`add_params`](Self::add_params).
    pub fn params_cost(&self) -> f64 {
        let n_columns = self.geometry.filters.next_multiple_of(PANEL) / Lanes::LEN;
        ((self.patches.len() + LOOP_COST) * self.geometry.patch_len() * n_columns) as f64
    }

    /// Multiply-adds of a register in [`input`](Self::input), roughly: each cell meets its share of the kernel.
    pub fn input_cost(&self) -> f64 {
        let Conv2DGeometry { input: [height, width, channels], filters, kernel_size, strides, .. } = self.geometry;
        let n_taps = kernel_size[0] * kernel_size[1] / (strides[0] * strides[1]);
        (height * width * n_taps * filters * channels.next_multiple_of(PANEL) / Lanes::LEN) as f64
    }

    /// Adds an image's part to `dkernel` `[patch_len, filters]`.
    pub fn add_params(&mut self, image: &PaddedImage, dy: OutputGradient, dkernel: &mut [f32]) {
        let filters = self.geometry.filters;
        let dy = match dy {
            OutputGradient::Full(dy) if filters.is_multiple_of(PANEL) => dy,
            OutputGradient::Full(dy) => {
                self.dy[..dy.len()].copy_from_slice(dy);
                &self.dy
            }
            OutputGradient::Pooled(dy, winners, windows) => {
                self.spread(dy, winners, windows);
                &self.dy
            }
        };
        // As many neighbours at once as fit a line of the kernel, and enough sums to hide the latency of multiply-adds.
        let [kernel_h, kernel_w] = self.geometry.kernel_size;
        match kernel_w * self.geometry.input[2] {
            3 if kernel_h == 3 => self.add::<3, 3, 1>(image, dy, dkernel),
            _ => self.add::<1, 4, 2>(image, dy, dkernel),
        }
    }

    #[inline(always)]
    fn add<const L: usize, const W: usize, const C: usize>(
        &self,
        image: &PaddedImage,
        dy_of_all: &[f32],
        dkernel: &mut [f32],
    ) {
        // As many positions at once as stay in the first-level cache for all columns.
        let filters = self.geometry.filters;
        let n_at_once = (CACHED / filters).max(MIN_DEPTH);
        for (patches, dy) in self.patches.chunks(n_at_once).zip((0..).step_by(n_at_once * filters)) {
            self.add_positions::<L, W, C>(image, patches, &dy_of_all[dy..], dkernel);
        }
    }

    #[inline(always)]
    fn add_positions<const L: usize, const W: usize, const C: usize>(
        &self,
        image: &PaddedImage,
        patches: &[u32],
        dy: &[f32],
        dkernel: &mut [f32],
    ) {
        let (filters, row_len) = (self.geometry.filters, self.geometry.padded_row_len());
        let line_len = self.geometry.kernel_size[1] * self.geometry.input[2];
        for first in (0..filters).step_by(C * Lanes::LEN) {
            let width = filters.min(first + C * Lanes::LEN) - first;
            let columns = &dy[first..];
            assert!(columns.len() >= (patches.len() - 1) * filters + C * Lanes::LEN, "columns of a product");
            for (line_idx, dkernel) in (0..).step_by(L).zip(dkernel.chunks_exact_mut(L * line_len * filters)) {
                for within in (0..line_len).step_by(W) {
                    let n_rows = W.min(line_len - within);
                    let row_at = |l: usize, i: usize| ((l * line_len + within + i) * filters) + first;
                    let start = std::array::from_fn(|l| {
                        std::array::from_fn(|i| match i < n_rows {
                            true => tile::load_registers::<C>(&dkernel[row_at(l, i)..][..width]),
                            false => [Lanes::splat(0.0); C],
                        })
                    });
                    // SAFETY: the patches are those of outputs, so all their lines lie within the padded image, and
                    // what is read beyond the last one, at most three numbers, within its slack; the columns are there,
                    // as asserted.
                    let sums = unsafe {
                        let lines: [usize; L] = std::array::from_fn(|l| (line_idx + l) * row_len + within);
                        let lines = lines.map(|line| image.data().as_ptr().add(line));
                        let offsets = patches.iter().map(|patch| *patch as usize);
                        tile::multiply_lines::<L, W, C>(lines, offsets, columns.as_ptr(), filters, start)
                    };
                    for (l, sums) in sums.into_iter().enumerate() {
                        for (i, sums) in sums.into_iter().take(n_rows).enumerate() {
                            tile::store_registers(sums, &mut dkernel[row_at(l, i)..][..width]);
                        }
                    }
                }
            }
        }
    }

    /// Overwrites an image's `dx` from its whole `dy`.
    pub fn input(&mut self, kernel: &[f32], dy: &[f32], dx: &mut [f32]) {
        self.input.get_or_insert_with(|| InputGradient::new(&self.geometry)).compute(kernel, dy, dx);
    }

    /// Takes over `dy` where each window has one gradient, that of its winner.
    fn spread(&mut self, dy: &[f32], winners: &[u16], windows: &Windows) {
        let filters = self.geometry.filters;
        if windows.positions().len() < self.patches.len() {
            self.dy.fill(0.0);
        }
        let rows = dy.chunks_exact(filters).zip(winners.chunks_exact(filters));
        for ((dy, winners), positions) in rows.zip(windows.iter()) {
            for (cell, &position) in (0..).zip(positions) {
                let targets = &mut self.dy[position * filters..][..filters];
                for ((target, g), winner) in targets.iter_mut().zip(dy).zip(winners) {
                    *target = if *winner == cell { *g } else { 0.0 };
                }
            }
        }
    }
}

/// What it costs to begin and end the loop of a product, in steps of the loop (measured).
const LOOP_COST: usize = 16;
/// Numbers of the right side that stay in the first-level cache beside those of the image.
const CACHED: usize = 4_096;
/// Positions at once, at least: sums are loaded and stored once for each.
const MIN_DEPTH: usize = 32;

/// The gradient of the input: `dy` with zeros around, and the phases.
#[derive(Debug, Clone)]
struct InputGradient {
    geometry: Conv2DGeometry,
    /// `[rows, columns, filters]`, with `before` zeros above and to the left.
    dy: Vec<f32>,
    row_len: usize,
    before: [usize; 2],
    phases: Vec<Phase>,
    is_packed: bool,
}

/// Cells that meet the same taps of the kernel.
#[derive(Debug, Clone)]
struct Phase {
    /// `[ky, kx]`, so that positions ascend.
    taps: Vec<[usize; 2]>,
    /// Byte offsets in `dy` from a cell's source: of each tap, of each filter.
    offsets: Vec<u32>,
    /// Where four cells' sources begin in `dy`.
    tiles: Vec<[usize; ROWS]>,
    /// Where the cells are in the image `[height, width]`.
    cells: Vec<usize>,
    /// The taps' part of the kernel, `[taps · filters, channels]`, packed.
    panels: Vec<f32>,
}

impl InputGradient {
    fn new(geometry: &Conv2DGeometry) -> Self {
        let ([out_h, out_w, filters], [height, width, _]) = (geometry.output(), geometry.input);
        let [top, left] = geometry.pad_before();
        let [down, across] = geometry.strides;
        let [before_y, before_x] = [0, 1].map(|axis| (geometry.kernel_size[axis] - 1) / geometry.strides[axis]);
        // The last cell's first tap.
        let n_rows = before_y + out_h.max((height - 1 + top) / down + 1);
        let n_columns = before_x + out_w.max((width - 1 + left) / across + 1);
        let row_len = n_columns * filters;
        let phase = |phase_y: usize, phase_x: usize| {
            let along = |phase: usize, stride: usize, kernel: usize| (phase..kernel).step_by(stride).rev();
            let taps: Vec<[usize; 2]> = along(phase_y, down, geometry.kernel_size[0])
                .flat_map(|ky| along(phase_x, across, geometry.kernel_size[1]).map(move |kx| [ky, kx]))
                .collect();
            // From the place of the tap that is furthest away.
            let offset = |[ky, kx]: [usize; 2]| (before_y - ky / down) * row_len + (before_x - kx / across) * filters;
            let offsets = taps.iter().flat_map(|&tap| (0..filters).map(move |f| offset(tap) + f));
            let cells: Vec<usize> = (0..height * width)
                .filter(|i| (i / width + top) % down == phase_y && (i % width + left) % across == phase_x)
                .collect();
            let sources: Vec<usize> = cells
                .iter()
                .map(|i| (i / width + top) / down * row_len + (i % width + left) / across * filters)
                .collect();
            Phase {
                offsets: offsets.map(|offset| (offset * size_of::<f32>()) as u32).collect(),
                panels: vec![0.0; tile::panels_len(taps.len() * filters, geometry.input[2])],
                taps,
                tiles: tile::tiles_of(&sources),
                cells,
            }
        };
        InputGradient {
            geometry: *geometry,
            dy: vec![0.0; n_rows * row_len],
            row_len,
            before: [before_y, before_x],
            phases: (0..down).flat_map(|y| (0..across).map(move |x| (y, x))).map(|(y, x)| phase(y, x)).collect(),
            is_packed: false,
        }
    }

    fn pack(&mut self, kernel: &[f32]) {
        let (kernel_w, [_, _, channels], filters) =
            (self.geometry.kernel_size[1], self.geometry.input, self.geometry.filters);
        for phase in &mut self.phases {
            let depth = phase.taps.len() * filters;
            for (tap_idx, &[ky, kx]) in phase.taps.iter().enumerate() {
                let tap = &kernel[(ky * kernel_w + kx) * channels * filters..][..channels * filters];
                for (c, of_channel) in tap.chunks_exact(filters).enumerate() {
                    let start = (c / PANEL * depth + tap_idx * filters) * PANEL + c % PANEL;
                    let targets = phase.panels[start..].iter_mut().step_by(PANEL);
                    targets.zip(of_channel).for_each(|(target, value)| *target = *value);
                }
            }
        }
        self.is_packed = true;
    }

    fn compute(&mut self, kernel: &[f32], dy: &[f32], dx: &mut [f32]) {
        if !self.is_packed {
            self.pack(kernel);
        }
        let ([_, out_w, filters], channels) = (self.geometry.output(), self.geometry.input[2]);
        for (row_idx, row) in dy.chunks_exact(out_w * filters).enumerate() {
            let start = (row_idx + self.before[0]) * self.row_len + self.before[1] * filters;
            self.dy[start..start + row.len()].copy_from_slice(row);
        }
        for phase in &self.phases {
            let depth = phase.offsets.len();
            if depth == 0 {
                phase.cells.iter().for_each(|cell| dx[cell * channels..][..channels].fill(0.0));
            }
            for (panel, first) in phase.panels.chunks_exact((depth * PANEL).max(1)).zip((0..).step_by(PANEL)) {
                let width = PANEL.min(channels - first);
                for (sources, cells) in phase.tiles.iter().zip(phase.cells.chunks(ROWS)) {
                    // SAFETY: `new` made room for all taps of all cells in `dy`; the panel has PANEL numbers for each
                    // offset.
                    let sums = unsafe {
                        let rows = sources.map(|source| self.dy.as_ptr().add(source));
                        let offsets = phase.offsets.iter().map(|offset| *offset as usize);
                        tile::multiply(rows, offsets, panel.as_ptr(), [[Lanes::splat(0.0); 2]; ROWS])
                    };
                    for (cell, sums) in cells.iter().zip(sums) {
                        tile::store_columns(sums, &mut dx[cell * channels + first..][..width]);
                    }
                }
            }
        }
    }
}
