//! An answer on its way: the page's first program passes it on, and what it says is read by the part that shows it.

use super::Answer;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// An answer to any question, packed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackedAnswer {
    /// All but the bulk numbers and bytes.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    head: JsValue,
    /// bulk: its numbers, if it has some.
    #[serde(skip)]
    pub numbers: Vec<f32>,
    /// bulk: its bytes, if it has some.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl PackedAnswer {
    /// Packs an answer.
    ///
    /// # Errors
    /// If serde-wasm-bindgen cannot represent a value, such as a number above 2^53.
    pub fn pack<A: Answer + Serialize>(mut answer: A) -> Result<PackedAnswer, String> {
        let numbers = answer.bulk_mut().map(std::mem::take).unwrap_or_default();
        let bytes = answer.bytes_mut().map(std::mem::take).unwrap_or_default();
        let head = serde_wasm_bindgen::to_value(&answer).map_err(|error| error.to_string())?;
        Ok(PackedAnswer { head, numbers, bytes })
    }

    /// The answer; `None` if it is none of that type.
    #[must_use]
    pub fn unpack<A: Answer + DeserializeOwned>(self) -> Option<A> {
        let mut answer: A = serde_wasm_bindgen::from_value(self.head).ok()?;
        if let Some(numbers) = answer.bulk_mut() {
            *numbers = self.numbers;
        }
        if let Some(bytes) = answer.bytes_mut() {
            *bytes = self.bytes;
        }
        Some(answer)
    }
}
