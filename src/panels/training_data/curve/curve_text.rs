//! What a learning curve says, in words.

use crate::plot::number::{percent, seconds, thousands};
use crate::protocol::questions::{CurvePoint, LearningCurveAnswer};

/// From this rise on, in points of the accuracy, ten times the images have helped.
const HELPS: f64 = 0.005;

/// What the curve says; nothing before there are two points.
#[must_use]
pub fn finding(points: &[CurvePoint]) -> Option<String> {
    let judged = |point: &CurvePoint| point.val_accuracy.map(|accuracy| (point.n_train, accuracy));
    let judged: Vec<(usize, f64)> = points.iter().filter_map(judged).collect();
    let (&(n_last, last), rest) = judged.split_last()?;
    // The size that is nearest to a tenth.
    let tenth = |n: usize| (n as f64 * 10.0 / n_last as f64).ln().abs();
    let &(n_before, before) = rest.iter().min_by(|(a, _), (b, _)| tenth(*a).total_cmp(&tenth(*b)))?;
    let times = n_last as f64 / n_before as f64;
    let times = if times < 9.5 { format!("{times:.1}").replace(".0", "") } else { format!("{times:.0}") };
    let rise = format!(
        "{times} times the images: from {} with {} to {} with {} of the validation images.",
        percent(before),
        thousands(n_before),
        percent(last),
        thousands(n_last)
    );
    let so = if last - before >= HELPS {
        "More images still help."
    } else if last - before > -HELPS {
        "More images hardly help any more: another network or other settings may."
    } else {
        "More images did not help: the runs of these sizes may not be trained to their end."
    };
    Some(format!("{rise} {so}"))
}

/// How far the training is, after `since_s` seconds.
#[must_use]
pub fn progress_text(answer: &LearningCurveAnswer, since_s: f64) -> String {
    let size = answer.sizes.get(answer.points.len()).or(answer.sizes.last()).copied().unwrap_or_default();
    let share = share_done(answer);
    let left = if share > 0.02 && since_s > 2.0 {
        format!(", about {} left", seconds(since_s * (1.0 - share) / share))
    } else {
        String::new()
    };
    let place = answer.sizes.len().min(answer.points.len() + 1);
    format!(
        "Size {place} of {}: {} images, {:.0} % of all work{left}",
        answer.sizes.len(),
        thousands(size),
        100.0 * share
    )
}

/// Share of the work that is done.
#[must_use]
pub fn share_done(answer: &LearningCurveAnswer) -> f64 {
    answer.progress.0 as f64 / answer.progress.1.max(1) as f64
}

/// Whether all sizes are done.
#[must_use]
pub fn is_complete(answer: &LearningCurveAnswer) -> bool {
    answer.points.len() == answer.sizes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(n_train: usize, val_accuracy: f64) -> CurvePoint {
        CurvePoint { n_train, accuracy: 0.99, val_accuracy: Some(val_accuracy), epochs: 10, n_steps: 300 }
    }

    #[test]
    fn it_compares_the_last_size_with_about_a_tenth_of_it() {
        let points = [point(100, 0.7), point(1_000, 0.87), point(3_000, 0.9), point(10_000, 0.94)];
        let text = "10 times the images: from 87.00 % with 1,000 to 94.00 % with 10,000 of the validation images. \
                    More images still help.";
        assert_eq!(finding(&points).as_deref(), Some(text));
        let flat = finding(&[point(3_000, 0.931), point(10_000, 0.932)]).unwrap_or_default();
        assert!(flat.starts_with("3.3 times") && flat.contains("hardly help"), "{flat}");
        assert!(finding(&[point(100, 0.9), point(300, 0.5)]).is_some_and(|text| text.contains("did not help")));
    }

    #[test]
    fn one_size_says_nothing() {
        assert_eq!(finding(&[point(100, 0.7)]), None);
        let unjudged = CurvePoint { val_accuracy: None, ..point(300, 0.0) };
        assert_eq!(finding(&[unjudged, unjudged]), None);
    }

    #[test]
    fn progress_names_the_size_and_the_time_left() {
        let mut answer =
            LearningCurveAnswer { points: vec![point(100, 0.7)], sizes: vec![100, 300, 900], progress: (250, 1_000) };
        assert_eq!(progress_text(&answer, 10.0), "Size 2 of 3: 300 images, 25 % of all work, about 30 s left");
        answer.progress.0 = 1;
        assert_eq!(progress_text(&answer, 0.5), "Size 2 of 3: 300 images, 0 % of all work");
        assert!(!is_complete(&answer));
    }
}
