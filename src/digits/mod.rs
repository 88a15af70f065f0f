//! The learner's own digits as files: how they are written, and how they are read back. A photo counts as a file of digits.
//!
//! All of it is plain arithmetic without a browser. In reading order: an [`OwnDigit`] is what is kept; [`csv`], [`idx`] and
//! [`sheet`] are the three forms of files, [`kept_text`] what the browser's storage holds; [`photo`] finds the digits of a
//! photo; [`FileKind`] says what a file is, and [`DigitFileError`] what is wrong with it.

pub mod csv;
mod error;
mod file_kind;
mod grey_image;
pub mod idx;
pub mod kept_text;
mod own_digit;
pub mod photo;
pub mod sheet;

pub use error::DigitFileError;
pub use file_kind::FileKind;
pub use grey_image::GreyImage;
pub use own_digit::{DigitImage, MAX_OWN_DIGITS, N_PIXELS, OwnDigit, ReadDigits};
