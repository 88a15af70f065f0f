//! The page's end of the line to the training worker.

use crate::protocol::{Command, Event, Failure, FailureKind, codec};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A running training worker; dropping it ends the worker.
pub struct Client {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Client {
    /// Starts the worker at `url`; `on_event` hears all its news, its death included.
    ///
    /// # Errors
    /// If the browser has no module workers, or forbids this one.
    pub fn start(url: &str, on_event: impl Fn(Event) + 'static) -> Result<Client, Failure> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(url, &options)
            .map_err(|error| worker_failure(&format!("the worker did not start: {}", describe(&error))))?;
        let on_event = Rc::new(on_event);
        let on_message = Closure::new({
            let on_event = on_event.clone();
            move |message: MessageEvent| {
                on_event(codec::decode(&message.data()).unwrap_or_else(|error| {
                    Event::Failed(worker_failure(&format!("the worker sent something unreadable: {error}")))
                }));
            }
        });
        let on_error = Closure::new(move |error: ErrorEvent| {
            error.prevent_default();
            let message = error.message();
            let cause = if message.is_empty() { "its program could not be loaded or run".to_owned() } else { message };
            on_event(Event::Failed(worker_failure(&format!("the worker stopped: {cause}"))));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Client { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends an order.
    ///
    /// # Errors
    /// If it cannot be represented as a message.
    pub fn send(&self, command: Command) -> Result<(), Failure> {
        let (message, transfer) = codec::encode(command).map_err(|error| worker_failure(&error))?;
        self.worker
            .post_message_with_transfer(&message, &transfer)
            .map_err(|error| worker_failure(&format!("the worker cannot be reached: {}", describe(&error))))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn worker_failure(message: &str) -> Failure {
    Failure { kind: FailureKind::Worker, message: message.to_owned() }
}

/// The text of a thrown JavaScript value.
pub fn describe(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
