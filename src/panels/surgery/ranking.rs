//! Units by the accuracy that is lost without them.

/// The result of silencing one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AblatedUnit {
    /// Index of the unit or filter.
    pub unit: usize,
    /// Accuracy without it.
    pub accuracy: f64,
    /// By how much the accuracy falls without it; negative if it rises.
    pub ablation: f64,
    /// Whether it was silent on every image, so that nothing is lost.
    pub is_dead: bool,
}

/// The units done so far, the most costly first; of equal ones the lower index.
#[must_use]
pub fn ranking(accuracy: f64, without: &[f64], dead: &[usize]) -> Vec<AblatedUnit> {
    let losses = without.iter().enumerate().map(|(unit, without)| AblatedUnit {
        unit,
        accuracy: *without,
        ablation: accuracy - without,
        is_dead: dead.contains(&unit),
    });
    let mut losses: Vec<AblatedUnit> = losses.collect();
    losses.sort_by(|a, b| b.ablation.total_cmp(&a.ablation));
    losses
}

/// `−1.2 points`, `+0.1 points`, `no change`
#[must_use]
pub fn ablation_text(ablation: f64) -> String {
    let points = format!("{:.1}", 100.0 * ablation.abs());
    match ablation {
        _ if points == "0.0" => "no change".to_owned(),
        ablation if ablation > 0.0 => format!("−{points} points"),
        _ => format!("+{points} points"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_costly_comes_first() {
        let order: Vec<(usize, bool)> =
            ranking(0.9, &[0.9, 0.7, 0.95, 0.9], &[3]).iter().map(|loss| (loss.unit, loss.is_dead)).collect();
        assert_eq!(order, [(1, false), (0, false), (3, true), (2, false)]);
    }

    #[test]
    fn the_loss_of_accuracy_is_given_in_points() {
        assert_eq!([0.012, -0.004, 0.0004].map(ablation_text), ["−1.2 points", "+0.4 points", "no change"]);
    }
}
