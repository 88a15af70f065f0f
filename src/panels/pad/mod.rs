//! The drawing pad, what the network sees of it, and what it reads.

mod drawing_pad;
mod ink_painter;
mod keyboard;
mod network_eye;
mod pad_panel;
mod pad_state;
mod pointer;
mod prediction;
mod probability_bars;
mod reading;

pub use pad_panel::PadPanel;
