//! Why a link could not be followed.

use inkling_engine::experiment::{PlanePreset, Preset};

/// Why a link could not be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Not of this form at all.
    #[error("what follows # in this link is not an experiment")]
    NotALink,
    /// Of a form that this page is too old for.
    #[error(
        "this link was made by a newer version of this page (its form is v{0}, this page reads v1). Reload the page to \
         get the newest version, or open the link where it was made"
    )]
    Newer(u32),
    /// Longer than any experiment of this page.
    #[error("the experiment in this link is too long for this page")]
    TooLong,
    /// Of this form, but cut or changed on its way.
    #[error("the experiment in this link is cut off or damaged")]
    Damaged,
    /// A field without a default is not there.
    #[error("the experiment in this link lacks {0}")]
    Missing(String),
    /// A kind of layer, optimizer or rule that this page does not have.
    #[error("the experiment in this link has {field} “{value}”, which this version of the page does not know")]
    UnknownKind {
        /// Path of the field that names the kind.
        field: String,
        /// The kind.
        value: String,
    },
    /// A field holds what it cannot hold, as serde says it.
    #[error("the experiment in this link does not fit this version of the page: {0}")]
    Unfit(String),
    /// `?preset=` names none.
    #[error("there is no preset called “{0}”; there are {slugs}", slugs = slugs())]
    UnknownPreset(String),
}

fn slugs() -> String {
    [Preset::ALL.map(Preset::slug).as_slice(), &PlanePreset::ALL.map(PlanePreset::slug)].concat().join(", ")
}
