//! A text as a file.

use js_sys::Array;
use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser may take to begin with the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Has the browser save a text under that name; one that refuses saves nothing.
pub fn download(name: &str, mime_type: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(mime_type);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
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
