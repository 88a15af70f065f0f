//! Ways to look closer at a network on the plane, as tabs of one panel.

use crate::components::fresh_id;
use leptos::{html, prelude::*};
use web_sys::KeyboardEvent;

/// A way to look closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closer {
    /// The curves of the run, and the runs before it.
    #[default]
    Curves,
    /// The lines of the units, and their equations.
    Lines,
    /// How a layer bends the plane.
    Space,
    /// One training step by one point, in slow motion.
    Step,
    /// The loss around the present weights.
    Surface,
}

impl Closer {
    /// All, in order.
    const ALL: [Closer; 5] = [Closer::Curves, Closer::Lines, Closer::Space, Closer::Step, Closer::Surface];

    fn title(self) -> &'static str {
        match self {
            Closer::Curves => "Curves and runs",
            Closer::Lines => "Lines",
            Closer::Space => "Space",
            Closer::Step => "One step",
            Closer::Surface => "Loss surface",
        }
    }
}

/// The panel; only the open tab is on the page.
#[component]
pub fn CloserTabs(
    /// What a tab shows.
    view: fn(Closer) -> AnyView,
) -> impl IntoView {
    let tab = RwSignal::new(Closer::default());
    let stem = StoredValue::new(fresh_id("closer"));
    let panel_id = move || format!("{}-panel", stem.read_value());
    let tab_id = move |tab: Closer| format!("{}-{}", stem.read_value(), tab as usize);
    let buttons = Closer::ALL.map(|_| NodeRef::<html::Button>::new());
    let press = move |event: KeyboardEvent| {
        let n = Closer::ALL.len();
        let here = tab.get_untracked() as usize;
        let there = match event.key().as_str() {
            "ArrowLeft" => (here + n - 1) % n,
            "ArrowRight" => (here + 1) % n,
            "Home" => 0,
            "End" => n - 1,
            _ => return,
        };
        event.prevent_default();
        tab.set(Closer::ALL[there]);
        if let Some(button) = buttons[there].get_untracked() {
            // A button that cannot take the focus leaves it where it is.
            let _ = button.focus();
        }
    };
    let button = move |option: Closer| {
        let is_selected = move || tab.get() == option;
        view! {
            <button
                node_ref=buttons[option as usize]
                type="button"
                class="tabs__tab"
                role="tab"
                id=tab_id(option)
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
        <section class="panel panel--plane-closer">
            <div class="tabs" role="tablist" aria-label="Ways to look closer">
                {Closer::ALL.map(button).collect_view()}
            </div>
            <div id=panel_id() role="tabpanel" aria-labelledby=move || tab_id(tab.get())>{move || view(tab.get())}</div>
        </section>
    }
}
