//! A drawing: strokes of a pen, and how they become the 28×28 image that a network sees.
//!
//! All of it is plain arithmetic without a browser. Lengths are in units of the pad's side, `x` to the right and `y`
//! down, both in `[0, 1]`, unless a name ends in `_px`: then they are pixels of the 28×28 image.
//!
//! In reading order: a [`Pen`] turns pointer positions into [`InkPoint`]s; a [`Drawing`] collects them as strokes,
//! with undo; [`pieces`] smooths a stroke; [`as_drawn`] and [`centred`] make the image.

mod grid_cursor;
mod normalise;
mod pen;
mod raster;
mod sample;
mod smooth;
mod strokes;
mod two_shapes;

pub use grid_cursor::{GridCursor, Step};
pub use normalise::{CENTRE_PX, as_drawn, centre_of_mass, centred};
pub use pen::{InkPoint, Pen};
pub use smooth::{Piece, pieces};
pub use strokes::Drawing;
pub use two_shapes::two_shapes;

use inkling_engine::data::MNIST_SIDE;

/// Side of the image that a drawing becomes, in pixels: that of MNIST's images.
pub const SIDE: usize = MNIST_SIDE;

/// Width of a stroke of weight 1 in the image, in pixels. The strokes of MNIST's training images measure about that:
/// ink over the length of the thinned stroke is 2.3 in the median and between 1.7 and 3.3 for eight of ten images.
pub const STROKE_WIDTH_PX: f32 = 2.4;

/// Width of a stroke of weight 1 on the pad: the same as in an image that is taken as drawn.
pub const STROKE_WIDTH: f32 = STROKE_WIDTH_PX / SIDE as f32;
