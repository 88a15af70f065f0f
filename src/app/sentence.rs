//! Messages as sentences.

/// The message with a capital letter: messages begin small, as parts of sentences do.
#[must_use]
pub fn capitalised(message: &str) -> String {
    let mut signs = message.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
