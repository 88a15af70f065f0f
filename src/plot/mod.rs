//! Pictures of numbers: pure arithmetic, and painting in files of its own.

pub mod chart;
pub mod chart_painter;
pub mod class_colours;
pub mod colour_map;
pub mod decimals;
pub mod frame_scheduler;
pub mod number;
pub mod picture;
pub mod region;
pub mod scale;
pub mod text_colour;
pub mod ticks;
