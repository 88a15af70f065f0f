//! How the pictures are coloured: two small menus.

use super::context::InsideContext;
use super::scale::ScaleMode;
use crate::components::Term;
use crate::components::glossary;
use crate::plot::colour_map::Palette;
use leptos::prelude::*;

/// Over what the colours are stretched.
#[component]
pub fn ScaleSwitch() -> impl IntoView {
    let scale = expect_context::<InsideContext>().scale;
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some(mode) = ScaleMode::ALL.into_iter().find(|mode| mode.as_str() == word) {
            scale.set(mode);
        }
    };
    view! {
        <label class="inside-switch inside-switch--strip">
            "scale per"
            <select class="select" prop:value=move || scale.get().as_str() on:change=choose>
                {ScaleMode::ALL.map(|mode| view! { <option value=mode.as_str()>{mode.as_str()}</option> }).collect_view()}
            </select>
            <Term entry=glossary::SCALE />
        </label>
    }
}

/// With colour, or by lightness alone: for all pictures inside the network.
#[component]
pub fn PaletteSwitch() -> impl IntoView {
    let palette = expect_context::<InsideContext>().palette;
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some(chosen) = Palette::ALL.into_iter().find(|palette| palette.as_str() == word) {
            palette.set(chosen);
        }
    };
    view! {
        <label class="inside-switch">
            "colours"
            <select class="select" prop:value=move || palette.get().as_str() on:change=choose>
                {Palette::ALL.map(|palette| view! { <option value=palette.as_str()>{palette.as_str()}</option> }).collect_view()}
            </select>
        </label>
    }
}
