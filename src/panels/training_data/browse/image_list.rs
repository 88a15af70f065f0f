//! Which images pass the filter, and which of them are on the page.

use crate::protocol::ImageSet;
use crate::protocol::questions::N_THUMBNAILS;
use inkling_engine::data::Split;
use leptos::prelude::*;

/// A part of MNIST, as the run uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImagePart {
    /// What the run learns from.
    #[default]
    Training,
    /// What it is judged by meanwhile.
    Validation,
    /// What it is judged by at its end.
    Test,
}

impl ImagePart {
    /// All parts, in order.
    pub const ALL: [ImagePart; 3] = [ImagePart::Training, ImagePart::Validation, ImagePart::Test];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ImagePart::Training => "training",
            ImagePart::Validation => "validation",
            ImagePart::Test => "test",
        }
    }

    /// The set of MNIST that it is taken from.
    #[must_use]
    pub fn set(self) -> ImageSet {
        match self {
            ImagePart::Training | ImagePart::Validation => ImageSet::Train,
            ImagePart::Test => ImageSet::Test,
        }
    }

    /// Its images, by their index in the set, ascending.
    #[must_use]
    pub fn images(self, split: &Split, n_test: usize) -> Vec<u32> {
        match self {
            ImagePart::Training => split.train.clone(),
            ImagePart::Validation => split.validation.clone(),
            ImagePart::Test => (0..n_test as u32).collect(),
        }
    }
}

/// Which images are browsed; cheap to copy.
#[derive(Clone, Copy)]
pub struct Browsed {
    /// Of which part.
    pub part: RwSignal<ImagePart>,
    /// Of which digit; `None`: any.
    pub class: RwSignal<Option<u8>>,
    /// Whether only those that the network gets wrong.
    pub is_wrong_only: RwSignal<bool>,
    /// The page, from 0.
    pub page: RwSignal<usize>,
}

impl Browsed {
    /// All training images, from the first on.
    #[must_use]
    pub fn new() -> Browsed {
        Browsed {
            part: RwSignal::new(ImagePart::default()),
            class: RwSignal::new(None),
            is_wrong_only: RwSignal::new(false),
            page: RwSignal::new(0),
        }
    }
}

/// How many of some images there are of each of `n_classes` digits.
#[must_use]
pub fn class_counts(images: &[u32], labels: &[u8], n_classes: usize) -> Vec<usize> {
    let mut counts = vec![0; n_classes];
    for image in images {
        let label = labels.get(*image as usize).copied().map_or(n_classes, usize::from);
        if let Some(count) = counts.get_mut(label) {
            *count += 1;
        }
    }
    counts
}

/// Those of some images that have a label.
#[must_use]
pub fn of_class(images: &[u32], labels: &[u8], class: Option<u8>) -> Vec<u32> {
    let is_of_class = |image: &u32| class.is_none() || labels.get(*image as usize).copied() == class;
    images.iter().copied().filter(is_of_class).collect()
}

/// Pages of a list; at least one.
#[must_use]
pub fn n_pages(n_images: usize) -> usize {
    n_images.div_ceil(N_THUMBNAILS).max(1)
}

/// The images of a page.
#[must_use]
pub fn on_page(images: &[u32], page: usize) -> &[u32] {
    images.chunks(N_THUMBNAILS).nth(page).unwrap_or_default()
}

/// The page with an image, or with the next one after it that passes; the last page if none does.
#[must_use]
pub fn page_of(images: &[u32], image: u32) -> usize {
    let place = images.partition_point(|other| *other < image).min(images.len().saturating_sub(1));
    place / N_THUMBNAILS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_counted_and_chosen_by_their_label() {
        let labels = [7, 2, 1, 2, 4, 2];
        assert_eq!(class_counts(&[0, 1, 3, 4], &labels, 10), [0, 0, 2, 0, 1, 0, 0, 1, 0, 0]);
        assert_eq!(class_counts(&[6, 7], &labels, 3), [0; 3], "images without a label");
        assert_eq!(of_class(&[0, 1, 3, 4], &labels, Some(2)), [1, 3]);
        assert_eq!(of_class(&[0, 1, 3, 4], &labels, None), [0, 1, 3, 4]);
    }

    #[test]
    fn pages_hold_all_images_once() {
        let images: Vec<u32> = (0..50).map(|k| 3 * k).collect();
        assert_eq!((n_pages(0), n_pages(24), n_pages(50)), (1, 1, 3));
        let pages: Vec<u32> = (0..n_pages(50)).flat_map(|page| on_page(&images, page).to_vec()).collect();
        assert_eq!(pages, images);
        assert!(on_page(&images, 3).is_empty() && on_page(&[], 0).is_empty());
    }

    #[test]
    fn an_image_is_found_on_its_page() {
        let images: Vec<u32> = (0..50).map(|k| 3 * k).collect();
        assert_eq!([0, 69, 70, 72, 147, 60_000].map(|image| page_of(&images, image)), [0, 0, 1, 1, 2, 2]);
        assert_eq!(page_of(&[], 5), 0);
    }
}
