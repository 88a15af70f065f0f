//! The tab.

use super::context::{MAX_CHOSEN, RobustnessContext};
use super::corruption_section::CorruptionSection;
use super::curve_section::CurveSection;
use super::measurement::work_through;
use super::networks::keep_networks;
use super::run_choice::RunChoice;
use super::shift_section::ShiftSection;
use super::try_out::TryOut;
use crate::state::use_app_state;
use leptos::prelude::*;

/// What moved, noisy and otherwise changed images do to the accuracy of several runs.
#[component]
pub fn RobustnessPanel() -> impl IntoView {
    let state = use_app_state();
    let context = RobustnessContext::new(state);
    provide_context(context);
    keep_networks(context);
    work_through(context);
    choose_new_runs(context);
    let refused = move || state.run_answers.refused.read().as_ref().map(|(_, message)| message.clone());
    view! {
        <div class="robustness">
            <p class="robustness__why">
                "Handwriting on real paper is not centred, upright and clean as MNIST’s images are. Here you measure how much of its accuracy a network keeps when the images change."
            </p>
            <RunChoice />
            <Show when=move || refused().is_some()>
                <p class="message message--bad" role="status" prop:textContent=move || refused().unwrap_or_default()></p>
            </Show>
            <TryOut />
            <ShiftSection />
            <CurveSection />
            <CorruptionSection />
        </div>
    }
}

/// A run that begins while the panel is open is chosen, too.
fn choose_new_runs(context: RobustnessContext) {
    let run = context.state.run.id;
    Effect::new(move |former: Option<_>| {
        let now = run.get();
        if former.is_some_and(|former| former != now) {
            context.picked.update(|picked| {
                picked.push(now);
                drop(picked.drain(..picked.len().saturating_sub(MAX_CHOSEN)));
            });
        }
        now
    });
}
