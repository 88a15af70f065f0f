//! Accessibility: axe's rules, other sizes and colours, translation, screen readers.

use super::{assert_no_console_errors, host, open};
use inkling_e2e::page::Page;
use serde_json::{Value, json};

/// axe-core, which checks a page against the rules of WCAG; run in the test only.
const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// Sets several media features at once.
fn set_media(page: &Page, features: &[(&str, &str)]) {
    let features = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect::<Vec<_>>();
    page.dev_tools("Emulation.setEmulatedMedia", json!({ "features": features })).unwrap();
}

/// Opens each tab and returns what the async function body `look` finds there, as texts.
fn in_each_tab(page: &Page, look: &str) -> Vec<String> {
    let script = format!(
        "const look = async () => {{ {look} }};
         const found = [];
         // A tab may bring tabs of its own.
         for (let place = 0; place < document.querySelectorAll('[role=tab]').length; place += 1) {{
           const tab = document.querySelectorAll('[role=tab]')[place];
           tab.click();
           await new Promise((resolve) => setTimeout(resolve, 1000));
           for (const text of await look()) found.push(`${{tab.textContent}}: ${{text}}`);
         }}
         return found;"
    );
    let found = page.js(&script).unwrap();
    found.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn started(host: &xtask::server::Server) -> Page {
    let page = open(host);
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]')?.dataset.digit")
        .unwrap();
    page.wait_until("all tabs", "return document.querySelectorAll('[role=tab]').length === 11").unwrap();
    page
}

#[test]
fn axe_finds_nothing_in_any_tab_light_or_dark_wide_or_narrow() {
    let host = host();
    let page = started(&host);
    page.js(&format!("{AXE}\n;window.axe = axe;")).unwrap();
    for scheme in ["light", "dark"] {
        for width in [1440, 390] {
            page.set_media("prefers-color-scheme", scheme).unwrap();
            page.set_viewport(width, 900).unwrap();
            let violations = in_each_tab(
                &page,
                "const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
                 return violations.flatMap(({ id, help, nodes }) =>
                   nodes.map(({ target, html }) => `${id} (${help}) ${target.join(' ')} ${html.slice(0, 200)}`));",
            );
            assert_eq!(violations, Vec::<String>::new(), "{scheme}, {width} px wide");
        }
    }
    assert_no_console_errors(&page);
}

#[test]
fn axe_finds_nothing_on_the_plane_and_nothing_needs_two_way_scrolling() {
    let host = host();
    let page = super::open_at(&host, "?place=plane");
    page.wait_until("a view", "return document.querySelector('[data-testid=plane-losses]')?.dataset.epoch === '0'")
        .unwrap();
    page.js("document.querySelector('[data-testid=plane-unit]').click();
             document.querySelectorAll('.plane details').forEach((details) => { details.open = true; })")
        .unwrap();
    page.js(&format!("{AXE}\n;window.axe = axe;")).unwrap();
    for scheme in ["light", "dark"] {
        for width in [1440, 390] {
            page.set_media("prefers-color-scheme", scheme).unwrap();
            page.set_viewport(width, 900).unwrap();
            for tab in
                0..page.js("return document.querySelectorAll('.plane [role=tab]').length").unwrap().as_u64().unwrap()
            {
                page.js(&format!("document.querySelectorAll('.plane [role=tab]')[{tab}].click()")).unwrap();
                let violations = page
                    .js(
                        "await new Promise((wait) => setTimeout(wait, 300)); // Colours change in a moment, not at once.
                         const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
                         return violations.flatMap(({ id, help, nodes }) =>
                           nodes.map(({ target, html }) => `${id} (${help}) ${target.join(' ')} ${html.slice(0, 200)}`));",
                    )
                    .unwrap();
                assert_eq!(violations, Value::Array(vec![]), "{scheme}, {width} px wide, tab {tab}");
            }
        }
    }
    for width in [360, 390, 744, 820, 960, 1024, 1280] {
        page.set_viewport(width, 900).unwrap();
        let over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        page.wait_until(&format!("no scrolling across at {width} px"), &format!("{over} <= 0")).unwrap();
    }
    assert_no_console_errors(&page);
}

#[test]
fn axe_finds_nothing_in_the_book_of_the_lesson() {
    let host = host();
    let page = super::open_at(&host, "?place=lesson");
    page.wait_until("a step", "return document.querySelector('[data-testid=lesson-step]')").unwrap();
    page.js(&format!("{AXE}\n;window.axe = axe;")).unwrap();
    for scheme in ["light", "dark"] {
        page.set_media("prefers-color-scheme", scheme).unwrap();
        for width in [1440, 390] {
            page.set_viewport(width, 900).unwrap();
            // Every eighth step, which has a bit of everything.
            let violations = page
                .js("const button = (name) => [...document.querySelectorAll('.book button')].find(({ textContent }) => textContent.trim() === name);
                     const found = [];
                     button('Contents').click();
                     for (let step = 0; step < 40; step += 1) {
                       if (step % 8 === 0) {
                         await new Promise((wait) => setTimeout(wait, 400));
                         const { violations } = await window.axe.run('.book', { resultTypes: ['violations'] });
                         const name = document.querySelector('[data-testid=lesson-step]').dataset.step;
                         for (const { id, help, nodes } of violations)
                           for (const { target, html } of nodes) found.push(`${name}: ${id} (${help}) ${target.join(' ')} ${html.slice(0, 200)}`);
                         if (step === 0) button('Contents').click();
                       }
                       button('Next step').click();
                       await new Promise((wait) => setTimeout(wait, 50));
                     }
                     button('Contents').click();
                     await new Promise((wait) => setTimeout(wait, 50));
                     document.querySelector('.contents__step a').click();
                     return found;")
                .unwrap();
            assert_eq!(violations, Value::Array(vec![]), "{scheme}, {width} px wide");
        }
    }
    assert_no_console_errors(&page);
}

#[test]
fn nothing_needs_two_way_scrolling_and_bars_have_a_width_at_any_size() {
    let host = host();
    let page = started(&host);
    // Phones and 400 % zoom, tablets, 150 % on a laptop.
    for (width, height) in [(360, 640), (390, 844), (744, 1000), (768, 1024), (820, 1180), (834, 1112), (960, 600)] {
        page.set_viewport(width, height).unwrap();
        let found = in_each_tab(
            &page,
            "const root = document.documentElement;
             const bar = document.querySelector('.probability-bars__track').clientWidth;
             const over = root.scrollWidth - root.clientWidth;
             return bar >= 60 && over <= 0 ? [] : [`bars of ${bar} px, ${over} px too wide`];",
        );
        assert_eq!(found, Vec::<String>::new(), "{width}×{height}");
    }
}

#[test]
fn larger_text_makes_type_grow_and_nothing_is_pushed_off_the_page() {
    let host = host();
    let page = started(&host);
    let found = page
        .js("const size = () => parseFloat(getComputedStyle(document.body).fontSize);
             const before = size();
             document.documentElement.style.fontSize = '24px';
             await new Promise((resolve) => setTimeout(resolve, 500));
             const root = document.documentElement;
             return [size() / before, root.scrollWidth - root.clientWidth];")
        .unwrap();
    assert_eq!(found[0].as_f64(), Some(1.5));
    assert!(found[1].as_f64().unwrap() <= 0.0, "{found}");
}

#[test]
fn pressed_tabs_and_bars_are_seen_in_colours_that_the_system_forces() {
    let host = host();
    let page = started(&host);
    set_media(&page, &[("forced-colors", "active"), ("prefers-color-scheme", "dark")]);
    let found = page
        .js("const colour = (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor;
             return { chosen: colour('[role=tab][aria-selected=true]'), other: colour('[role=tab][aria-selected=false]'),
                      bar: colour('.probability-bars__bar'), panel: colour('.panel') };")
        .unwrap();
    assert_ne!(found["chosen"], found["other"]);
    assert_ne!(found["bar"], found["panel"]);
}

#[test]
fn controls_are_24_px_high_and_wide() {
    let host = host();
    let page = started(&host);
    // Numbers inside of a layer's line are exempt: they are far enough apart.
    let found = in_each_tab(
        &page,
        "return [...document.querySelectorAll('button, select, summary, label:has(input[type=checkbox])')]
           .filter((element) => element.checkVisibility({ visibilityProperty: true }))
           .map((element) => [element, element.getBoundingClientRect()])
           .filter(([, { width, height }]) => width < 23.9 || height < 23.9)
           .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 120)} ${width}×${height}`);",
    );
    assert_eq!(found, Vec::<String>::new());
}

/// Does what a browser's translator does: words are put into `<font>` elements, except inside of `translate="no"`.
const TRANSLATE: &str = "
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
      node.data.trim() && !node.parentElement.closest('[translate=no], script, style, select')
        ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
    const nodes = [];
    while (texts.nextNode()) nodes.push(texts.currentNode);
    for (const node of nodes) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.textContent = node.data.toUpperCase();
      outer.append(inner);
      node.replaceWith(outer);
    }
    return nodes.length;";

#[test]
fn live_values_go_on_in_a_translated_page() {
    let host = host();
    let page = started(&host);
    assert!(page.js(TRANSLATE).unwrap().as_u64().unwrap() > 50);
    super::story::press(&page, "CLEAR");
    page.wait_until(
        "the reading follows the pad",
        "return document.querySelector('.prediction__digit').textContent === '–'
           && document.querySelector('.probability-bars__percent').textContent === '–'",
    )
    .unwrap();
    page.js("document.querySelector('.run__train').click()").unwrap();
    page.wait_until(
        "the status follows the run",
        "const { state, step } = document.querySelector('[data-testid=run-status]').dataset;
         const [status, button, row] = ['.run__status', '.run__train', '.run-table tr[aria-current]']
           .map((selector) => document.querySelector(selector)?.textContent);
         return state === 'training' && step > 0 && /epoch/i.test(status) && /pause/i.test(button) && /[1-9] [/] 10/.test(row)",
    )
    .unwrap();
    page.js("document.querySelector('.run__train').click()").unwrap();
    page.wait_until(
        "the button says Train again",
        "return /train/i.test(document.querySelector('.run__train').textContent)",
    )
    .unwrap();
    let frozen = in_each_tab(
        &page,
        &format!("const n = (() => {{ {TRANSLATE} }})(); return n > 0 ? [] : ['no text was translated'];"),
    );
    assert!(frozen.is_empty(), "{frozen:?}");
    assert_no_console_errors(&page);
}

#[test]
fn a_reading_is_spoken_once_when_it_has_come_to_rest() {
    let host = host();
    let page = started(&host);
    page.wait_until(
        "it is spoken",
        "return /^Read as 3, /.test(document.querySelector('.prediction [role=status]').textContent)",
    )
    .unwrap();
}

#[test]
fn single_letters_can_be_switched_off_and_stay_off() {
    let host = host();
    let page = started(&host);
    let press = |key: &str| {
        page.js(&format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
        ))
        .unwrap()
    };
    let switch = "document.querySelector('.help__switch input')";
    page.wait_until("the help", &format!("return {switch}")).unwrap();
    page.js(&format!("{switch}.click()")).unwrap();
    page.reload().unwrap();
    page.wait_until("the page has started again", "return !!document.querySelector('[role=tab]')").unwrap();
    page.wait_until("the help", &format!("return {switch}")).unwrap();
    assert_eq!(page.js(&format!("return {switch}.checked")).unwrap(), Value::Bool(false));
    page.wait_until("Train can be pressed", "return !document.querySelector('.run__train').disabled").unwrap();
    press("t");
    let state = page.js("return document.querySelector('[data-testid=run-status]').dataset.state").unwrap();
    assert_ne!(state, "training");
    page.js(&format!("{switch}.click()")).unwrap();
    // With Caps Lock, too.
    press("T");
    page.wait_until("the run begins", "return /Pause/.test(document.querySelector('.run__train').textContent)")
        .unwrap();
}

#[test]
fn an_explanation_stays_under_the_pointer_and_goes_with_escape() {
    let host = host();
    let page = started(&host);
    let found = page
        .js("const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
             const send = (element, type) => element.dispatchEvent(new PointerEvent(type));
             const bubble = () => document.querySelector('.term__bubble');
             const word = document.querySelector('.panel--run .term');
             send(word, 'pointerenter'); await wait(50);
             send(word, 'pointerleave'); await wait(50);
             send(bubble(), 'pointerenter'); await wait(600);
             const stays = !!bubble();
             window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })); await wait(50);
             const goes = !bubble();
             send(word, 'pointerenter'); await wait(50);
             send(word, 'pointerleave'); await wait(600);
             return [stays, goes, !bubble()];")
        .unwrap();
    assert_eq!(found, json!([true, true, true]));
}

#[test]
fn in_a_page_from_right_to_left_bars_still_grow_to_the_right_and_nothing_is_cut() {
    let host = host();
    let page = started(&host);
    for width in [1440, 390] {
        page.set_viewport(width, 900).unwrap();
        let found = page
            .js("document.documentElement.dir = 'rtl';
                 await new Promise((resolve) => setTimeout(resolve, 300));
                 const [name, percent] = ['digit', 'percent'].map((part) =>
                   document.querySelector(`.probability-bars__${part}`).getBoundingClientRect());
                 const root = document.documentElement;
                 return { isLtr: name.left < percent.left, over: Math.max(0, root.scrollWidth - root.clientWidth) };")
            .unwrap();
        assert_eq!(found, json!({ "isLtr": true, "over": 0 }), "{width} px wide");
    }
}
