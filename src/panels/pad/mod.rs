//! The drawing pad, what the network sees of it, and what it reads.

mod doubt;
mod drawing_pad;
mod ink_painter;
mod keyboard;
mod network_eye;
mod pad_canvas;
mod pad_panel;
mod pad_state;
mod pointer;
mod prediction;
mod prediction_view;
mod probability_bars;

pub use pad_panel::PadPanel;
