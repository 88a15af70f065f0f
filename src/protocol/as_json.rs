//! A field that travels as JSON text, for `#[serde(with)]`.
//!
//! Links and weight files hold experiments as JSON, so page and worker read JSON anyhow; reading the same type from
//! JavaScript objects too would take tens of kilobytes of program in each.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes the field.
///
/// # Errors
/// If JSON cannot represent it.
pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
}

/// Reads the field.
///
/// # Errors
/// If there is no text, or it is not JSON of that type.
pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    serde_json::from_str(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}
