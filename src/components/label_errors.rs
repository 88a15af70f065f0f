//! Test images whose label is probably wrong.

/// Indices of those test images of MNIST whose given label lost the vote when people looked at them: the check of candidates
/// that confident learning had found (Northcutt, Athalye, Mueller: Pervasive label errors in test sets destabilize machine
/// learning benchmarks, 2021; labelerrors.com).
const LABEL_ERRORS: [usize; 15] =
    [947, 1621, 1901, 2130, 2462, 2597, 2654, 3520, 3558, 5937, 6651, 6783, 8527, 9679, 9729];

/// Whether people disagree with the label of a test image.
#[must_use]
pub fn is_label_error(test_image_idx: usize) -> bool {
    LABEL_ERRORS.binary_search(&test_image_idx).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(LABEL_ERRORS.is_sorted());
        assert!(is_label_error(947) && is_label_error(9729) && !is_label_error(0));
    }
}
