//! What the inputs of a Dense layer's unit add: the largest for it, the largest against it, and the rest.

use super::channel_list::others;
use super::context::InspectorContext;
use super::number_text::{exact, short};
use super::origin::Origin;
use super::sum::ShortSum;
use super::sum_line::SumLine;
use super::sum_text::SumText;
use inkling_engine::explain::{Contribution, DenseArithmetic};
use leptos::prelude::*;

/// Which inputs a list holds.
type Side = fn(&DenseArithmetic) -> &[Contribution];

/// Both lists and the rest.
#[component]
pub fn InputList(
    /// The layer.
    layer_idx: usize,
    /// The whole sum, for the bars' length.
    sum: Memo<ShortSum>,
    /// The same as it is written.
    text: Memo<SumText>,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let reach = Memo::new(move |_| {
        // The rest of hundreds of inputs may be larger than each of the listed ones: bars compare those.
        sum.read().parts.iter().map(|part| part.value.abs()).fold(0.0, f32::max)
    });
    // All inputs of a layer come from the same one.
    let source = Memo::new(move |_| {
        let origin = Origin::of_input(&context.layers.read(), layer_idx, 0);
        origin.map(|origin| origin.layer_name).unwrap_or_default()
    });
    let side = move |title: &'static str, side: Side| {
        let n = Memo::new(move |_| context.with_dense(|dense| side(dense).len()).unwrap_or_default());
        view! {
            <div class="sum-list">
                <p class="sum-list__title" prop:textContent=move || format!("{title} {}", source.get())></p>
                <ul class="sum-list__lines">
                    <For each=move || 0..n.get() key=|line_idx| *line_idx let:line_idx>
                        <InputLine layer_idx line_idx side text reach />
                    </For>
                </ul>
                <Show when=move || n.get() == 0>
                    <p class="sum-list__none">"nothing"</p>
                </Show>
            </div>
        }
    };
    let rest = Signal::derive(move || sum.read().rest);
    view! {
        <div class="input-list" role="group" aria-label="Contributions of the inputs">
            {side("largest positive products, of", |dense| &dense.positive)} {side("largest negative products, of", |dense| &dense.negative)}
            <ul class="sum-list__lines input-list__rest">
                <SumLine value=rest text=Signal::derive(move || text.read().rest.clone()) reach>
                    <span prop:textContent=move || others(sum.read().n_rest, "input")></span>
                </SumLine>
            </ul>
        </div>
    }
}

/// One input: where it comes from, value × weight, product.
#[component]
fn InputLine(layer_idx: usize, line_idx: usize, side: Side, text: Memo<SumText>, reach: Memo<f32>) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let input = Memo::new(move |_| context.with_dense(|dense| side(dense).get(line_idx).copied()).flatten());
    let origin = Memo::new(move |_| {
        input.get().and_then(|input| Origin::of_input(&context.layers.read(), layer_idx, input.input_idx))
    });
    let product = Signal::derive(move || input.get().map_or(0.0, |input| input.product));
    let product_text = Signal::derive(move || {
        let text = text.read();
        input.get().and_then(|input| text.part(input.input_idx)).unwrap_or_default().to_owned()
    });
    view! {
        <SumLine value=product text=product_text reach>
            <OriginLink origin text=|origin| origin.place.clone() />
            <span
                class="sum-line__factors"
                translate="no"
                data-testid="probe-factors"
                data-x=move || input.get().map(|input| exact(input.x))
                data-weight=move || input.get().map(|input| exact(input.weight))
            >
                {move || input.get().map(|input| format!("{} × {}", short(input.x), short(input.weight)))}
            </span>
        </SumLine>
    }
}

/// The place that a number comes from; a click takes that one apart.
#[component]
pub fn OriginLink(
    /// The place.
    #[prop(into)]
    origin: Signal<Option<Origin>>,
    /// How it is called here.
    text: fn(&Origin) -> String,
) -> impl IntoView {
    let state = expect_context::<InspectorContext>().state;
    let text = move || origin.read().as_ref().map(text).unwrap_or_default();
    let target = move || origin.read().as_ref().and_then(|origin| Some((origin.layer_idx?, origin.cell)));
    let has_target = Memo::new(move |_| target().is_some());
    view! {
        <Show when=move || has_target.get() fallback=move || view! { <span prop:textContent=text></span> }>
            <button
                type="button"
                class="unit-inspector-link"
                title="take this number apart"
                prop:textContent=text
                on:click=move |_| state.pin(untrack(target))
            ></button>
        </Show>
    }
}
