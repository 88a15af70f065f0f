//! Whether single letters work as shortcuts: whoever speaks to the computer, or whose hand slips, can switch them off.

use leptos::prelude::*;

const STORAGE_KEY: &str = "inkling-single-keys";

/// The switch, for the whole page.
#[derive(Debug, Clone, Copy)]
pub struct SingleKeys {
    are_on: RwSignal<bool>,
}

/// Puts the switch into the context, as it was left.
pub fn provide_single_keys() {
    let word = storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    provide_context(SingleKeys { are_on: RwSignal::new(word.as_deref() != Some("off")) });
}

impl SingleKeys {
    /// Whether they work.
    pub fn are_on(self) -> bool {
        self.are_on.get()
    }

    /// Switches them, and remembers it; a browser without storage does not remember.
    pub fn switch(self, are_on: bool) {
        self.are_on.set(are_on);
        if let Some(storage) = storage() {
            let _ = if are_on { storage.remove_item(STORAGE_KEY) } else { storage.set_item(STORAGE_KEY, "off") };
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
