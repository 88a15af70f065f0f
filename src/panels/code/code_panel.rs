//! The panel of code: the script of the experiment, and the form that builds one from code.

use super::build_form::BuildForm;
use super::context::use_code_draft;
use super::library::Library;
use super::script_tools::ScriptTools;
use super::script_view::ScriptView;
use crate::code::Script;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Code both ways.
#[component]
pub fn CodePanel() -> impl IntoView {
    let (state, draft) = (use_app_state(), use_code_draft());
    let library = draft.library;
    let script = Memo::new(move |_| -> Option<Script> {
        state.checked.read().as_ref().ok().map(|checked| library.get().script(checked))
    });
    let option = move |option: Library| {
        view! {
            <button
                type="button"
                class="button button--quiet"
                aria-pressed=move || (library.get() == option).to_string()
                on:click=move |_| library.set(option)
            >
                {option.title()}
            </button>
        }
    };
    view! {
        <div class="code">
            <section class="code__script" aria-label="The experiment as code">
                <div class="code__head">
                    <span class="code__switch" role="group" aria-label="Library">
                        {Library::ALL.map(option).collect_view()}
                    </span>
                    <ScriptTools script />
                </div>
                <p class="muted">
                    "The experiment as a script that runs outside of this page. A line that comes from a setting leads to it."
                </p>
                <Show
                    when=move || script.read().is_some()
                    fallback=|| view! { <p class="message">"The experiment has a mistake: once it is mended in the left column, its code is here."</p> }
                >
                    <ScriptView script />
                </Show>
            </section>
            <BuildForm />
        </div>
    }
}
