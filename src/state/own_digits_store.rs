//! Where the browser keeps the own digits across visits.

use crate::digits::{OwnDigit, kept_text};
use leptos::prelude::window;
use web_sys::Storage;

/// Their place in the browser's storage.
const STORAGE_KEY: &str = "inkling-own-digits";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The digits that are kept, and how many damaged ones there are, which are left out.
#[must_use]
pub fn read() -> (Vec<OwnDigit>, usize) {
    let text = storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    kept_text::read(&text.unwrap_or_default())
}

/// Keeps these digits; `false` if the browser does not: its storage is full, or it is not allowed to keep anything.
pub fn write(digits: &[OwnDigit]) -> bool {
    storage().is_some_and(|storage| match digits {
        [] => storage.remove_item(STORAGE_KEY).is_ok(),
        _ => storage.set_item(STORAGE_KEY, &kept_text::write(digits)).is_ok(),
    })
}
