//! Puts a view on a page of its own, and finds things there.

use inkling::components::provide_theme;
use inkling::plot::frame_scheduler;
use inkling::protocol::questions::Question;
use inkling::protocol::{Inspection, LayerValues, Subject};
use inkling::state::{Answered, AnswersTo, AppState, provide_app_state};
use inkling_engine::experiment::{Experiment, Preset};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::web_sys::{Element, ErrorEvent, HtmlElement};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A view on the page; dropping it takes it off.
pub struct Stage {
    pub state: AppState,
    root: HtmlElement,
    traps: Traps,
    _handle: Box<dyn std::any::Any>,
}

impl Stage {
    /// Puts `view` on the page. There is no worker, so that only the test brings news.
    pub async fn with<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
        let traps = Traps::listen();
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let state = Rc::new(std::cell::Cell::new(None));
        let handle: UnmountHandle<_> = mount_to(root.clone(), {
            let state = state.clone();
            move || {
                provide_theme();
                state.set(Some(provide_app_state(Preset::LessonCnn)));
                view()
            }
        });
        let stage = Stage { state: state.get().unwrap(), root, traps, _handle: Box::new(handle) };
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

    /// Brings an answer of the worker, about a network that has seen `n_steps` updates.
    pub fn answer<Q: Question>(&self, answers: AnswersTo<Q>, n_steps: usize, question: Q, answer: Q::Answer) {
        answers.take(Answered { n_steps, question, answer });
    }

    /// Brings a look at the first drawing by the present network: its outputs, the layers that were asked for, and the
    /// bulk of values with the input first.
    pub fn look(&self, probs: Vec<f32>, layers: Vec<LayerValues>, values: Vec<f32>) {
        self.state.inspection.set(Some(Arc::new(Inspection {
            run: self.state.run.id.get_untracked(),
            n_steps: 0,
            subject: Subject::Drawing,
            revision: 1,
            label: None,
            probs,
            layers,
            pinned: None,
            unfamiliarity: None,
            values,
        })));
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

    /// All texts on the page, in order.
    pub fn texts(&self) -> Vec<String> {
        let texts =
            js_sys::Function::new_with_args("root", &format!("{TEXT_NODES} return nodes.map(({{ data }}) => data)"));
        let texts: js_sys::Array = texts.call1(&JsValue::NULL, &self.root).unwrap().unchecked_into();
        texts.iter().map(|text| text.as_string().unwrap()).collect()
    }

    /// Replaces the texts by elements with the same words, as a browser's translator does, except where that is
    /// forbidden; how many it has replaced.
    pub fn translate(&self) -> usize {
        let body = format!(
            "{TEXT_NODES}
             const open = nodes.filter((node) => !node.parentElement.closest('[translate=no], select'));
             for (const node of open) {{
               const [outer, inner] = [document.createElement('font'), document.createElement('font')];
               inner.textContent = node.data;
               outer.append(inner);
               node.replaceWith(outer);
             }}
             return open.length"
        );
        let n_replaced = js_sys::Function::new_with_args("root", &body).call1(&JsValue::NULL, &self.root);
        n_replaced.unwrap().as_f64().unwrap() as usize
    }

    /// Says that no event handler, timer or frame has panicked since the view was put on the page.
    #[track_caller]
    pub fn assert_no_panic(&self) {
        let messages = self.traps.messages.borrow().clone();
        assert_eq!(messages, [""; 0]);
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

/// The text nodes below `root` that have words.
const TEXT_NODES: &str = "
    const [walker, nodes] = [document.createTreeWalker(root, NodeFilter.SHOW_TEXT), []];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest('style')) nodes.push(node);
    }";

/// Panics of handlers that the browser calls: there, a panic ends in an error of the window, and the test goes on.
struct Traps {
    messages: Rc<RefCell<Vec<String>>>,
    listener: Closure<dyn FnMut(ErrorEvent)>,
}

impl Traps {
    fn listen() -> Traps {
        let messages = Rc::new(RefCell::new(Vec::new()));
        let noted = messages.clone();
        let listener = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            // Notices of the browser, as those about resize observers, have no error.
            if event.error().is_object() {
                noted.borrow_mut().push(event.message());
            }
        });
        window().add_event_listener_with_callback("error", listener.as_ref().unchecked_ref()).unwrap();
        Traps { messages, listener }
    }
}

impl Drop for Traps {
    fn drop(&mut self) {
        window().remove_event_listener_with_callback("error", self.listener.as_ref().unchecked_ref()).unwrap();
    }
}

/// Waits until all that was scheduled for the next frames is done: effects, painting, and mounting in batches.
pub async fn frame() {
    for n_frames in 1..=200 {
        one_frame().await;
        if n_frames >= 2 && frame_scheduler::is_done() {
            break;
        }
    }
}

/// Waits for one frame and its microtasks.
pub async fn one_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
}
