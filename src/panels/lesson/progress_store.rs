//! Where the browser keeps what a learner has done in lessons.

use crate::lesson::Progress;
use leptos::prelude::window;
use web_sys::Storage;

/// Its place in the browser's storage.
const STORAGE_KEY: &str = "inkling-lesson";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What was kept; nothing if nothing was, or if it cannot be read.
#[must_use]
pub fn read() -> Progress {
    let text = storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps it; `false` if the browser does not.
#[must_use]
pub fn write(progress: &Progress) -> bool {
    let Ok(text) = serde_json::to_string(progress) else { return false };
    storage().is_some_and(|storage| storage.set_item(STORAGE_KEY, &text).is_ok())
}
