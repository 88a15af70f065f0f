//! Text about images and their predictions.

use crate::components::network_age;
use crate::plot::number::thousands;
use crate::protocol::ImageSet;

/// `labelled 7 · read as 1`
#[must_use]
pub fn prediction_text(label: usize, digit: Option<usize>) -> String {
    match digit {
        Some(digit) if digit == label => format!("labelled {label} · read right"),
        Some(digit) => format!("labelled {label} · misread as {digit}"),
        None => format!("labelled {label} · not read"),
    }
}

/// How far a first search is: `1,250 of 10,000 test images looked at, 31 misread so far`.
#[must_use]
pub fn progress_text(set: ImageSet, n_done: usize, n_total: usize, n_misread: usize, class: Option<u8>) -> String {
    let (n_done, n_total, n_misread) = (thousands(n_done), thousands(n_total), thousands(n_misread));
    let of_class = class.map_or_else(String::new, |class| format!(" of the digit {class}"));
    format!("{n_done} of {n_total} {} looked at, {n_misread}{of_class} misread so far", set_text(set))
}

/// What a search found: `31 of 10,000 test images are misread.`
#[must_use]
pub fn outcome_text(set: ImageSet, n_misread: usize, n_total: usize, class: Option<u8>) -> String {
    let set_text = set_text(set);
    match (n_misread, class) {
        (0, None) => format!("Each of the {} {set_text} is read right.", thousands(n_total)),
        (0, Some(class)) => format!("Each {class} among the {set_text} is read right."),
        (1, Some(class)) => format!("One {class} among the {set_text} is misread."),
        (n, Some(class)) => format!("{} images of the digit {class} among the {set_text} are misread.", thousands(n)),
        (1, None) => format!("One of {} {set_text} is misread.", thousands(n_total)),
        (n, None) => format!("{} of {} {set_text} are misread.", thousands(n), thousands(n_total)),
    }
}

/// How old a list is that an older state of the network gave.
#[must_use]
pub fn age_text(found_at: usize, n_steps: usize, steps_per_epoch: usize, is_under_way: bool) -> String {
    let found = network_age(found_at, steps_per_epoch);
    let end = if is_under_way { "; a new list is on its way." } else { "." };
    format!("Found {found}; the present network is that {}{end}", network_age(n_steps, steps_per_epoch))
}

/// Why misread test images are not listed.
pub const SEALED_TEXT: &str = "Sealed: how many test images are misread is the test result. It opens with Evaluate on test set, after your last \
     choice; until then, browse training images.";

fn set_text(set: ImageSet) -> &'static str {
    match set {
        ImageSet::Train => "training images",
        ImageSet::Test => "test images",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prediction_is_right_wrong_or_missing() {
        assert_eq!(prediction_text(7, Some(7)), "labelled 7 · read right");
        assert_eq!(prediction_text(7, Some(1)), "labelled 7 · misread as 1");
        assert_eq!(prediction_text(7, None), "labelled 7 · not read");
    }

    #[test]
    fn a_search_says_how_far_it_is() {
        let text = progress_text(ImageSet::Test, 1_250, 10_000, 31, None);
        assert_eq!(text, "1,250 of 10,000 test images looked at, 31 misread so far");
        let text = progress_text(ImageSet::Train, 0, 60_000, 0, Some(4));
        assert_eq!(text, "0 of 60,000 training images looked at, 0 of the digit 4 misread so far");
    }

    #[test]
    fn results_of_a_search_are_sentences() {
        let text = |n, class| outcome_text(ImageSet::Test, n, 10_000, class);
        assert_eq!(text(0, Some(3)), "Each 3 among the test images is read right.");
        assert_eq!(text(0, None), "Each of the 10,000 test images is read right.");
        assert_eq!(text(1, Some(3)), "One 3 among the test images is misread.");
        assert_eq!(text(12, Some(8)), "12 images of the digit 8 among the test images are misread.");
        assert_eq!(text(1, None), "One of 10,000 test images is misread.");
        assert_eq!(text(112, None), "112 of 10,000 test images are misread.");
    }

    #[test]
    fn an_old_list_says_so() {
        assert_eq!(
            age_text(270, 1_200, 270, false),
            "Found after epoch 1; the present network is that after step 120 of epoch 5."
        );
        let text = age_text(0, 5, 270, true);
        assert_eq!(
            text,
            "Found before any step; the present network is that after step 5 of epoch 1; a new list is on its way."
        );
    }
}
