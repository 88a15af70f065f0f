//! An experiment as the part of a link behind `#`, and back.
//!
//! The form is `v1.` and the experiment's JSON in base64url: short enough for a chat, and no sign in it is changed by
//! mail or message programs.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use inkling_engine::experiment::{DataConfig, Experiment, Preset};

const VERSION: &str = "v1.";
/// Longer links hold no experiment of this page: 32 layers with all their fields take a tenth of it.
const MAX_LEN: usize = 64_000;

/// Why a link could not be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Not of this form at all.
    #[error("what follows # in this link is no experiment")]
    NotALink,
    /// Of this form, but cut or changed on its way.
    #[error("the experiment in this link is cut or damaged")]
    Damaged,
    /// Another page's experiment.
    #[error("the experiment in this link is about points of the plane, this page about digits")]
    NotDigits,
    /// `?preset=` names none.
    #[error("there is no preset called “{0}”; there are {slugs}", slugs = slugs())]
    UnknownPreset(String),
}

fn slugs() -> String {
    Preset::ALL.map(Preset::slug).join(", ")
}

/// The part of a link behind `#`.
///
/// # Errors
/// If the experiment holds a number that JSON has no word for (NaN, infinity).
pub fn encode(experiment: &Experiment) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(experiment)?;
    Ok(format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(json)))
}

/// The experiment in a link's part behind `#` (with or without the `#`). It can still have faults, which
/// [`Experiment::check`] names.
///
/// # Errors
/// If there is no experiment for this page in it.
pub fn decode(fragment: &str) -> Result<Experiment, LinkError> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let code = fragment.strip_prefix(VERSION).filter(|code| code.len() <= MAX_LEN).ok_or(LinkError::NotALink)?;
    let json = URL_SAFE_NO_PAD.decode(code).map_err(|_| LinkError::Damaged)?;
    let experiment: Experiment = serde_json::from_slice(&json).map_err(|_| LinkError::Damaged)?;
    match experiment.data {
        DataConfig::Mnist { .. } => Ok(experiment),
        DataConfig::Plane { .. } => Err(LinkError::NotDigits),
    }
}

/// What the address asks for: the experiment behind `#`, or else the preset of `?preset=`, or else nothing.
///
/// # Errors
/// If it asks for something that does not exist.
pub fn asked_for(query: &str, fragment: &str) -> Result<Option<Experiment>, LinkError> {
    if !matches!(fragment, "" | "#") {
        return decode(fragment).map(Some);
    }
    let pairs = query.strip_prefix('?').unwrap_or(query).split('&');
    let slug = pairs.filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == "preset").map(|(_, slug)| slug);
    slug.map(|slug| {
        let preset = Preset::from_slug(slug).ok_or_else(|| LinkError::UnknownPreset(slug.chars().take(40).collect()));
        preset.map(Preset::experiment)
    })
    .transpose()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn every_preset_survives_its_link() {
        for preset in Preset::ALL {
            let link = encode(&preset.experiment()).unwrap();
            assert!(link.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign)), "{link}");
            assert_eq!(decode(&format!("#{link}")), Ok(preset.experiment()));
        }
    }

    #[test]
    fn the_extremes_of_an_experiment_survive() {
        let mut experiment = Preset::LessonCnn.experiment();
        experiment.seed = Experiment::MAX_SEED;
        experiment.training.learning_rate = 1.234_567_890_123e-9;
        assert_eq!(decode(&encode(&experiment).unwrap()), Ok(experiment));
    }

    #[test]
    fn rubbish_is_told_from_damage() {
        assert_eq!(decode("#run=5"), Err(LinkError::NotALink));
        assert_eq!(decode(&format!("#v1.{}", "A".repeat(MAX_LEN + 1))), Err(LinkError::NotALink));
        for damaged in ["#v1.", "#v1.%%%", "#v1.AAAA", "#v1.e30"] {
            assert_eq!(decode(damaged), Err(LinkError::Damaged), "{damaged}");
        }
        let link = encode(&Preset::Mlp40.experiment()).unwrap();
        for n_cut in 1..link.len() - VERSION.len() {
            assert_eq!(decode(&link[..link.len() - n_cut]), Err(LinkError::Damaged), "{n_cut} signs cut off");
        }
    }

    #[test]
    fn a_link_to_the_plane_is_named() {
        let mut experiment = Preset::Softmax.experiment();
        experiment.data = DataConfig::Plane(inkling_engine::experiment::PlaneConfig {
            dataset: inkling_engine::experiment::PlaneDataset::Circle,
            n_samples: 500,
            noise: 0.0,
            features: vec![],
        });
        assert_eq!(decode(&encode(&experiment).unwrap()), Err(LinkError::NotDigits));
    }

    #[test]
    fn the_address_may_ask_for_nothing_a_preset_or_an_experiment() {
        assert_eq!(asked_for("", ""), Ok(None));
        assert_eq!(asked_for("?x=1", "#"), Ok(None));
        assert_eq!(asked_for("?x=1&preset=mlp-40", "#"), Ok(Some(Preset::Mlp40.experiment())));
        let link = encode(&Preset::Empty.experiment()).unwrap();
        assert_eq!(asked_for("?preset=mlp-40", &link), Ok(Some(Preset::Empty.experiment())));
        let error = asked_for("?preset=lenet", "").unwrap_err();
        let expected = "there is no preset called “lenet”; there are lesson-cnn, mlp-16-16, mlp-40, softmax, empty";
        assert_eq!(error.to_string(), expected);
    }
}
