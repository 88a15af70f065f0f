//! Pictures of numbers: the arithmetic is pure, the painting stands in files of its own.

pub mod chart;
pub mod chart_painter;
pub mod colour_map;
pub mod frame_scheduler;
pub mod number;
pub mod picture;
pub mod region;
pub mod scale;
pub mod text_colour;
pub mod ticks;
