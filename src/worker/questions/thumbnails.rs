//! The pixels of some images, for lists of pictures.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{Thumbnails, ThumbnailsAnswer};
use inkling_engine::explain::ExplainError;

impl Answerable for Thumbnails {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Thumbnails>, ExplainError> {
        // In the order that people read, even if the network gets its pixels shuffled.
        let images = asked.mnist()?.of(self.set);
        let blank = || vec![0.0; images.input_len()];
        let pixels = self.sample_idxs().flat_map(|idx| images.input(idx).unwrap_or_else(blank)).collect();
        Ok(Outcome::Answer(ThumbnailsAnswer { pixels }))
    }
}
