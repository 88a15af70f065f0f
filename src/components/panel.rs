//! A titled section of the page.

use super::fresh_id;
use leptos::prelude::*;

/// A section with a heading; `area` is its place in the page's grid.
#[component]
pub fn Panel(
    /// The heading.
    title: &'static str,
    /// `experiment`, `run`, `pad` or `inside`: the grid area, and the element's id.
    area: &'static str,
    /// What is shown at the heading's right.
    #[prop(optional, into)]
    tools: ViewFnOnce,
    /// The content.
    children: Children,
) -> impl IntoView {
    let title_id = fresh_id("panel");
    view! {
        <section id=area class=format!("panel panel--{area}") aria-labelledby=title_id tabindex="-1">
            <div class="panel__header">
                <h2 class="panel__title" id=title_id.clone()>
                    {title}
                </h2>
                <div class="panel__tools">{tools.run()}</div>
            </div>
            {children()}
        </section>
    }
}
