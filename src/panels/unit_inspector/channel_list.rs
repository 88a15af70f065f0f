//! What each input channel adds to a convolution's cell.

use super::context::InspectorContext;
use super::origin::input_name;
use super::sum::ShortSum;
use super::sum_line::SumLine;
use super::sum_text::SumText;
use leptos::prelude::*;

/// Channels that are listed at first.
const N_AT_FIRST: usize = 8;

/// The channels by what they add, the largest first; a click shows a channel's patch. While the network trains the
/// order is held: lines that change places under the pointer cannot be clicked.
#[component]
pub fn ChannelList(
    /// The layer.
    layer_idx: usize,
    /// The listed channels, for the sum beside the list.
    sum: Memo<ShortSum>,
    /// The same as it is written.
    text: Memo<SumText>,
    /// Whether all channels are.
    is_whole: RwSignal<bool>,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let n_channels = Memo::new(move |_| sum.read().parts.len() + sum.read().n_rest);
    let reach = Memo::new(move |_| sum.read().reach());
    let channel = Memo::new(move |_| context.channel());
    let name = move || input_name(&context.layers.read(), layer_idx);
    let line = move |line_idx: usize| {
        let part = Memo::new(move |_| sum.read().parts.get(line_idx).copied());
        let part_idx = move || part.get().map_or(0, |part| part.idx);
        let part_text =
            Signal::derive(move || text.read().parts.get(line_idx).map_or_else(String::new, |part| part.1.clone()));
        view! {
            <SumLine value=Signal::derive(move || part.get().map_or(0.0, |part| part.value)) text=part_text reach>
                <button
                    type="button"
                    class="unit-inspector-link"
                    aria-pressed=move || (part_idx() == channel.get()).to_string()
                    title="show the patch of this channel"
                    prop:textContent=move || if n_channels.get() == 1 { name() } else { format!("channel {}", part_idx()) }
                    on:click=move |_| context.chosen_channel.set(Some(part.get_untracked().map_or(0, |part| part.idx)))
                ></button>
            </SumLine>
        }
    };
    view! {
        <div class="sum-list" class:sum-list--whole=move || is_whole.get()>
            <p
                class="sum-list__title"
                prop:textContent=move || match n_channels.get() {
                    1 => "its one channel adds".to_owned(),
                    n => format!("the {n} channels of {} add", name()),
                }
            ></p>
            <Show when=move || { n_channels.get() > 1 }>
                <p
                    class="sum-list__order"
                    data-testid="channel-order"
                    data-held=move || context.holds_order().to_string()
                    prop:textContent=move || {
                        if context.holds_order() {
                            "the order is held while training; Pause sorts again"
                        } else {
                            "the largest first"
                        }
                    }
                ></p>
            </Show>
            <ul class="sum-list__lines">
                <For each=move || 0..sum.read().parts.len() key=|line_idx| *line_idx children=line />
                <Show when=move || { sum.read().n_rest > 0 }>
                    <SumLine value=Signal::derive(move || sum.read().rest) text=Signal::derive(move || text.read().rest.clone()) reach>
                        <span prop:textContent=move || others(sum.read().n_rest, "channel")></span>
                    </SumLine>
                </Show>
            </ul>
            <Show when=move || { n_channels.get() > N_AT_FIRST }>
                <button
                    type="button"
                    class="button button--quiet"
                    prop:textContent=move || {
                        if is_whole.get() { format!("show the first {N_AT_FIRST}") } else { format!("show all {}", n_channels.get()) }
                    }
                    on:click=move |_| is_whole.update(|is_whole| *is_whole = !*is_whole)
                ></button>
            </Show>
        </div>
    }
}

/// The sum over channels, short or whole.
#[must_use]
pub fn channel_sum(context: InspectorContext, is_whole: RwSignal<bool>) -> Memo<ShortSum> {
    Memo::new(move |_| {
        let n_shown = if is_whole.get() { usize::MAX } else { N_AT_FIRST };
        let sum = context.with_conv2d(|conv2d| ShortSum::of_channels(conv2d, &context.order.read(), n_shown));
        sum.unwrap_or(ShortSum { parts: Vec::new(), n_rest: 0, rest: 0.0 })
    })
}

/// `24 other channels`, `1 other channel`.
#[must_use]
pub fn others(n: usize, what: &str) -> String {
    let n_text = inkling_engine::experiment::thousands(n);
    if n == 1 { format!("1 other {what}") } else { format!("{n_text} other {what}s") }
}
