//! One animation frame for all pictures that have changed.

use leptos::prelude::request_animation_frame;
use std::cell::RefCell;
use std::collections::BTreeMap;

type Paint = Box<dyn FnOnce()>;

thread_local! {
    static DUE: RefCell<BTreeMap<usize, Paint>> = const { RefCell::new(BTreeMap::new()) };
}

/// Paints with the next frame; a newer `paint` of the same picture takes the place of an older one.
pub fn paint_soon(picture_id: usize, paint: impl FnOnce() + 'static) {
    let is_first = DUE.with_borrow_mut(|due| {
        let is_first = due.is_empty();
        due.insert(picture_id, Box::new(paint));
        is_first
    });
    if is_first {
        request_animation_frame(|| DUE.take().into_values().for_each(|paint| paint()));
    }
}
