//! Light or dark: what the browser prefers, or the learner's remembered choice.

use crate::plot::colour_map::{Ground, Palette};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MediaQueryList, MediaQueryListEvent};

const STORAGE_KEY: &str = "inkling-theme";

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the browser says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The next one when the button is pressed.
    #[must_use]
    pub fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    /// The word for it, `data-theme` on the page and in the storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn from_str(word: &str) -> Theme {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.as_str() == word).unwrap_or_default()
    }
}

/// The choice, and what follows from it for pictures.
#[derive(Clone, Copy)]
pub struct ThemeState {
    /// What was chosen.
    pub theme: RwSignal<Theme>,
    /// Light or dark: what pictures are painted for.
    pub ground: Memo<Ground>,
    /// With or without colour: how pictures of numbers are painted.
    pub palette: RwSignal<Palette>,
}

/// Puts the theme into the context, takes up the remembered choice, and keeps `<html data-theme>` up to date.
pub fn provide_theme() -> ThemeState {
    let theme = RwSignal::new(remembered());
    let prefers_dark = prefers_dark_signal();
    let ground = Memo::new(move |_| match (theme.get(), prefers_dark.get()) {
        (Theme::Dark, _) | (Theme::System, true) => Ground::Dark,
        (Theme::Light, _) | (Theme::System, false) => Ground::Light,
    });
    apply(theme.get_untracked());
    let state = ThemeState { theme, ground, palette: RwSignal::new(Palette::default()) };
    provide_context(state);
    state
}

impl ThemeState {
    /// Chooses, and remembers the choice.
    pub fn choose(&self, theme: Theme) {
        // The style changes first, so that effects of the signal read the new colours.
        apply(theme);
        remember(theme);
        self.theme.set(theme);
    }
}

/// The page's theme.
///
/// # Panics
/// Outside of a component below [`provide_theme`].
#[must_use]
pub fn use_theme() -> ThemeState {
    expect_context::<ThemeState>()
}

fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        // Setting an attribute cannot fail here: its name is valid.
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.as_str()),
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn remembered() -> Theme {
    storage()
        .and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten())
        .map_or(Theme::System, |word| Theme::from_str(&word))
}

/// A browser without storage (private window, full disk) does not remember.
fn remember(theme: Theme) {
    if let Some(storage) = storage() {
        let _ = match theme {
            Theme::System => storage.remove_item(STORAGE_KEY),
            chosen => storage.set_item(STORAGE_KEY, chosen.as_str()),
        };
    }
}

fn prefers_dark_signal() -> RwSignal<bool> {
    let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    let prefers_dark = RwSignal::new(query.as_ref().is_some_and(MediaQueryList::matches));
    if let Some(query) = query {
        let on_change =
            Closure::<dyn FnMut(_)>::new(move |event: MediaQueryListEvent| prefers_dark.set(event.matches()));
        query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        // Both live as long as the page.
        on_change.forget();
        std::mem::forget(query);
    }
    prefers_dark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_is_remembered_as_itself() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::from_str(theme.as_str()), theme);
        }
    }

    #[test]
    fn an_unknown_word_in_the_storage_means_system() {
        assert_eq!(Theme::from_str("<script>"), Theme::System);
    }

    #[test]
    fn three_presses_lead_back() {
        assert_eq!(Theme::System.next().next().next(), Theme::System);
    }
}
