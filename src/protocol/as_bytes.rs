//! A field that travels as bytes (postcard's format), for `#[serde(with)]`.
//!
//! Enums of many variants take tens of kilobytes of program to read from JavaScript objects, by the names of their fields;
//! from bytes, where fields go by their order, a fifth of that. Page and worker are always of one build, so the order is the
//! same on both sides.

use serde::de::{DeserializeOwned, Error as _, Visitor};
use serde::ser::Error as _;
use serde::{Deserializer, Serialize, Serializer};
use std::fmt;

/// Writes the field.
///
/// # Errors
/// If the format cannot represent it.
pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&postcard::to_allocvec(value).map_err(S::Error::custom)?)
}

/// Reads the field.
///
/// # Errors
/// If there are no bytes, or not those of a value of that type.
pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    postcard::from_bytes(&deserializer.deserialize_byte_buf(Bytes)?).map_err(D::Error::custom)
}

struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("bytes")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
        Ok(bytes)
    }
}
