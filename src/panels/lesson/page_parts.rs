//! What the book reads and presses on the page beside it, as a learner would: tabs, the inspector, what is outlined.

use crate::lesson::Spot;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The elements that a selector finds, in their order.
fn all(selector: &str) -> Vec<Element> {
    let found = document().query_selector_all(selector).ok();
    let list = found.iter().flat_map(|list| (0..list.length()).filter_map(|place| list.item(place)));
    list.filter_map(|node| node.dyn_into::<Element>().ok()).collect()
}

/// Opens the tab of that title; `false` if there is none yet.
pub fn open_tab(title: &str) -> bool {
    let tab = all("[role=tab]").into_iter().find(|tab| is_titled(tab, title));
    let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) else { return false };
    if tab.get_attribute("aria-selected").as_deref() != Some("true") {
        tab.click();
    }
    true
}

/// Whether the tab of that title is open.
#[must_use]
pub fn is_tab_open(title: &str) -> bool {
    all("[role=tab][aria-selected=true]").iter().any(|tab| is_titled(tab, title))
}

fn is_titled(tab: &Element, title: &str) -> bool {
    tab.text_content().is_some_and(|text| text.trim() == title)
}

/// What the inspector shows: the layer's name and the cell's row, column and channel.
#[must_use]
pub fn inspected() -> Option<(String, [usize; 3])> {
    let probe = document().query_selector("[data-testid=probe]").ok().flatten()?;
    let cell = probe.get_attribute("data-cell")?;
    let mut parts = cell.split(',').map(|part| part.trim().parse().ok());
    let mut part = || parts.next().flatten();
    Some((probe.get_attribute("data-layer")?, [part()?, part()?, part()?]))
}

/// Outlines these spots and no others; the style sheet says where they are.
pub fn outline(spots: &[Spot]) {
    let Some(root) = document().document_element() else { return };
    let names: Vec<_> = spots.iter().map(|spot| spot.name()).collect();
    // Any element takes an attribute of a plain name.
    let _ = if names.is_empty() {
        root.remove_attribute("data-outlined")
    } else {
        root.set_attribute("data-outlined", &names.join(" "))
    };
}
