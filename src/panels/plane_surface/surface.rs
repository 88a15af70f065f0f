//! The numbers of the picture, and their words.

use super::contours::contour;
use crate::plot::number::{loss, thousands, three_digits};
use crate::protocol::questions::{PlaneSurface, PlaneSurfaceAnswer};

/// Losses below this have one colour: a logarithm has no end.
const LEAST_LOSS: f32 = 1e-9;
/// Contour lines between the least and the largest loss.
const N_LEVELS: usize = 8;

/// The logarithms of the losses, of all cells; NaN where there is none yet, or where it is not a number.
#[must_use]
pub fn logarithms(question: &PlaneSurface, answer: &PlaneSurfaceAnswer) -> Vec<f32> {
    let mut values = vec![f32::NAN; question.side() * question.side()];
    for (value, loss) in values.iter_mut().zip(answer.losses()) {
        if loss.is_finite() {
            *value = loss.max(LEAST_LOSS).log10();
        }
    }
    values
}

/// The least and the largest of those that are numbers.
#[must_use]
pub fn ends(values: &[f32]) -> Option<[f32; 2]> {
    let finite = values.iter().copied().filter(|value| value.is_finite());
    finite.fold(None, |ends: Option<[f32; 2]>, value| {
        let [low, high] = ends.unwrap_or([value, value]);
        Some([low.min(value), high.max(value)])
    })
}

/// The contour lines, evenly spaced on the scale of the colours.
#[must_use]
pub fn contours(values: &[f32], side: usize) -> Vec<String> {
    let Some([low, high]) = ends(values) else { return Vec::new() };
    let level = |idx: usize| low + (high - low) * (idx + 1) as f32 / (N_LEVELS + 1) as f32;
    (0..N_LEVELS).map(|idx| contour(values, side, level(idx))).filter(|path| !path.is_empty()).collect()
}

/// Where a place lies on the picture, as shares of its width and height.
#[must_use]
pub fn share_of(question: &PlaneSurface, [a, b]: [f32; 2]) -> [f32; 2] {
    let side = question.side() as f32;
    let share = |along: f32| ((along / question.reach() + 1.0) / 2.0 * (side - 1.0) + 0.5) / side;
    [share(a), 1.0 - share(b)]
}

/// The path as the points of an SVG line in units of cells.
#[must_use]
pub fn path_points(question: &PlaneSurface, answer: &PlaneSurfaceAnswer) -> String {
    let side = question.side() as f32;
    let point = |place: [f32; 2]| {
        let [x, y] = share_of(question, place).map(|share| share.clamp(-20.0, 20.0) * side);
        format!("{x:.2},{y:.2}")
    };
    let places = answer.path().filter(|place| place.iter().all(|along| along.is_finite()));
    places.map(point).collect::<Vec<_>>().join(" ")
}

/// Whether a place is on the picture.
#[must_use]
pub fn is_inside(question: &PlaneSurface, place: [f32; 2]) -> bool {
    share_of(question, place).iter().all(|share| (0.0..=1.0).contains(share))
}

/// `loss 0.123 at a = 0.4, b = −0.2`; nothing where there is no loss yet.
#[must_use]
pub fn read_out(question: &PlaneSurface, answer: &PlaneSurfaceAnswer, cell: usize) -> Option<(String, f32)> {
    let value = *answer.losses().get(cell)?;
    let [a, b] = question.place(cell).map(along_text);
    Some((format!("loss {} at a = {a}, b = {b}", loss(f64::from(value))), value))
}

/// A place along an axis: two decimals at most.
#[must_use]
pub fn along_text(along: f32) -> String {
    let text = format!("{along:.2}").replace('-', "−");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "−0" { "0".to_owned() } else { text.to_owned() }
}

/// The picture in words.
#[must_use]
pub fn in_words(question: &PlaneSurface, answer: &PlaneSurfaceAnswer) -> String {
    let values = logarithms(question, answer);
    let Some([low, high]) = ends(&values) else { return "Loss surface: no loss yet.".to_owned() };
    let written = |log: f32| loss(10_f64.powf(f64::from(log)));
    let points = if question.is_test { "test" } else { "training" };
    let mut text = format!(
        "Loss surface on {} {points} points: from {} to {}, {} at the present weights.",
        thousands(answer.n_points),
        written(low),
        written(high),
        loss(answer.centre_loss)
    );
    if let Some([a, b]) = answer.path().next() {
        text.push_str(&format!(
            " The path of training begins at a = {}, b = {} and ends in the middle.",
            three_digits(a),
            three_digits(b)
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: PlaneSurface =
        PlaneSurface { n_cells: 3, reach_percent: 100, seed: 1, is_test: false, is_along_path: false };

    fn answer(losses: &[f32]) -> PlaneSurfaceAnswer {
        PlaneSurfaceAnswer {
            centre_loss: 0.01,
            n_points: 250,
            n_weights: 25,
            epochs: vec![0, 4],
            progress: (losses.len(), 9),
            values: [&[-0.5, 0.5, 0.0, 0.0], losses].concat(),
        }
    }

    #[test]
    fn what_is_not_there_yet_has_no_colour() {
        let values = logarithms(&QUESTION, &answer(&[10.0, 0.0, f32::NAN, 0.1]));
        assert_eq!(values.len(), 9);
        assert_eq!(ends(&values), Some([-9.0, 1.0]));
        assert!(values[2].is_nan() && values[4..].iter().all(|value| value.is_nan()));
        assert_eq!(ends(&[f32::NAN]), None);
    }

    #[test]
    fn places_are_read_where_they_are_painted() {
        let all = answer(&[1.0, 1.0, 0.123, 1.0, 0.01, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(read_out(&QUESTION, &all, 2), Some(("loss 0.123 at a = 1, b = 1".to_owned(), 0.123)));
        assert_eq!(read_out(&QUESTION, &all, 9), None);
        assert_eq!(share_of(&QUESTION, [0.0, 0.0]), [0.5, 0.5]);
        assert_eq!(path_points(&QUESTION, &all), "1.00,1.00 1.50,1.50");
        assert!(is_inside(&QUESTION, [1.2, -1.2]) && !is_inside(&QUESTION, [1.6, 0.0]));
        assert_eq!([0.4, -0.25, -0.001, 2.0].map(along_text), ["0.4", "−0.25", "0", "2"]);
    }

    #[test]
    fn the_picture_is_told_in_words() {
        let all = answer(&[1.0, 1.0, 0.1, 1.0, 0.01, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(
            in_words(&QUESTION, &all),
            "Loss surface on 250 training points: from 0.0100 to 1.00, 0.0100 at the present weights. The path of training \
             begins at a = −0.500, b = 0.500 and ends in the middle."
        );
        assert_eq!(contours(&logarithms(&QUESTION, &all), 3).len(), N_LEVELS);
    }
}
