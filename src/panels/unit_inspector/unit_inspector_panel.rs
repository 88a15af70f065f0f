//! The unit inspector: what one number of the network is made of.

use super::channel_list::{ChannelList, channel_sum};
use super::context::{InspectorContext, Kind, Layout};
use super::heading::Heading;
use super::input_list::{InputList, OriginLink};
use super::ledger::{ActivationLines, Ledger};
use super::map_pair::MapPair;
use super::normalization_body::NormalizationBody;
use super::number::Number;
use super::number_text::{exact, short};
use super::origin::Origin;
use super::patch::Patch;
use super::pooling_window::PoolingWindow;
use super::sentence::sentence;
use super::softmax_table::SoftmaxTable;
use super::sum::ShortSum;
use crate::components::layers::CellStep;
use crate::components::part::{Part, part};
use crate::components::use_theme;
use crate::state::{AppState, use_app_state};
use inkling_engine::experiment::{Activation, thousands};
use inkling_engine::explain::CellIndex;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Room that the page keeps between the inspector and what is looked at (`scroll-padding` in the style sheet).
const MARGIN_PX: f64 = 12.0;

/// The pinned cell's arithmetic, or a hint how to pin one.
#[component]
pub fn UnitInspectorPanel() -> impl IntoView {
    let state = use_app_state();
    let context = InspectorContext::new(state, use_theme().ground.into());
    provide_context(context);
    let is_pinned = Memo::new(move |_| state.pinned.read().is_some());
    let part = Part::new(fetch_inspector, move || is_pinned.get() || state.data.read().is_settled());
    view! {
        <Show when=move || is_pinned.get() fallback=Hint>
            {move || part.show(|| inspector(()))}
        </Show>
    }
}

part!(later, fetch_inspector, inspector(_nothing: ()), view! { <Inspector /> }.into_any());

/// How to use the inspector, also without a pointer.
#[component]
fn Hint() -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    view! {
        <p class="unit-inspector-hint">
            "Click a cell to see its arithmetic, or "
            <button type="button" class="unit-inspector-link" on:click=move |_| pin_output(context)>
                "See how the output is computed"
            </button> "."
        </p>
    }
}

#[component]
fn Inspector() -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let state = context.state;
    let layout = Memo::new(move |_| context.layout());
    keep_in_view(state, layout);
    let layer_name = move || {
        let pinned_idx = state.pinned.get().map(|(layer_idx, _)| layer_idx);
        pinned_idx.and_then(|layer_idx| context.layers.read().get(layer_idx).map(|layer| layer.name.clone()))
    };
    let result = move || context.result().map(exact);
    let shown_cell = move || context.with(|_, cell, _| format!("{},{},{}", cell.row, cell.column, cell.channel));
    let text = move || {
        let origin = context.origin().map(|origin| origin.text());
        context.with(|_, _, arithmetic| sentence(arithmetic, origin.as_deref()))
    };
    // Said once for each cell, not at each of its changes while the network trains.
    let spoken = Memo::new(move |former: Option<&(Option<(usize, CellIndex)>, String)>| {
        let place = context.with(|layer_idx, cell, _| (layer_idx, cell));
        match former {
            Some(former) if former.0 == place || context.slow_motion.is_playing.get() => former.clone(),
            _ => {
                let value = context.result().map(short).unwrap_or_default();
                let text = text().unwrap_or_default();
                (place, format!("{} is {value}. {text}", context.place_text()))
            }
        }
    });
    view! {
        <section
            class="unit-inspector"
            aria-label="One number taken apart"
            data-testid="probe"
            data-layer=layer_name
            data-cell=shown_cell
            data-result=result
            on:keydown=move |event| press(context, &event)
        >
            <Heading on_close=Callback::new(move |()| close(state)) />
            <p
                class="unit-inspector__sentence"
                prop:textContent=move || text().unwrap_or_else(|| "asking the network…".to_owned())
            ></p>
            <p class="visually-hidden" aria-live="polite" prop:textContent=move || spoken.get().1></p>
            <div class="unit-inspector__body">{move || layout.get().map(body)}</div>
        </section>
    }
}

/// The parts that a kind of arithmetic needs.
fn body(Layout { layer_idx, kind, window }: Layout) -> AnyView {
    match kind {
        Kind::Conv2D => view! { <ConvolutionBody layer_idx window /> }.into_any(),
        Kind::MaxPooling2D | Kind::AveragePooling2D => view! {
            <MapPair layer_idx />
            <PoolingWindow layer_idx size=window is_mean=kind == Kind::AveragePooling2D />
        }
        .into_any(),
        Kind::Dense => view! { <DenseBody layer_idx /> }.into_any(),
        Kind::BatchNormalization => view! { <NormalizationBody /> }.into_any(),
        Kind::Activation => view! { <ActivationBody /> }.into_any(),
        Kind::Same => view! { <SameBody /> }.into_any(),
    }
}

#[component]
fn ConvolutionBody(layer_idx: usize, window: [usize; 2]) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let is_whole = RwSignal::new(false);
    let sum = channel_sum(context, is_whole);
    let bias = Memo::new(move |_| context.with_conv2d(|conv2d| conv2d.bias).unwrap_or_default());
    let text = context.sum_text(sum, bias);
    let n_channels = Memo::new(move |_| context.with_conv2d(|conv2d| conv2d.channels.len()).unwrap_or_default());
    let parts_name = Signal::derive(move || match n_channels.get() {
        1 => "products".to_owned(),
        n => format!("{n} channels"),
    });
    view! {
        <MapPair layer_idx />
        <Patch layer_idx size=window text />
        <ChannelList layer_idx sum text is_whole />
        <Ledger sum text parts_name bias />
    }
}

#[component]
fn DenseBody(layer_idx: usize) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let nothing = || ShortSum { parts: Vec::new(), n_rest: 0, rest: 0.0 };
    let sum = Memo::new(move |_| context.with_dense(ShortSum::of_inputs).unwrap_or_else(nothing));
    let bias = Memo::new(move |_| context.with_dense(|dense| dense.bias).unwrap_or_default());
    let text = context.sum_text(sum, bias);
    let parts_name = Signal::derive(move || {
        let n_inputs = sum.read().parts.len() + sum.read().n_rest;
        if n_inputs == 1 { "1 input".to_owned() } else { format!("{} inputs", thousands(n_inputs)) }
    });
    view! {
        <InputList layer_idx sum text />
        <Ledger sum text parts_name bias />
        <SoftmaxSection />
    }
}

#[component]
fn ActivationBody() -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let x = Signal::derive(move || context.with_step(|step| step.x).unwrap_or_default());
    view! {
        <div class="ledger">
            <dl class="ledger__lines">
                <dt>"before"</dt>
                <dd>
                    <Number value=x test_id="probe-sum" />
                </dd>
                <ActivationLines />
            </dl>
        </div>
        <SoftmaxSection />
    }
}

/// Softmax's table, where there is one.
#[component]
fn SoftmaxSection() -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let is_softmax = Memo::new(move |_| context.with_step(|step| step.activation) == Some(Activation::Softmax));
    view! {
        <Show when=move || is_softmax.get()>
            <SoftmaxTable />
        </Show>
    }
}

#[component]
fn SameBody() -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let origin = Signal::derive(move || context.origin());
    let result = Signal::derive(move || context.result().unwrap_or_default());
    view! {
        <div class="ledger">
            <dl class="ledger__lines">
                <dt>"comes from"</dt>
                <dd data-testid="probe-origin">
                    <OriginLink origin text=Origin::text />
                </dd>
                <dt class="ledger__result">"result"</dt>
                <dd class="ledger__result">
                    <Number value=result test_id="probe-result" />
                </dd>
            </dl>
        </div>
    }
}

/// Pins the network's answer: the largest number of the last layer.
fn pin_output(context: InspectorContext) {
    let Some(layer_idx) = context.layers.read_untracked().len().checked_sub(1) else { return };
    let inspection = context.state.inspection.read_untracked();
    let probs = inspection.as_ref().map(|inspection| inspection.probs.as_slice()).unwrap_or_default();
    let largest = (0..probs.len()).reduce(|best, unit| if probs[unit] > probs[best] { unit } else { best });
    let cell = CellIndex::unit(largest.unwrap_or_default());
    drop(inspection);
    context.state.pin(Some((layer_idx, cell)));
}

fn press(context: InspectorContext, event: &KeyboardEvent) {
    let is_field = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "SELECT" | "INPUT"));
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    if event.key() == "Escape" {
        close(context.state);
    } else if let Some(step) = CellStep::of_key(&event.key()).filter(|_| !is_field) {
        let Some((layer_idx, cell)) = context.state.pinned.get_untracked() else { return };
        let Some(shape) = context.layers.read_untracked().get(layer_idx).map(|layer| layer.output_shape) else {
            return;
        };
        context.move_to(step.from(cell, shape));
    } else {
        return;
    }
    event.prevent_default();
}

/// The strip's picture that a cell belongs to: a map, the one picture of all units, or an output's bar.
fn picture_of(layer_idx: usize, channel: usize) -> Option<HtmlElement> {
    let layer = format!("[data-layer-idx='{layer_idx}']");
    let selectors = [
        format!("{layer} .map-picture[data-channel='{channel}']"),
        format!("{layer} .map-picture[data-channel='0']"),
        format!("{layer} [data-row='{channel}']"),
    ];
    let found = selectors.iter().find_map(|selector| document().query_selector(selector).ok().flatten());
    found?.dyn_into().ok()
}

/// Keeps what is looked at in view, since the inspector may lie over the lower part of the strip.
fn keep_in_view(state: AppState, layout: Memo<Option<Layout>>) {
    let picture = Memo::new(move |_| state.pinned.get().map(|(layer_idx, cell)| (layer_idx, cell.channel)));
    Effect::new(move |_| {
        let Some((layer_idx, channel)) = picture.get() else { return };
        // Again when the answer is there: without it the page may be too short to scroll.
        layout.track();
        // With the next frame, when the inspector is laid out.
        request_animation_frame(move || {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            if let Some(element) = looked_at(layer_idx, channel) {
                element.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    });
}

/// What the page shows above the inspector: the unit that was pressed in the graph, or the whole strip if it is short
/// enough, or else the picture of the cell.
fn looked_at(layer_idx: usize, channel: usize) -> Option<Element> {
    let pressed = document().active_element().filter(|element| element.matches("[data-testid=dense-unit]") == Ok(true));
    pressed.or_else(|| {
        let picture: Element = picture_of(layer_idx, channel)?.into();
        let strip = picture.closest(".strip").ok().flatten();
        let room_px = window().inner_height().ok()?.as_f64()? / 2.0 - MARGIN_PX;
        Some(strip.filter(|strip| strip.get_bounding_client_rect().height() <= room_px).unwrap_or(picture))
    })
}

/// Unpins; the focus goes to the picture that the cell belongs to, so that it is not lost.
fn close(state: AppState) {
    let Some((layer_idx, cell)) = state.pinned.get_untracked() else { return };
    state.pin(None);
    if let Some(picture) = picture_of(layer_idx, cell.channel) {
        // Without a picture on the page the focus falls back to the page itself.
        let _ = picture.focus();
    }
}
