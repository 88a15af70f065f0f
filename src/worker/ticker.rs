//! A macrotask that isn't throttled in hidden tabs: the worker trains for a while, comes back to its event loop,
//! hears what was ordered, and is woken again.

use crate::client::describe;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageChannel, MessagePort};

/// Wakes its callback once for each [`wake`](Ticker::wake) that finds it asleep.
pub struct Ticker {
    bell: MessagePort,
    is_awake: Cell<bool>,
    _on_ring: Closure<dyn FnMut()>,
}

impl Ticker {
    /// A ticker that calls `on_ring`, which has to call [`Ticker::rang`] first.
    ///
    /// # Errors
    /// If the browser has no `MessageChannel`.
    pub fn new(on_ring: impl FnMut() + 'static) -> Result<Ticker, String> {
        let channel = MessageChannel::new().map_err(|error| describe(&error))?;
        let on_ring = Closure::new(on_ring);
        channel.port1().set_onmessage(Some(on_ring.as_ref().unchecked_ref()));
        Ok(Ticker { bell: channel.port2(), is_awake: Cell::new(false), _on_ring: on_ring })
    }

    /// Has the callback called as a task of its own, soon.
    pub fn wake(&self) {
        if !self.is_awake.replace(true) && self.bell.post_message(&JsValue::NULL).is_err() {
            self.is_awake.set(false);
        }
    }

    /// Notes that the callback runs: the next [`wake`](Ticker::wake) counts again.
    pub fn rang(&self) {
        self.is_awake.set(false);
    }
}
