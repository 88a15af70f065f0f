//! Sentences about measurements.

use super::context::RobustnessContext;
use crate::components::network_age;
use crate::plot::number::{percent_to_tenth, thousands};
use crate::protocol::questions::{ChangeList, JudgedSet, N_CHANGED_IMAGES, RobustnessAnswer, shifts};
use leptos::prelude::*;

/// Which images are used, and how many. Reactive.
#[must_use]
pub fn images_text(context: RobustnessContext, changes: ChangeList) -> String {
    let chosen = context.chosen.read();
    let known = chosen.iter().filter_map(|candidate| context.measured(candidate.run, changes));
    let n_images = known.map(|(_, answer)| answer.n_images).max();
    let n_images = match n_images {
        Some(n_images) => thousands(n_images),
        None => format!("up to {}", thousands(N_CHANGED_IMAGES)),
    };
    let which = match context.set.get() {
        JudgedSet::Test => "test images",
        JudgedSet::Validation if chosen.iter().all(|candidate| candidate.has_validation) => {
            "of each run’s validation images"
        }
        JudgedSet::Validation => "of each run’s validation images, or of its training images where it keeps none",
    };
    format!("On {n_images} {which}, evenly taken.")
}

/// Says that the present network has learned since it was measured; empty if not. Reactive.
#[must_use]
pub fn age_text(context: RobustnessContext, changes: ChangeList) -> String {
    let state = context.state;
    let chosen = context.chosen.read();
    let Some(present) = chosen.iter().find(|candidate| candidate.is_present) else { return String::new() };
    let measured = context.measured(present.run, changes).filter(|(_, answer)| !answer.n_right.is_empty());
    let Some((n_steps, _)) = measured else { return String::new() };
    let n_now = state.run.last_batch.read().map_or(0, |batch| batch.n_steps);
    // The best epoch's weights may have come back.
    let kept = state.run.kept_epoch.get().map(|epoch| epoch * state.run.checked.read().steps_per_epoch());
    if n_steps == kept.unwrap_or(n_now) {
        return String::new();
    }
    let age = network_age(n_steps, state.run.checked.read().steps_per_epoch());
    format!("Measured {age}; the network has learned since.")
}

/// The mean accuracy of the four shifts by `px` along the axes; `None` while one is missing.
#[must_use]
pub fn at_distance(answer: &RobustnessAnswer, px: i32) -> Option<f64> {
    let shifts = shifts();
    let of = |wanted: (i32, i32)| answer.accuracy(shifts.iter().position(|shift| *shift == wanted)?);
    let four = [(px, 0), (-px, 0), (0, px), (0, -px)].map(of);
    four.into_iter().sum::<Option<f64>>().map(|sum| sum / 4.0)
}

/// A map in a sentence.
#[must_use]
pub fn map_text(answer: Option<&RobustnessAnswer>) -> String {
    let percent = |share: f64| percent_to_tenth(share as f32);
    let Some((answer, centred)) = answer.and_then(|answer| Some((answer, answer.accuracy(0)?))) else {
        return "Not measured yet.".to_owned();
    };
    match [4, 2, 1].into_iter().find_map(|px| Some((px, at_distance(answer, px)?))) {
        Some((px, moved)) => {
            let verb = if moved <= centred { "falls" } else { "rises" };
            format!("At {px} px the accuracy {verb} from {} to {}.", percent(centred), percent(moved))
        }
        None => format!("Not moved: {}.", percent(centred)),
    }
}

/// A shift in words: `3 px right, 2 px up`.
#[must_use]
pub fn shift_text(dx: i32, dy: i32) -> String {
    let part = |px: i32, words: [&str; 2]| (px != 0).then(|| format!("{} px {}", px.abs(), words[usize::from(px > 0)]));
    let parts: Vec<String> = [part(dx, ["left", "right"]), part(dy, ["up", "down"])].into_iter().flatten().collect();
    if parts.is_empty() { "not moved".to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Images of 1,000 recognised at each shift, by its distance along the longer axis.
    fn answer(n_done: usize) -> RobustnessAnswer {
        let n_right = |(dx, dy): (i32, i32)| 970 - 100 * dx.abs().max(dy.abs()).cast_unsigned();
        RobustnessAnswer {
            n_images: 1_000,
            n_right: shifts().into_iter().take(n_done).map(n_right).collect(),
            progress: (n_done, 289),
        }
    }

    #[test]
    fn a_map_is_told_by_its_largest_known_distance() {
        assert_eq!(map_text(None), "Not measured yet.");
        assert_eq!(map_text(Some(&answer(0))), "Not measured yet.");
        assert_eq!(map_text(Some(&answer(1))), "Not moved: 97.0 %.");
        assert_eq!(map_text(Some(&answer(9))), "At 1 px the accuracy falls from 97.0 % to 87.0 %.");
        assert_eq!(map_text(Some(&answer(289))), "At 4 px the accuracy falls from 97.0 % to 57.0 %.");
    }

    #[test]
    fn shifts_are_named_by_their_directions() {
        assert_eq!(shift_text(0, 0), "not moved");
        assert_eq!(shift_text(-3, 0), "3 px left");
        assert_eq!(shift_text(8, -2), "8 px right, 2 px up");
    }
}
