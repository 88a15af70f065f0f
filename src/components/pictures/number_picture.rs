//! A picture of numbers: a canvas with one pixel per number, which can be pointed at.

use super::cell_keys::moved;
use super::cell_under::cell_under;
use super::pointing::{Pointing, Reader};
use crate::components::{ThemeState, use_theme};
use crate::plot::colour_map::{ColourMap, ColourTable, Domain};
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use crate::plot::picture::{self, context_of};
use leptos::html::Canvas;
use leptos::prelude::*;
use ndarray::Array2;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, KeyboardEvent};

/// Numbers to be painted. Where there is NaN, the background shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// `[height, width]`
    pub values: Array2<f32>,
    /// The values at the ends of the colours.
    pub domain: Domain,
    /// The colours.
    pub colours: ColourMap,
}

impl Picture {
    /// Pixels from 0 (paper) to 1 (ink), in order; `None` if they are not as many as an image of that size has.
    #[must_use]
    pub fn of_ink(size: [usize; 2], pixels: Vec<f32>) -> Option<Picture> {
        let domain = Domain { low: 0.0, high: 1.0 };
        Some(Picture { values: Array2::from_shape_vec(size, pixels).ok()?, domain, colours: ColourMap::Grey })
    }
}

/// A picture that is computed once for all its readers, and again when a signal that it reads changes.
pub fn memo_picture(make: impl Fn() -> Option<Picture> + Send + Sync + 'static) -> Signal<Option<Arc<Picture>>> {
    // Comparing two pictures would cost as much as painting one.
    Memo::new_with_compare(move |_| make().map(Arc::new), |_, _| true).into()
}

/// The picture. Pictures inside of one element with `data-pictures` are one stop of the Tab key: arrow keys go from
/// one to the next, Enter reads cells, Escape goes back.
#[component]
pub fn NumberPicture(
    /// What is painted; the canvas stays empty while there is none.
    picture: Signal<Option<Arc<Picture>>>,
    /// `[height, width]` until there is a picture, so that the layout does not shift when it comes.
    #[prop(default = [1, 1])]
    size: [usize; 2],
    /// Its look.
    class: &'static str,
    /// What it is, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
    /// Says what a cell holds; without it the picture cannot be pointed at.
    #[prop(optional)]
    read: Option<Reader>,
    /// Whether the Tab key stops here; of several pictures in one group only the first.
    #[prop(default = true)]
    is_tab_stop: bool,
    /// Called with the cell that was clicked or chosen with Enter.
    #[prop(optional)]
    on_choose: Option<Callback<[usize; 2]>>,
) -> impl IntoView {
    let picture_id = fresh_picture_id();
    let canvas = NodeRef::<Canvas>::new();
    let ThemeState { ground, palette, .. } = use_theme();
    let pointing = use_context::<Pointing>().filter(|_| read.is_some());
    Effect::new(move |_| {
        let (Some(canvas), Some(picture)) = (canvas.get(), picture.get()) else { return };
        let table = palette.get().of(picture.colours).table(ground.get());
        paint_soon((picture_id, 0), move || paint(&canvas, &picture, &table));
    });
    on_cleanup(move || {
        if let Some(pointing) = pointing {
            pointing.leave(picture_id);
        }
    });
    let read = StoredValue::new(read);
    let point = move |cell: [usize; 2], is_by_keyboard: bool| {
        if let (Some(pointing), Some(read)) = (pointing, read.get_value()) {
            pointing.point(picture_id, cell, &read, is_by_keyboard);
        }
    };
    let leave = move || {
        if let Some(pointing) = pointing {
            pointing.leave(picture_id);
        }
    };
    let press = move |event: KeyboardEvent| {
        let Some((pointing, canvas)) = pointing.zip(canvas.get_untracked()) else { return };
        let size = [canvas.height() as usize, canvas.width() as usize];
        let is_single = canvas.closest("[data-pictures]").ok().flatten().is_none();
        match (event.key().as_str(), pointing.cell_by_keyboard(picture_id)) {
            ("Enter" | " ", Some(cell)) if on_choose.is_some() => {
                if let Some(on_choose) = on_choose {
                    on_choose.run(cell);
                }
            }
            ("Enter" | " ", None) => point([0, 0], true),
            ("Escape", Some(_)) => leave(),
            (key, Some(cell)) => match moved(key, cell, size) {
                Some(cell) => point(cell, true),
                None => return,
            },
            (key, None) if is_single && moved(key, [0, 0], size).is_some() => point([0, 0], true),
            (key, None) if !is_single => {
                if !focus_neighbour(&event, key) {
                    return;
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let is_readable = pointing.is_some();
    view! {
        <canvas
            node_ref=canvas
            class=class
            height=size[0]
            width=size[1]
            role="img"
            data-picture=""
            tabindex=is_readable.then_some(if is_tab_stop { "0" } else { "-1" })
            aria-label=move || label.get()
            data-low=move || picture.read().as_ref().map(|picture| picture.domain.low.to_string())
            data-high=move || picture.read().as_ref().map(|picture| picture.domain.high.to_string())
            on:pointermove=move |event| {
                if let Some(cell) = cell_under(&event) {
                    point(cell, false);
                }
            }
            on:pointerdown=move |event| {
                if let Some(cell) = cell_under(&event) {
                    point(cell, false);
                }
            }
            on:click=move |event| {
                if let (Some(on_choose), Some(cell)) = (on_choose, cell_under(&event)) {
                    on_choose.run(cell);
                }
            }
            on:pointerleave=move |_| leave()
            on:blur=move |_| leave()
            on:keydown=press
        ></canvas>
    }
}

fn paint(canvas: &HtmlCanvasElement, picture: &Picture, table: &ColourTable) {
    let Some(context) = context_of(canvas) else { return };
    let (height, width) = picture.values.dim();
    if (canvas.height() as usize, canvas.width() as usize) != (height, width) {
        canvas.set_height(height as u32);
        canvas.set_width(width as u32);
    }
    picture::paint(&context, picture.values.view(), picture.domain, table);
}

/// Moves the focus from the picture that got the key to a neighbour in its group, and the group's one Tab stop with it;
/// `false` for other keys.
pub fn focus_neighbour(event: &KeyboardEvent, key: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let picture = target.and_then(|target| target.closest("[data-picture]").ok().flatten());
    let Some(here) = picture.and_then(|picture| picture.dyn_into::<HtmlElement>().ok()) else { return false };
    let Some(group) = here.closest("[data-pictures]").ok().flatten() else { return false };
    let columns: isize = group.get_attribute("data-pictures").and_then(|n| n.parse().ok()).unwrap_or(1);
    let by = match key {
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        "ArrowUp" => -columns,
        "ArrowDown" => columns,
        _ => return false,
    };
    // The group's children hold one picture each.
    let mut item = Some(Element::from(here.clone()));
    while let Some(inner) = item.clone().filter(|item| item.parent_element().as_ref() != Some(&group)) {
        item = inner.parent_element();
    }
    for _ in 0..isize::abs(by) {
        item = item.and_then(|item| if by < 0 { item.previous_element_sibling() } else { item.next_element_sibling() });
    }
    let there = item.and_then(|item| item.query_selector("[data-picture]").ok().flatten());
    if let Some(there) = there.and_then(|there| there.dyn_into::<HtmlElement>().ok()) {
        here.set_tab_index(-1);
        there.set_tab_index(0);
        // A picture that cannot take the focus leaves it where it is.
        let _ = there.focus();
    }
    true
}
