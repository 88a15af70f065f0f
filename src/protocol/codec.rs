//! How a command or an event becomes a JavaScript message: `[head, numbers, bytes]`.
//!
//! The head goes by serde-wasm-bindgen (between workers as bytes, see [`Parcel`]); bulk numbers and bytes go beside it as one `Float32Array` and one
//! `Uint8Array`, whose buffers are transferred, not copied between threads.

use super::{Command, Event};
use js_sys::{Array, Float32Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// A message with at most one block of bulk numbers and one of bytes.
pub trait Message: Serialize + DeserializeOwned {
    /// The numbers, if this variant has them.
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>>;

    /// The bytes, if this variant has them.
    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        None
    }
}

impl Message for Command {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            Command::Draw { pixels: numbers, .. } | Command::Build { weights: numbers, .. } => Some(numbers),
            _ => None,
        }
    }

    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        if let Command::SetOwnDigits { pixels, .. } = self { Some(pixels) } else { None }
    }
}

impl Message for Event {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            Event::Inspected(inspection) => Some(&mut inspection.values),
            Event::EpochsEnded { weights, .. } => Some(weights),
            Event::Answered { answer, .. } => Some(&mut answer.numbers),
            _ => None,
        }
    }

    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            Event::DataLoaded { labels, .. } => Some(labels),
            Event::Answered { answer, .. } => Some(&mut answer.bytes),
            _ => None,
        }
    }
}

/// A head, and numbers and bytes beside it, as JavaScript has them: for messages that are many.
#[derive(Debug)]
pub struct Parcel<H> {
    /// Goes as bytes, by postcard.
    pub head: H,
    /// Its buffer is transferred: whoever gets the parcel may use the memory again.
    pub numbers: Option<Float32Array>,
    /// As the numbers.
    pub bytes: Option<Uint8Array>,
}

impl<H> From<H> for Parcel<H> {
    fn from(head: H) -> Parcel<H> {
        Parcel { head, numbers: None, bytes: None }
    }
}

impl<H: Serialize> Parcel<H> {
    /// The parcel ready for `postMessage`, and the list of what is to be transferred.
    ///
    /// # Errors
    /// If postcard cannot represent a value.
    pub fn encode(&self) -> Result<(JsValue, Array), String> {
        let head = postcard::to_allocvec(&self.head).map_err(|error| error.to_string())?;
        Ok(pack(&Uint8Array::from(head.as_slice()), self.numbers.as_ref(), self.bytes.as_ref()))
    }
}

impl<H: DeserializeOwned> Parcel<H> {
    /// The parcel inside of a `MessageEvent`'s data.
    ///
    /// # Errors
    /// If the data is not what [`encode`](Parcel::encode) makes of a head of this type.
    pub fn decode(data: &JsValue) -> Result<Parcel<H>, String> {
        let (head, numbers, bytes) = unpack(data)?;
        let head: Uint8Array = head.dyn_into().map_err(|_| "expected the head as bytes, got something else")?;
        let head = postcard::from_bytes(&head.to_vec()).map_err(|error| error.to_string())?;
        Ok(Parcel { head, numbers, bytes })
    }
}

/// A head, and what is transferred beside it.
fn pack(head: &JsValue, numbers: Option<&Float32Array>, bytes: Option<&Uint8Array>) -> (JsValue, Array) {
    let (parcel, transfer) = (Array::of1(head), Array::new());
    if let Some(numbers) = numbers {
        parcel.push(numbers);
        transfer.push(&numbers.buffer());
    }
    if let Some(bytes) = bytes {
        parcel.set(2, bytes.clone().into());
        transfer.push(&bytes.buffer());
    }
    (parcel.into(), transfer)
}

/// The parts of what [`pack`] makes.
fn unpack(data: &JsValue) -> Result<(JsValue, Option<Float32Array>, Option<Uint8Array>), String> {
    let parcel = data.dyn_ref::<Array>().ok_or("expected a message in parts, got something else")?;
    Ok((parcel.get(0), parcel.get(1).dyn_into().ok(), parcel.get(2).dyn_into().ok()))
}

/// A message ready for `postMessage`, and the list of what is to be transferred.
///
/// # Errors
/// If serde-wasm-bindgen cannot represent a value, such as a number above 2^53.
pub fn encode<M: Message>(mut message: M) -> Result<(JsValue, Array), String> {
    let numbers = message.bulk_mut().map(|bulk| Float32Array::from(bulk.as_slice()));
    let bytes = message.bytes_mut().map(|bytes| Uint8Array::from(bytes.as_slice()));
    let head = serde_wasm_bindgen::to_value(&message).map_err(|error| error.to_string())?;
    Ok(pack(&head, numbers.as_ref(), bytes.as_ref()))
}

/// The message inside of a `MessageEvent`'s data.
///
/// # Errors
/// If the data is not what [`encode`] makes of a message of this type.
pub fn decode<M: Message>(data: &JsValue) -> Result<M, String> {
    let (head, numbers, bytes) = unpack(data)?;
    let mut message: M = serde_wasm_bindgen::from_value(head).map_err(|error| error.to_string())?;
    if let Some(bulk) = message.bulk_mut() {
        *bulk = numbers.ok_or("expected numbers beside the message, got none")?.to_vec();
    }
    if let Some(of_message) = message.bytes_mut() {
        *of_message = bytes.ok_or("expected bytes beside the message, got none")?.to_vec();
    }
    Ok(message)
}
