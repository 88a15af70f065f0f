//! What is pointed at in a picture of numbers, by pointer or by keyboard, and the line that reads it out.

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

    /// The cell of a picture that the keyboard reads.
    #[must_use]
    pub fn cell_by_keyboard(&self, picture_id: usize) -> Option<[usize; 2]> {
        let target = self.target.read_untracked();
        let target = target.as_ref().filter(|target| target.picture_id == picture_id && target.is_by_keyboard)?;
        Some(target.cell)
    }
}

/// The line below a panel's pictures that reads out what is pointed at.
#[component]
pub fn PointedLine(
    /// What it says while nothing is pointed at.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let pointing = expect_context::<Pointing>();
    let pointed = move || {
        let target = pointing.target.read();
        let target = target.as_ref()?;
        (target.read)(target.cell)
    };
    let hint = hint.unwrap_or("point at a cell to read its value; by keyboard: arrow keys, Enter, Escape");
    view! {
        <p
            class="pointed-line"
            class:pointed-line--idle=move || pointed().is_none()
            data-testid="pointed-line"
            data-value=move || pointed().map(|pointed| pointed.value.to_string())
            aria-live=move || {
                let is_by_keyboard = pointing.target.read().as_ref().is_some_and(|target| target.is_by_keyboard);
                if is_by_keyboard { "polite" } else { "off" }
            }
        >
            {move || pointed().map_or_else(|| hint.to_owned(), |pointed| pointed.words)}
        </p>
    }
}

/// Where the arrow key leads from a cell; `None` for other keys.
#[must_use]
pub fn moved(key: &str, [row, column]: [usize; 2], [height, width]: [usize; 2]) -> Option<[usize; 2]> {
    let (row, column) = match key {
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => (row + 1, column),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, column + 1),
        "Home" => (row, 0),
        "End" => (row, width),
        _ => return None,
    };
    Some([row.min(height.saturating_sub(1)), column.min(width.saturating_sub(1))])
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn arrows_stay_inside() {
        let size = [3, 4];
        assert_eq!(moved("ArrowUp", [0, 2], size), Some([0, 2]));
        assert_eq!(moved("ArrowDown", [2, 2], size), Some([2, 2]));
        assert_eq!(moved("ArrowRight", [1, 2], size), Some([1, 3]));
        assert_eq!(moved("End", [1, 0], size), Some([1, 3]));
        assert_eq!(moved("Tab", [1, 0], size), None);
    }
}
