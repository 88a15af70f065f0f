//! Tabs: a list of buttons, and below it what the chosen one shows.

use super::fresh_id;
use leptos::{html, prelude::*};
use web_sys::KeyboardEvent;

/// The tabs of a panel.
pub trait Tab: Copy + PartialEq + Send + Sync + 'static {
    /// All of them, in order.
    const ALL: &'static [Self];

    /// What the tab's button says.
    fn title(self) -> &'static str;
}

/// Where a key leads from the tab at a place among `n`; the arrows go round. `None` for other keys.
fn reached_by(place: usize, n: usize, key: &str) -> Option<usize> {
    match key {
        "ArrowLeft" => Some((place + n - 1) % n),
        "ArrowRight" => Some((place + 1) % n),
        "Home" => Some(0),
        "End" => Some(n - 1),
        _ => None,
    }
}

/// The list of tabs, and the panel with what the open one shows.
#[component]
pub fn Tabs<T: Tab>(
    /// The open one.
    tab: RwSignal<T>,
    /// What the list is called.
    label: &'static str,
    /// What the panel shows.
    children: Children,
) -> impl IntoView {
    let stem = StoredValue::new(fresh_id("tabs"));
    let panel_id = move || format!("{}-panel", stem.read_value());
    let tab_id = move |place: usize| format!("{}-{place}", stem.read_value());
    let place = move || T::ALL.iter().position(|option| *option == tab.get()).unwrap_or_default();
    let buttons: Vec<_> = T::ALL.iter().map(|_| NodeRef::<html::Button>::new()).collect();
    let buttons = StoredValue::new(buttons);
    let press = move |event: KeyboardEvent| {
        let Some(there) = reached_by(untrack(place), T::ALL.len(), &event.key()) else { return };
        event.prevent_default();
        tab.set(T::ALL[there]);
        if let Some(button) = buttons.with_value(|buttons| buttons[there].get_untracked()) {
            // A button that cannot take the focus leaves it where it is.
            let _ = button.focus();
        }
    };
    let button = move |(place, option): (usize, T)| {
        let is_selected = move || tab.get() == option;
        view! {
            <button
                node_ref=buttons.with_value(|buttons| buttons[place])
                type="button"
                class="tabs__tab"
                role="tab"
                id=tab_id(place)
                aria-selected=move || is_selected().to_string()
                aria-controls=panel_id()
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| tab.set(option)
                on:keydown=press
            >
                {option.title()}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label>
            {T::ALL.iter().copied().enumerate().map(button).collect_view()}
        </div>
        <div id=panel_id() role="tabpanel" aria-labelledby=move || tab_id(place())>
            {children()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::reached_by;

    #[test]
    fn arrows_go_round() {
        assert_eq!(reached_by(0, 6, "ArrowLeft"), Some(5));
        assert_eq!(reached_by(5, 6, "ArrowRight"), Some(0));
        assert_eq!(reached_by(0, 6, "ArrowRight"), Some(1));
        assert_eq!(reached_by(2, 6, "Home"), Some(0));
        assert_eq!(reached_by(2, 6, "End"), Some(5));
        assert_eq!(reached_by(2, 6, "Enter"), None);
    }
}
