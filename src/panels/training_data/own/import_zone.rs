//! Where files are opened: a button, and all of the section to drop them on.

use super::super::context::use_training_data;
use super::file_import::import;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlInputElement};

/// The button, what came of the last files, and the content on which files can be dropped.
#[component]
pub fn ImportZone(
    /// The section's content.
    children: Children,
) -> impl IntoView {
    let own = use_training_data().own;
    let is_over = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let open = move |files: FileList| {
        let files: Vec<_> = (0..files.length()).filter_map(|idx| files.get(idx)).collect();
        if files.is_empty() || is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        own.faults.set(Vec::new());
        own.notice.set(String::new());
        spawn_local(async move {
            import(own, files).await;
            // The section may have been left meanwhile.
            let _ = is_busy.try_set(false);
        });
    };
    let on_choose = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(files) = input.files() {
            open(files);
        }
        // The same file can be opened again after it was changed.
        input.set_value("");
    };
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        if let Some(files) = event.data_transfer().and_then(|transfer| transfer.files()) {
            open(files);
        }
    };
    let on_drag_over = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let faults = move || own.faults.get().into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view();
    view! {
        <div
            class="own"
            class:own--over=move || is_over.get()
            on:dragover=on_drag_over
            on:dragleave=move |_| is_over.set(false)
            on:drop=on_drop
        >
            <section class="own__import" aria-label="Open files">
                <label class="button own__file">
                    "Open files"
                    <input
                        type="file"
                        class="visually-hidden"
                        multiple
                        accept="image/png,image/jpeg,image/webp,.csv,.tsv,.txt,text/csv,.idx,.ubyte,*"
                        prop:disabled=move || is_busy.get()
                        on:change=on_choose
                    />
                </label>
                <span class="muted">"or drop them here: photos of handwriting, or digits that were exported"</span>
                <span class="message" role="status" data-testid="own-notice" prop:textContent=move || {
                    if is_busy.get() { "Reading …".to_owned() } else { own.notice.get() }
                }></span>
                <details class="details own__formats">
                    <summary>"Which files can be read"</summary>
                    <dl>
                        <dt>"PNG, JPEG, WebP"</dt>
                        <dd>
                            "A photo of one or more digits, dark on light or light on dark, up to 20 MB and 40 megapixels. Each digit is cut out and centred as MNIST's were; you give it its label."
                        </dd>
                        <dt>"PNG sheet"</dt>
                        <dd>
                            "As it is exported here: 20 cells a row, each 28 pixels wide and 36 high, the digit black on white in the upper 28 rows, its label in small print below."
                        </dd>
                        <dt>"CSV"</dt>
                        <dd>"A line for each digit: the label, then 784 whole numbers from 0 (paper) to 255 (ink), row by row."</dd>
                        <dt>"idx"</dt>
                        <dd>"MNIST's own format, unpacked: a file of images and a file of labels, opened together."</dd>
                    </dl>
                </details>
                <div role="alert">
                    <Show when=move || !own.faults.read().is_empty()>
                        <ul class="message message--bad own__faults" data-testid="own-faults">{faults}</ul>
                    </Show>
                </div>
            </section>
            {children()}
        </div>
    }
}
