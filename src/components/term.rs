//! A word that can be explained.

use super::fresh_id;
use crate::components::glossary::Entry;
use leptos::{ev, html, prelude::*};
use std::time::Duration;

/// How long an explanation stays when the pointer leaves its word, so that the pointer can move onto it.
const STAY: Duration = Duration::from_millis(300);

/// The position of a bubble, in pixels of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spot {
    left_px: f64,
    top_px: f64,
    /// The bubble ends there instead of beginning there.
    is_above: bool,
}

/// A word that explains itself when it is pointed at, focused or touched; Escape closes the explanation, which the pointer
/// can also move onto.
///
/// Without children a small mark is shown, for words that are a label already.
#[component]
pub fn Term(
    /// What is explained.
    entry: Entry,
    /// The word as the text has it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let text_id = fresh_id("term");
    let button = NodeRef::<html::Button>::new();
    let spot = RwSignal::new(None::<Spot>);
    let show = move || {
        let rect = button.get_untracked().map(|button| button.get_bounding_client_rect());
        spot.set(rect.map(|rect| place(rect.left(), rect.top(), rect.bottom(), window_size())));
    };
    let leaving = StoredValue::new(None::<TimeoutHandle>);
    let stay = move || {
        if let Some(leaving) = leaving.try_update_value(Option::take).flatten() {
            leaving.clear();
        }
    };
    let close = move || {
        stay();
        spot.set(None);
    };
    let leave = move || {
        stay();
        leaving.set_value(set_timeout_with_handle(close, STAY).ok());
    };
    let open = move || {
        stay();
        show();
    };
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && spot.with_untracked(Option::is_some) {
            close();
        }
    });
    on_cleanup(move || {
        stay();
        escape.remove();
    });
    let is_mark = children.is_none();
    view! {
        <button
            type="button"
            class="term"
            class:term--mark=is_mark
            node_ref=button
            aria-describedby=text_id.clone()
            aria-label=is_mark.then(|| format!("What is {}?", entry.name))
            on:click=move |_| open()
            on:focus=move |_| open()
            on:blur=move |_| close()
            on:pointerenter=move |_| open()
            on:pointerleave=move |_| leave()
        >
            {children.map_or_else(|| "?".into_any(), |children| children().into_any())}
        </button>
        <span id=text_id hidden>
            {entry.text}
        </span>
        {move || {
            spot.get()
                .map(|spot| {
                    view! {
                        <span
                            class="term__bubble"
                            class:term__bubble--above=spot.is_above
                            aria-hidden="true"
                            on:pointerenter=move |_| stay()
                            on:pointerleave=move |_| leave()
                            style:left=format!("{}px", spot.left_px)
                            style:top=format!("{}px", spot.top_px)
                        >
                            <span class="term__name">{entry.name}</span>
                            {entry.text}
                        </span>
                    }
                })
        }}
    }
}

/// Below the word in the window's upper half, above it in the lower one, never past the right edge.
fn place(left: f64, top: f64, bottom: f64, (width, height): (f64, f64)) -> Spot {
    const BUBBLE_WIDTH_PX: f64 = 300.0;
    const GAP_PX: f64 = 6.0;
    let is_above = bottom > height / 2.0;
    Spot {
        left_px: left.min(width - BUBBLE_WIDTH_PX - 8.0).max(8.0),
        top_px: if is_above { top - GAP_PX } else { bottom + GAP_PX },
        is_above,
    }
}

fn window_size() -> (f64, f64) {
    let number = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or_default()
    };
    (number(window().inner_width()), number(window().inner_height()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bubble_stays_inside_of_the_window() {
        let window = (1440.0, 900.0);
        assert_eq!(place(100.0, 50.0, 70.0, window), Spot { left_px: 100.0, top_px: 76.0, is_above: false });
        assert_eq!(place(1400.0, 800.0, 820.0, window), Spot { left_px: 1132.0, top_px: 794.0, is_above: true });
        assert_eq!(place(200.0, 50.0, 70.0, (280.0, 600.0)).left_px, 8.0, "a window narrower than the bubble");
    }
}
