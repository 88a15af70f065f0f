//! The page's end of the line to the training worker.

use crate::protocol::{Command, Event, Failure, FailureKind, codec};
use js_sys::{Array, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// How long a worker has for a sign of life after an error: an update of the largest network takes seconds.
const SIGN_OF_LIFE_MS: i32 = 6_000;

/// Time between two looks whether anything was heard of the worker.
const BEAT_MS: i32 = 5_000;
/// Looks in vain until the page says so: a worker that the browser has ended sends no error.
const MAX_SILENT_BEATS: u32 = 4;

/// A running training worker; dropping it ends the worker.
pub struct Client {
    worker: Worker,
    heartbeat: Option<i32>,
    _on_beat: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Client {
    /// Starts the worker at `url`, or with `takes_early` takes over the one that the page's shell started; `on_event` hears all its
    /// news, its death included, but none before this call returns.
    ///
    /// # Errors
    /// If the browser has no module workers, or forbids this one.
    pub fn start(url: &str, takes_early: bool, on_event: impl Fn(Event) + 'static) -> Result<Client, Failure> {
        let (worker, held_news) = match takes_early.then(take_early_worker).flatten() {
            Some(early) => early,
            None => (start_worker(url)?, Array::new()),
        };
        let on_event = Rc::new(on_event);
        // Messages heard so far: what has been heard since an error is a sign of life.
        let n_heard = Rc::new(Cell::new(0_u64));
        let on_message = Closure::new({
            let (on_event, n_heard) = (on_event.clone(), n_heard.clone());
            move |message: MessageEvent| {
                n_heard.set(n_heard.get() + 1);
                on_event(codec::decode(&message.data()).unwrap_or_else(|error| {
                    Event::Failed(worker_failure(&format!("the worker sent something unreadable: {error}")))
                }));
            }
        });
        let on_beat = heartbeat(worker.clone(), n_heard.clone(), on_event.clone());
        let on_error = Closure::new({
            let worker = worker.clone();
            move |event: web_sys::Event| {
                event.prevent_default();
                // A script that cannot be loaded is an event without a message.
                let message =
                    event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|message| !message.is_empty());
                let cause = message.unwrap_or_else(|| "its program could not be loaded or run".to_owned());
                let failure = worker_failure(&format!("the worker stopped: {cause}{}", memory_hint(&cause)));
                if n_heard.get() == 0 {
                    return on_event(Event::Failed(failure));
                }
                // An error that the worker survives is not its end: it may train on. If another worker has taken its
                // place by then, the count is gone with its client.
                let (on_event, heard, n_before) = (on_event.clone(), Rc::downgrade(&n_heard), n_heard.get());
                ping(&worker);
                after(SIGN_OF_LIFE_MS, move || {
                    if heard.upgrade().is_some_and(|n_heard| n_heard.get() == n_before) {
                        on_event(Event::Failed(failure));
                    }
                });
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let listening = worker.clone();
        // After this task, when the caller has its client, and before any later news.
        spawn_local(async move {
            for event in held_news {
                // Fails only if the very event were being dispatched.
                let _ = listening.dispatch_event(event.unchecked_ref());
            }
        });
        let beat = on_beat.as_ref().unchecked_ref();
        let heartbeat = web_sys::window()
            .and_then(|window| window.set_interval_with_callback_and_timeout_and_arguments_0(beat, BEAT_MS).ok());
        Ok(Client { worker, heartbeat, _on_beat: on_beat, _on_message: on_message, _on_error: on_error })
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
        if let Some((window, heartbeat)) = web_sys::window().zip(self.heartbeat) {
            window.clear_interval_with_handle(heartbeat);
        }
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// What looks at each beat whether the worker was heard since the last one. A quiet worker is asked; one that does not
/// answer is called missing, which its next answer ([`Event::Alive`]) takes back.
fn heartbeat(worker: Worker, n_heard: Rc<Cell<u64>>, on_event: Rc<impl Fn(Event) + 'static>) -> Closure<dyn FnMut()> {
    let (mut n_before, mut n_silent) = (0, 0);
    Closure::new(move || {
        let n_now = n_heard.get();
        // Before its first word the worker's program is on its way, however long that takes.
        if n_now != n_before || n_now == 0 {
            (n_before, n_silent) = (n_now, 0);
            return;
        }
        ping(&worker);
        n_silent += 1;
        if n_silent == MAX_SILENT_BEATS {
            let silent = "the worker does not answer: it is busy with a very long update, or the browser has ended it";
            on_event(Event::Failed(Failure { kind: FailureKind::Silence, message: silent.to_owned() }));
        }
    })
}

/// Asks the worker for a sign of life. One that cannot be reached gives none either.
fn ping(worker: &Worker) {
    if let Ok((ping, _)) = codec::encode(Command::Ping) {
        let _ = worker.post_message(&ping);
    }
}

fn start_worker(url: &str) -> Result<Worker, Failure> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(url, &options)
        .map_err(|error| worker_failure(&format!("the worker did not start: {}{}", describe(&error), sandbox_hint())))
}

/// What to do in a frame whose sandbox gives the page no origin: the browser then starts no worker of it.
fn sandbox_hint() -> &'static str {
    if web_sys::window().is_some_and(|window| window.origin() == "null") {
        " The page is in a sandboxed frame: open it in a tab of its own, or add “allow-same-origin” to the frame's sandbox."
    } else {
        ""
    }
}

/// The worker that the page's shell (shell/early_worker.js) started while this program was on its way, and the events
/// that it has sent by now; once.
fn take_early_worker() -> Option<(Worker, Array)> {
    let (window, name) = (web_sys::window()?, JsValue::from_str("inklingEarlyWorker"));
    let early = Reflect::get(&window, &name).ok()?;
    let worker = Reflect::get(&early, &"worker".into()).ok()?.dyn_into().ok()?;
    let held = Reflect::get(&early, &"held".into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&window, &name).ok()?;
    Some((worker, held))
}

/// Calls `act` after a pause.
fn after(pause_ms: i32, act: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let act = Closure::once_into_js(act);
        // A browser takes any function.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), pause_ms);
    }
}

/// What to do where memory was the cause.
fn memory_hint(cause: &str) -> &'static str {
    if ["emory", "llocation", "out of bounds", "RangeError"].iter().any(|sign| cause.contains(sign)) {
        ". It ran out of memory: fewer units or filters, a smaller batch size or fewer workers take less"
    } else {
        ""
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
