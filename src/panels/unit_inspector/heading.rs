//! Which cell is taken apart, and the way to its neighbours.

use super::cell_order::middle;
use super::context::InspectorContext;
use super::edit_unit_link::EditUnitLink;
use super::number_text::short;
use crate::components::layers::CellStep;
use inkling_engine::experiment::Shape;
use leptos::prelude::*;

/// Layer menu, steppers for channel, row and column, the number itself, and the button that closes the inspector.
#[component]
pub fn Heading(
    /// Called by the closing button.
    on_close: Callback<()>,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let state = context.state;
    let layer_idx = Memo::new(move |_| state.pinned.get().map_or(0, |(layer_idx, _)| layer_idx));
    let shape = Memo::new(move |_| {
        context.layers.read().get(layer_idx.get()).map_or(Shape::Vector(1), |layer| layer.output_shape)
    });
    let choose = move |event| {
        let chosen: Option<usize> = event_target_value(&event).parse().ok();
        let layers = context.layers.read_untracked();
        if let Some((chosen, layer)) = chosen.and_then(|chosen| Some((chosen, layers.get(chosen)?))) {
            context.chosen_channel.set(None);
            context.slow_motion.leave();
            state.pin(Some((chosen, middle(layer.output_shape))));
        }
    };
    let options = move || {
        let layers = context.layers.read();
        let option = |(idx, name): (usize, String)| {
            view! { <option value=idx.to_string() selected=idx == layer_idx.get_untracked()>{name}</option> }
        };
        layers.iter().map(|layer| layer.name.clone()).enumerate().map(option).collect_view()
    };
    let result = move || context.result().map_or_else(|| "…".to_owned(), short);
    view! {
        <div class="unit-inspector__heading">
            <h3 class="unit-inspector__title">"One number taken apart"</h3>
            <select
                class="select unit-inspector__layer"
                translate="no"
                aria-label="Layer"
                prop:value=move || layer_idx.get().to_string()
                on:change=choose
            >
                {options}
            </select>
            {move || {
                let [height, width, channels] = shape.get().dims();
                let name = if matches!(shape.get(), Shape::Vector(_)) { "unit" } else { "channel" };
                view! {
                    <Stepper name n=channels step=CellStep::Channel />
                    <Stepper name="row" n=height step=CellStep::Down />
                    <Stepper name="column" n=width step=CellStep::Right />
                }
            }}
            <span class="unit-inspector__equals">"= "<strong translate="no">{result}</strong></span>
            <EditUnitLink />
            <span class="unit-inspector__keys">"arrow keys move the cell, [ ] the channel, Esc closes"</span>
            <button type="button" class="button button--quiet unit-inspector__close" aria-label="Close" on:click=move |_| on_close.run(())>
                "×"
            </button>
        </div>
    }
}

/// One coordinate with a button to either side; nothing where there is only one.
#[component]
fn Stepper(name: &'static str, n: usize, step: fn(isize) -> CellStep) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let shape = move || {
        let (layer_idx, _) = context.state.pinned.get_untracked()?;
        context.layers.read_untracked().get(layer_idx).map(|layer| layer.output_shape)
    };
    let idx = Memo::new(move |_| {
        context.state.pinned.get().map_or(0, |(_, cell)| match step(1) {
            CellStep::Down(_) => cell.row,
            CellStep::Right(_) => cell.column,
            CellStep::Channel(_) => cell.channel,
        })
    });
    let go = move |by: isize| {
        if let Some(((_, cell), shape)) = context.state.pinned.get_untracked().zip(shape()) {
            context.move_to(step(by).from(cell, shape));
        }
    };
    let text = move || format!("{name} {} of 0–{}", idx.get(), n - 1);
    (n > 1).then(|| {
        view! {
            <span class="unit-inspector__stepper">
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=format!("{name} before")
                    disabled=move || idx.get() == 0
                    on:click=move |_| go(-1)
                >
                    "‹"
                </button>
                <span prop:textContent=text></span>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=format!("next {name}")
                    disabled=move || { idx.get() + 1 >= n }
                    on:click=move |_| go(1)
                >
                    "›"
                </button>
            </span>
        }
    })
}
