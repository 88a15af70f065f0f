//! Notices which layers of the strip are on the screen.

use leptos::prelude::*;
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// The attribute of an element that gives its layer's index.
const LAYER_IDX_ATTRIBUTE: &str = "data-layer-idx";

/// An observer of layer columns.
#[derive(Clone, Copy)]
pub struct LayerWatcher(StoredValue<Option<IntersectionObserver>, LocalStorage>);

impl LayerWatcher {
    /// Layers are noticed a little before they become visible.
    const MARGIN: &str = "200px";

    /// An observer that keeps `visible` up to date, by index into the network.
    #[must_use]
    pub fn new(visible: RwSignal<BTreeSet<usize>>) -> LayerWatcher {
        let listener = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            visible.maybe_update(|visible| {
                let mut is_changed = false;
                for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
                    if let Some(layer_idx) = layer_idx_of(&entry.target()) {
                        is_changed |= if entry.is_intersecting() {
                            visible.insert(layer_idx)
                        } else {
                            visible.remove(&layer_idx)
                        };
                    }
                }
                is_changed
            });
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(LayerWatcher::MARGIN);
        let observer = IntersectionObserver::new_with_options(listener.as_ref().unchecked_ref(), &options).ok();
        let watcher = LayerWatcher(StoredValue::new_local(observer));
        let listener = StoredValue::new_local(Some(listener));
        on_cleanup(move || {
            if let Some(Some(observer)) = watcher.0.try_update_value(Option::take) {
                observer.disconnect();
            }
            listener.try_update_value(Option::take);
        });
        watcher
    }

    /// Marks an element as the place of a layer, and watches it until it is taken off the page.
    pub fn observe(&self, column: &Element, layer_idx: usize) {
        // Any element takes this attribute.
        let _ = column.set_attribute(LAYER_IDX_ATTRIBUTE, &layer_idx.to_string());
        self.0.with_value(|observer| {
            if let Some(observer) = observer {
                observer.observe(column);
            }
        });
    }
}

/// The layer that an element belongs to.
#[must_use]
pub fn layer_idx_of(element: &Element) -> Option<usize> {
    let column = element.closest(&format!("[{LAYER_IDX_ATTRIBUTE}]")).ok().flatten()?;
    column.get_attribute(LAYER_IDX_ATTRIBUTE)?.parse().ok()
}
