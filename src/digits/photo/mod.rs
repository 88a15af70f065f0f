//! The digits of a photo, or of any picture that is no [sheet](super::sheet).
//!
//! In three steps, so that a page can do other things between them: [`Ink`] tells ink from paper, [`find`] what belongs
//! together, and [`FoundDigit::image`] makes an image like MNIST's of it.

mod centre;
mod ink;
mod pieces;
#[cfg(test)]
mod tests;

pub use ink::Ink;
pub use pieces::{FoundDigit, FoundInk, find};

/// The longest side of a picture that is looked at; larger ones are scaled down before.
pub const MAX_SIDE: usize = 720;
/// The most digits that are taken from one picture.
pub const MAX_FOUND: usize = 100;
