//! Rectangles of an image, and which rectangle of its input a layer's output looks at.

use crate::experiment::{CheckedLayer, Conv2DConfig, LayerConfig, PoolingConfig, Shape};
use crate::kernels::Conv2DGeometry;
use serde::{Deserialize, Serialize};

/// Rows `top..bottom`, columns `left..right`; may reach over the border, where there is padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// First row.
    pub top: i32,
    /// First column.
    pub left: i32,
    /// Row behind the last.
    pub bottom: i32,
    /// Column behind the last.
    pub right: i32,
}

impl Region {
    /// One cell.
    pub(super) fn cell(row: usize, column: usize) -> Self {
        let (top, left) = (row as i32, column as i32);
        Region { top, left, bottom: top + 1, right: left + 1 }
    }

    /// A whole image.
    pub(super) fn whole(height: usize, width: usize) -> Self {
        Region { top: 0, left: 0, bottom: height as i32, right: width as i32 }
    }

    /// The part that lies in an image.
    pub(super) fn clip(self, height: usize, width: usize) -> Self {
        Region {
            top: self.top.max(0),
            left: self.left.max(0),
            bottom: self.bottom.min(height as i32),
            right: self.right.min(width as i32),
        }
    }

    /// Its cells in row-major order, each as `(row, column)`.
    pub(super) fn cells(self) -> impl Iterator<Item = (i32, i32)> {
        (self.top..self.bottom).flat_map(move |row| (self.left..self.right).map(move |column| (row, column)))
    }
}

/// How the cells of a Conv2D or pooling layer look at its input, `[down, across]`: output row `r` sees the input rows
/// from `r · strides[0] − before[0]` on, `size[0]` of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Windows {
    size: [usize; 2],
    strides: [usize; 2],
    before: [usize; 2],
}

impl Windows {
    /// `None` for layers without windows.
    pub(super) fn of(layer: &CheckedLayer) -> Option<Self> {
        match &layer.config {
            LayerConfig::Conv2D(conv2d) => Some(Windows::of_conv2d(layer.input_shape, conv2d)),
            LayerConfig::MaxPooling2D(pooling) | LayerConfig::AveragePooling2D(pooling) => {
                Some(Windows::of_pooling(pooling))
            }
            LayerConfig::Dense(_) | LayerConfig::Flatten | LayerConfig::Dropout(_) | LayerConfig::Activation(_) => None,
        }
    }

    /// The windows of a Conv2D layer.
    pub(super) fn of_conv2d(input_shape: Shape, config: &Conv2DConfig) -> Self {
        let geometry = Conv2DGeometry {
            input: input_shape.dims(),
            filters: config.filters,
            kernel_size: config.kernel_size,
            strides: config.strides,
            padding: config.padding,
        };
        Windows { size: config.kernel_size, strides: config.strides, before: geometry.pad_before() }
    }

    /// The windows of a pooling layer.
    pub(super) fn of_pooling(config: &PoolingConfig) -> Self {
        Windows { size: config.pool_size, strides: config.pool_size, before: [0, 0] }
    }

    /// The smallest rectangle of the input, padding included, that an output's rectangle sees. Saturates at the
    /// limits of `i32`.
    pub(super) fn input_region(&self, output: Region) -> Region {
        let first = |axis: usize, start: i32| {
            start.saturating_mul(self.strides[axis] as i32).saturating_sub(self.before[axis] as i32)
        };
        let behind = |axis: usize, end: i32| first(axis, end.saturating_sub(1)).saturating_add(self.size[axis] as i32);
        Region {
            top: first(0, output.top),
            left: first(1, output.left),
            bottom: behind(0, output.bottom),
            right: behind(1, output.right),
        }
    }
}
