//! The accuracy for each shift, a map for each chosen run.

use super::context::RobustnessContext;
use super::measure_bar::MeasureBar;
use super::shift_map::ShiftMap;
use crate::components::Term;
use crate::components::{ThemeState, glossary, use_theme};
use crate::plot::colour_map::ColourMap;
use crate::protocol::questions::ChangeList;
use leptos::prelude::*;

/// The maps side by side, and what their colours mean.
#[component]
pub fn ShiftSection() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let ThemeState { ground, palette, .. } = use_theme();
    view! {
        <section class="robustness__section" aria-label="Shift map">
            <h3 class="robustness__title">
                <Term entry=glossary::SHIFT_MAP>"Shift map"</Term>
            </h3>
            <p class="message">
                "Each cell is the accuracy after all images were moved that far: 289 shifts of up to 8 pixels each way."
            </p>
            <MeasureBar changes=ChangeList::ShiftMap label="Measure all shifts" />
            <div class="robustness__maps" data-testid="shift-map">
                <For
                    each=move || context.chosen.get()
                    key=|candidate| (candidate.run, candidate.name.clone(), candidate.is_present)
                    children=|candidate| view! { <ShiftMap candidate /> }
                />
            </div>
            <div class="colour-legend" translate="no">
                <span class="colour-legend__end">"0 %"</span>
                <span
                    class="colour-legend__colours"
                    style:background-image=move || palette.get().of(ColourMap::Viridis).css_gradient(ground.get())
                ></span>
                <span class="colour-legend__end">"100 % recognised"</span>
            </div>
        </section>
    }
}
