//! The header of the page.

use super::copy_link::CopyLink;
use super::help::Help;
use super::place_links::PlaceLinks;
use super::workers_menu::WorkersMenu;
use crate::components::{PresentMode, Theme, use_theme};
use crate::state::{Place, Places};
use leptos::prelude::*;

/// Name on the left, what belongs to the whole page on the right.
#[component]
pub fn Header(
    /// What comes before all else, for those who go by keyboard.
    children: Children,
) -> impl IntoView {
    let places = expect_context::<Places>();
    view! {
        <header class="header">
            {children()}
            <h1 class="header__name">
                <svg class="header__mark" width="20" height="20" viewBox="0 0 28 28" aria-hidden="true">
                    <rect class="header__mark-paper" width="28" height="28" rx="7"></rect>
                    <path
                        class="header__mark-ink"
                        d="M8 20c2-8 4-12 6-12s0 12 6 12"
                        fill="none"
                        stroke-width="3.4"
                        stroke-linecap="round"
                    ></path>
                </svg>
                "Inkling"
            </h1>
            <PlaceLinks />
            <div class="header__tools">
                <Show when=move || places.open.get() == Place::Digits>
                    <WorkersMenu />
                </Show>
                <CopyLink />
                <PresentButton />
                <ThemeButton />
                <Help />
            </div>
        </header>
    }
}

#[component]
fn PresentButton() -> impl IntoView {
    let mode = expect_context::<PresentMode>();
    view! {
        <button
            type="button"
            class="button header__present"
            title="For a lecture hall: large type, few controls"
            aria-pressed=move || mode.is_on().to_string()
            prop:textContent=move || if mode.is_on() { "Leave present mode" } else { "Present" }
            on:click=move |_| mode.switch(!untrack(|| mode.is_on()))
        ></button>
    }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let themes = use_theme();
    let theme = themes.theme;
    let label = move || format!("Theme: {}. Change to {}", theme.get().as_str(), theme.get().next().as_str());
    view! {
        <button
            type="button"
            class="button button--icon"
            translate="no"
            aria-label=label
            title=label
            on:click=move |_| themes.choose(theme.get_untracked().next())
        >
            {move || match theme.get() {
                Theme::System => "◐",
                Theme::Light => "○",
                Theme::Dark => "●",
            }}
        </button>
    }
}
