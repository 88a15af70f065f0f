//! What was done to a link's experiment so that this page could read it.

use inkling_engine::experiment::{MAX_LAYERS, thousands};
use std::fmt;

/// Fields that a note names at most.
const MAX_NAMED: usize = 5;

/// What was done to a link's experiment so that this page could read it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Paths of fields that this page does not know; they were left out.
    pub unknown: Vec<String>,
    /// Paths of fields that were missing and got their default.
    pub missing: Vec<String>,
    /// How many layers there were, if too many to take them all.
    pub n_layers: Option<usize>,
}

impl Notes {
    /// Whether nothing was done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.missing.is_empty() && self.n_layers.is_none()
    }
}

impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.unknown.is_empty() || !self.missing.is_empty() {
            f.write_str("This link was made by another version of this page. ")?;
        }
        if !self.unknown.is_empty() {
            write!(f, "Not known here and left out: {}. ", named(&self.unknown))?;
        }
        if !self.missing.is_empty() {
            write!(f, "Missing and set to the default: {}. ", named(&self.missing))?;
        }
        if let Some(n_layers) = self.n_layers {
            let (n_layers, n_taken) = (thousands(n_layers), MAX_LAYERS + 1);
            write!(f, "The network in this link has {n_layers} layers; only the first {n_taken} are shown. ")?;
        }
        Ok(())
    }
}

fn named(fields: &[String]) -> String {
    let first = fields.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match fields.len().saturating_sub(MAX_NAMED) {
        0 => first,
        n_more => format!("{first} and {n_more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_sentences() {
        let fields = |n: usize| (0..n).map(|field_idx| format!("f{field_idx}")).collect::<Vec<_>>();
        assert_eq!(
            Notes { unknown: fields(2), missing: fields(7), n_layers: None }.to_string().trim_end(),
            "This link was made by another version of this page. Not known here and left out: f0, f1. Missing and set to \
             the default: f0, f1, f2, f3, f4 and 2 more."
        );
        assert_eq!(
            Notes { n_layers: Some(1_500), ..Notes::default() }.to_string().trim_end(),
            "The network in this link has 1,500 layers; only the first 33 are shown."
        );
    }
}
