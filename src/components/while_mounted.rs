//! Event handlers that do nothing once their component is gone.

use leptos::prelude::*;

/// A handler for events that can come while its element is being removed: `blur`, `focusout` and the `change` of a
/// text field.
///
/// When a view is replaced, its signals are disposed of before its elements leave the page, and the browser takes the
/// focus from an element that leaves. Reading a disposed signal would panic.
pub fn while_mounted<E: 'static>(handler: impl Fn(E) + 'static) -> impl Fn(E) + 'static {
    let is_mounted = StoredValue::new(());
    move |event| {
        if is_mounted.try_get_value().is_some() {
            handler(event);
        }
    }
}
