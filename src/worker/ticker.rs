//! A macrotask that isn't throttled in hidden tabs: the worker trains for a while, comes back to its event loop,
//! hears what was ordered, and is woken again.

use super::channel::scope;
use crate::client::describe;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::MessageChannel;

/// Wakes its callback once for each [`wake`](Ticker::wake) that finds it asleep.
pub struct Ticker {
    channel: MessageChannel,
    is_awake: Cell<bool>,
    is_timed: Rc<Cell<bool>>,
    on_ring: Option<Closure<dyn FnMut()>>,
}

impl Ticker {
    /// A ticker that nobody listens to yet.
    ///
    /// # Errors
    /// If the browser has no `MessageChannel`.
    pub fn new() -> Result<Ticker, String> {
        let channel = MessageChannel::new().map_err(|error| describe(&error))?;
        Ok(Ticker { channel, is_awake: Cell::new(false), is_timed: Rc::default(), on_ring: None })
    }

    /// Has `on_ring` called from now on; it has to call [`Ticker::rang`] first.
    pub fn listen(&mut self, on_ring: impl FnMut() + 'static) {
        let on_ring = Closure::new(on_ring);
        self.channel.port1().set_onmessage(Some(on_ring.as_ref().unchecked_ref()));
        self.on_ring = Some(on_ring);
    }

    /// Has the callback called as a task of its own, soon.
    pub fn wake(&self) {
        if !self.is_awake.replace(true) && self.channel.port2().post_message(&JsValue::NULL).is_err() {
            self.is_awake.set(false);
        }
    }

    /// Has the callback called after a pause, unless a pause is under way.
    pub fn wake_after(&self, pause_ms: f64) {
        if self.is_timed.replace(true) {
            return;
        }
        let (port, is_timed) = (self.channel.port2(), self.is_timed.clone());
        let ring = Closure::once_into_js(move || {
            is_timed.set(false);
            // A port of this worker's own channel takes any message.
            let _ = port.post_message(&JsValue::NULL);
        });
        let pause_ms = pause_ms.ceil().clamp(1.0, 60_000.0) as i32;
        if scope().set_timeout_with_callback_and_timeout_and_arguments_0(ring.unchecked_ref(), pause_ms).is_err() {
            self.is_timed.set(false);
            self.wake();
        }
    }

    /// Notes that the callback runs: the next [`wake`](Ticker::wake) counts again.
    pub fn rang(&self) {
        self.is_awake.set(false);
    }
}
