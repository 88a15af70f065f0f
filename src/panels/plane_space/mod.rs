//! How a layer bends the plane.

use leptos::prelude::*;

/// Placeholder.
#[component]
pub fn PlaneSpacePanel() -> impl IntoView {}
