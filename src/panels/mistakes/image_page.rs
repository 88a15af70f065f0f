//! Which images of a set are listed, and in which order.

use super::confusion_cell::Cell;
use crate::components::{Judged, JudgedImage};
use crate::protocol::questions::N_THUMBNAILS;

/// The images of a cell, or without one all that are read wrong; the most confident first.
#[must_use]
pub fn listed(judged: &Judged, cell: Option<Cell>) -> Vec<JudgedImage> {
    let is_listed = |image: &&JudgedImage| match cell {
        Some(Cell { label, predicted }) => image.label == label && image.predicted == predicted,
        None => image.label != image.predicted,
    };
    let mut images: Vec<JudgedImage> = judged.images.iter().filter(is_listed).copied().collect();
    images.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    images
}

/// The images on a page, counted from 0, and the number of pages.
#[must_use]
pub fn page_of(images: &[JudgedImage], page: usize) -> (&[JudgedImage], usize) {
    let n_pages = images.len().div_ceil(N_THUMBNAILS).max(1);
    let start = (page.min(n_pages - 1) * N_THUMBNAILS).min(images.len());
    (&images[start..images.len().min(start + N_THUMBNAILS)], n_pages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::questions::JudgedSet;

    fn judged() -> Judged {
        let image = |image_idx, label, predicted, confidence| JudgedImage { image_idx, label, predicted, confidence };
        let images = vec![image(5, 4, 9, 0.6), image(6, 4, 4, 0.9), image(7, 4, 9, 0.8), image(8, 3, 5, 0.7)];
        Judged { set: JudgedSet::Validation, n_steps: 0, n_classes: 10, images, logits: Vec::new() }
    }

    #[test]
    fn the_most_confident_come_first() {
        let idxs = |cell| listed(&judged(), cell).iter().map(|image| image.image_idx).collect::<Vec<_>>();
        assert_eq!(idxs(None), [7, 8, 5], "only those that are read wrong");
        assert_eq!(idxs(Some(Cell { label: 4, predicted: 9 })), [7, 5]);
        assert_eq!(idxs(Some(Cell { label: 4, predicted: 4 })), [6]);
    }

    #[test]
    fn pages_end_with_the_images() {
        let images = vec![judged().images[0]; N_THUMBNAILS + 1];
        assert_eq!(page_of(&images, 0).0.len(), N_THUMBNAILS);
        assert_eq!((page_of(&images, 1).0.len(), page_of(&images, 1).1), (1, 2));
        assert_eq!(page_of(&images, 9).0.len(), 1, "the last page");
        assert_eq!(page_of(&[], 0), (&[] as &[JudgedImage], 1));
    }
}
