//! A script, whose lines lead to the settings that they come from.

use super::context::use_code_draft;
use super::focus_control::focus_control;
use crate::code::{Control, Line, Script};
use leptos::html::Pre;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The script's text. Its lines share one stop of the Tab key; arrow keys go from one to the next.
#[component]
pub fn ScriptView(
    /// The script; shown while there is one.
    script: Memo<Option<Script>>,
) -> impl IntoView {
    let library = use_code_draft().library;
    let pre = NodeRef::<Pre>::new();
    let press = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowUp" => -1,
            "ArrowDown" => 1,
            _ => return,
        };
        if pre.get_untracked().is_some_and(|pre| move_focus(&pre, step)) {
            event.prevent_default();
        }
    };
    let lines = move || {
        let lines = script.read().as_ref().map(Script::lines).unwrap_or_default();
        let first = lines.iter().position(|line| line.control.is_some());
        lines.into_iter().enumerate().map(|(line_idx, line)| line_view(line, first == Some(line_idx))).collect_view()
    };
    view! {
        <pre
            node_ref=pre
            class="code__text"
            translate="no"
            tabindex="0"
            role="region"
            aria-label=move || format!("{} script", library.get().title())
            data-testid=move || format!("code-{}", library.get().slug())
            on:keydown=press
        >
            {lines}
        </pre>
    }
}

fn line_view(Line { text, control }: Line, is_first: bool) -> AnyView {
    match control {
        None => text_and_end(text).into_any(),
        Some(control) => view! {
            <button
                type="button"
                class="code__line"
                tabindex=if is_first { "0" } else { "-1" }
                title=format!("Go to {}", control.title())
                data-control=control_name(control)
                on:click=move |_| focus_control(control)
            >
                {text}
            </button>
            "\n"
        }
        .into_any(),
    }
}

fn text_and_end(mut text: String) -> String {
    text.push('\n');
    text
}

fn control_name(control: Control) -> String {
    control.title().replace(' ', "-")
}

/// Moves the focus to the next line that leads somewhere, and the stop of the Tab key with it; whether there is one.
fn move_focus(pre: &HtmlElement, step: i32) -> bool {
    let Ok(found) = pre.query_selector_all("button") else { return false };
    let lines: Vec<HtmlElement> =
        (0..found.length()).filter_map(|line_idx| found.item(line_idx)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let Some(place) = lines.iter().position(|line| focused.as_ref().is_some_and(|it| it == line.as_ref())) else {
        return false;
    };
    let Some(next) = place.checked_add_signed(step as isize).and_then(|next| lines.get(next)) else { return false };
    lines[place].set_tab_index(-1);
    next.set_tab_index(0);
    next.focus().is_ok()
}
