//! What the panel says of a network at one moment: sentences and equations.

use super::equation::{Equation, WeightedSum, subscripted};
use super::network_shape::NetworkShape;
use inkling_engine::experiment::{Activation, PlaneFeature};

/// Units of a layer whose equations are written.
pub const MAX_UNITS: usize = 12;

/// Some equations under a heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The heading.
    pub title: &'static str,
    /// What the equations mean.
    pub note: String,
    /// Whether each row has the colour of its line.
    pub has_colours: bool,
    /// The equations of each row.
    pub rows: Vec<Vec<Equation>>,
}

/// What kind of thing is being fitted.
#[must_use]
pub fn lead(shape: &NetworkShape) -> String {
    let n_outputs = shape.layers.last().map_or(1, |layer| layer.n_units);
    match (shape.n_hidden(), shape.is_straight(), n_outputs) {
        (0, true, _) if shape.is_regression => {
            "Without a hidden layer this is linear regression: it fits one plane, whose height over each place is the \
             weighted sum below. The lines are where the height is −0.5, 0 and 0.5."
                .to_owned()
        }
        (0, false, _) if shape.is_regression => {
            "Without a hidden layer this is linear regression on the chosen features: it fits one surface, whose height \
             over each place is the weighted sum below. The lines are where the height is −0.5, 0 and 0.5."
                .to_owned()
        }
        (0, true, 1) => "Without a hidden layer this is a linear model: it fits one straight line, and each side of the \
                         line is one class."
            .to_owned(),
        (0, false, 1) => format!(
            "Without a hidden layer this is a linear model of the chosen features: over x₁ and x₂ it fits {}, and each \
             side of it is one class.",
            curve_of(&shape.features)
        ),
        (0, is_straight, _) => format!(
            "Without a hidden layer each class has one weighted sum, and the largest sum wins: the border of two classes \
             is {}.",
            if is_straight { "a straight line" } else { curve_of(&shape.features) }
        ),
        (1, is_straight, _) => format!(
            "Each hidden unit is a linear model with {} of its own. The output sums what the units give, so that its \
             boundary, the thick line, can bend.",
            if is_straight { "a straight line" } else { "a curve" }
        ),
        (_, is_straight, _) => format!(
            "Each unit of the first hidden layer has {} of its own. The layers after it bend the plane again: the \
             boundaries of their units are curves, and so is the boundary of the output, the thick line.",
            if is_straight { "a straight line" } else { "a curve" }
        ),
    }
}

/// Which curve a weighted sum of features is 0 on.
fn curve_of(features: &[PlaneFeature]) -> &'static str {
    use PlaneFeature::{X1, X1Squared, X1X2, X2, X2Squared};
    let is_any = |of: &[PlaneFeature]| features.iter().any(|feature| of.contains(feature));
    let are_all = |of: &[PlaneFeature]| features.iter().all(|feature| of.contains(feature));
    if are_all(&[X1, X2, X1X2]) {
        "a hyperbola"
    } else if are_all(&[X1, X1Squared]) || are_all(&[X2, X2Squared]) {
        "two parallel lines"
    } else if are_all(&[X1, X2, X1Squared]) || are_all(&[X1, X2, X2Squared]) {
        "a parabola"
    } else if are_all(&[X1, X2, X1Squared, X2Squared, X1X2]) {
        "a circle, an ellipse or a hyperbola"
    } else if is_any(&[X1, X2, X1Squared, X2Squared, X1X2]) {
        "a curve with waves"
    } else {
        "a pattern of waves"
    }
}

/// All equations of a network with these weights; none if they are another network's. `borders` are the classes whose
/// regions touch.
#[must_use]
pub fn groups(shape: &NetworkShape, weights: &[f32], borders: &[[usize; 2]]) -> Vec<Group> {
    if weights.len() != shape.n_params {
        return Vec::new();
    }
    if shape.n_hidden() == 0 { linear_groups(shape, weights, borders) } else { hidden_groups(shape, weights) }
}

fn linear_groups(shape: &NetworkShape, weights: &[f32], borders: &[[usize; 2]]) -> Vec<Group> {
    let outputs = output_rows(shape, weights);
    let solved = |sum: &WeightedSum| {
        let both = shape.features == [PlaneFeature::X1, PlaneFeature::X2];
        std::iter::once(sum.boundary()).chain(sum.solved().filter(|_| both)).collect::<Vec<_>>()
    };
    if outputs.len() > 1 {
        let border = |[a, b]: &[usize; 2]| {
            let difference = shape.sum(weights, 0, *a)?.minus(&shape.sum(weights, 0, *b)?);
            let mut equations = solved(&difference);
            let first = equations.first_mut()?;
            first.text = format!("{a} | {b}: {}", first.text);
            first.spoken = format!("classes {a} and {b}: {}", first.spoken);
            Some(equations)
        };
        let rows: Vec<_> = borders.iter().filter_map(border).collect();
        let note = if rows.is_empty() {
            "One class is the most probable one everywhere.".to_owned()
        } else {
            "Where the sums of two classes are equal, their difference is 0.".to_owned()
        };
        return vec![
            Group { title: "A sum for each class", note: softmax_note(shape), has_colours: false, rows: outputs },
            Group { title: "Borders between neighbours", note, has_colours: false, rows },
        ];
    }
    let mut groups =
        vec![Group { title: "What the network computes", note: String::new(), has_colours: false, rows: outputs }];
    if let Some(sum) = shape.sum(weights, 0, 0).filter(|_| !shape.is_regression) {
        let is_none = sum.terms.iter().all(|(weight, _)| *weight == 0.0);
        let note = if is_none { "All weights are 0: there is no boundary yet." } else { "Where the sum is 0." };
        groups.push(Group {
            title: "The boundary",
            note: note.to_owned(),
            has_colours: false,
            rows: vec![solved(&sum)],
        });
    }
    groups
}

fn hidden_groups(shape: &NetworkShape, weights: &[f32]) -> Vec<Group> {
    let first = shape.layers[0];
    let row = |unit: usize| {
        let sum = shape.sum(weights, 0, unit)?;
        Some(vec![sum.through(first.activation, &subscripted(shape.letter(0), unit))])
    };
    let rows: Vec<_> = (0..first.n_units.min(MAX_UNITS)).filter_map(row).collect();
    let line = if shape.is_straight() { "line" } else { "curve" };
    let mut note = format!("A unit's {line} is where the sum in its brackets is 0.");
    if first.n_units > MAX_UNITS {
        note += &format!(" The first {MAX_UNITS} of {} units.", first.n_units);
    }
    let mut groups = vec![Group { title: "Units of the first hidden layer", note, has_colours: true, rows }];
    let mut note = softmax_note(shape);
    if shape.n_hidden() > 1 {
        note = format!("h₀, h₁, … are the units of the last hidden layer. {note}");
    }
    groups.push(Group {
        title: "How the output sums the units",
        note,
        has_colours: false,
        rows: output_rows(shape, weights),
    });
    groups
}

fn softmax_note(shape: &NetworkShape) -> String {
    match shape.layers.last() {
        Some(layer) if layer.activation == Activation::Softmax => {
            "Softmax makes probabilities of the sums z₀, z₁, …; the largest sum is the most probable class.".to_owned()
        }
        _ => String::new(),
    }
}

fn output_rows(shape: &NetworkShape, weights: &[f32]) -> Vec<Vec<Equation>> {
    let last = shape.n_hidden();
    let layer = shape.layers[last];
    let name = |unit: usize| match (layer.n_units, layer.activation) {
        (1, _) => "output".to_owned(),
        (_, Activation::Softmax) => subscripted("z", unit),
        _ => format!("output {unit}"),
    };
    let row = |unit: usize| Some(vec![shape.sum(weights, last, unit)?.through(layer.activation, &name(unit))]);
    (0..layer.n_units).filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::{Experiment, PlanePreset};

    fn shape(experiment: &Experiment) -> NetworkShape {
        NetworkShape::of(&experiment.check().unwrap()).unwrap()
    }

    fn texts(group: &Group) -> Vec<&str> {
        group.rows.iter().flatten().map(|equation| equation.text.as_str()).collect()
    }

    #[test]
    fn a_linear_model_is_one_line() {
        let shape = shape(&PlanePreset::Gauss.experiment());
        assert!(lead(&shape).contains("one straight line"));
        let groups = groups(&shape, &[0.52, -1.3, 0.1], &[]);
        assert_eq!(texts(&groups[0]), ["output = tanh(0.52·x₁ − 1.30·x₂ + 0.10)"]);
        assert_eq!(texts(&groups[1]), ["0.52·x₁ − 1.30·x₂ + 0.10 = 0", "x₂ = 0.400·x₁ + 0.077"]);
    }

    #[test]
    fn a_product_makes_a_hyperbola_of_it() {
        let shape = shape(&PlanePreset::XorProduct.experiment());
        assert!(lead(&shape).contains("a hyperbola"));
        assert_eq!(texts(&groups(&shape, &[2.0, 0.0], &[])[1]), ["2.00·x₁x₂ + 0.00 = 0"]);
    }

    #[test]
    fn a_regression_has_no_boundary() {
        let shape = shape(&PlanePreset::Plane.experiment());
        assert!(lead(&shape).contains("one plane"));
        let groups = groups(&shape, &[0.1, 0.1, 0.0], &[]);
        assert_eq!((groups.len(), texts(&groups[0])), (1, vec!["output = 0.100·x₁ + 0.100·x₂ + 0.000"]));
    }

    #[test]
    fn units_have_colours_and_the_output_sums_them() {
        let shape = shape(&PlanePreset::Playground.experiment());
        let groups = groups(&shape, &[0.5; 25], &[]);
        assert_eq!(groups[0].rows.len(), 4);
        assert!(groups[0].has_colours && groups[0].rows[1][0].text.starts_with("a₁ = tanh(0.500·x₁ "));
        assert_eq!(texts(&groups[1]), ["output = tanh(0.500·h₀ + 0.500·h₁ + 0.500)"]);
        assert!(groups[1].note.contains("last hidden layer") && lead(&shape).contains("bend the plane again"));
    }

    #[test]
    fn weights_of_another_network_are_not_read() {
        assert!(groups(&shape(&PlanePreset::Playground.experiment()), &[0.5; 3], &[]).is_empty());
    }
}
