//! A menu: one of a few options.

use leptos::prelude::*;

/// A native menu. An option is its value, its words, and whether it can be chosen.
#[component]
pub fn ChoiceField<T: Copy + PartialEq + Send + Sync + 'static>(
    /// The choices in order, with their words.
    options: Vec<(T, &'static str)>,
    /// The present choice.
    #[prop(into)]
    value: Signal<T>,
    /// Takes up a choice.
    on_change: impl Fn(T) + Send + Sync + 'static,
    /// The name, where no `<label for>` gives it.
    #[prop(optional, into)]
    name: MaybeProp<String>,
    /// The element's id, for a `<label for>`.
    #[prop(optional, into)]
    id: Option<String>,
    /// What the experiment's check says about it; shown by whoever placed the field.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
) -> impl IntoView {
    let values: Vec<T> = options.iter().map(|&(value, _)| value).collect();
    let choose = move |typed: String| {
        if let Some(&chosen) = typed.parse::<usize>().ok().and_then(|choice_idx| values.get(choice_idx)) {
            on_change(chosen);
        }
    };
    view! {
        <select
            class="select choice-field"
            id=id
            aria-label=move || name.get()
            aria-invalid=move || fault.get().map(|_| "true")
            on:change=move |event| choose(event_target_value(&event))
        >
            {options
                .into_iter()
                .enumerate()
                .map(|(choice_idx, (choice, text))| {
                    view! {
                        <option value=choice_idx.to_string() prop:selected=move || value.get() == choice>
                            {text}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}
