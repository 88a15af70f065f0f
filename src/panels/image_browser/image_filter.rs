//! The images of a set that pass a filter, and the way from one to the next.

/// What images have to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImageFilter {
    /// Their label; `None`: any.
    pub class: Option<u8>,
    /// Whether only images count that the network reads as another digit than their label.
    pub is_misread_only: bool,
}

/// The images that pass, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fitting {
    /// All of a set of that many.
    All(usize),
    /// These.
    Some(Vec<usize>),
}

impl Fitting {
    /// The images with these labels that pass. `digits` is what is read in the first of them: those that nothing is
    /// known about are not misread.
    #[must_use]
    pub fn of(filter: ImageFilter, labels: &[u8], digits: &[u8]) -> Fitting {
        if filter == ImageFilter::default() {
            return Fitting::All(labels.len());
        }
        let is_of_class = |label: u8| filter.class.is_none_or(|class| label == class);
        let is_misread = |image_idx: usize, label: u8| digits.get(image_idx).is_some_and(|digit| *digit != label);
        let images = labels.iter().enumerate().filter(|(image_idx, label)| {
            is_of_class(**label) && (!filter.is_misread_only || is_misread(*image_idx, **label))
        });
        Fitting::Some(images.map(|(image_idx, _)| image_idx).collect())
    }

    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Fitting::All(n) => *n,
            Fitting::Some(images) => images.len(),
        }
    }

    /// The image at a place, counted from 0.
    #[must_use]
    pub fn image_at(&self, place: usize) -> Option<usize> {
        match self {
            Fitting::All(n) => (place < *n).then_some(place),
            Fitting::Some(images) => images.get(place).copied(),
        }
    }

    /// The place of an image, counted from 0; `None` if it does not pass.
    #[must_use]
    pub fn place_of(&self, image_idx: usize) -> Option<usize> {
        match self {
            Fitting::All(n) => (image_idx < *n).then_some(image_idx),
            Fitting::Some(images) => images.binary_search(&image_idx).ok(),
        }
    }

    /// The first image from this one on that passes; after the last comes the first. `None` if none passes.
    #[must_use]
    pub fn from(&self, image_idx: usize) -> Option<usize> {
        self.image_at(self.place_from(image_idx)).or_else(|| self.image_at(0))
    }

    /// The next image that passes, or the one before; after the last comes the first. `None` if none passes.
    #[must_use]
    pub fn next_to(&self, image_idx: usize, is_backward: bool) -> Option<usize> {
        let n = self.len().max(1);
        let here = self.place_from(image_idx);
        let place = match (is_backward, self.place_of(image_idx)) {
            (true, _) => (here + n - 1) % n,
            (false, Some(place)) => (place + 1) % n,
            (false, None) => here % n,
        };
        self.image_at(place)
    }

    /// How many of them lie before an image.
    fn place_from(&self, image_idx: usize) -> usize {
        match self {
            Fitting::All(n) => image_idx.min(*n),
            Fitting::Some(images) => images.partition_point(|fitting| *fitting < image_idx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [u8; 6] = [7, 2, 1, 2, 4, 2];

    fn fitting(class: Option<u8>, is_misread_only: bool, digits: &[u8]) -> Fitting {
        Fitting::of(ImageFilter { class, is_misread_only }, &LABELS, digits)
    }

    #[test]
    fn a_filter_chooses_by_class_and_by_misprediction() {
        assert_eq!(fitting(None, false, &[]), Fitting::All(6));
        assert_eq!(fitting(Some(2), false, &[]), Fitting::Some(vec![1, 3, 5]));
        assert_eq!(fitting(None, true, &[7, 3, 1, 2, 9, 1]), Fitting::Some(vec![1, 4, 5]));
        assert_eq!(fitting(Some(2), true, &[7, 3, 1, 2, 9, 1]), Fitting::Some(vec![1, 5]));
        assert_eq!(fitting(None, true, &[9, 9]), Fitting::Some(vec![0, 1]), "four are not read yet");
        assert_eq!(fitting(Some(0), true, &[]).len(), 0);
    }

    #[test]
    fn all_images_go_round() {
        let all = Fitting::All(10_000);
        assert_eq!(all.next_to(0, true), Some(9_999));
        assert_eq!(all.next_to(9_999, false), Some(0));
        assert_eq!(all.next_to(5, false), Some(6));
        assert_eq!(all.place_of(10_000), None);
        assert_eq!(Fitting::All(0).next_to(5, false), None);
        assert_eq!(Fitting::All(0).from(5), None);
    }

    #[test]
    fn steps_lead_from_one_that_fits_to_the_next() {
        let twos = fitting(Some(2), false, &[]);
        let forward: Vec<Option<usize>> = (0..6).map(|image_idx| twos.next_to(image_idx, false)).collect();
        assert_eq!(forward, [1, 3, 3, 5, 5, 1].map(Some));
        let backward: Vec<Option<usize>> = (0..6).map(|image_idx| twos.next_to(image_idx, true)).collect();
        assert_eq!(backward, [5, 5, 1, 1, 3, 3].map(Some));
        assert_eq!(fitting(Some(9), false, &[]).next_to(2, true), None);
    }

    #[test]
    fn places_and_images_belong_together() {
        let twos = fitting(Some(2), false, &[]);
        assert_eq!((twos.place_of(3), twos.place_of(4)), (Some(1), None));
        assert_eq!((twos.image_at(2), twos.image_at(3)), (Some(5), None));
        assert_eq!((twos.from(3), twos.from(4), twos.from(9)), (Some(3), Some(5), Some(1)));
    }
}
