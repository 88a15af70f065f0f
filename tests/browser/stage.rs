//! Puts a view on a page of its own, and finds things there.

use inkling::components::provide_theme;
use inkling::plot::frame_scheduler;
use inkling::state::{AppState, provide_app_state};
use inkling_engine::experiment::{Experiment, Preset};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A view on the page; dropping it takes it off.
pub struct Stage {
    pub state: AppState,
    root: HtmlElement,
    _handle: Box<dyn std::any::Any>,
}

impl Stage {
    /// Puts `view` on the page. There is no worker, so that only the test brings news.
    pub async fn with<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let state = std::rc::Rc::new(std::cell::Cell::new(None));
        let handle: UnmountHandle<_> = mount_to(root.clone(), {
            let state = state.clone();
            move || {
                provide_theme();
                state.set(Some(provide_app_state(Preset::LessonCnn)));
                view()
            }
        });
        let stage = Stage { state: state.get().unwrap(), root, _handle: Box::new(handle) };
        stage.style("canvas[aria-label='Drawing pad'] { width: 280px; height: 280px }");
        frame().await;
        stage
    }

    /// Changes the experiment of the run whose network the page shows.
    pub fn edit_run(&self, change: impl FnOnce(&mut Experiment)) {
        let mut experiment = self.state.run.checked.get_untracked().experiment().clone();
        change(&mut experiment);
        self.state.run.checked.set(experiment.check().unwrap());
    }

    /// The first element of that selector.
    #[track_caller]
    pub fn find<E: JsCast>(&self, selector: &str) -> E {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("nothing on the page is {selector}")).unchecked_into()
    }

    /// How many elements there are of that selector.
    pub fn count(&self, selector: &str) -> usize {
        self.root.query_selector_all(selector).unwrap().length() as usize
    }

    /// All elements of that selector, in order.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|idx| found.item(idx)?.dyn_into().ok()).collect()
    }

    /// The button of that name.
    #[track_caller]
    pub fn button(&self, name: &str) -> HtmlElement {
        let buttons = self.root.query_selector_all("button").unwrap();
        let buttons = (0..buttons.length()).filter_map(|idx| buttons.item(idx)?.dyn_into::<HtmlElement>().ok());
        buttons.into_iter().find(|button| button.inner_text().trim() == name).expect("a button of that name")
    }

    fn style(&self, css: &str) {
        let style: Element = document().create_element("style").unwrap();
        style.set_text_content(Some(css));
        self.root.append_child(&style).unwrap();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Waits until what was ordered for the next frame is done, what follows from it, and what is painted and made some a
/// frame.
pub async fn frame() {
    for n_frames in 1..=200 {
        one_frame().await;
        if n_frames >= 2 && frame_scheduler::is_done() {
            break;
        }
    }
}

/// Waits for one frame, and what follows from it at once.
pub async fn one_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
}
