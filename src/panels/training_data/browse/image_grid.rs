//! A page of images. One of them is looked at everywhere; arrow keys go to its neighbours, and over the page's ends.

use super::super::context::use_training_data;
use super::image_list::on_page;
use super::wrong_images::WrongImages;
use crate::components::pictures::DigitPicture;
use crate::components::{subject_name, use_theme};
use crate::protocol::questions::{N_THUMBNAILS, Thumbnails};
use crate::state::{DataState, use_app_state};
use leptos::{ev, html, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The images of the page.
#[component]
pub fn ImageGrid(
    /// All images that pass the filter.
    images: Memo<Arc<Vec<u32>>>,
    /// What the network gets wrong.
    wrong: WrongImages,
) -> impl IntoView {
    let state = use_app_state();
    let browsed = use_training_data().browsed;
    let grid = NodeRef::<html::Div>::new();
    let page = Memo::new(move |_| browsed.page.get().min(images.read().len().saturating_sub(1) / N_THUMBNAILS));
    let shown = Memo::new(move |_| on_page(&images.read(), page.get()).to_vec());
    let question = Memo::new(move |_| {
        let is_loaded = matches!(state.data.get(), DataState::Loaded { .. });
        let idxs: Vec<usize> = shown.read().iter().map(|image| *image as usize).collect();
        (is_loaded && !idxs.is_empty()).then(|| Thumbnails::of(browsed.part.get().set(), &idxs))
    });
    Effect::new(move |_| {
        state.run.id.track();
        if let Some(question) = question.get() {
            state.ask(question);
        }
    });
    let pixels = Memo::new(move |_| Some(state.answers.thumbnails.to(question.get()?)?.answer.pixels.clone()));
    let chosen = move || {
        let (set, image) = state.subject.get().place()?;
        (set == browsed.part.get().set()).then_some(image as u32)
    };
    // The Tab key stops at the image that is looked at, or at the first.
    let tab_stop = Memo::new(move |_| {
        chosen().and_then(|chosen| shown.read().iter().position(|image| *image == chosen)).unwrap_or_default()
    });
    let press = move |event: ev::KeyboardEvent| {
        let (Some(by), Some(here)) = (steps(&event.key(), &grid), focused_place(&grid)) else { return };
        let place = (page.get_untracked() * N_THUMBNAILS + here) as isize + by;
        let images = images.read_untracked();
        let Some(image) = usize::try_from(place).ok().and_then(|place| images.get(place).copied()) else { return };
        event.prevent_default();
        browsed.page.set(place as usize / N_THUMBNAILS);
        state.look_at(browsed.part.get_untracked().set().subject(image as usize));
        // The other page is there in the next frame.
        request_animation_frame(move || focus(&grid, place as usize % N_THUMBNAILS));
    };
    let picture = move |place: usize| {
        let ground = use_theme().ground.into();
        let image = move || shown.read().get(place).copied();
        let own_pixels = Signal::derive(move || {
            let size = state.run.image_size();
            let n = size[0] * size[1];
            let pixels = pixels.read();
            pixels.as_ref().and_then(|pixels| pixels.get(place * n..(place + 1) * n)).unwrap_or_default().to_vec()
        });
        let label = Memo::new(move |_| {
            let labels = state.labels.read();
            labels.of(browsed.part.get().set()).get(image()? as usize).copied()
        });
        let read_as = Memo::new(move |_| wrong.read().as_ref()?.get(&image()?).copied().filter(|digit| *digit <= 9));
        let name = move || {
            let Some(image) = image() else { return String::new() };
            let subject = subject_name(browsed.part.get().set().subject(image as usize));
            let label = label.get().map_or_else(String::new, |label| format!(", labelled {label}"));
            let read_as = read_as.get().map_or_else(String::new, |digit| format!(", read as {digit}"));
            format!("{subject}{label}{read_as}")
        };
        let look = move |_| {
            if let Some(image) = image() {
                state.look_at(browsed.part.get_untracked().set().subject(image as usize));
            }
        };
        view! {
            <button
                type="button"
                class="image-tile"
                data-testid="training-image"
                data-image=move || image().map(|image| image.to_string())
                data-label=move || label.get().map(|label| label.to_string())
                hidden=move || image().is_none()
                tabindex=move || if tab_stop.get() == place { "0" } else { "-1" }
                aria-pressed=move || (image().is_some() && chosen() == image()).to_string()
                aria-label=name
                title=name
                on:click=look
            >
                <DigitPicture pixels=own_pixels ground class="image-tile__picture" />
                <span class="image-tile__label" aria-hidden="true" translate="no">
                    {move || label.get().map(|label| label.to_string())}
                    {move || read_as.get().map(|digit| view! { <span class="image-tile__wrong">{format!(" → {digit}")}</span> })}
                </span>
            </button>
        }
    };
    view! {
        <div
            node_ref=grid
            class="image-grid"
            role="group"
            aria-label="Images; arrow keys go from one to the next"
            on:keydown=press
        >
            {(0..N_THUMBNAILS).map(picture).collect_view()}
        </div>
    }
}

/// By how many images a key goes on.
fn steps(key: &str, grid: &NodeRef<html::Div>) -> Option<isize> {
    match key {
        "ArrowLeft" => Some(-1),
        "ArrowRight" => Some(1),
        "ArrowUp" => Some(-n_columns(grid)),
        "ArrowDown" => Some(n_columns(grid)),
        _ => None,
    }
}

fn tiles(grid: &NodeRef<html::Div>) -> Vec<HtmlElement> {
    let Some(children) = grid.get_untracked().map(|grid| grid.children()) else { return Vec::new() };
    (0..children.length()).filter_map(|idx| children.item(idx)?.dyn_into().ok()).collect()
}

/// Images in the first row, as they are laid out.
fn n_columns(grid: &NodeRef<html::Div>) -> isize {
    let tiles = tiles(grid);
    let Some(top) = tiles.first().map(HtmlElement::offset_top) else { return 1 };
    (tiles.iter().take_while(|tile| tile.offset_top() == top).count() as isize).max(1)
}

fn focused_place(grid: &NodeRef<html::Div>) -> Option<usize> {
    let active = document().active_element()?;
    tiles(grid).iter().position(|tile| tile.is_same_node(Some(&active)))
}

fn focus(grid: &NodeRef<html::Div>, place: usize) {
    if let Some(Some(grid)) = grid.try_get_untracked()
        && let Some(tile) = grid.children().item(place as u32).and_then(|tile| tile.dyn_into::<HtmlElement>().ok())
    {
        // A tile that cannot take the focus leaves it where it is.
        let _ = tile.focus();
    }
}
