//! Two enlarged maps: what kernel or window lie on, and the map that comes out.

use super::context::InspectorContext;
use super::number_text::short;
use super::origin::input_name;
use super::slow_motion::SlowMotion;
use crate::components::layers::plan_layers;
use crate::components::pictures::cell_under;
use crate::components::use_theme;
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::picture::{context_of, paint};
use crate::plot::region::region_percent;
use inkling_engine::experiment::Shape;
use inkling_engine::explain::{CellIndex, Region, value_range};
use leptos::html::Canvas;
use leptos::prelude::*;
use ndarray::{Array2, ArrayView3, Axis};
use web_sys::MouseEvent;

/// Longer side of an enlarged map, about.
const SIDE_PX: usize = 132;

/// Input channel and output map of a convolution or a pooling.
#[component]
pub fn MapPair(
    /// The layer.
    layer_idx: usize,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let Some(layer) = context.layers.read_untracked().get(layer_idx).cloned() else { return ().into_any() };
    let (input_shape, output_shape) = (layer.input_shape, layer.output_shape);
    let cell = Memo::new(move |_| context.with(|_, cell, _| cell).unwrap_or(CellIndex::unit(0)));
    let is_pooling = Memo::new(move |_| context.with_conv2d(|_| ()).is_none());
    let channel = Memo::new(move |_| if is_pooling.get() { cell.get().channel } else { context.channel() });
    let output_channel = Memo::new(move |_| cell.get().channel);

    let input = map_values(context, layer_idx.checked_sub(1), input_shape, channel);
    let whole = map_values(context, Some(layer_idx), output_shape, output_channel);
    let [_, width, _] = output_shape.dims();
    let output = Memo::new(move |_| {
        let mut values = whole.get();
        if context.slow_motion.is_on.get() {
            let n_done = cell.get().row * width + cell.get().column + 1;
            values.iter_mut().flatten().skip(n_done).for_each(|value| *value = f32::NAN);
        }
        values
    });
    let window = Signal::derive(move || context.window());
    let place = Signal::derive(move || {
        let CellIndex { row, column, .. } = cell.get();
        let (top, left) = (row as i32, column as i32);
        Some(Region { top, left, bottom: top + 1, right: left + 1 })
    });
    let caption = move |name: String, shape: Shape, channel: Memo<usize>| match shape.dims()[2] {
        1 => Signal::stored(name),
        _ => Signal::derive(move || format!("{name}, channel {}", channel.get())),
    };
    let input_caption = caption(input_name(&context.layers.read_untracked(), layer_idx), input_shape, channel);
    let output_caption = caption(layer.name.clone(), output_shape, output_channel);
    let is_signed = |layer_idx: Option<usize>| {
        let layers = context.layers.read_untracked();
        let plans = plan_layers(&layers);
        layer_idx.and_then(|layer_idx| plans.get(layer_idx)).is_some_and(|plan| plan.is_signed)
    };
    let colours = |layer_idx: Option<usize>| match layer_idx {
        None => ColourMap::Grey,
        Some(_) if is_signed(layer_idx) => ColourMap::Diverging,
        Some(_) => ColourMap::Viridis,
    };
    let pick = move |event: MouseEvent| {
        if let Some([row, column]) = cell_under(&event) {
            context.move_to(CellIndex { row, column, ..cell.get_untracked() });
        }
    };
    let (input_colours, output_colours) = (colours(layer_idx.checked_sub(1)), colours(Some(layer_idx)));
    view! {
        <div class="map-pair">
            <div class="map-pair__maps">
                <EnlargedMap values=input range=input shape=input_shape colours=input_colours mark=window caption=input_caption />
                <span class="map-pair__arrow" aria-hidden="true">
                    "→"
                </span>
                <EnlargedMap
                    values=output
                    range=whole
                    shape=output_shape
                    colours=output_colours
                    mark=place
                    caption=output_caption
                    on_pick=Callback::new(pick)
                />
            </div>
            <SlowMotion shape=output_shape />
        </div>
    }
    .into_any()
}

/// One channel of a layer (`None`: the input), `[height, width]`; `None` while it is not known.
fn map_values(
    context: InspectorContext,
    layer_idx: Option<usize>,
    shape: Shape,
    channel: Memo<usize>,
) -> Memo<Option<Array2<f32>>> {
    Memo::new(move |_| {
        let inspection = context.state.seen()?;
        let values = match layer_idx {
            None => ArrayView3::from_shape(shape.dims(), inspection.input()).ok()?,
            Some(layer_idx) => inspection.layer(layer_idx)?,
        };
        let fits = values.shape() == shape.dims() && channel.get() < shape.dims()[2];
        fits.then(|| values.index_axis_move(Axis(2), channel.get()).to_owned())
    })
}

/// An enlarged map with a frame around what is looked at.
#[component]
fn EnlargedMap(
    /// What is painted; what is not a number is left out.
    values: Memo<Option<Array2<f32>>>,
    /// Over which values the colours are stretched.
    range: Memo<Option<Array2<f32>>>,
    /// The layer's shape.
    shape: Shape,
    /// The colours.
    colours: ColourMap,
    /// What is looked at; may reach over the border.
    mark: Signal<Option<Region>>,
    /// What it is.
    caption: Signal<String>,
    /// Called when a cell is clicked.
    #[prop(optional)]
    on_pick: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let palette = use_theme().palette;
    let [height, width, _] = shape.dims();
    let scale_px = (SIDE_PX / height.max(width)).clamp(2, 22);
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        let Some(canvas) = canvas.get().and_then(|canvas| context_of(&canvas)) else { return };
        let (range, values) = (range.read(), values.read());
        let table = palette.get().of(colours).table(context.ground.get());
        let (Some(values), Some(range)) = (values.as_ref(), range.as_ref()) else { return };
        let bound = |pick: fn(f32, f32) -> f32| range.iter().copied().filter(|value| value.is_finite()).fold(0.0, pick);
        let domain = match colours {
            ColourMap::Grey => Domain { low: 0.0, high: 1.0 },
            ColourMap::Viridis => Domain::magnitude(0.0, bound(f32::max)),
            ColourMap::Diverging | ColourMap::SignedGrey => Domain::signed(bound(f32::min), bound(f32::max)),
        };
        paint(&canvas, values.view(), domain, &table);
    });
    let label = move || {
        let name = format!("{}, {height}×{width}", caption.get());
        match range.read().as_ref().and_then(value_range) {
            Some([min, max]) => format!("{name}, from {} to {}", short(min), short(max)),
            None => name,
        }
    };
    let mark_style = move || {
        let [top, left, height, width] = region_percent(mark.get()?, [height, width]);
        Some(format!("top: {top:.3}%; left: {left:.3}%; height: {height:.3}%; width: {width:.3}%"))
    };
    view! {
        <figure class="map-pair__map">
            <div class="map-pair__frame" prop:style=format!("width: {}px", width * scale_px)>
                <canvas
                    node_ref=canvas
                    class="map-pair__canvas"
                    class:map-pair__canvas--pick=on_pick.is_some()
                    width=width
                    height=height
                    role="img"
                    aria-label=label
                    on:click=move |event| {
                        if let Some(on_pick) = on_pick {
                            on_pick.run(event);
                        }
                    }
                ></canvas>
                <span class="map-pair__mark" prop:style=mark_style aria-hidden="true"></span>
            </div>
            <figcaption class="map-pair__caption" prop:textContent=move || caption.get()></figcaption>
        </figure>
    }
}
