//! Controls that a teacher can hide.

use super::screen::PlaneScreen;
use crate::link::playground::Control;
use leptos::prelude::*;

/// Whether a control is on the page; always outside of the plane. Reactive.
pub fn has_control(control: Control) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
    let screen = use_context::<PlaneScreen>();
    move || screen.is_none_or(|screen| screen.has(control))
}

/// Controls that are on the page unless they were hidden; their values hold all the same.
#[component]
pub fn Hideable(
    /// What they are called in a link.
    control: Control,
    /// The controls.
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Show when=has_control(control)>{children()}</Show> }
}
