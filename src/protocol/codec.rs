//! How a command or an event becomes a JavaScript message: `[head, numbers]`.
//!
//! The head goes by serde-wasm-bindgen; the bulk numbers go beside it as one `Float32Array` whose buffer is
//! transferred, not copied between threads.

use super::{Command, Event};
use js_sys::{Array, Float32Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// A message with at most one block of bulk numbers.
pub trait Message: Serialize + DeserializeOwned {
    /// The block, if this variant has one.
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>>;
}

impl Message for Command {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            Command::Draw { pixels, .. } => Some(pixels),
            _ => None,
        }
    }
}

impl Message for Event {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            Event::Inspected(inspection) => Some(&mut inspection.values),
            _ => None,
        }
    }
}

/// A message ready for `postMessage`, and the list of what is to be transferred.
///
/// # Errors
/// If serde-wasm-bindgen cannot represent a value, such as a number above 2^53.
pub fn encode<M: Message>(mut message: M) -> Result<(JsValue, Array), String> {
    let parcel = Array::new();
    parcel.push(&serde_wasm_bindgen::to_value(&message).map_err(|error| error.to_string())?);
    let transfer = Array::new();
    if let Some(bulk) = message.bulk_mut() {
        let numbers = Float32Array::from(bulk.as_slice());
        parcel.push(&numbers);
        transfer.push(&numbers.buffer());
    }
    Ok((parcel.into(), transfer))
}

/// The message inside of a `MessageEvent`'s data.
///
/// # Errors
/// If the data is not what [`encode`] makes of a message of this type.
pub fn decode<M: Message>(data: &JsValue) -> Result<M, String> {
    let parcel = data.dyn_ref::<Array>().ok_or("expected a message of two parts, got something else")?;
    let mut message: M = serde_wasm_bindgen::from_value(parcel.get(0)).map_err(|error| error.to_string())?;
    if let Some(bulk) = message.bulk_mut() {
        *bulk =
            parcel.get(1).dyn_ref::<Float32Array>().ok_or("expected numbers beside the message, got none")?.to_vec();
    }
    Ok(message)
}
