//! A filter's kernel as a grid of numbers that can be typed, with ready-made kernels beside it.

use super::context::{SurgeryContext, n_in_channels};
use crate::components::fields::WeightField;
use crate::components::layers::LayerView;
use crate::components::pictures::moved;
use crate::components::{Term, fresh_id, glossary, use_theme};
use crate::plot::colour_map::{ColourMap, Domain, Ground};
use crate::plot::text_colour::text_colour_on;
use inkling_engine::explain::{Edit, KernelPreset};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// What one filter does to one input channel.
#[component]
pub fn KernelFields(
    /// The layer.
    view: LayerView,
    /// The filter.
    filter: usize,
    /// The channel.
    in_channel: usize,
) -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let ground = use_theme().ground;
    let grid = NodeRef::<html::Div>::new();
    let (layer_idx, in_channels) = (view.layer_idx, n_in_channels(&view));
    let kernel_shape = view.layer.kernel_shape();
    let [height, width] = [kernel_shape[0], kernel_shape[1]];
    let values = Memo::new(move |_| {
        context.weights.read().as_ref().map_or_else(Vec::new, |weights| weights.slice(in_channel, in_channels))
    });
    let set = move |values: Vec<f32>| {
        context.edit(Edit::SetKernel { layer_idx, in_channel, filter, values });
    };
    let (message, message_id) = (RwSignal::new(None), fresh_id("kernel"));
    let field = {
        let message_id = message_id.clone();
        move |cell_idx: usize| {
            let value = Signal::derive(move || values.read().get(cell_idx).copied());
            let on_change = Callback::new(move |weight| {
                let mut values = values.get_untracked();
                if let Some(value) = values.get_mut(cell_idx) {
                    *value = weight;
                    set(values);
                }
            });
            let name = Signal::derive(move || format!("row {}, column {}", cell_idx / width, cell_idx % width));
            let style = Signal::derive(move || {
                value.get().zip(context.domain.get()).map(|(value, domain)| colours(value, domain, ground.get()))
            });
            view! { <WeightField value on_change name message message_id=message_id.clone() style /> }
        }
    };
    // Up and down lead to the fields above and below; left and right move in the text.
    let press = move |event: KeyboardEvent| {
        let key = event.key();
        if !matches!(key.as_str(), "ArrowUp" | "ArrowDown") {
            return;
        }
        let Some(grid) = grid.get_untracked() else { return };
        let fields = grid.children();
        let here = (0..fields.length()).find(|idx| fields.item(*idx).is_some_and(|field| is_focused(&field)));
        let Some(here) = here.map(|here| here as usize) else { return };
        if let Some([row, column]) = moved(&key, [here / width, here % width], [height, width]) {
            let there =
                fields.item((row * width + column) as u32).and_then(|field| field.dyn_into::<HtmlElement>().ok());
            // A field that cannot take the focus leaves it where it is.
            let _ = there.map(|there| there.focus());
            event.prevent_default();
        }
    };
    let name = format!("{} {}", view.layer.name, view.unit_name(filter));
    let channel = if in_channels > 1 { format!(", channel {in_channel}") } else { String::new() };
    let presets = KernelPreset::ALL.map(|preset| {
        let refusal = preset.values([height, width]).err().map(|error| error.to_string());
        let shown = preset.values([height.min(5), width.min(5)]).unwrap_or_default();
        let choose = move |_| {
            if let Ok(values) = preset.values([height, width]) {
                set(values);
            }
        };
        view! { <Preset title=preset.title() shown width=width.min(5) refusal on_choose=Callback::new(choose) /> }
    });
    view! {
        <div class="kernel-fields">
            <p class="kernel-fields__caption">
                {format!("kernel of {name}{channel}, {height}×{width} ")} <Term entry=glossary::KERNEL />
            </p>
            <div
                node_ref=grid
                class="kernel-fields__grid"
                role="group"
                aria-label=format!("Kernel of {name}{channel}, {height}×{width}; up and down lead from row to row")
                data-testid="kernel-fields"
                style:grid-template-columns=format!("repeat({width}, minmax(52px, 72px))")
                on:keydown=press
            >
                {(0..height * width).map(field).collect_view()}
            </div>
            <p
                id=message_id
                class="message message--bad kernel-fields__message"
                aria-live="polite"
                prop:textContent=move || message.get()
            ></p>
            <div class="presets" role="group" aria-label="Ready-made kernels">
                {presets.into_iter().collect_view()}
                <Preset
                    title="zeros"
                    shown=vec![0.0; height.min(5) * width.min(5)]
                    width=width.min(5)
                    refusal=None
                    on_choose=Callback::new(move |_| set(vec![0.0; height * width]))
                />
            </div>
        </div>
    }
}

/// A ready-made kernel: its picture and its name.
#[component]
fn Preset(
    title: &'static str,
    shown: Vec<f32>,
    width: usize,
    refusal: Option<String>,
    on_choose: Callback<()>,
) -> impl IntoView {
    let ground = use_theme().ground;
    let reach = shown.iter().fold(0.0_f32, |reach, value| reach.max(value.abs()));
    let domain = Domain::signed(-reach, reach);
    let cells = move || {
        let cell = |value: &f32| {
            let [red, green, blue] = ColourMap::Diverging.colour(domain.share(*value), ground.get());
            view! { <span style:background=format!("rgb({red},{green},{blue})")></span> }
        };
        shown.iter().map(cell).collect_view()
    };
    view! {
        <button
            type="button"
            class="button presets__button"
            disabled=refusal.is_some()
            title=refusal
            on:click=move |_| on_choose.run(())
        >
            <span class="presets__picture" aria-hidden="true" style:grid-template-columns=format!("repeat({width}, 1fr)")>
                {cells}
            </span>
            {title}
        </button>
    }
}

fn colours(value: f32, domain: Domain, ground: Ground) -> String {
    let colour = ColourMap::Diverging.colour(domain.share(value), ground);
    let [red, green, blue] = colour;
    format!("background: rgb({red},{green},{blue}); color: {}", text_colour_on(colour))
}

fn is_focused(element: &web_sys::Element) -> bool {
    document().active_element().is_some_and(|focused| focused == *element)
}
