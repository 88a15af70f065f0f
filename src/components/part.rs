//! Parts of the page's program that are fetched on demand, so that a first visit loads little.
//!
//! `cargo xtask pack` cuts a release's program at the functions that `part!` makes. All other builds hold everything,
//! and a part is available at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

/// The outcome of fetching a part.
pub type Fetched = Result<(), leptos::wasm_split::SplitLoaderError>;
/// A view of a part, on its way over the cut.
#[cfg(in_parts)]
pub type Cut = Result<AnyView, leptos::wasm_split::SplitLoaderError>;
/// A part on its way.
pub type Fetching = Pin<Box<dyn Future<Output = Fetched>>>;

/// Cuts the views that an expression makes, with all that only they need, out of the page's first program.
///
/// `part!(later, fetch_tabs, panel(tab: Tab), match tab { … })` names the part, which may have several such views, and
/// makes two functions: `fetch_tabs` for [`Part::new`], and `panel`, which gives the view once the part is there.
macro_rules! part {
    ($name:ident, $fetch:ident, $view:ident($argument:ident: $type:ty), $make:expr) => {
        fn $fetch() -> $crate::components::part::Fetching {
            #[cfg(in_parts)]
            return Box::pin($name::bring());
            #[cfg(not(in_parts))]
            Box::pin(std::future::ready(Ok(())))
        }

        fn $view($argument: $type) -> Option<leptos::prelude::AnyView> {
            #[cfg(in_parts)]
            return futures_util::FutureExt::now_or_never($name::split($argument))?.ok();
            #[cfg(not(in_parts))]
            Some($make)
        }

        #[cfg(in_parts)]
        #[allow(unsafe_code, reason = "a cut is an export and an import, which the macro has to declare")]
        mod $name {
            use super::*;
            use leptos::wasm_split as cut;

            #[cut::wasm_split($name, wasm_split_path = cut, fallible, preload(bring))]
            pub(super) fn split($argument: $type) -> $crate::components::part::Cut {
                Ok($make)
            }
        }
    };
}
pub(crate) use part;

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Unasked,
    OnItsWay,
    Here,
    Missing,
}

/// A part of the program.
#[derive(Clone, Copy)]
pub struct Part {
    fetch: fn() -> Fetching,
    progress: RwSignal<Progress>,
}

impl Part {
    /// The part that this function fetches, as soon as it is wanted.
    pub fn new(fetch: fn() -> Fetching, is_wanted: impl Fn() -> bool + Send + Sync + 'static) -> Part {
        let part = Part { fetch, progress: RwSignal::new(Progress::Unasked) };
        let is_wanted = Memo::new(move |_| is_wanted());
        Effect::new(move |_| {
            if is_wanted.get() {
                part.want();
            }
        });
        part
    }

    /// Fetches the part, unless it is here or on its way.
    fn want(self) {
        if matches!(self.progress.get_untracked(), Progress::Unasked | Progress::Missing) {
            self.progress.set(Progress::OnItsWay);
            bring_style();
            spawn_local(async move {
                let fetched = (self.fetch)().await;
                // The view that asked may be gone.
                let _ = self.progress.try_set(if fetched.is_ok() { Progress::Here } else { Progress::Missing });
            });
        }
    }

    /// The view of a part that is here.
    ///
    /// # Errors
    /// While it is not: what to show instead.
    pub fn view(self, view: impl FnOnce() -> Option<AnyView>) -> Result<AnyView, AnyView> {
        match self.progress.get() {
            Progress::Here => view().ok_or_else(|| self.missing()),
            Progress::Missing => Err(self.missing()),
            Progress::Unasked | Progress::OnItsWay => Err(on_its_way().into_any()),
        }
    }

    /// The view of a part that is here; while it is not, a notice.
    pub fn show(self, view: impl FnOnce() -> Option<AnyView>) -> AnyView {
        self.view(view).unwrap_or_else(|notice| notice)
    }

    fn missing(self) -> AnyView {
        view! {
            <p class="part-notice" role="alert">
                "This view could not be fetched: the page's host does not answer, or has a newer version by now. What runs goes on, and nothing is lost. "
                <button type="button" class="button button--quiet" on:click=move |_| self.want()>
                    "Try again"
                </button>
            </p>
        }
        .into_any()
    }
}

/// Fetches the style sheet of all parts, which is smaller than any of them and asked for first, once.
fn bring_style() {
    let meta = document().query_selector("meta[name=inkling-style]").ok().flatten();
    let Some((meta, head)) = meta.zip(document().head()) else { return };
    if let (Some(file), Ok(link)) = (meta.get_attribute("content"), document().create_element("link")) {
        // Any element takes these attributes, and any head an element.
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", &file);
        let _ = head.append_child(&link);
        meta.remove();
    }
}

fn on_its_way() -> impl IntoView {
    view! {
        <p class="part-notice" role="status">
            "Fetching this view…"
        </p>
    }
}
