//! Notices that an element has another size on the screen.

use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MediaQueryList, ResizeObserver};

/// Calls `listener` soon, and then whenever the element's size has changed, in CSS pixels or in device pixels, until the
/// calling owner is cleaned up.
pub fn on_resize(element: &Element, listener: impl Fn() + 'static) {
    let listener = Rc::new(listener);
    on_pixel_ratio(listener.clone());
    let listener = Closure::<dyn FnMut()>::new(move || listener());
    let Ok(observer) = ResizeObserver::new(listener.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let held = StoredValue::new_local(Some((listener, observer)));
    on_cleanup(move || {
        if let Some(Some((_listener, observer))) = held.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}

/// Calls `listener` whenever a CSS pixel has another number of device pixels: the page was zoomed, or its window was
/// moved to another screen.
fn on_pixel_ratio(listener: Rc<impl Fn() + 'static>) {
    let held = StoredValue::new_local(None::<(Closure<dyn FnMut()>, Option<MediaQueryList>)>);
    // A query is about one ratio: once it no longer matches, the next one is asked.
    let ask = move || {
        held.try_update_value(|held| {
            if let Some((on_change, query)) = held {
                let ratio = window().device_pixel_ratio();
                *query = window().match_media(&format!("(resolution: {ratio}dppx)")).ok().flatten();
                if let Some(query) = query {
                    query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
                }
            }
        });
    };
    let on_change = Closure::new(move || {
        ask();
        listener();
    });
    held.set_value(Some((on_change, None)));
    ask();
    on_cleanup(move || {
        if let Some(Some((_on_change, Some(query)))) = held.try_update_value(Option::take) {
            query.set_onchange(None);
        }
    });
}
