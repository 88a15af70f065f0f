//! A label with its explanation, a field, and a remark beside it.

use crate::components::Term;
use crate::components::glossary::Entry;
use leptos::prelude::*;

/// The frame of one field of the left column.
#[component]
pub fn Labelled(
    /// The label's words.
    label: &'static str,
    /// Their explanation.
    entry: Entry,
    /// The id of the field that is labelled.
    #[prop(into)]
    field_id: String,
    /// A remark at the label's right, such as the steps per epoch.
    #[prop(optional, into)]
    remark: MaybeProp<String>,
    /// The field.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <div class="field__head">
                <label class="field__label" for=field_id>
                    {label}
                </label>
                <Term entry />
                <span class="field__remark" prop:textContent=move || remark.get()></span>
            </div>
            {children()}
        </div>
    }
}
