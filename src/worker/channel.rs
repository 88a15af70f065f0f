//! The worker's end of the line to whoever started it.

use crate::client::describe;
use crate::protocol::codec::{self, Message, Parcel};
use js_sys::Array;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The scope of this worker.
#[must_use]
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Posts a message to whoever started this worker. A message that cannot be posted ends the worker, which its owner
/// then hears as an error with the text.
pub fn post<M: Message>(message: M) {
    send(codec::encode(message));
}

/// As [`post`], for a parcel.
pub fn post_parcel<H: Serialize>(parcel: &Parcel<H>) {
    send(parcel.encode());
}

fn send(encoded: Result<(JsValue, Array), String>) {
    let posted = encoded.and_then(|(message, transfer)| {
        scope().post_message_with_transfer(&message, &transfer).map_err(|error| describe(&error))
    });
    if let Err(error) = posted {
        wasm_bindgen::throw_str(&format!("a message could not be posted: {error}"));
    }
}

/// Hears all messages from whoever started this worker, for as long as the worker lives.
pub fn listen<M: Message + 'static>(on_message: impl FnMut(M) + 'static) {
    hear(codec::decode, on_message);
}

/// As [`listen`], for parcels.
pub fn listen_parcels<H: DeserializeOwned + 'static>(on_parcel: impl FnMut(Parcel<H>) + 'static) {
    hear(Parcel::decode, on_parcel);
}

fn hear<T: 'static>(decode: fn(&JsValue) -> Result<T, String>, mut on_message: impl FnMut(T) + 'static) {
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match decode(&event.data()) {
        Ok(message) => on_message(message),
        Err(error) => wasm_bindgen::throw_str(&format!("an unreadable message came: {error}")),
    });
    scope().set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
}
