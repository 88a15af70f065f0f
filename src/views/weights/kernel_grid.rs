//! Small kernels side by side, each weight written into its cell.

use super::context::{Newest, WeightsContext};
use super::kernel_cells::{MAX_WRITTEN, kernel_cells};
use super::layer_view::LayerView;
use super::picture::{NumberPicture, Picture, fresh_picture_id, memo_picture};
use super::pointing::{Pointed, Pointing, moved, reader};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::views::inside::figure;
use inkling_engine::explain::{WeightView, value_range};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Kernels in a row, as in the lesson.
const COLUMNS: usize = 8;
/// Kernels at first, and with each "show more".
const AT_ONCE: usize = 64;
/// Kernels that are made in one frame.
const PER_FRAME: usize = 8;

/// Slices of a Conv2D layer's kernel.
#[component]
pub fn KernelGrid(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest,
    /// Their one scale.
    domain: Memo<Option<Domain>>,
    /// Which slices.
    kernels: Signal<Vec<WeightView>>,
) -> impl IntoView {
    let n_shown = RwSignal::new(AT_ONCE);
    let n_made = RwSignal::new(PER_FRAME);
    // Some more with each frame: all at once, thousands of cells would hold the page up.
    Effect::new(move |_| {
        if n_made.get() < n_shown.get().min(kernels.read().len()) {
            request_animation_frame(move || {
                // The grid may be gone by then.
                let _ = n_made.try_update(|n_made| *n_made += PER_FRAME);
            });
        }
    });
    let n_visible = Memo::new(move |_| n_made.get().min(n_shown.get()));
    let shown = move || kernels.read().iter().copied().take(n_visible.get()).enumerate().collect::<Vec<_>>();
    let n_kernels = move || kernels.read().len();
    view! {
        <div class="kernel-grid" data-pictures=COLUMNS>
            <For each=shown key=|(place, kernel)| (*place == 0, indexes(*kernel)) let:item>
                <Kernel view answer domain kernel=item.1 is_tab_stop=item.0 == 0 />
            </For>
        </div>
        <Show when=move || n_shown.get() < n_kernels()>
            <p class="map-grid__more">
                {move || format!("first {} of {} · ", n_shown.get(), n_kernels())}
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| n_shown.update(|n_shown| *n_shown += AT_ONCE)
                >
                    "show more"
                </button>
            </p>
        </Show>
    }
}

#[component]
fn Kernel(
    view: StoredValue<LayerView>,
    answer: Newest,
    domain: Memo<Option<Domain>>,
    kernel: WeightView,
    is_tab_stop: bool,
) -> impl IntoView {
    let table = expect_context::<WeightsContext>().signed_colours;
    let pointing = expect_context::<Pointing>();
    let picture_id = fresh_picture_id();
    let weights = Memo::new(move |_| {
        let answer = answer.read();
        let view = view.read_value();
        let (weights, _) = view.arrays(answer.as_ref()?)?;
        view.picture(weights, kernel).map(|picture| picture.values)
    });
    let cells = move || {
        weights.read().as_ref().zip(domain.get()).map(|(weights, domain)| kernel_cells(weights, domain, &table.read()))
    };
    let [in_channel, filter] = indexes(kernel);
    let width = view.read_value().layer.kernel_shape().get(1).copied().unwrap_or(1);
    let n_cells = view.read_value().layer.kernel_shape().iter().take(2).product::<usize>();
    let has_channels = view.read_value().layer.input_shape.dims()[2] > 1;
    let name = if has_channels { format!("{} → {}", in_channel + 1, filter + 1) } else { (filter + 1).to_string() };
    let title = move || {
        let layer = view.read_value().layer.name.clone();
        let filter = filter + 1;
        if has_channels {
            format!("{layer} channel {}, filter {filter}", in_channel + 1)
        } else {
            format!("{layer} filter {filter}")
        }
    };
    let label = move || {
        let range = weights.read().as_ref().and_then(|weights| value_range(weights));
        let [min, max] = range.unwrap_or_default();
        format!("{}, {}×{width}, from {} to {}", title(), n_cells / width, figure(min), figure(max))
    };
    let read = reader(move |[row, column]| {
        let value = *weights.read().as_ref()?.get(row * width + column)?;
        Some(Pointed {
            words: format!("{} · row {}, column {} · {}", title(), row + 1, column + 1, figure(value)),
            value,
        })
    });
    if n_cells > MAX_WRITTEN {
        // Thousands of cells with a colour each would hold the page up; a canvas takes any number.
        let height = n_cells / width;
        let picture = memo_picture(move || {
            let (values, domain) = (weights.get()?, domain.get()?);
            Some(Picture { height, width, values, domain, colours: ColourMap::Diverging })
        });
        let label = Signal::derive(label);
        return view! {
            <figure class="kernel" data-testid="kernel" data-filter=filter data-in-channel=in_channel>
                <NumberPicture picture size=[height, width] class="number-picture" label read is_tab_stop />
                <figcaption class="kernel__caption">{name}</figcaption>
            </figure>
        }
        .into_any();
    }
    let point_read = read.clone();
    let point = move |event: web_sys::PointerEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let cell_idx = target.and_then(|target| target.get_attribute("data-cell")?.parse::<usize>().ok());
        if let Some(cell_idx) = cell_idx {
            pointing.point(picture_id, [cell_idx / width, cell_idx % width], &point_read, false);
        }
    };
    let press = move |event: KeyboardEvent| {
        let key = event.key();
        let cell = match (key.as_str(), pointing.cell_by_keyboard(picture_id)) {
            ("Enter" | " ", None) => Some([0, 0]),
            ("Escape", Some(_)) => {
                pointing.leave(picture_id);
                None
            }
            (key, Some(cell)) => match moved(key, cell, [n_cells / width, width]) {
                Some(cell) => Some(cell),
                None => return,
            },
            (key, None) => {
                if !super::picture::focus_neighbour(&event, key) {
                    return;
                }
                None
            }
        };
        if let Some(cell) = cell {
            pointing.point(picture_id, cell, &read, true);
        }
        event.prevent_default();
    };
    on_cleanup(move || pointing.leave(picture_id));
    view! {
        <figure class="kernel" data-testid="kernel" data-filter=filter data-in-channel=in_channel>
            <div
                class="kernel__cells"
                role="img"
                data-picture=""
                tabindex=if is_tab_stop { "0" } else { "-1" }
                aria-label=label
                style:grid-template-columns=format!("repeat({width}, minmax(0, 1fr))")
                on:pointermove=point.clone()
                on:pointerdown=point
                on:pointerleave=move |_| pointing.leave(picture_id)
                on:blur=move |_| pointing.leave(picture_id)
                on:keydown=press
                inner_html=move || cells().unwrap_or_default()
            ></div>
            <figcaption class="kernel__caption">{name}</figcaption>
        </figure>
    }
    .into_any()
}

/// `[in_channel, filter]` of a slice.
fn indexes(kernel: WeightView) -> [usize; 2] {
    match kernel {
        WeightView::Slice { in_channel, filter } => [in_channel, filter],
        WeightView::Unit { .. } | WeightView::Matrix | WeightView::SliceNorms => [0, 0],
    }
}
