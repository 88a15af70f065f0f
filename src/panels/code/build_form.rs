//! The form that builds an experiment from code.

use super::context::{Outcome, use_code_draft};
use crate::code::{Built, CodeError, read};
use crate::components::fresh_id;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::thousands;
use leptos::prelude::*;

const EXAMPLE: &str = "model = keras.Sequential([
    keras.Input(shape=(28, 28)),
    layers.Flatten(),
    layers.Dense(16, activation=\"relu\"),
    layers.Dense(10, activation=\"softmax\"),
])";

/// A text area, the button, and what came of it.
#[component]
pub fn BuildForm() -> impl IntoView {
    let (state, editor, draft) = (use_app_state(), use_editor(), use_code_draft());
    let (text_id, error_id) = (fresh_id("code-input"), fresh_id("code-error"));
    let build = move |_| {
        let before = state.experiment.get_untracked();
        let outcome = match read(&draft.text.read_untracked(), &before) {
            Ok(built) => {
                editor.load(built.experiment.clone());
                Outcome::Built { words: words(&built), built: Box::new(built.experiment), before: Box::new(before) }
            }
            Err(CodeError { line, column, message }) => Outcome::Fault { line, column, message },
        };
        draft.outcome.set(outcome);
    };
    let take_back = move |_| {
        if let Outcome::Built { before, .. } = draft.outcome.get_untracked() {
            draft.outcome.set(Outcome::Nothing);
            editor.load(*before);
        }
    };
    // Later edits would be lost.
    let can_take_back = Memo::new(move |_| match &*draft.outcome.read() {
        Outcome::Built { built, .. } => **built == *state.experiment.read(),
        _ => false,
    });
    let place = move |of: fn(usize, usize) -> usize| match &*draft.outcome.read() {
        Outcome::Fault { line, column, .. } => Some(of(*line, *column).to_string()),
        _ => None,
    };
    let fault = move || match &*draft.outcome.read() {
        Outcome::Fault { line, column, message } => format!("Line {line}, column {column}: {message}"),
        _ => String::new(),
    };
    let success = move || match &*draft.outcome.read() {
        Outcome::Built { words, .. } => words.clone(),
        _ => String::new(),
    };
    view! {
        <section class="code__build" aria-label="An experiment from code">
            <label class="code__label" for=text_id.clone()>
                "Build from Keras or scikit-learn code"
            </label>
            <p class="muted">
                "Paste a keras.Sequential with its compile and fit, or an MLPClassifier. The data stay as they are, and so does what the code does not say."
            </p>
            <textarea
                id=text_id
                class="code__input"
                data-testid="code-input"
                rows="10"
                wrap="off"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                placeholder=EXAMPLE
                aria-invalid=move || matches!(*draft.outcome.read(), Outcome::Fault { .. }).then_some("true")
                aria-describedby=error_id.clone()
                prop:value=move || draft.text.get()
                on:input=move |event| draft.text.set(event_target_value(&event))
            ></textarea>
            <div class="code__tools">
                <button
                    type="button"
                    class="button button--primary"
                    disabled=move || draft.text.read().trim().is_empty()
                    on:click=build
                >
                    "Build from code"
                </button>
                <Show when=move || can_take_back.get()>
                    <button type="button" class="button" on:click=take_back>
                        "Take back"
                    </button>
                </Show>
            </div>
            <p
                id=error_id
                class="message message--bad code__message"
                role="alert"
                data-testid="code-error"
                data-line=move || place(|line, _| line)
                data-column=move || place(|_, column| column)
                prop:textContent=fault
            ></p>
            <p class="message code__message" role="status" data-testid="code-built" prop:textContent=success></p>
        </section>
    }
}

/// `Built a network of 4 layers with 13,002 parameters.`, and what should be known about it.
fn words(built: &Built) -> String {
    let n_layers = built.experiment.network.len();
    let layers = if n_layers == 1 { "1 layer".to_owned() } else { format!("{} layers", thousands(n_layers)) };
    let mut words = format!("Built a network of {layers} with {} parameters.", thousands(built.n_params));
    for note in &built.notes {
        words.push(' ');
        words.push_str(note);
    }
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use inkling_engine::experiment::Preset;

    #[test]
    fn the_example_can_be_built() {
        let built = read(EXAMPLE, &Preset::LessonCnn.experiment()).unwrap();
        assert_eq!(words(&built), "Built a network of 3 layers with 12,730 parameters.");
    }
}
