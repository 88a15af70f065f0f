//! The edits so far, with undo.

use super::context::SurgeryContext;
use super::text::{edit_text, outcome_text, part_text, state_text};
use crate::state::WeightEdits;
use leptos::prelude::*;

/// Edits that are listed one by one; there may be many more.
const MAX_LISTED: usize = 40;

/// An edit in the list: its index, its text and, if it can no longer be undone, whether it was reverted by the
/// run's end, and the text about that.
type ListedEdit = (usize, String, Option<(bool, String)>);

/// Undo, redo, restore all; the edits, the newest first; the frozen parts.
#[component]
pub fn EditList() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let run = context.state.run;
    let weight_edits = run.weight_edits;
    let can_undo = Memo::new(move |_| !weight_edits.read().open().is_empty());
    let can_redo = Memo::new(move |_| weight_edits.read().can_redo());
    let phase = Memo::new(move |_| run.phase());
    let state_text = move || state_text(phase.get(), run.start.get(), &weight_edits.read());
    let n_edits = Memo::new(move |_| weight_edits.read().committed().len() + weight_edits.read().open().len());
    let listed = move || {
        let (weight_edits, layers) = (weight_edits.read(), context.layers.read());
        let n_committed = weight_edits.committed().len();
        let edits = weight_edits.committed().iter().chain(weight_edits.open()).enumerate();
        let outcome = |idx: usize| {
            (idx < n_committed)
                .then(|| (weight_edits.reverted(idx).is_some(), outcome_text(weight_edits.reverted(idx))))
        };
        let listed: Vec<ListedEdit> = edits.map(|(idx, edit)| (idx, edit_text(edit, &layers), outcome(idx))).collect();
        listed.into_iter().rev().take(MAX_LISTED).collect::<Vec<_>>()
    };
    let frozen = move || {
        let (weight_edits, layers) = (weight_edits.read(), context.layers.read());
        weight_edits.frozen().iter().map(|part| (*part, part_text(*part, &layers))).collect::<Vec<_>>()
    };
    let has_frozen = Memo::new(move |_| !weight_edits.read().frozen().is_empty());
    // What a screen reader hears of a change: the newest edit.
    let spoken = Memo::new(move |_| match listed().first() {
        Some((_, text, Some((true, outcome)))) => format!("{} edits; the last one: {text}, {outcome}", n_edits.get()),
        Some((_, text, _)) => format!("{} edits; the last one: {text}", n_edits.get()),
        None => "No edits".to_owned(),
    });
    view! {
        <section class="edit-list" data-testid="edits" data-edits=move || n_edits.get().to_string()>
            <h3 class="surgery__title">"edits"</h3>
            <div class="edit-list__buttons">
                <button
                    type="button"
                    class="button"
                    disabled=move || !can_undo.get()
                    on:click=move |_| context.operate(WeightEdits::undo)
                >
                    "Undo"
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || !can_redo.get()
                    on:click=move |_| context.operate(WeightEdits::redo)
                >
                    "Redo"
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || !can_undo.get()
                    on:click=move |_| context.operate(WeightEdits::restore_all)
                >
                    "Restore all"
                </button>
            </div>
            <p class="message edit-list__state" class:message--warn=move || phase.get() == crate::protocol::Phase::Training prop:textContent=state_text></p>
            <Show
                when=move || { n_edits.get() > 0 }
                fallback=|| view! { <p class="message">"No weight has been changed by hand."</p> }
            >
                <ol class="edit-list__edits" translate="no" tabindex="0" aria-label="Edits, the newest first">
                    {move || {
                        listed()
                            .into_iter()
                            .map(|(idx, text, outcome)| {
                                let is_settled = outcome.is_some();
                                let is_undone = outcome.as_ref().is_some_and(|(is_undone, _)| *is_undone);
                                view! {
                                    <li
                                        class="edit-list__edit"
                                        class:edit-list__edit--committed=is_settled
                                        class:edit-list__edit--undone=is_undone
                                        value=idx + 1
                                    >
                                        <span class="edit-list__number">{idx + 1}</span>
                                        <span class="edit-list__text">{text}</span>
                                        {outcome.map(|(_, outcome)| view! { <span class="muted">{format!(" · {outcome}")}</span> })}
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ol>
                <Show when=move || { n_edits.get() > MAX_LISTED }>
                    <p class="message" prop:textContent=move || format!("and {} before", n_edits.get() - MAX_LISTED)></p>
                </Show>
            </Show>
            <Show when=move || has_frozen.get()>
                <h4 class="surgery__title">"frozen"</h4>
                <ul class="edit-list__frozen" translate="no" data-testid="frozen">
                    {move || {
                        frozen()
                            .into_iter()
                            .map(|(part, text)| {
                                view! {
                                    <li class="edit-list__part">
                                        {text.clone()}
                                        <button
                                            type="button"
                                            class="button button--quiet"
                                            aria-label=format!("Thaw {text}")
                                            on:click=move |_| context.operate(|weight_edits| weight_edits.toggle_frozen(part))
                                        >
                                            "thaw"
                                        </button>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
            </Show>
            <p class="visually-hidden" aria-live="polite" prop:textContent=move || spoken.get()></p>
        </section>
    }
}
