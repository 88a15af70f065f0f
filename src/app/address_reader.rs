//! What reads addresses, apart from the page's first program: most visits bring no experiment.

use crate::link::{self, Asked};

/// What the address asks for, by its query and its part after `#`.
#[cfg(not(in_parts))]
pub async fn read(query: String, fragment: String) -> Asked {
    link::asked_for(&query, &fragment)
}

/// What the address asks for, by its query and its part after `#`, once the program that reads it is here.
#[cfg(in_parts)]
pub async fn read(query: String, fragment: String) -> Asked {
    // Nothing is asked for in vain, so nothing is fetched in vain.
    if query.is_empty() && fragment.is_empty() {
        return Asked::default();
    }
    let failed = |_| {
        let notice = "what reads the experiment in this link could not be fetched: the page's host does not answer, or has a newer version by now. Reload the page to try again.";
        Asked { notice: Some(notice.to_owned()), ..Asked::default() }
    };
    reader::read(query, fragment).await.unwrap_or_else(failed)
}

#[cfg(in_parts)]
#[allow(unsafe_code, reason = "a cut is an export and an import, which the macro has to declare")]
mod reader {
    use super::{Asked, link};
    use leptos::wasm_split as cut;

    #[cut::wasm_split(address, wasm_split_path = cut, fallible)]
    pub(super) fn read(query: String, fragment: String) -> Result<Asked, cut::SplitLoaderError> {
        Ok(link::asked_for(&query, &fragment))
    }
}
