//! A number that can be typed.

use super::number_text::{Direction, NumberText};
use crate::components::{fresh_id, while_mounted};
use crate::state::use_editor;
use leptos::{ev, prelude::*};

/// A text field for a number.
///
/// What is typed stays as it was typed. As soon as it reads as a number it goes to `on_change`; until then nothing
/// does, and the field says what is wrong. Where a run under way follows the field (`is_live`), a number goes there with
/// Enter or when the field is left: on the way to `900` the run does not end at epoch 9. A number of the right form that the experiment's check refuses is kept in
/// the experiment, with the check's message (`fault`) here. Escape goes back to the experiment's number, arrow keys
/// step.
#[component]
pub fn NumberField<T: NumberText>(
    /// The number in the experiment.
    #[prop(into)]
    value: Signal<T>,
    /// Takes up a typed number.
    on_change: impl Fn(T) + Copy + Send + Sync + 'static,
    /// Whether a run under way takes the number up at once.
    #[prop(optional, into)]
    is_live: Signal<bool>,
    /// What the experiment's check says about it.
    #[prop(into)]
    fault: Signal<Option<String>>,
    /// The name, where no `<label for>` gives it.
    #[prop(optional, into)]
    name: MaybeProp<String>,
    /// The element's id, for a `<label for>`.
    #[prop(optional, into)]
    id: Option<String>,
    /// `inline` within a row, else a field of its own.
    #[prop(optional)]
    is_inline: bool,
    /// Where the message goes; without it, below the field.
    #[prop(optional)]
    message_to: Option<WriteSignal<Option<String>>>,
) -> impl IntoView {
    let editor = use_editor();
    let message_id = fresh_id("fault");
    let text = RwSignal::new(value.get_untracked().write());
    let misread = RwSignal::new(None::<String>);
    let is_draft = RwSignal::new(false);
    // The field follows the experiment when it was changed elsewhere, and is reset when it was replaced.
    Effect::watch(
        move || (value.get(), editor.n_loads.get()),
        move |&(number, n_loads), former, _| {
            let was_replaced = former.is_some_and(|&(_, former)| former != n_loads);
            let reads_differently = T::read(&text.read_untracked()).is_ok_and(|typed| typed != number);
            let is_changed = former.is_some_and(|&(former, _)| former != number);
            let reads_differently = reads_differently && !is_draft.get_untracked();
            if was_replaced || reads_differently || (is_changed && misread.read_untracked().is_some()) {
                text.set(number.write());
                misread.set(None);
            }
        },
        // The experiment can be replaced between the field's making and its first effect.
        true,
    );
    let take_up = move |typed: String| {
        match T::read(&typed) {
            Ok(number) => {
                misread.set(None);
                text.set(typed);
                if number != value.get_untracked() {
                    on_change(number);
                }
            }
            Err(message) => {
                misread.set(Some(message));
                text.set(typed);
            }
        };
    };
    // What is typed while a run follows: read, so that mistakes show, but not taken up.
    let draft = move |typed: String| {
        misread.set(T::read(&typed).err());
        is_draft.set(T::read(&typed).is_ok_and(|number| number != value.get_untracked()));
        text.set(typed);
    };
    let type_in = move |typed: String| if is_live.get_untracked() { draft(typed) } else { take_up(typed) };
    let commit = move || {
        if is_draft.get_untracked() {
            is_draft.set(false);
            take_up(text.get_untracked());
        }
    };
    let restore = move || {
        is_draft.set(false);
        text.set(value.get_untracked().write());
        misread.set(None);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let direction = match event.key().as_str() {
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            "Enter" => return commit(),
            "Escape" => return restore(),
            _ => return,
        };
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        let number = T::read(&text.read_untracked()).unwrap_or_else(|_| value.get_untracked());
        type_in(number.stepped(direction).write());
    };
    let tidy_up = move |_| {
        commit();
        if misread.read_untracked().is_none() {
            text.set(value.get_untracked().write());
        }
    };
    let message = Memo::new(move |_| misread.get().or_else(|| fault.get()));
    if let Some(message_to) = message_to {
        Effect::new(move |_| message_to.set(message.get()));
    }
    let is_wrong = move || message.read().is_some();
    view! {
        <input
            type="text"
            id=id
            class="number-field"
            class:number-field--inline=is_inline
            inputmode=T::INPUT_MODE
            autocomplete="off"
            spellcheck="false"
            aria-label=move || name.get()
            aria-invalid=move || is_wrong().then_some("true")
            aria-describedby=message_id.clone()
            style:width=move || is_inline.then(|| format!("{}ch", text.read().chars().count().clamp(1, 9)))
            prop:value=move || text.get()
            class:number-field--draft=move || is_draft.get()
            on:input=move |event| type_in(event_target_value(&event))
            on:keydown=on_key
            on:blur=while_mounted(tidy_up)
        />
        <span
            id=message_id
            class=if message_to.is_some() { "visually-hidden" } else { "message message--bad field__message" }
            prop:textContent=move || message.get()
        ></span>
        <Show when=move || is_draft.get()>
            <span class="message field__message" data-testid="field-draft">"Enter takes it up, Escape restores"</span>
        </Show>
    }
}
