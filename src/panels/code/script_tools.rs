//! Buttons that copy and save the script.

use super::context::use_code_draft;
use crate::browser::{base_url, copy_text};
use crate::code::{Script, notebook};
use crate::components::download;
use crate::link;
use crate::state::use_app_state;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long the button says what came of it.
const SHOWN: Duration = Duration::from_secs(2);

/// What came of the last press of Copy.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

/// Copy, and the two kinds of files.
#[component]
pub fn ScriptTools(
    /// The script; without one, nothing can be pressed.
    script: Memo<Option<Script>>,
) -> impl IntoView {
    let (state, library) = (use_app_state(), use_code_draft().library);
    let copied = RwSignal::new(Copied::NotYet);
    let copy = move |_| {
        let Some(text) = script.read_untracked().as_ref().map(Script::text) else { return };
        spawn_local(async move {
            let is_done = copy_text(&text).await;
            copied.try_set(if is_done { Copied::Done } else { Copied::Refused });
            set_timeout(move || _ = copied.try_set(Copied::NotYet), SHOWN);
        });
    };
    let name = move |ending: &str| format!("inkling-{}.{ending}", library.get_untracked().slug());
    let save_script = move |_| {
        if let Some(script) = script.read_untracked().as_ref() {
            download(&name("py"), "text/x-python", &script.text());
        }
    };
    let save_notebook = move |_| {
        let Some(Ok(fragment)) = state.experiment.try_with_untracked(link::encode) else { return };
        if let Some(script) = script.read_untracked().as_ref() {
            let link = format!("{}#{fragment}", base_url());
            let notebook = notebook(script, library.get_untracked().title(), &link);
            download(&name("ipynb"), "application/x-ipynb+json", &notebook);
        }
    };
    let is_missing = move || script.read().is_none();
    view! {
        <span class="code__tools">
            <button
                type="button"
                class="button"
                disabled=is_missing
                on:click=copy
                prop:textContent=move || match copied.get() {
                    Copied::NotYet => "Copy",
                    Copied::Done => "Copied",
                    Copied::Refused => "Not copied",
                }
            ></button>
            <button type="button" class="button" disabled=is_missing on:click=save_script>
                "Download .py"
            </button>
            <button type="button" class="button" disabled=is_missing on:click=save_notebook>
                "Download .ipynb"
            </button>
            <span
                class="visually-hidden"
                role="status"
                prop:textContent=move || match copied.get() {
                    Copied::NotYet => "",
                    Copied::Done => "The script is copied",
                    Copied::Refused => "This browser keeps its clipboard to itself: select the script and copy it",
                }
            ></span>
        </span>
    }
}
