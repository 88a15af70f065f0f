//! The plane: TensorFlow Playground's links train to its numbers, edits keep or renew the network as the page says, and
//! nothing that is typed or linked breaks it.

use super::story::press;
use super::{assert_no_console_errors, host, open_at};
use inkling_e2e::page::Page;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const LOSSES: &str = "document.querySelector('[data-testid=plane-losses]')";

/// Epoch, training loss and test loss, as the page says them.
#[track_caller]
fn losses(page: &Page) -> (usize, f64, f64) {
    let read = format!("const {{ epoch, train, test }} = {LOSSES}.dataset; return [+epoch, +train, +test]");
    let figures = page.js(&read).unwrap();
    let figure = |idx: usize| figures[idx].as_f64().unwrap_or(f64::NAN);
    (figure(0) as usize, figure(1), figure(2))
}

#[track_caller]
fn wait_for_epoch(page: &Page, epoch: usize) {
    page.wait_until(&format!("epoch {epoch}"), &format!("return {LOSSES}?.dataset.epoch === '{epoch}'")).unwrap();
}

/// Waits until a run has got that far.
#[track_caller]
fn wait_beyond(page: &Page, epoch: usize) {
    page.wait_until(&format!("more than {epoch} epochs"), &format!("return +{LOSSES}?.dataset.epoch > {epoch}"))
        .unwrap();
}

/// The plane, with its first losses.
fn open_plane(host: &xtask::server::Server, suffix: &str) -> Page {
    let page = open_at(host, suffix);
    wait_for_epoch(&page, 0);
    page
}

fn golden() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../engine/tests/golden/plane");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files.iter().map(|file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap()).collect()
}

#[test]
fn playgrounds_links_train_to_playgrounds_numbers() {
    let host = host();
    let cases = golden();
    assert_eq!(cases.len(), 10);
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let page = open_plane(&host, case["link"].as_str().unwrap());
        for expected in case["losses"].as_array().unwrap() {
            let epoch = expected["epoch"].as_u64().unwrap() as usize;
            if epoch > 10 {
                continue;
            }
            while losses(&page).0 < epoch {
                let before = losses(&page).0;
                press(&page, "Step epoch");
                wait_for_epoch(&page, before + 1);
            }
            let tolerance = if epoch <= 2 { 1e-4 } else { 1e-3 };
            let (_, train, test) = losses(&page);
            for (part, got) in [("train", train), ("test", test)] {
                let expected = expected[part].as_f64().unwrap();
                let is_close = (got - expected).abs() <= tolerance * (1.0 + expected.abs());
                assert!(is_close, "{name}, epoch {epoch}, {part}: {got} for {expected}");
            }
        }
        assert_no_console_errors(&page);
    }
}

#[test]
fn reset_brings_the_same_weights_and_settings_of_training_keep_the_network() {
    let host = host();
    let page = open_plane(&host, "?place=plane");
    let first = losses(&page);
    press(&page, "Train");
    wait_beyond(&page, 30);
    page.js("const rate = document.querySelector('.plane [id^=learning-rate]');
         rate.value = '0.1';
         rate.dispatchEvent(new Event('input', { bubbles: true }));
         rate.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));")
        .unwrap();
    wait_beyond(&page, 60);
    press(&page, "Pause");
    page.wait_until(
        "the run is held",
        "return document.querySelector('.plane [data-testid=run-status]').dataset.state === 'paused'",
    )
    .unwrap();
    press(&page, "Reset");
    wait_for_epoch(&page, 0);
    assert_eq!(losses(&page), first);
    page.js("document.querySelector('.plane-feature[data-feature=\"x₁²\"]').click()").unwrap();
    page.wait_until("other first losses", &format!("return +{LOSSES}.dataset.train !== {}", first.1)).unwrap();
    assert_eq!(losses(&page).0, 0, "another feature begins a new network");
    assert_no_console_errors(&page);
}

#[test]
fn places_stay_as_they_were_left() {
    let host = host();
    let page = open_plane(&host, "?place=plane");
    press(&page, "Train");
    wait_beyond(&page, 5);
    page.js("[...document.querySelectorAll('.place-links a')].find((a) => a.textContent === 'Digits').click()")
        .unwrap();
    page.wait_until("a prediction", "return document.querySelector('[data-testid=prediction]')?.dataset.digit === '3'")
        .unwrap();
    assert_eq!(page.js("return location.search").unwrap(), Value::String(String::new()));
    let before = losses(&page).0;
    page.js("history.back()").unwrap();
    page.wait_until("the plane again", "return location.search === '?place=plane'").unwrap();
    wait_beyond(&page, before);
    let is_shown = "return document.querySelector('.plane').offsetWidth > 0 && document.querySelector('.digits').offsetWidth === 0";
    assert_eq!(page.js(is_shown).unwrap(), Value::Bool(true));
    assert_no_console_errors(&page);
}

#[test]
fn what_cannot_be_read_of_a_link_is_said() {
    let host = host();
    let many = vec!["4"; 500].join(",");
    let page =
        open_plane(&host, &format!("#activation=nonsense&noise=rubbish&networkShape={many}&colour=red&seed=0.5"));
    let notice = page.js("return document.querySelector('.banner--warn').textContent").unwrap();
    let notice = notice.as_str().unwrap().to_owned();
    for part in ["activation", "noise", "500 hidden layers", "colour"] {
        assert!(notice.contains(part), "{part} is not in {notice}");
    }
    assert_no_console_errors(&page);
}

#[test]
fn a_network_that_grew_beyond_all_bounds_is_diagnosed_with_a_way_out() {
    let host = host();
    let page = open_plane(
        &host,
        "#problem=regression&regDataset=reg-gauss&activation=relu&learningRate=10&networkShape=8,8&xSquared=true&seed=0.1",
    );
    press(&page, "Train");
    page.wait_until(
        "the run has stopped",
        "return document.querySelector('.plane [data-testid=run-status]').dataset.state === 'failed'",
    )
    .unwrap();
    let text = page.js("return document.querySelector('.plane').textContent").unwrap();
    assert!(text.as_str().unwrap().contains("became infinite"), "{text}");
    page.js("[...document.querySelectorAll('.plane button')].find((b) => /rate/.test(b.textContent) && b.offsetWidth > 0).click()")
        .unwrap();
    page.wait_until(
        "another start",
        "return document.querySelector('.plane [data-testid=run-status]').dataset.state !== 'failed'",
    )
    .unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn a_teacher_hides_controls() {
    let host = host();
    let page = open_plane(&host, "#activation=tanh&seed=0.12345&playButton_hide=true&discretize_hide=true");
    let shown =
        |selector: &str| page.js(&format!("return !!document.querySelector('{selector}')?.offsetWidth")).unwrap();
    assert_eq!(shown(".plane .run__train"), Value::Bool(false));
    let text = page.js("return document.querySelector('.plane-output__switches').textContent").unwrap();
    assert_eq!(text, "Show test points");
    assert_no_console_errors(&page);
}

#[test]
fn weights_are_typed_frozen_and_undone() {
    let host = host();
    let page = open_plane(&host, "?place=plane");
    let before = losses(&page);
    page.js("document.querySelector('[data-testid=plane-unit][data-layer=\"0\"][data-unit=\"0\"]').click()").unwrap();
    page.wait_until("the weights", "return document.querySelectorAll('.weight-card .weight-field').length === 3")
        .unwrap();
    page.js("const field = document.querySelector('.weight-card .weight-field');
         field.value = '5';
         field.dispatchEvent(new Event('input', { bubbles: true }));
         field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
         document.querySelector('.weight-card tr [type=checkbox]').click();")
        .unwrap();
    page.wait_until("other losses", &format!("return +{LOSSES}.dataset.train !== {}", before.1)).unwrap();
    press(&page, "Step epoch");
    wait_for_epoch(&page, 1);
    page.wait_until(
        "the frozen weight",
        "return document.querySelector('.weight-card .weight-field').dataset.value === '5'",
    )
    .unwrap();
    page.js("document.querySelector('.layer-count [aria-label=\"One hidden layer more\"]').click()").unwrap();
    page.wait_until("a layer more", "return document.querySelectorAll('[data-testid=plane-unit]').length === 9")
        .unwrap();
    press(&page, "Undo");
    page.wait_until("it is taken back", "return document.querySelectorAll('[data-testid=plane-unit]').length === 7")
        .unwrap();
    assert_no_console_errors(&page);
}

#[test]
fn maps_are_asked_for_while_they_are_on_the_screen() {
    let host = host();
    let page = Page::blank().unwrap();
    // Questions travel as bytes: of which kind they are, then their fields. The first one is what the plane shows
    // (`PlaneView`), whose first field says whether it has maps.
    let watch = "window.__asked = [];
        let kind = null;
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
            const bytes = message?.[0]?.Ask?.question;
            if (bytes) {
                kind ??= bytes[0];
                if (bytes[0] === kind) window.__asked.push(bytes[1] === 1);
            }
            return post.call(this, message, ...rest);
        };";
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).unwrap();
    page.goto(&format!("{}?place=plane", host.url())).unwrap();
    wait_for_epoch(&page, 0);
    page.set_viewport(1440, 500).unwrap();
    press(&page, "Train");
    page.wait_until("maps are asked for", "return window.__asked.at(-1) === true").unwrap();
    page.js("document.querySelector('.plane > .panel--experiment details > summary').click()").unwrap();
    page.js("scrollTo(0, document.documentElement.scrollHeight)").unwrap();
    page.wait_until("losses alone are asked for", "return window.__asked.slice(-3).every((has_maps) => !has_maps)")
        .unwrap();
    page.js("scrollTo(0, 0)").unwrap();
    page.wait_until("maps again", "return window.__asked.at(-1) === true").unwrap();
    assert_no_console_errors(&page);
}
