//! Pictures of numbers that can be pointed at, and what reads and explains them.

mod cell_keys;
mod cell_under;
mod colour_legend;
mod digit_canvas;
mod digit_picture;
mod number_picture;
mod pointed_line;
mod pointing;
mod tiling;

pub use cell_keys::moved;
pub use cell_under::{cell_of, cell_under};
pub use colour_legend::ColourLegend;
pub use digit_canvas::DigitCanvas;
pub use digit_picture::DigitPicture;
pub use number_picture::{NumberPicture, Picture, focus_neighbour, memo_picture};
pub use pointed_line::PointedLine;
pub use pointing::{Pointed, Pointing, Reader, reader};
pub use tiling::Tiling;
