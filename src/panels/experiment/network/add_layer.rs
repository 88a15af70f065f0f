//! The menu that adds a layer.

use super::arrange::{fitted, place_for};
use super::network_orders::focus_card;
use crate::components::while_mounted;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::LayerConfig;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

/// A button that opens the list of kinds; a kind goes where it can work.
#[component]
pub fn AddLayer() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let (root, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let is_open = RwSignal::new(false);
    let add = move |kind_idx: usize| {
        let n_outputs = state.experiment.read_untracked().data.n_outputs();
        let mut place = 0;
        editor.edit_layers(|network| {
            let layer = fitted(LayerConfig::all().swap_remove(kind_idx), network, n_outputs);
            place = place_for(&layer, network);
            network.insert(place, layer);
        });
        is_open.set(false);
        focus_card(place);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "Escape" => {
                is_open.set(false);
                if let Some(button) = button.get_untracked() {
                    let _ = button.focus();
                }
                return;
            }
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        is_open.set(true);
        request_animation_frame(move || move_focus(root, step));
    };
    let close_outside = move |event: ev::FocusEvent| {
        let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        let is_inside = root.get_untracked().is_some_and(|root| root.contains(next.as_ref()));
        if !is_inside {
            is_open.set(false);
        }
    };
    view! {
        <div class="add-layer" node_ref=root on:keydown=on_key on:focusout=while_mounted(close_outside)>
            <button
                type="button"
                class="button button--quiet"
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                "+ add a layer"
            </button>
            <Show when=move || is_open.get()>
                <div class="menu add-layer__menu" role="menu" aria-label="Kinds of layer">
                    {LayerConfig::all()
                        .into_iter()
                        .enumerate()
                        .map(|(kind_idx, layer)| {
                            view! {
                                <button
                                    type="button"
                                    class="menu__item"
                                    role="menuitem"
                                    tabindex="-1"
                                    on:click=move |_| add(kind_idx)
                                >
                                    <span class="menu__name">{layer.type_name()}</span>
                                    <span class="menu__text">{first_sentence(layer.kind().help())}</span>
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </Show>
        </div>
    }
}

fn first_sentence(text: &str) -> String {
    let end = text.find(['.', ':']).unwrap_or(text.len());
    text[..end].to_owned()
}

/// Moves the focus among the open menu's items, around its ends.
fn move_focus(root: NodeRef<html::Div>, step: i32) {
    // The menu may be gone by the time of the frame.
    let Some(root) = root.try_get_untracked().flatten() else { return };
    let Ok(items) = root.query_selector_all("[role=menuitem]") else { return };
    let n_items = items.length() as i32;
    let active = document().active_element();
    let present = (0..n_items).find(|&item_idx| {
        let item = items.item(item_idx as u32).and_then(|item| item.dyn_into::<web_sys::Element>().ok());
        item.is_some() && item == active
    });
    let next = match present {
        Some(present) => (present + step).rem_euclid(n_items.max(1)),
        None if step > 0 => 0,
        None => n_items - 1,
    };
    if let Some(item) = items.item(next as u32).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}
