//! What colours mean, in numbers.

use crate::components::{ThemeState, use_theme};
use crate::plot::colour_map::{ColourMap, Domain};
use leptos::prelude::*;

/// The colours from end to end with the values at both ends, and a remark.
#[component]
pub fn ColourLegend(
    /// The values at the ends; dashes while there are none.
    #[prop(into)]
    domain: Signal<Option<Domain>>,
    /// The colours.
    #[prop(default = ColourMap::Diverging)]
    colours: ColourMap,
    /// What else there is to say.
    #[prop(optional, into)]
    note: Signal<String>,
) -> impl IntoView {
    let ThemeState { ground, palette, .. } = use_theme();
    let end = move |end_idx: usize| {
        move || domain.get().map_or_else(|| "–".to_owned(), |domain| domain.end_texts()[end_idx].clone())
    };
    let zero = (colours == ColourMap::Diverging).then(|| view! { <span class="colour-legend__zero">"0"</span> });
    view! {
        <div
            class="colour-legend"
            translate="no"
            data-low=move || domain.get().map(|domain| domain.low.to_string())
            data-high=move || domain.get().map(|domain| domain.high.to_string())
        >
            <span class="colour-legend__end">{end(0)}</span>
            <span class="colour-legend__colours" style:background-image=move || palette.get().of(colours).css_gradient(ground.get())>
                {zero}
            </span>
            <span class="colour-legend__end">{end(1)}</span>
            <span class="colour-legend__note">{move || note.get()}</span>
        </div>
    }
}
