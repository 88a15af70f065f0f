//! What is in view, at the sizes of phones, tablets, laptops and lecture halls.

use super::{host, open, open_at};
use serde_json::json;

/// Opens the inspector on a cell in the middle of a map, and says where both lie.
const OPEN_INSPECTOR: &str = "
    const map = document.querySelector('canvas[data-testid=layer-map][data-layer=conv2d_1][data-channel=\"42\"]');
    map.scrollIntoView({ block: 'center' });
    const box = map.getBoundingClientRect();
    map.dispatchEvent(new MouseEvent('click', {
      bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));";
const IS_IN_VIEW: &str = "
    const probe = document.querySelector('[data-testid=probe]');
    if (!probe?.dataset.result) return false;
    const map = document.querySelector('canvas[data-testid=layer-map][data-layer=conv2d_1][data-channel=\"42\"]');
    const [inspector, picture] = [probe, map].map((element) => element.getBoundingClientRect());
    return picture.top >= 0 && picture.bottom <= inspector.top + 1
      && inspector.bottom <= innerHeight + 1 && inspector.height >= 0.25 * innerHeight;";

#[test]
fn inspector_and_the_picture_that_it_is_about_are_in_view_together() {
    let host = host();
    for (width, height) in [(1440, 900), (1024, 768), (390, 844)] {
        let page = open(&host);
        page.set_viewport(width, height).unwrap();
        page.wait_until("maps", "return document.querySelector('[data-testid=layer-map][data-layer=conv2d_1]')")
            .unwrap();
        page.js(OPEN_INSPECTOR).unwrap();
        page.wait_until(&format!("both in view at {width} × {height}"), IS_IN_VIEW).unwrap();
    }
}

/// The sizes of all texts that are seen, smallest first, with the text.
const SMALLEST_TEXT: &str = "
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const sizes = [];
    while (walker.nextNode()) {
      const [element, text] = [walker.currentNode.parentElement, walker.currentNode.textContent.trim()];
      const isSeen = text && element.checkVisibility() && !element.closest('.visually-hidden, script, dialog, option');
      if (isSeen && element.getClientRects().length) sizes.push([parseFloat(getComputedStyle(element).fontSize), text]);
    }
    return sizes.sort(([a], [b]) => a - b)[0];";

#[test]
fn present_mode_has_large_type_and_few_controls() {
    let host = host();
    let page = open(&host);
    page.wait_until("training panels", "return document.querySelector('[data-testid=run-status]')").unwrap();
    page.find("button", "Present").unwrap().click().unwrap();
    let smallest = page.js(SMALLEST_TEXT).unwrap();
    assert!(smallest[0].as_f64().unwrap() >= 20.0, "{smallest}");
    assert_eq!(page.js("return location.search").unwrap(), json!("?present"));
    let n_seen = "return [...document.querySelectorAll('button:not(.term), select, input')].filter((control) => control.checkVisibility()).length";
    let n_controls = page.js(n_seen).unwrap().as_u64().unwrap();
    assert!(n_controls <= 12, "{n_controls} controls");
    page.find("button", "Leave present mode").unwrap().click().unwrap();
    assert_eq!(page.js("return location.search").unwrap(), json!(""));
    assert!(page.js(n_seen).unwrap().as_u64().unwrap() > 20);
}

#[test]
fn a_link_opens_present_mode() {
    let host = host();
    let page = open_at(&host, "?preset=mlp-16-16&present");
    page.wait_until("its network", "return document.querySelector('[data-testid=layer-map][data-layer=dense_1]')")
        .unwrap();
    page.find("button", "Leave present mode").unwrap();
    assert_eq!(page.js("return location.search").unwrap(), json!("?preset=mlp-16-16&present"));
}

#[test]
fn messages_that_say_nothing_take_no_room() {
    let host = host();
    let page = open(&host);
    page.wait_until("training panels", "return document.querySelector('.layer__misfit')").unwrap();
    let shown = "return [...document.querySelectorAll('[class*=message], .layer__misfit')]
        .filter((message) => !message.textContent.trim() && message.getBoundingClientRect().height > 0
            && !message.closest('.visually-hidden'))
        .map(({ className }) => className)";
    page.wait_until("the later style sheet", "return !!document.querySelector('link[href*=part-style]')?.sheet")
        .unwrap();
    assert_eq!(page.js(shown).unwrap(), json!([]));
}
