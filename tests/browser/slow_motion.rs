//! Slow motion in the unit inspector: cell by cell, without losing the keyboard's place.

use crate::stage::frame;
use crate::unit_inspector::{Bench, cell};
use inkling_engine::experiment::Preset;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

#[wasm_bindgen_test]
async fn slow_motion_goes_cell_by_cell() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    bench.pin(0, cell(9, 9, 2)).await;
    bench.stage.button("▶ slow motion").click();
    frame().await;
    assert_eq!(bench.pinned(), Some((0, cell(0, 0, 2))));
    bench.answer().await;
    let sentence: HtmlElement = bench.stage.find(".unit-inspector__sentence");
    assert!(sentence.inner_text().starts_with("9 products add up to "), "{}", sentence.inner_text());
    for (name, expected) in [("on", cell(0, 1, 2)), ("on", cell(0, 2, 2)), ("back", cell(0, 1, 2))] {
        let button: HtmlElement = bench.stage.find(&format!("[aria-label='Slow motion: one cell {name}']"));
        button.click();
        frame().await;
        assert_eq!(bench.pinned(), Some((0, expected)));
        bench.answer().await;
        bench.check_sum();
    }
    // A step by hand ends the play, so that nothing moves any more.
    assert_eq!(bench.stage.count("[aria-label='Slow motion: play']"), 1);
    bench.stage.button("whole map").click();
    frame().await;
    assert_eq!(bench.stage.count("[aria-label='Slow motion: one cell on']"), 0);
}

#[wasm_bindgen_test]
async fn slow_motion_keeps_the_focus() {
    let bench = Bench::of(Preset::LessonCnn.experiment()).await;
    bench.pin(0, cell(9, 9, 2)).await;
    let focused = || {
        let element = document().active_element().unwrap();
        let label = element.get_attribute("aria-label").unwrap_or_default();
        (element.text_content().unwrap(), label)
    };
    let begin = bench.stage.button("▶ slow motion");
    begin.focus().unwrap();
    begin.click();
    frame().await;
    bench.answer().await;
    let (_, label) = focused();
    assert!(label == "Slow motion: hold" || label == "Slow motion: play", "the first button in its place: {label}");
    for name in ["one cell on", "one cell on", "one cell back"] {
        let label = format!("Slow motion: {name}");
        let button: HtmlElement = bench.stage.find(&format!("[aria-label='{label}']"));
        button.focus().unwrap();
        button.click();
        frame().await;
        bench.answer().await;
        assert_eq!(focused().1, label);
        assert!(button.is_connected(), "the button is the same as before");
    }
    // Playing, as a step of the clock does it.
    let play: HtmlElement = bench.stage.find(".slow-motion__play");
    play.focus().unwrap();
    play.click();
    frame().await;
    for expected in [cell(0, 2, 2), cell(0, 3, 2)] {
        bench.pin(0, expected).await;
        assert_eq!(focused().1, "Slow motion: hold");
    }
    // At the last cell the play ends.
    let last = cell(25, 25, 2);
    bench.pin(0, last).await;
    play.click();
    frame().await;
    assert_eq!(focused().1, "Slow motion: play");
    let leave = bench.stage.button("whole map");
    leave.focus().unwrap();
    leave.click();
    frame().await;
    assert_eq!(focused().0, "▶ slow motion");
    bench.stage.assert_no_panic();
}
