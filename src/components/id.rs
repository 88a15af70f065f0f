//! Ids for elements that name each other (`for`, `aria-describedby`).

use std::sync::atomic::{AtomicUsize, Ordering};

static N_IDS: AtomicUsize = AtomicUsize::new(0);

/// An id that no other element of the page has.
#[must_use]
pub fn fresh_id(stem: &str) -> String {
    format!("{stem}-{}", N_IDS.fetch_add(1, Ordering::Relaxed))
}
