//! What is pointed at in a picture of numbers, by pointer or by keyboard.

use leptos::prelude::*;
use std::sync::Arc;

/// What a cell holds, in words and as a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointed {
    /// Where it is and what it is.
    pub words: String,
    /// The number.
    pub value: f32,
}

/// Says what stands at `[row, column]`; `None` where nothing does. It reads signals, so the line stays true.
pub type Reader = Arc<dyn Fn([usize; 2]) -> Option<Pointed> + Send + Sync>;

/// A [`Reader`] from a function.
#[must_use]
pub fn reader(read: impl Fn([usize; 2]) -> Option<Pointed> + Send + Sync + 'static) -> Reader {
    Arc::new(read)
}

/// What is pointed at, for one panel.
#[derive(Clone, Copy)]
pub struct Pointing {
    target: RwSignal<Option<Target>>,
}

#[derive(Clone)]
struct Target {
    picture_id: usize,
    cell: [usize; 2],
    read: Reader,
    is_by_keyboard: bool,
}

impl Pointing {
    /// Puts one that points at nothing in the context of the calling component.
    pub fn provide() {
        provide_context(Pointing { target: RwSignal::new(None) });
    }

    /// Points at a cell of a picture.
    pub fn point(&self, picture_id: usize, cell: [usize; 2], read: &Reader, is_by_keyboard: bool) {
        self.target.set(Some(Target { picture_id, cell, read: read.clone(), is_by_keyboard }));
    }

    /// Points at nothing, if it was at this picture.
    pub fn leave(&self, picture_id: usize) {
        self.target.maybe_update(|target| {
            let is_there = target.as_ref().is_some_and(|target| target.picture_id == picture_id);
            if is_there {
                *target = None;
            }
            is_there
        });
    }

    /// What is pointed at; it changes with the signals that its reader reads.
    pub(super) fn pointed(&self) -> Option<Pointed> {
        let target = self.target.read();
        let target = target.as_ref()?;
        (target.read)(target.cell)
    }

    /// Whether that was chosen by keyboard.
    pub(super) fn is_by_keyboard(&self) -> bool {
        self.target.read().as_ref().is_some_and(|target| target.is_by_keyboard)
    }

    /// The cell of a picture that the keyboard reads.
    #[must_use]
    pub fn cell_by_keyboard(&self, picture_id: usize) -> Option<[usize; 2]> {
        let target = self.target.read_untracked();
        let target = target.as_ref().filter(|target| target.picture_id == picture_id && target.is_by_keyboard)?;
        Some(target.cell)
    }
}
