//! Notices that an element's size has changed.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver};

/// Calls `listener` soon, and then whenever the element's size has changed, until the calling owner is cleaned up.
pub fn on_resize(element: &Element, listener: impl FnMut() + 'static) {
    let listener = Closure::<dyn FnMut()>::new(listener);
    let Ok(observer) = ResizeObserver::new(listener.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let held = StoredValue::new_local(Some((listener, observer)));
    on_cleanup(move || {
        if let Some(Some((_listener, observer))) = held.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}
