//! Ways to look closer at a network on the plane, as tabs of one panel.

use crate::components::{Tab, Tabs};
use leptos::prelude::*;

/// A way to look closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closer {
    /// The curves of the run, and the runs before it.
    #[default]
    Curves,
    /// The lines of the units, and their equations.
    Lines,
    /// How a layer bends the plane.
    Space,
    /// One training step by one point, in slow motion.
    Step,
    /// The loss around the present weights.
    Surface,
}

impl Tab for Closer {
    const ALL: &'static [Closer] = &[Closer::Curves, Closer::Lines, Closer::Space, Closer::Step, Closer::Surface];

    fn title(self) -> &'static str {
        match self {
            Closer::Curves => "Curves and runs",
            Closer::Lines => "Lines",
            Closer::Space => "Space",
            Closer::Step => "One step",
            Closer::Surface => "Loss surface",
        }
    }
}

/// The panel; only the open tab is on the page.
#[component]
pub fn CloserTabs(
    /// What a tab shows.
    view: fn(Closer) -> AnyView,
) -> impl IntoView {
    let tab = RwSignal::new(Closer::default());
    view! {
        <section class="panel panel--plane-closer">
            <Tabs tab label="Ways to look closer">
                {move || view(tab.get())}
            </Tabs>
        </section>
    }
}
