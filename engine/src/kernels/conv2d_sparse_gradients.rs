//! Gradients of a convolution from output gradients that are mostly zero.
//!
//! Behind a max pool at most one output gradient of a window is not zero; behind relu there are even fewer. Both gradients
//! are sums of rows scaled by such a gradient `g`, and in NHWC the rows are contiguous:
//!
//! - `dkernel[filter]` is the sum of `g · patch` over the filter's positions,
//! - `dx[patch]` is the sum of `g · kernel[filter]` over the position's filters.
//!
//! So the gradients that are not zero are listed by filter, then by position, and each list is processed with its
//! sums in registers. Kernels are stored as `[filter][kernel_h][line]`; a line is `kernel_w · channels` numbers, padded
//! to whole registers.
#![allow(unsafe_code)] // Calls the accumulation, which reads and writes by pointer.

use super::Conv2DGeometry;
use super::conv2d_gradients::OutputGradient;
use super::entries::{Block, Entry, EntryList};
use super::lanes::Lanes;
use super::padded_image::PaddedImage;

/// A list of entries that is being filled.
struct List<'a> {
    entries: &'a mut [Entry],
    len: usize,
}

impl List<'_> {
    /// Adds an entry if its gradient isn't zero, without a branch.
    #[inline(always)]
    fn push(&mut self, offset: u32, g: f32) {
        self.entries[self.len] = Entry { offset, g };
        self.len += usize::from(g != 0.0);
    }
}

/// Transposed kernel and scratch of one Conv2D layer's backward pass.
#[derive(Debug, Clone)]
pub struct SparseGradients {
    geometry: Conv2DGeometry,
    /// Numbers of a kernel line, in whole registers.
    line_len: usize,
    blocks: Vec<Block>,
    /// The kernel; packed when it is first asked for.
    kernel: Vec<f32>,
    is_packed: bool,
    dkernel: Vec<f32>,
    dx: PaddedImage,
    /// Where the patch of each output begins, in bytes.
    patches: Vec<u32>,
    /// The entries of one filter.
    of_filter: Vec<Entry>,
    /// The entries of each position, `[position][filters]`, and how many there are.
    of_position: Vec<Entry>,
    n_of_position: Vec<usize>,
    /// Where the entries of the positions that have some are.
    lists: Vec<EntryList>,
    /// Entries of each cell of the window at hand.
    n_of_cell: Vec<usize>,
}

impl SparseGradients {
    /// Scratch for that geometry, the kernel all zeros.
    pub fn new(geometry: &Conv2DGeometry) -> Self {
        let [out_h, out_w, filters] = geometry.output();
        let [kernel_h, kernel_w] = geometry.kernel_size;
        let line_lanes = (kernel_w * geometry.input[2]).div_ceil(Lanes::LEN);
        let line_len = line_lanes * Lanes::LEN;
        let kernel = vec![0.0; filters * kernel_h * line_len];
        SparseGradients {
            geometry: *geometry,
            line_len,
            blocks: Block::cover(kernel_h, line_lanes),
            dkernel: kernel.clone(),
            kernel,
            is_packed: false,
            dx: PaddedImage::new(geometry),
            patches: (0..geometry.n_positions()).map(|p| (geometry.patch_at(p) * size_of::<f32>()) as u32).collect(),
            of_filter: vec![Entry::default(); out_h * out_w],
            of_position: vec![Entry::default(); out_h * out_w * filters],
            n_of_position: vec![0; out_h * out_w],
            lists: vec![],
            n_of_cell: vec![],
        }
    }

    /// Notes that the kernel has changed.
    pub fn forget_kernel(&mut self) {
        self.is_packed = false;
    }

    /// What an entry costs in either gradient, in multiply-adds of a register at the peak (measured): loads take as long
    /// as products, and each block begins a loop.
    pub fn entry_cost(&self) -> f64 {
        1.4 * (self.geometry.kernel_size[0] * self.line_len / Lanes::LEN) as f64 + 2.0 * self.blocks.len() as f64
    }

    /// Begins with a kernel's gradient of zeros.
    pub fn begin(&mut self) {
        self.dkernel.fill(0.0);
    }

    /// Adds an image's part to the kernel's gradient.
    pub fn add_params(&mut self, image: &PaddedImage, dy: OutputGradient) {
        let filters = self.geometry.filters;
        let source_stride = self.geometry.padded_row_len();
        let filter_len = self.geometry.kernel_size[0] * self.line_len;
        for (filter, dkernel) in self.dkernel.chunks_exact_mut(filter_len).enumerate() {
            let mut list = List { entries: &mut self.of_filter, len: 0 };
            match dy {
                OutputGradient::Full(dy) => {
                    for (dy, &offset) in dy.chunks_exact(filters).zip(&self.patches) {
                        list.push(offset, dy[filter]);
                    }
                }
                OutputGradient::Pooled(dy, winners, windows) => {
                    let cells = dy.chunks_exact(filters).zip(winners.chunks_exact(filters));
                    for ((dy, winners), positions) in cells.zip(windows.iter()) {
                        list.push(self.patches[positions[usize::from(winners[filter])]], dy[filter]);
                    }
                }
            }
            for block in &self.blocks {
                // SAFETY: entries begin at patches of the image, and a patch's lines end within it or, filled up
                // to whole registers, within its slack. `dkernel` is one filter of whole lines.
                unsafe {
                    let (source, target) = (image.data().as_ptr(), dkernel.as_mut_ptr());
                    let all = [EntryList { start: 0, len: list.len as u32, target: 0 }];
                    block.accumulate(list.entries, &all, source, source_stride, target, self.line_len);
                }
            }
        }
    }

    /// Overwrites an image's `dx`.
    pub fn input(&mut self, kernel: &[f32], dy: OutputGradient, dx: &mut [f32]) {
        if !self.is_packed {
            self.pack(kernel);
        }
        self.list_by_position(dy);
        let filters = self.geometry.filters;
        let target_stride = self.geometry.padded_row_len();
        self.dx.data_mut().fill(0.0);
        let places = self.patches.iter().zip(&self.n_of_position).zip((0..).step_by(filters));
        let lists = places.filter(|((_, len), _)| **len > 0);
        self.lists.clear();
        self.lists.extend(lists.map(|((&target, &len), start)| EntryList { start, len: len as u32, target }));
        // Block by block: a block's part of the kernel stays in the first-level cache.
        for block in &self.blocks {
            // SAFETY: entries begin at filters of the kernel, each of whole lines. A patch's lines end within the image
            // or, filled up to whole registers, within its slack; the kernel's filling is zero, so nothing is added to
            // the numbers after a line.
            unsafe {
                let (source, target) = (self.kernel.as_ptr(), self.dx.data_mut().as_mut_ptr());
                block.accumulate(&self.of_position, &self.lists, source, self.line_len, target, target_stride);
            }
        }
        self.dx.extract(dx);
    }

    fn pack(&mut self, kernel: &[f32]) {
        let (line_len, patch_line) = (self.line_len, self.geometry.kernel_size[1] * self.geometry.input[2]);
        for (i, filters) in kernel.chunks_exact(self.geometry.filters).enumerate() {
            let start = i / patch_line * line_len + i % patch_line;
            let filter_len = self.geometry.kernel_size[0] * line_len;
            for (target, value) in self.kernel[start..].iter_mut().step_by(filter_len).zip(filters) {
                *target = *value;
            }
        }
        self.is_packed = true;
    }

    fn list_by_position(&mut self, dy: OutputGradient) {
        let filters = self.geometry.filters;
        let filter_bytes = self.geometry.kernel_size[0] * self.line_len * size_of::<f32>();
        let offsets = (0..).step_by(filter_bytes);
        match dy {
            OutputGradient::Full(dy) => {
                let lists = self.of_position.chunks_exact_mut(filters).zip(&mut self.n_of_position);
                for ((entries, n_entries), dy) in lists.zip(dy.chunks_exact(filters)) {
                    let mut list = List { entries, len: 0 };
                    dy.iter().zip(offsets.clone()).for_each(|(&g, offset)| list.push(offset, g));
                    *n_entries = list.len;
                }
            }
            OutputGradient::Pooled(dy, winners, windows) => {
                self.n_of_position.fill(0);
                let mut n_of_cell = std::mem::take(&mut self.n_of_cell);
                n_of_cell.resize(windows.n_cells(), 0);
                let cells = dy.chunks_exact(filters).zip(winners.chunks_exact(filters));
                for ((dy, winners), positions) in cells.zip(windows.iter()) {
                    match (positions.as_array::<4>(), n_of_cell.as_mut_array::<4>()) {
                        // Of known size: without checks.
                        (Some(positions), Some(lens)) => self.list_window(dy, winners, filter_bytes, positions, lens),
                        _ => self.list_window(dy, winners, filter_bytes, positions, &mut n_of_cell),
                    }
                }
                self.n_of_cell = n_of_cell;
            }
        }
    }

    /// Lists the entries of one window's cells; `lens` is scratch, a number for each cell.
    #[inline(always)]
    fn list_window(
        &mut self,
        dy: &[f32],
        winners: &[u16],
        filter_bytes: usize,
        positions: &[usize],
        lens: &mut [usize],
    ) {
        lens.fill(0);
        let filters = self.geometry.filters;
        for ((&g, &winner), offset) in dy.iter().zip(winners).zip((0..).step_by(filter_bytes)) {
            let cell = usize::from(winner);
            self.of_position[positions[cell] * filters + lens[cell]] = Entry { offset, g };
            lens[cell] += usize::from(g != 0.0);
        }
        for (&position, &len) in positions.iter().zip(&*lens) {
            self.n_of_position[position] = len;
        }
    }

    /// Overwrites `dkernel` by the sum of all images.
    pub fn unpack_dkernel(&self, dkernel: &mut [f32]) {
        let (line_len, patch_line) = (self.line_len, self.geometry.kernel_size[1] * self.geometry.input[2]);
        let filter_len = self.geometry.kernel_size[0] * line_len;
        for (i, filters) in dkernel.chunks_exact_mut(self.geometry.filters).enumerate() {
            let start = i / patch_line * line_len + i % patch_line;
            for (value, packed) in filters.iter_mut().zip(self.dkernel[start..].iter().step_by(filter_len)) {
                *value = *packed;
            }
        }
    }
}
