//! The size of the page's text, for what is painted rather than laid out.

use leptos::prelude::*;

/// Size of text in pixels that a browser has without a choice of its user's.
const USUAL_TEXT_PX: f64 = 16.0;

/// How large the page's text is against the usual size: the browser's setting and present mode count.
#[must_use]
pub fn text_scale() -> f64 {
    let style = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse::<f64>().ok()).unwrap_or(USUAL_TEXT_PX) / USUAL_TEXT_PX
}
