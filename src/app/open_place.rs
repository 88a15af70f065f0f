//! The place that is open, and those that were opened before: they stay as they were left, hidden.

use crate::components::part::{Part, part};
use crate::places::digits::Digits;
use crate::places::plane::Plane;
use crate::state::{Place, Places};
use leptos::prelude::*;

part!(plane, fetch_plane, plane_place(_nothing: ()), view! { <Plane /> }.into_any());

/// All places that have been open.
#[component]
pub fn OpenPlace() -> impl IntoView {
    let open = expect_context::<Places>().open;
    let was_open = |place: Place| {
        Memo::new(move |was_open: Option<&bool>| was_open.copied().unwrap_or_default() || open.get() == place)
    };
    let (has_digits, has_plane) = (was_open(Place::Digits), was_open(Place::Plane));
    let part = Part::new(fetch_plane, move || has_plane.get());
    view! {
        <div hidden=move || open.get() != Place::Digits>{move || has_digits.get().then(|| view! { <Digits /> })}</div>
        <div hidden=move || open.get() != Place::Plane>
            {move || has_plane.get().then_some(move || part.show(|| plane_place(())))}
        </div>
    }
}
