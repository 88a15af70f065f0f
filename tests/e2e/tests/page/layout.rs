//! What is in view, at the sizes of phones, tablets, laptops and lecture halls.

use super::{host, open, open_at};
use serde_json::json;

/// Opens the inspector on a cell in the middle of a map, and says where both lie.
const OPEN_INSPECTOR: &str = "
    const map = document.querySelector('[data-testid=layer-map][data-layer=conv2d_1][data-channel=\"42\"]');
    map.scrollIntoView({ block: 'center' });
    const box = map.getBoundingClientRect();
    map.dispatchEvent(new MouseEvent('click', {
      bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));";
const IS_IN_VIEW: &str = "
    const probe = document.querySelector('[data-testid=probe]');
    if (!probe?.dataset.result) return false;
    const map = document.querySelector('[data-testid=layer-map][data-layer=conv2d_1][data-channel=\"42\"]');
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

#[test]
fn a_strip_that_has_room_above_the_inspector_is_seen_as_a_whole() {
    let host = host();
    let page = open(&host);
    page.set_viewport(1440, 900).unwrap();
    page.wait_until("maps", "return document.querySelector('[data-testid=layer-map][data-layer=conv2d_1]')").unwrap();
    page.find("button", "See how the output is computed").unwrap().click().unwrap();
    let is_whole = "
        const [strip, inspector] = ['.strip', '[data-testid=probe][data-result]']
          .map((selector) => document.querySelector(selector)?.getBoundingClientRect());
        return inspector && strip.top >= 0 && strip.bottom <= inspector.top + 1 && inspector.bottom <= innerHeight + 1;";
    page.wait_until("strip and inspector", is_whole).unwrap();
    // Each line of the lists keeps clear of the next.
    let overlaps = page
        .js("const lines = [...document.querySelectorAll('.input-list .sum-list')].map((list) => [...list.querySelectorAll('.sum-line')]);
             return lines.flatMap((list) => list.slice(1).filter((line, n) =>
               list[n].querySelector('.sum-line__factors').getBoundingClientRect().bottom
                 > line.querySelector('.sum-line__name > :first-child').getBoundingClientRect().top + 5)).length")
        .unwrap();
    assert_eq!(overlaps, json!(0));
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

#[test]
fn graph_of_dense_layers_is_filled_where_the_strip_has_left_the_screen() {
    let host = host();
    let page = open_at(&host, "?preset=mlp-40");
    page.set_viewport(390, 320).unwrap();
    page.wait_until("the graph", "return document.querySelector('[data-testid=dense-unit]')").unwrap();
    // A fresh look, by a network that is not the one of the last look.
    page.js("document.querySelector('[data-testid=dense-graph]').scrollIntoView({ block: 'end' }); return 0").unwrap();
    page.js(
        "[...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Reset').click(); return 0",
    )
    .unwrap();
    let sums = "return ['1', '2'].every((layer) =>
        [...document.querySelectorAll(`[data-testid=dense-unit][data-layer='${layer}']`)].some((unit) => +unit.dataset.value > 0)
        && document.querySelectorAll('.dense-graph__link').length > 10)";
    page.wait_until("outputs and links", sums).unwrap();
}
