//! Drawing by keyboard: keys move a cursor over the 28×28 grid.

use super::pad_canvas::PadCanvas;
use crate::drawing::{GridCursor, SIDE, Step};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// The cursor and its announcements.
#[derive(Clone, Copy)]
pub struct Keyboard {
    /// Where the cursor is.
    pub cursor: RwSignal<GridCursor>,
    /// Whether keys were pressed since the pad has the focus.
    pub is_used: RwSignal<bool>,
    /// For screen readers.
    pub spoken: RwSignal<String>,
    surface: PadCanvas,
}

impl Keyboard {
    /// Cells that an arrow key goes with Shift.
    const LONG_STEP: usize = 4;

    /// A keyboard for a pad.
    #[must_use]
    pub fn new(surface: PadCanvas) -> Keyboard {
        Keyboard {
            cursor: RwSignal::new(GridCursor::default()),
            spoken: RwSignal::new(String::new()),
            is_used: RwSignal::new(false),
            surface,
        }
    }

    /// Handles a key; keys without a meaning here are left to the browser.
    pub fn press(&self, event: &KeyboardEvent) {
        let is_command = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "z" | "Z" if is_command => self.undo(),
            _ if is_command || event.alt_key() => return,
            "ArrowUp" => self.step(Step::Up, event.shift_key()),
            "ArrowDown" => self.step(Step::Down, event.shift_key()),
            "ArrowLeft" => self.step(Step::Left, event.shift_key()),
            "ArrowRight" => self.step(Step::Right, event.shift_key()),
            " " | "Enter" => {
                if !event.repeat() {
                    self.toggle_pen();
                }
            }
            "Backspace" => self.undo(),
            "Escape" => self.lift(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Lifts the pen.
    pub fn lift(&self) {
        self.cursor.maybe_update(|cursor| std::mem::take(&mut cursor.is_pen_down));
    }

    /// The pad has lost the focus.
    pub fn leave(&self) {
        self.is_used.set(false);
        self.lift();
    }

    /// Place of the cursor, in shares of the pad.
    #[must_use]
    pub fn cursor_style(&self) -> String {
        let GridCursor { row, column, .. } = self.cursor.get();
        let percent = |idx: usize| 100.0 * idx as f64 / SIDE as f64;
        format!("left: {:.3}%; top: {:.3}%", percent(column), percent(row))
    }

    fn step(&self, step: Step, is_long: bool) {
        self.is_used.set(true);
        self.cursor.update(|cursor| {
            let n_cells = if is_long { Keyboard::LONG_STEP } else { 1 };
            if cursor.step(step, n_cells) && cursor.is_pen_down {
                self.surface.pad.change(|drawing| drawing.extend(cursor.point()));
                self.surface.paint_end();
            }
        });
        self.speak();
    }

    fn toggle_pen(&self) {
        self.is_used.set(true);
        self.cursor.update(|cursor| {
            cursor.is_pen_down = !cursor.is_pen_down;
            if cursor.is_pen_down {
                self.surface.pad.change(|drawing| drawing.begin(cursor.point()));
                self.surface.paint_end();
            }
        });
        self.speak();
    }

    fn undo(&self) {
        self.lift();
        self.surface.pad.undo();
        self.spoken.set("undone".to_owned());
    }

    fn speak(&self) {
        self.spoken.set(self.cursor.read_untracked().describe());
    }
}
