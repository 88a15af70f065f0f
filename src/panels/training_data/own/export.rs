//! The own digits as files.

use super::decode::canvas_of;
use crate::components::{download, download_blob, download_bytes};
use crate::digits::{OwnDigit, csv, idx, sheet};
use crate::plot::picture::put_at;
use crate::state::use_app_state;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::Blob;

/// A button for each form of file.
#[component]
pub fn Export() -> impl IntoView {
    let list = use_app_state().own_digits.list;
    let is_empty = move || list.read().is_empty();
    let button = move |text: &'static str, title: &'static str, write: fn(&[OwnDigit])| {
        view! {
            <button
                type="button"
                class="button button--quiet"
                title=title
                prop:disabled=is_empty
                on:click=move |_| write(&list.read_untracked())
            >
                {text}
            </button>
        }
    };
    view! {
        <span class="own__export" role="group" aria-label="Export">
            <span class="muted">"Export as"</span>
            {button("CSV", "A line for each digit: the label, then 784 pixels from 0 (paper) to 255 (ink)", write_csv)}
            {button("PNG sheet", "20 digits a row, 28×28 pixels each with the label below in 8 more rows; it can be opened here again", write_sheet)}
            {button("idx files", "MNIST's own format: a file of images and a file of labels", write_idx)}
        </span>
    }
}

fn write_csv(digits: &[OwnDigit]) {
    download("own-digits.csv", "text/csv", &csv::write(digits));
}

fn write_idx(digits: &[OwnDigit]) {
    download_bytes("own-digits-images-idx3-ubyte", &idx::write_images(digits));
    download_bytes("own-digits-labels-idx1-ubyte", &idx::write_labels(digits));
}

fn write_sheet(digits: &[OwnDigit]) {
    let Some(image) = sheet::write(digits) else { return };
    let size = [image.width(), image.height()];
    let Some((canvas, context)) = canvas_of(size.map(|side| side as u32)) else { return };
    put_at(&context, &image.to_rgba(), size, [0.0, 0.0]);
    let save = Closure::once_into_js(|blob: Option<Blob>| {
        if let Some(blob) = blob {
            download_blob("own-digits.png", &blob);
        }
    });
    // A canvas of its own, without foreign pictures, may always be written.
    let _ = canvas.to_blob(save.unchecked_ref());
}
