//! The panel "Inside the network": from the input to the output, each layer a picture.

use super::context::InsideContext;
use super::field_overlay::InputFieldOverlay;
use super::gallery::Gallery;
use super::layer_column::LayerColumn;
use super::pointing::Pointing;
use super::read_out::ReadOut;
use super::switches::{PaletteSwitch, ScaleSwitch};
use crate::components::layers::{LayerPlan, LayerWatcher};
use crate::components::pictures::DigitPicture;
use crate::components::{Panel, Term, glossary, use_theme};
use crate::plot::colour_map::ColourMap;
use crate::state::{Viewer, use_app_state};
use leptos::prelude::*;

/// Wraps the strip: takes the strip, gives what is shown in its place.
pub type Around = Box<dyn FnOnce(AnyView) -> AnyView>;

/// The strip of layers, alive while drawing and training.
#[component]
pub fn ActivationsPanel(
    /// The tabs that the strip is one of; without them it is shown alone.
    #[prop(optional)]
    around: Option<Around>,
    /// What chooses the image, at the heading's right.
    #[prop(optional, into)]
    image_switch: ViewFnOnce,
    /// A notice about the image, below the heading.
    #[prop(optional, into)]
    image_notice: ViewFnOnce,
    /// What is shown below the strip.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let state = use_app_state();
    let context = InsideContext::new(state, use_theme());
    let pointing = Pointing::new(context);
    provide_context(context);
    provide_context(Gallery::new(context));
    provide_context(LayerWatcher::new(context.visible));
    Effect::new(move |_| state.watch_layers(Viewer::Strip, context.watched.get()));

    let groups = Memo::new(move |_| grouped(&context.plans.read()));
    let tools = move || {
        view! {
            {image_switch.run()}
            <ScaleSwitch />
            <PaletteSwitch />
        }
    };
    let strip = view! {
        <div class="inside-strip">
            <div
                class="strip"
                on:pointermove=move |event| pointing.hover(&event)
                on:pointerdown=move |event| pointing.hover(&event)
                on:pointerleave=move |_| pointing.leave()
                on:click=move |event| pointing.click(&event)
                on:focusin=move |event| pointing.focus(&event)
                on:focusout=move |_| pointing.leave()
                on:keydown=move |event| pointing.press(&event)
            >
                <InputColumn />
                <For each=move || groups.get() key=Clone::clone let:group>
                    <div class="strip__group">
                        <span class="strip__arrow" aria-hidden="true">
                            "→"
                        </span>
                        <div class="strip__layers">
                            {group.into_iter().map(|plan| view! { <LayerColumn plan /> }).collect_view()}
                        </div>
                    </div>
                </For>
            </div>
            <ReadOut />
            {children.map(|children| children())}
        </div>
    }
    .into_any();
    let strip = match around {
        Some(around) => around(strip),
        None => strip,
    };
    view! {
        <Panel title="Inside the network" area="inside" tools>
            {image_notice.run()}
            {strip}
            <p class="visually-hidden" aria-live="polite" prop:textContent=move || pointing.spoken.get()></p>
        </Panel>
    }
}

/// The image that goes in.
#[component]
fn InputColumn() -> impl IntoView {
    let context = expect_context::<InsideContext>();
    let run = context.state.run;
    let shape = Memo::new(move |_| run.is_on_images().then(|| run.data().input_shape));
    let pixels = Signal::derive(move || context.inspection().map(|seen| seen.input().to_vec()).unwrap_or_default());
    let gradient = move || ColourMap::Grey.css_gradient(context.ground.get());
    view! {
        {move || {
            shape
                .get()
                .map(|shape| {
                    let [height, width, _] = shape.dims();
                    let label = format!("input, {height}×{width}, from 0 (paper) to 1 (ink)");
                    view! {
                        <figure class="layer-column" data-input="">
                            <figcaption class="layer-column__caption">
                                <Term entry=glossary::INPUT>
                                    <span class="layer-column__name">"input"</span>
                                </Term>
                                <span class="layer-column__shape">{shape.to_string()}</span>
                            </figcaption>
                            <div class="strip__input-frame">
                                <DigitPicture pixels size=[height, width] ground=context.ground class="strip__input" label />
                                <InputFieldOverlay size=[height, width] />
                            </div>
                            <div class="layer-legend">
                                <span class="layer-legend__end">"0"</span>
                                <span class="layer-legend__colours" style:background-image=gradient></span>
                                <span class="layer-legend__end">"1"</span>
                            </div>
                        </figure>
                    }
                })
        }}
    }
}

/// Groups of layers that are shown below each other, from left to right.
fn grouped(plans: &[LayerPlan]) -> Vec<Vec<LayerPlan>> {
    let mut groups: Vec<Vec<LayerPlan>> = Vec::new();
    for plan in plans {
        match groups.last_mut() {
            Some(group) if plan.is_below => group.push(plan.clone()),
            _ => groups.push(vec![plan.clone()]),
        }
    }
    groups
}
