//! The way from a line of code to the field that it comes from.

use crate::code::Control;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Focuses a control of the experiment panel; what hides it is opened first. Nothing happens if it is not on the page.
pub fn focus_control(control: Control) {
    let Some(panel) = document().query_selector(".panel--experiment").ok().flatten() else { return };
    // The first that there is: a data set may lack a field, and a switch is off.
    let found = selectors(control).into_iter().find_map(|selector| panel.query_selector(&selector).ok().flatten());
    let Some(found) = found else { return };
    open_around(&found);
    let Ok(element) = found.dyn_into::<HtmlElement>() else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    // An element that cannot take the focus leaves it where it is.
    let _ = element.focus();
}

/// Where the control is, the best place first.
fn selectors(control: Control) -> Vec<String> {
    let starts = |stem: &str| format!("[id^='{stem}-']");
    match control {
        Control::Samples => vec![starts("samples")],
        Control::DataSettings => vec![starts("label_noise")],
        Control::Layer(layer_idx) => vec![format!("[data-layer-card='{layer_idx}']")],
        Control::Penalty => vec![starts("regularization")],
        Control::Optimizer => vec!["select[aria-label='Optimizer']".to_owned()],
        Control::LearningRate => vec![starts("learning-rate")],
        Control::Loss => vec![starts("loss")],
        Control::BatchSize => vec![starts("batch-size")],
        Control::Epochs => vec![starts("epochs")],
        Control::Validation => vec![starts("validation")],
        Control::StopRule => vec![starts("stop")],
        // A checkbox has no id: the first one among the settings of training is this.
        Control::Shuffle => vec!["details.more input[type=checkbox]".to_owned()],
        Control::Seed => vec![starts("seed")],
    }
}

/// Opens all closed `<details>` around an element, by their summaries, as a press does.
fn open_around(element: &Element) {
    let mut around = element.parent_element();
    while let Some(parent) = around {
        if parent.tag_name() == "DETAILS"
            && !parent.has_attribute("open")
            && let Ok(Some(summary)) = parent.query_selector("summary")
            && let Ok(summary) = summary.dyn_into::<HtmlElement>()
        {
            summary.click();
            // The view opens it in its next effect; the focus needs it open now.
            let _ = parent.set_attribute("open", "");
        }
        around = parent.parent_element();
    }
}
