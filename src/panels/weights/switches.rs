//! Which weights are shown, how they are coloured, and in which order.

use super::context::{UnitOrder, WeightsContext};
use super::stretch::Stretch;
use crate::components::{Term, fresh_id, glossary};
use crate::protocol::WeightKind;
use leptos::prelude::*;

/// The kinds with their words, in the order of the switch.
const KINDS: [(WeightKind, &str); 3] = [
    (WeightKind::Values, "values"),
    (WeightKind::Gradients, "gradients of the last step"),
    (WeightKind::Change, "change since the start"),
];

/// What a kind is called.
#[must_use]
pub fn kind_word(kind: WeightKind) -> &'static str {
    KINDS[kind as usize].1
}

/// Weights, their gradients, or what training has changed.
#[component]
pub fn KindSwitch() -> impl IntoView {
    let kind = expect_context::<WeightsContext>().kind;
    let name = fresh_id("kind");
    let option = |(option, word): (WeightKind, &'static str)| {
        view! {
            <label class="segments__option">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || kind.get() == option
                    on:change=move |_| kind.set(option)
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segments">
            <legend class="visually-hidden">"Numbers shown"</legend>
            {KINDS.map(option).collect_view()}
        </fieldset>
    }
}

/// The range of the colours.
#[component]
pub fn StretchSwitch() -> impl IntoView {
    let stretch = expect_context::<WeightsContext>().stretch;
    let choose =
        move |event| stretch.set(if event_target_value(&event) == "full" { Stretch::Full } else { Stretch::Half });
    view! {
        <label class="inside-switch">
            "scale"
            <select
                class="select"
                prop:value=move || if stretch.get() == Stretch::Full { "full" } else { "half" }
                on:change=choose
            >
                <option value="half">"half of the range, as in the lesson"</option>
                <option value="full">"whole range"</option>
            </select>
        </label>
    }
}

/// The order of a Dense layer's units.
#[component]
pub fn OrderSwitch() -> impl IntoView {
    let order = expect_context::<WeightsContext>().order;
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some(chosen) = UnitOrder::ALL.into_iter().find(|order| order.as_str() == word) {
            order.set(chosen);
        }
    };
    view! {
        <label class="inside-switch">
            "order by"
            <select class="select" prop:value=move || order.get().as_str() on:change=choose>
                {UnitOrder::ALL
                    .map(|order| view! { <option value=order.as_str()>{order.as_str()}</option> })
                    .collect_view()}
            </select>
            <Term entry=glossary::INFLUENCE />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_at_their_place() {
        assert!(KINDS.iter().enumerate().all(|(place, (kind, _))| *kind as usize == place));
        assert_eq!(kind_word(WeightKind::Change), "change since the start");
    }
}
