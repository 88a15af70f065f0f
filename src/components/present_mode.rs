//! Present mode: the pad, its answer, the curves and the maps as a lecture hall sees them, with few controls. By a button,
//! and by a link with `?present`.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

const KEY: &str = "present";

/// The mode, for the whole page.
#[derive(Debug, Clone, Copy)]
pub struct PresentMode {
    is_on: RwSignal<bool>,
}

/// Puts the mode into the context, as the address asks for it.
pub fn provide_present_mode() {
    let pairs = query_pairs();
    let mode = PresentMode { is_on: RwSignal::new(pairs.len() > without_mode(&pairs).len()) };
    show(mode.is_on.get_untracked());
    provide_context(mode);
}

impl PresentMode {
    /// Whether it is on.
    pub fn is_on(self) -> bool {
        self.is_on.get()
    }

    /// Switches it; the address keeps it.
    pub fn switch(self, is_on: bool) {
        self.is_on.set(is_on);
        show(is_on);
        let pairs = query_pairs();
        let mut kept = without_mode(&pairs);
        if is_on {
            kept.push(KEY);
        }
        let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
        let location = window().location();
        let address =
            format!("{}{query}{}", location.pathname().unwrap_or_default(), location.hash().unwrap_or_default());
        if let Ok(history) = window().history() {
            // A browser that refuses the address shows the mode all the same.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    }

    /// Its part of the query of a link to the page as it is shown.
    pub fn query(self) -> Option<&'static str> {
        self.is_on.get_untracked().then_some(KEY)
    }
}

/// The style sheets go by this attribute.
fn show(is_on: bool) {
    if let Some(root) = document().document_element() {
        // The name is valid.
        let _ = root.toggle_attribute_with_force("data-present", is_on);
    }
}

fn query_pairs() -> Vec<String> {
    let query = window().location().search().unwrap_or_default();
    query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect()
}

fn without_mode(pairs: &[String]) -> Vec<&str> {
    pairs.iter().map(String::as_str).filter(|pair| pair.split('=').next() != Some(KEY)).collect()
}
