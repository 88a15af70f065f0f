//! How many workers share the arithmetic.

use crate::components::Term;
use crate::components::glossary;
use crate::protocol::Simd;
use crate::state::{Machine, use_app_state};
use leptos::prelude::*;

/// Cores in use, as a menu, and the kind of arithmetic.
#[component]
pub fn WorkersMenu() -> impl IntoView {
    let state = use_app_state();
    let chosen = RwSignal::new(None::<usize>);
    let n_cores = Memo::new(move |_| state.machine.get().map(|machine| machine.n_cores));
    let in_use = move || state.machine.get().map_or_else(String::new, |machine| cores_text(&machine));
    let choose = move |value: String| {
        let n_workers = value.parse().ok();
        chosen.set(n_workers);
        state.set_workers(n_workers);
    };
    view! {
        <div class="workers">
            {move || {
                n_cores
                    .get()
                    .map(|n_cores| {
                        view! {
                            <select
                                class="select"
                                aria-label="Workers"
                                on:change=move |event| choose(event_target_value(&event))
                            >
                                <option value="" prop:selected=move || chosen.get().is_none()>
                                    {move || if chosen.get().is_none() { in_use() } else { "auto".to_owned() }}
                                </option>
                                {(1..=n_cores)
                                    .map(|n_workers| {
                                        view! {
                                            <option
                                                value=n_workers.to_string()
                                                prop:selected=move || chosen.get() == Some(n_workers)
                                            >
                                                {format!("{n_workers} of {n_cores} cores")}
                                            </option>
                                        }
                                    })
                                    .collect_view()}
                            </select>
                        }
                    })
            }}
            <Show when=move || state.run.checked.read().layers().iter().any(|layer| layer.n_normalized > 0)>
                <Term entry=glossary::WORKERS>"1 with BatchNormalization"</Term>
            </Show>
            {move || match state.machine.get().map(|machine| machine.simd) {
                Some(Simd::Relaxed) => {
                    view! { <Term entry=glossary::RELAXED_SIMD>"relaxed SIMD"</Term> }.into_any()
                }
                Some(Simd::Simd128) => view! { <Term entry=glossary::SIMD128>"SIMD"</Term> }.into_any(),
                None => view! { <span>"starting…"</span> }.into_any(),
            }}
        </div>
    }
}

fn cores_text(machine: &Machine) -> String {
    format!("{} of {} cores", machine.n_workers, machine.n_cores)
}
