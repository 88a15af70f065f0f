//! The text of a link, cleaned of what mail, chat and markup programs do to it.

use super::{LinkError, base64url};

/// How often programs along the way may have percent-encoded a link.
const MAX_ENCODINGS: usize = 3;
/// Longer links would take too long to read; 32 layers with all their fields take a hundredth of it.
pub const MAX_LEN: usize = 500_000;

/// The JSON in a link's part after `#`, without the `#`; none if that part asks for nothing.
///
/// The experiment ends at the first sign that base64url does not have, so a full stop, a bracket or tracking parameters
/// at the end do no harm.
///
/// # Errors
/// If it asks for something that is not an experiment of this version.
pub fn json(fragment: &str) -> Result<Option<String>, LinkError> {
    let text = percent_decoded(fragment);
    let text = text.trim_start();
    // Parameters alone, or signs that were added to an address without a fragment.
    if !text.starts_with(|sign: char| sign.is_ascii_alphanumeric()) || text.starts_with("utm_") {
        return Ok(None);
    }
    let (version, code) = text.strip_prefix('v').and_then(|text| text.split_once('.')).ok_or(LinkError::NotALink)?;
    match version.parse::<u32>() {
        Ok(1) => {}
        Ok(newer) if newer > 1 => return Err(LinkError::Newer(newer)),
        _ => return Err(LinkError::NotALink),
    }
    if let Some(json) = decoded(code.split(is_foreign).next().unwrap_or_default())? {
        return Ok(Some(json));
    }
    // Mail programs break long lines.
    let joined = code.split_whitespace().collect::<String>();
    decoded(joined.split(is_foreign).next().unwrap_or_default())?.map(Some).ok_or(LinkError::Damaged)
}

/// A preset's name as it was meant: without signs at the end, without capitals.
pub fn slug(text: &str) -> String {
    let text = percent_decoded(text).to_ascii_lowercase();
    text.trim_matches(|sign: char| !sign.is_ascii_alphanumeric()).to_owned()
}

/// Whether base64url does not have the sign.
fn is_foreign(sign: char) -> bool {
    !sign.is_ascii_alphanumeric() && !matches!(sign, '-' | '_')
}

/// None unless the code is an object's JSON. Such a code never ends in `-` or `_`, which markup may have added.
fn decoded(code: &str) -> Result<Option<String>, LinkError> {
    if code.len() > MAX_LEN {
        return Err(LinkError::TooLong);
    }
    let bytes = base64url::decode(code.trim_end_matches(['-', '_']));
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|json| json.trim_end().ends_with('}')))
}

/// The text with `%2D` and the like resolved, however often it was encoded.
pub fn percent_decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _encoding in 0..MAX_ENCODINGS {
        if !text.contains('%') {
            break;
        }
        text = percent_decoded_once(text.as_bytes());
    }
    text
}

fn percent_decoded_once(mut bytes: &[u8]) -> String {
    let mut decoded = Vec::with_capacity(bytes.len());
    while let [first, rest @ ..] = bytes {
        let digit = |place: usize| rest.get(place).and_then(|&digit| char::from(digit).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((16 * high + low) as u8);
                bytes = &rest[2..];
            }
            _ => {
                decoded.push(*first);
                bytes = rest;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_resolved_and_lone_ones_kept() {
        assert_eq!(percent_decoded("a%2Db%252Dc"), "a-b-c");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%E0%A4%A"), "\u{fffd}%A");
        assert_eq!(percent_decoded("%C3%A9%zz"), "é%zz");
    }

    #[test]
    fn slugs_lose_what_was_added() {
        assert_eq!(slug("mlp-40"), "mlp-40");
        assert_eq!(slug("MLP%2D40)."), "mlp-40");
        assert_eq!(slug(">"), "");
    }
}
