//! The corruptions of MNIST-C.

use super::context::RobustnessContext;
use super::corruption_table::CorruptionTable;
use super::measure_bar::MeasureBar;
use crate::components::{Term, glossary};
use crate::protocol::questions::ChangeList;
use leptos::prelude::*;

/// The table, and the choice of strengths.
#[component]
pub fn CorruptionSection() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let has_all_strengths = RwSignal::new(false);
    view! {
        <section class="robustness__section" aria-label="Corruptions">
            <h3 class="robustness__title">
                <Term entry=glossary::CORRUPTION>"Corruptions"</Term>
                " of "
                <Term entry=glossary::MNIST_C>"MNIST-C"</Term>
            </h3>
            <p class="message">
                "Noise, lines and distortions that do not keep a person from reading the digit. The picture is the image that runs through the network."
            </p>
            <MeasureBar changes=ChangeList::MnistC label="Measure the corruptions" />
            <label class="switch-field">
                <input
                    type="checkbox"
                    prop:checked=move || has_all_strengths.get()
                    on:change=move |event| has_all_strengths.set(event_target_checked(&event))
                />
                "All strengths, not only those of the published data set"
            </label>
            <Show when=move || !context.chosen.read().is_empty()>
                <CorruptionTable has_all_strengths />
            </Show>
        </section>
    }
}
