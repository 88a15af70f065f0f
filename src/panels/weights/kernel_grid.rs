//! Small kernels side by side, each weight written into its cell.

use super::kernel_painter::KernelPainter;
use super::kernel_sheet::{KernelSheet, Spot};
use crate::components::layers::LayerView;
use crate::components::pictures::{Pointed, Pointing, reader};
use crate::components::{Newest, ShowMore, ThemeState, on_resize, use_theme, while_mounted};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use crate::plot::number::three_digits;
use crate::protocol::questions::Weights;
use inkling_engine::explain::{WeightView, value_range};
use leptos::html;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{Element, KeyboardEvent, PointerEvent};

/// Kernels on one canvas; each "show more" brings another.
const PER_SHEET: usize = 64;

/// Slices of a Conv2D layer's kernel.
#[component]
pub fn KernelGrid(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest<Weights>,
    /// Their one scale.
    domain: Memo<Option<Domain>>,
    /// Which slices.
    kernels: Signal<Vec<WeightView>>,
) -> impl IntoView {
    let n_sheets = RwSignal::new(1);
    let (grid, room_px) = (NodeRef::<html::Div>::new(), RwSignal::new(0.0));
    follow_width(grid, room_px);
    let shown = move || 0..n_sheets.get().min(kernels.read().len().div_ceil(PER_SHEET));
    let n_shown = move || n_sheets.get() * PER_SHEET;
    let n_kernels = move || kernels.read().len();
    let kernels_of = move |sheet_idx: usize| {
        Memo::new(move |_| kernels.read().iter().skip(sheet_idx * PER_SHEET).take(PER_SHEET).copied().collect())
    };
    view! {
        <div node_ref=grid class="kernel-grid">
            <For each=shown key=|sheet_idx| *sheet_idx let:sheet_idx>
                <Sheet view answer domain kernels=kernels_of(sheet_idx) room_px />
            </For>
        </div>
        <ShowMore n_shown=Signal::derive(n_shown) n=Signal::derive(n_kernels) on_more=Callback::new(move |()| n_sheets.update(|n_sheets| *n_sheets += 1)) />
    }
}

/// One canvas of kernels, and a frame around what is pointed at.
#[component]
fn Sheet(
    view: StoredValue<LayerView>,
    answer: Newest<Weights>,
    domain: Memo<Option<Domain>>,
    kernels: Memo<Vec<WeightView>>,
    room_px: RwSignal<f64>,
) -> impl IntoView {
    let pointing = expect_context::<Pointing>();
    let ThemeState { ground, palette, .. } = use_theme();
    let (sheet_id, canvas) = (fresh_picture_id(), NodeRef::<html::Canvas>::new());
    let kernel_size = size_of(&view.read_value());
    let [height, width] = kernel_size;
    let sheet = Memo::new(move |_| KernelSheet::within(room_px.get(), kernels.read().len(), kernel_size));
    // Comparing them would cost as much as making them.
    let values = Memo::new_with_compare(
        move |_| {
            let answer = answer.read();
            let view = view.read_value();
            let (weights, _) = view.arrays(answer.as_ref()?)?;
            let slice = |kernel: &WeightView| Some(view.picture(weights, *kernel)?.into_owned());
            kernels.read().iter().map(slice).collect::<Option<Vec<_>>>().map(Arc::new)
        },
        |_, _| true,
    );
    Effect::new(move |_| {
        room_px.track();
        let (Some(canvas), Some(sheet)) = (canvas.get(), sheet.get()) else { return };
        let (Some(values), Some(domain)) = (values.get(), domain.get()) else { return };
        let captions = kernels.read().iter().map(|kernel| caption(&view.read_value(), *kernel)).collect();
        let table = palette.get().of(ColourMap::Diverging).table(ground.get());
        let painter = Rc::new(KernelPainter { canvas, sheet, kernels: values, captions, domain, table });
        painter.fit();
        for row in 0..sheet.n_rows() {
            let painter = painter.clone();
            paint_soon((sheet_id, row), move || painter.paint_row(row));
        }
    });

    let n_cells = height * width;
    let value_of = move |kernel_idx: usize| {
        let values = values.read();
        values.as_ref()?.get(kernel_idx).cloned()
    };
    // A spot as the pointing line knows it: kernel, and cell or, of the kernel as a whole, the number of its cells.
    let read = reader(move |[kernel_idx, cell_idx]| {
        let weights = value_of(kernel_idx)?;
        let name = title(&view.read_value(), *kernels.read().get(kernel_idx)?);
        if let Some(value) = weights.get([cell_idx / width, cell_idx % width]).copied() {
            let [row, column] = [cell_idx / width, cell_idx % width];
            return Some(Pointed {
                text: format!("{name} · row {row}, column {column} · {}", three_digits(value)),
                value,
            });
        }
        let norm = weights.iter().map(|weight| weight * weight).sum::<f32>().sqrt();
        let text = format!("{name}, {height}×{width}, {} · ‖w‖ {}", range_text(&weights), three_digits(norm));
        Some(Pointed { text, value: norm })
    });
    let label = move || {
        let name = view.read_value().layer.name.clone();
        let values = values.read();
        let Some(values) = values.as_ref() else { return format!("{name}, kernels loading") };
        format!(
            "{name}, {} kernels of {height}×{width}, {}: arrow keys choose one, Enter reads its cells, Escape goes back",
            kernels.read().len(),
            range_text(values.iter().flatten())
        )
    };
    // What is pointed at, and whether by keyboard.
    let spot = RwSignal::new(None::<(Spot, bool)>);
    let point = move |new: Option<(Spot, bool)>| {
        if spot.get_untracked() == new {
            return;
        }
        spot.set(new);
        match new {
            None => pointing.leave(sheet_id),
            Some((new, is_by_keyboard)) => {
                let cell = match new {
                    Spot::Kernel(kernel_idx) => [kernel_idx, n_cells],
                    Spot::Cell(kernel_idx, [row, column]) => [kernel_idx, row * width + column],
                };
                pointing.point(sheet_id, cell, &read, is_by_keyboard);
            }
        }
    };
    let point = StoredValue::new(point);
    let point = move |new| point.with_value(|point| point(new));
    let hover = move |event: PointerEvent| {
        let place = [event.offset_x(), event.offset_y()].map(f64::from);
        let located = sheet.read_untracked().as_ref().and_then(|sheet| sheet.locate(place));
        point(located.map(|spot| (spot, false)));
    };
    let press = move |event: KeyboardEvent| {
        let Some(sheet) = sheet.get_untracked() else { return };
        let from = spot.get_untracked().filter(|(_, is_by_keyboard)| *is_by_keyboard).map(|(spot, _)| spot);
        if let Some(reached) = sheet.reached_by(&event.key(), from) {
            point(reached.map(|spot| (spot, true)));
            event.prevent_default();
            event.stop_propagation();
        }
    };
    on_cleanup(move || pointing.leave(sheet_id));
    let frame = move || {
        let (sheet, (spot, _)) = sheet.get().zip(spot.get())?;
        let ([left, top], [x, y, width, height]) = match spot {
            Spot::Kernel(kernel_idx) => (sheet.corner_px(kernel_idx), [0.0, 0.0, sheet.side_px, sheet.side_px]),
            Spot::Cell(kernel_idx, cell) => (sheet.corner_px(kernel_idx), sheet.cell_px(cell, 1.0)),
        };
        let (left, top) = (left + x, top + y);
        Some(format!("left: {left}px; top: {top}px; width: {width}px; height: {height}px"))
    };
    let size = move || {
        let [width, height] = sheet.get()?.size_px();
        Some(format!("width: {width}px; height: {height}px"))
    };
    view! {
        <div class="kernel-sheet">
            <canvas
                node_ref=canvas
                class="kernel-sheet__canvas"
                prop:style=size
                role="img"
                tabindex="0"
                aria-label=label
                data-testid="kernels"
                data-n=move || kernels.read().len()
                on:pointermove=hover
                on:pointerdown=hover
                on:pointerleave=move |_| point(None)
                on:blur=while_mounted(move |_| point(None))
                on:keydown=press
            ></canvas>
            <Show when=move || spot.get().is_some()>
                <div class="kernel-sheet__frame" prop:style=frame></div>
            </Show>
        </div>
    }
}

/// Keeps `width_px` at the width of the element.
fn follow_width(element: NodeRef<html::Div>, width_px: RwSignal<f64>) {
    Effect::new(move |_| {
        let Some(element) = element.get().map(Element::from) else { return };
        let measured = element.clone();
        on_resize(&element, move || {
            // Also when it is the same: the screen may have other pixels.
            width_px.set(f64::from(measured.client_width()));
        });
    });
}

/// `[height, width]` of each kernel.
fn size_of(view: &LayerView) -> [usize; 2] {
    let shape = view.layer.kernel_shape();
    [shape.first().copied().unwrap_or(1), shape.get(1).copied().unwrap_or(1)]
}

/// `[in_channel, filter]` of a slice; of the first if there is but one channel, the filter alone counts.
fn indexes(kernel: WeightView) -> [usize; 2] {
    match kernel {
        WeightView::Slice { in_channel, filter } => [in_channel, filter],
        WeightView::Unit { .. } | WeightView::Matrix | WeightView::SliceNorms => [0, 0],
    }
}

/// `5`, or `3 → 5` if there are several input channels.
fn caption(view: &LayerView, kernel: WeightView) -> String {
    let [in_channel, filter] = indexes(kernel);
    if has_channels(view) { format!("{in_channel} → {filter}") } else { filter.to_string() }
}

/// `conv2d filter 5`, or `conv2d_1 channel 3, filter 5`.
fn title(view: &LayerView, kernel: WeightView) -> String {
    let ([in_channel, filter], name) = (indexes(kernel), &view.layer.name);
    if has_channels(view) {
        format!("{name} channel {in_channel}, filter {filter}")
    } else {
        format!("{name} filter {filter}")
    }
}

fn has_channels(view: &LayerView) -> bool {
    view.layer.input_shape.dims()[2] > 1
}

/// `from −0.660 to 0.240`
fn range_text<'a>(weights: impl IntoIterator<Item = &'a f32>) -> String {
    let [min, max] = value_range(weights).unwrap_or_default();
    format!("from {} to {}", three_digits(min), three_digits(max))
}
