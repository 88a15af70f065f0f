//! Two sides, `height × width`.

use super::layer_parts::of_layer;
use crate::panels::experiment::fields::NumberField;
use crate::state::use_editor;
use inkling_engine::experiment::LayerConfig;
use leptos::prelude::*;

/// Two small number fields with a cross between.
#[component]
pub fn PairField(
    /// The layer.
    layer_idx: usize,
    /// Which of its fields.
    part: fn(&mut LayerConfig) -> Option<&mut [usize; 2]>,
    /// What the two sides are called, for ears.
    names: [String; 2],
    /// What the check says about both.
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let editor = use_editor();
    let pair = editor.value(of_layer(layer_idx, part));
    // The check speaks about both sides at once; the message stands at the side that is out of range.
    let is_out_of_range = move |side: usize| !(1..=28).contains(&pair.read()[side]);
    let is_at_second = move || is_out_of_range(1) && !is_out_of_range(0);
    let side = move |side: usize, name: String| {
        let fault = Signal::derive(move || fault.get().filter(|_| is_at_second() == (side == 1)));
        let set = move |length| {
            editor.edit(|experiment| {
                if let Some(pair) = experiment.network.get_mut(layer_idx).and_then(part) {
                    pair[side] = length;
                }
            });
        };
        let value = Memo::new(move |_| pair.read()[side]);
        view! { <NumberField value on_change=set fault name is_inline=true /> }
    };
    let [first, second] = names;
    view! {
        {side(0, first)}
        <span class="layer__times">"×"</span>
        {side(1, second)}
    }
}
