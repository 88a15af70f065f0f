//! Base64 with the alphabet for addresses, without padding (RFC 4648, section 5). A general library for it would take
//! six times the room in the page's program.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The text for bytes.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for sign_idx in 0..=group.len() {
            text.push(char::from(ALPHABET[(bits >> (18 - 6 * sign_idx)) as usize % 64]));
        }
    }
    text
}

/// The bytes of a text; none if there are none with this text.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for sign in group {
            bits = bits << 6 | u32::from(value(*sign)?);
        }
        bits <<= 6 * (4 - group.len());
        let [_, three @ ..] = bits.to_be_bytes();
        let (taken, unused) = three.split_at(group.len() - 1);
        if taken.is_empty() || unused.iter().any(|&byte| byte != 0) {
            return None;
        }
        bytes.extend_from_slice(taken);
    }
    Some(bytes)
}

/// The place of a sign in the alphabet.
fn value(sign: u8) -> Option<u8> {
    match sign {
        b'A'..=b'Z' => Some(sign - b'A'),
        b'a'..=b'z' => Some(sign - b'a' + 26),
        b'0'..=b'9' => Some(sign - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    #[test]
    fn it_is_the_librarys() {
        let all = (0..=255).collect::<Vec<u8>>();
        for n_bytes in 0..=all.len() {
            let text = encode(&all[..n_bytes]);
            assert_eq!(text, URL_SAFE_NO_PAD.encode(&all[..n_bytes]));
            assert_eq!(decode(&text).as_deref(), Some(&all[..n_bytes]));
        }
    }

    #[test]
    fn wrong_texts_are_refused() {
        for wrong in ["A", "AAAAA", "AB", "AAB", "A+AA", "AA==", "é"] {
            assert_eq!(decode(wrong), None, "{wrong}");
            assert!(URL_SAFE_NO_PAD.decode(wrong).is_err(), "{wrong}");
        }
    }
}
