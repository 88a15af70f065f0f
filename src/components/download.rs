//! Texts, bytes and pictures as files that the browser saves.

use js_sys::{Array, Uint8Array};
use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser may take to begin with the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Has the browser save a text under that name; one that refuses saves nothing.
pub fn download(name: &str, mime_type: &str, text: &str) {
    download_part(name, mime_type, &text.into());
}

/// Has the browser save bytes under that name; one that refuses saves nothing.
pub fn download_bytes(name: &str, bytes: &[u8]) {
    download_part(name, "application/octet-stream", &Uint8Array::from(bytes).into());
}

fn download_part(name: &str, mime_type: &str, part: &JsValue) {
    let options = BlobPropertyBag::new();
    options.set_type(mime_type);
    // A text or bytes: both kinds of parts may stand in a list of either.
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&Array::of1(part), &options) {
        download_blob(name, &blob);
    }
}

/// Has the browser save a blob under that name; one that refuses saves nothing.
pub fn download_blob(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    let anchor = document().create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    let revoke = move || {
        // An address that is gone already needs no end.
        let _ = Url::revoke_object_url(&url);
    };
    set_timeout(revoke, PATIENCE);
}
