//! The rows of the table of corruptions.

use crate::protocol::questions::ChangeList;
use inkling_engine::data::{Corruption, MnistC};

/// A change in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its place in the list of changes.
    pub place: usize,
    /// The change.
    pub change: Corruption,
    /// MNIST-C's name for it, `identity` for the images as they are, `inverse` for inverted ones.
    pub id: &'static str,
    /// What it is called on the page.
    pub name: &'static str,
    /// Its strength in words; empty where there is only one.
    pub strength: String,
    /// Its strength as a number.
    pub value: f64,
    /// Whether the published data set has it in this strength.
    pub is_published: bool,
}

/// All rows, or only those in the strength of the published data set.
#[must_use]
pub fn rows(has_all_strengths: bool) -> Vec<Row> {
    let changes = ChangeList::MnistC.changes().into_iter().enumerate();
    changes.map(|(place, change)| row(place, change)).filter(|row| has_all_strengths || row.is_published).collect()
}

fn row(place: usize, change: Corruption) -> Row {
    match change {
        Corruption::MnistC { kind, strength } => Row {
            place,
            change,
            id: kind.name(),
            name: name(kind),
            strength: strength_text(kind, strength),
            value: strength,
            is_published: strength == kind.published(),
        },
        Corruption::Inversion => Row {
            place,
            change,
            id: "inverse",
            name: "inverted",
            strength: String::new(),
            value: 1.0,
            is_published: true,
        },
        _ => Row {
            place,
            change,
            id: "identity",
            name: "unchanged",
            strength: String::new(),
            value: 0.0,
            is_published: true,
        },
    }
}

fn name(kind: MnistC) -> &'static str {
    match kind {
        MnistC::ShotNoise => "shot noise",
        MnistC::ImpulseNoise => "impulse noise",
        MnistC::Shear => "shear",
        MnistC::Scale => "scale",
        MnistC::Rotate => "rotation",
        MnistC::Translate => "translation",
        MnistC::Stripe => "stripe",
        MnistC::DottedLine => "dotted line",
        MnistC::Zigzag => "zigzag",
    }
}

fn strength_text(kind: MnistC, strength: f64) -> String {
    match kind {
        MnistC::ShotNoise => format!("{strength} photons"),
        MnistC::ImpulseNoise => format!("{:.0} % of pixels", 100.0 * strength),
        MnistC::Shear | MnistC::Rotate => format!("±{:.0}°", strength.to_degrees()),
        MnistC::Scale => format!("to {:.0} %", 100.0 * strength),
        MnistC::Translate => format!("±{strength} px both ways"),
        MnistC::Stripe | MnistC::DottedLine | MnistC::Zigzag => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_table_has_each_change_once() {
        let ids: Vec<&str> = rows(false).iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), 11);
        assert_eq!((ids[0], ids[1], ids[10]), ("identity", "shot_noise", "inverse"));
        assert_eq!(rows(true).len(), 35);
    }

    #[test]
    fn strengths_are_said_with_their_units() {
        let texts: Vec<String> = rows(false).into_iter().map(|row| row.strength).collect();
        assert_eq!(texts[1..7], ["3 photons", "17 % of pixels", "±23°", "to 70 %", "±23°", "±3 px both ways"]);
    }
}
