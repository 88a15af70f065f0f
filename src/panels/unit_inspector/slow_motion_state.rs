//! How far slow motion is.

use leptos::prelude::*;

/// Cells per second to choose from.
pub const SPEEDS: [u32; 4] = [1, 3, 10, 30];

/// How far slow motion is; the cell itself is the pinned one.
#[derive(Clone, Copy)]
pub struct SlowMotionState {
    /// Whether the map is shown only up to the pinned cell.
    pub is_on: RwSignal<bool>,
    /// Whether it goes on by itself.
    pub is_playing: RwSignal<bool>,
    /// How fast it goes on.
    pub cells_per_second: RwSignal<u32>,
}

impl SlowMotionState {
    /// The whole map, and the second of the speeds.
    #[must_use]
    pub fn new() -> SlowMotionState {
        SlowMotionState {
            is_on: RwSignal::new(false),
            is_playing: RwSignal::new(false),
            cells_per_second: RwSignal::new(SPEEDS[1]),
        }
    }

    /// Shows the whole map again.
    pub fn leave(&self) {
        self.is_playing.set(false);
        self.is_on.set(false);
    }
}
