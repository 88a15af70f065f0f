//! An experiment as the part of a link after `#`, and back.
//!
//! The form is `v1.` and the experiment's JSON in base64url: short enough for a chat, and mail or message programs
//! leave all its signs as they are. What they add around it is cut off ([`text`]), and links of versions with more
//! fields or fewer are read as far as they go ([`form`]); [`Notes`] say what was left out or filled in. Links of
//! TensorFlow Playground are read and written, too ([`playground`]).

pub(crate) mod base64url;
mod error;
mod form;
mod json;
mod notes;
mod place;
pub mod playground;
mod text;

pub use error::LinkError;
pub use notes::Notes;
pub use place::Place;

use inkling_engine::experiment::{Experiment, PlanePreset, Preset};
use playground::{Control, Playground, View};

/// What an address asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// The experiment; none if the address asks for none that could be had.
    pub experiment: Option<Experiment>,
    /// The place: that of the experiment's data, or else the one that `?place=` names.
    pub place: Option<Place>,
    /// What a link of TensorFlow Playground shows and hides; none if the address is no such link.
    pub view: Option<View>,
    /// Whether the book of the lesson is open beside the place: `?place=lesson` or `?step=`.
    pub has_book: bool,
    /// The step of the lesson that `?step=` names.
    pub step: Option<String>,
    /// What the user should know about it.
    pub notice: Option<String>,
}

/// The part of a link after `#`.
///
/// # Errors
/// If the experiment holds a number that JSON has no word for (NaN, infinity).
pub fn encode(experiment: &Experiment) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(experiment)?;
    Ok(format!("v1.{}", base64url::encode(json.as_bytes())))
}

/// The experiment in a link's part after `#` (with or without the `#`), and what was done to it; none if that part asks
/// for nothing. The experiment can still have faults, which [`Experiment::check`] names.
///
/// # Errors
/// If there is no experiment for this page in it.
pub fn decode(fragment: &str) -> Result<Option<(Experiment, Notes)>, LinkError> {
    let Some(json) = text::json(fragment.strip_prefix('#').unwrap_or(fragment))? else { return Ok(None) };
    let mut notes = Notes::default();
    let json = form::fitted(&json, &mut notes)?;
    let experiment: Experiment =
        serde_json::from_str(&json).map_err(|error| LinkError::Unfit(without_place(&error.to_string())))?;
    Ok(Some((experiment, notes)))
}

/// What the address asks for: the experiment after `#`, which can be in a link of TensorFlow Playground, or else the preset
/// of `?preset=`, or else nothing. The place is that of the experiment, or else the one of `?place=`.
#[must_use]
pub fn asked_for(query: &str, fragment: &str) -> Asked {
    let asked = experiment_asked_for(query, fragment);
    let of_experiment = asked.experiment.as_ref().map(|experiment| Place::of(&experiment.data));
    let hidden = hidden(query);
    let view = if hidden.is_empty() { asked.view } else { Some(View { hidden, ..asked.view.unwrap_or_default() }) };
    let step = value(query, "step=").map(step_id).filter(|step| !step.is_empty());
    let has_book = step.is_some() || value(query, "place=").is_some_and(|place| text::slug(place) == "lesson");
    Asked { place: of_experiment.or_else(|| place(query)), view, has_book, step, ..asked }
}

/// What can be a step's name, without what programs add to a link.
fn step_id(value: &str) -> String {
    let id: String =
        value.chars().take_while(|sign| sign.is_ascii_alphanumeric() || ['.', '-'].contains(sign)).collect();
    id.trim_end_matches(['.', '-']).to_owned()
}

fn experiment_asked_for(query: &str, fragment: &str) -> Asked {
    let decoded = decode(fragment);
    if matches!(decoded, Ok(None) | Err(LinkError::NotALink))
        && let Some(Playground { experiment, view, notes }) = playground::read(fragment)
    {
        let notice = (!notes.is_empty()).then(|| format!("From TensorFlow Playground's link. {}", notes.join(" ")));
        return Asked { experiment: Some(experiment), view: Some(view), notice, ..Asked::default() };
    }
    let (error, preset) = match (decoded, preset(query)) {
        (Ok(Some((experiment, notes))), _) => {
            let notice = (!notes.is_empty()).then(|| notes.to_string().trim_end().to_owned());
            return Asked { experiment: Some(experiment), notice, ..Asked::default() };
        }
        (Ok(None), Ok(preset)) => (None, preset),
        (Ok(None), Err(error)) => (Some(error), None),
        (Err(error), preset) => (Some(error), preset.unwrap_or_default()),
    };
    let notice = error.map(|error| match &preset {
        Some((title, _)) => format!("{error}. The page shows the preset “{title}” instead."),
        None => format!("{error}. The page shows its own experiment instead."),
    });
    Asked { experiment: preset.map(|(_, experiment)| experiment), notice, ..Asked::default() }
}

/// The place that `?place=` names.
fn place(query: &str) -> Option<Place> {
    match text::slug(value(query, "place=")?).as_str() {
        "digits" => Some(Place::Digits),
        "plane" => Some(Place::Plane),
        _ => None,
    }
}

/// The controls that `?hide=` names, by TensorFlow Playground's names; others are ignored.
fn hidden(query: &str) -> Vec<Control> {
    let names: Vec<String> = value(query, "hide=").unwrap_or_default().split(',').map(text::slug).collect();
    let is_named = |control: &Control| names.iter().any(|name| name.eq_ignore_ascii_case(control.name()));
    Control::ALL.into_iter().filter(is_named).collect()
}

/// The part of a query that hides these controls; none if there are none.
#[must_use]
pub fn hide_query(hidden: &[Control]) -> Option<String> {
    let names: Vec<_> = hidden.iter().map(|control| control.name()).collect();
    (!names.is_empty()).then(|| format!("hide={}", names.join(",")))
}

/// The preset that `?preset=` names, of either place, with its title.
fn preset(query: &str) -> Result<Option<(&'static str, Experiment)>, LinkError> {
    let Some(value) = value(query, "preset=") else { return Ok(None) };
    let slug = text::slug(value);
    let of_digits = || Preset::from_slug(&slug).map(|preset| (preset.title(), preset.experiment()));
    let of_plane = || PlanePreset::from_slug(&slug).map(|preset| (preset.title(), preset.experiment()));
    let preset = of_digits().or_else(of_plane);
    preset.map(Some).ok_or_else(|| LinkError::UnknownPreset(value.chars().take(40).collect()))
}

/// What follows a name in the query.
fn value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = query.strip_prefix('?').unwrap_or(query).split(['&', ';']);
    pairs.find_map(|pair| pair.strip_prefix(name))
}

/// serde's message without line and column, which nobody sees in a link.
fn without_place(message: &str) -> String {
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use inkling_engine::experiment::{DataConfig, FlattenConfig, LayerConfig, MAX_LAYERS, PlaneConfig};
    use serde_json::json;

    /// What a link brings that needs no notes.
    #[track_caller]
    fn read(link: &str) -> Experiment {
        let (experiment, notes) = decode(link).unwrap().unwrap();
        assert!(notes.is_empty(), "{notes}");
        experiment
    }

    fn encode_json(json: &serde_json::Value) -> String {
        format!("v1.{}", base64url::encode(json.to_string().as_bytes()))
    }

    #[test]
    fn every_preset_survives_its_link() {
        for preset in Preset::ALL {
            let link = encode(&preset.experiment()).unwrap();
            assert!(link.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign)), "{link}");
            assert_eq!(read(&format!("#{link}")), preset.experiment());
        }
    }

    #[test]
    fn the_extremes_of_an_experiment_survive() {
        let mut experiment = Preset::LessonCnn.experiment();
        experiment.seed = Experiment::MAX_SEED;
        experiment.training.learning_rate = 1.234_567_890_123e-9;
        assert_eq!(read(&encode(&experiment).unwrap()), experiment);
    }

    #[test]
    fn what_programs_add_to_a_link_is_ignored() {
        for preset in Preset::ALL {
            let link = encode(&preset.experiment()).unwrap();
            for end in [
                ".",
                ",",
                ")",
                ").",
                ">",
                "\"",
                "'",
                "!",
                "…",
                "”",
                "*",
                "_",
                "__",
                "%20",
                "%3E",
                "?utm_source=chat",
                "&fbclid=Iw-AR_0",
                "&utm_source=a&gclid=b",
                "#top",
                "=",
                "\n",
                " and more",
                ":~:text=pad",
            ] {
                assert_eq!(read(&format!("#{link}{end}")), preset.experiment(), "{end}");
            }
        }
    }

    #[test]
    fn percent_encoded_and_broken_links_are_read() {
        let experiment = Preset::LessonCnn.experiment();
        let link = encode(&experiment).unwrap();
        let all_encoded = |link: &str| link.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
        assert_eq!(read(&format!("#{}", link.replace('.', "%2E").replace('-', "%2D"))), experiment);
        assert_eq!(read(&format!("#{}", all_encoded(&link))), experiment);
        assert_eq!(read(&format!("#{}", all_encoded(&link).replace('%', "%25"))), experiment);
        assert_eq!(read(&format!("#{}%0D%0A{}", &link[..76], &link[76..])), experiment);
        assert_eq!(read(&format!("#{} {}", &link[..76], &link[76..])), experiment);
    }

    #[test]
    fn fragment_without_an_experiment_asks_for_nothing() {
        for nothing in ["", "#", "#.", "#)", "#?utm_source=chat", "#&fbclid=1", "#utm_source=chat"] {
            assert_eq!(decode(nothing), Ok(None), "{nothing}");
        }
    }

    #[test]
    fn rubbish_damage_and_other_versions_are_told_apart() {
        for rubbish in ["#run=5", "#x1.AAAA", "#v0.AAAA", "#v.AAAA", "#v1", "#vx.AAAA"] {
            assert_eq!(decode(rubbish), Err(LinkError::NotALink), "{rubbish}");
        }
        assert_eq!(decode("#v2.AAAA"), Err(LinkError::Newer(2)));
        assert_eq!(decode(&format!("#v1.{}", "A".repeat(text::MAX_LEN + 1))), Err(LinkError::TooLong));
        for damaged in ["#v1.", "#v1.%%%", "#v1.AAAA"] {
            assert_eq!(decode(damaged), Err(LinkError::Damaged), "{damaged}");
        }
        let link = encode(&Preset::Mlp40.experiment()).unwrap();
        for n_cut in 1..link.len() - 3 {
            assert_eq!(decode(&link[..link.len() - n_cut]), Err(LinkError::Damaged), "{n_cut} signs cut off");
        }
    }

    #[test]
    fn value_that_does_not_fit_is_named() {
        let mut experiment = serde_json::to_value(Preset::Mlp40.experiment()).unwrap();
        experiment["network"][1]["activation"] = json!("gelu");
        let error = decode(&encode_json(&experiment)).unwrap_err().to_string();
        assert!(error.contains("activation: expected one of linear, relu,"), "{error}");
        assert!(error.contains("got \"gelu\"") && !error.contains(" at line"), "{error}");
    }

    #[test]
    fn an_address_can_name_a_step_of_the_lesson() {
        let asked = asked_for("?place=lesson&step=conv.count&utm_source=chat", "");
        assert_eq!((asked.has_book, asked.step.as_deref(), asked.place), (true, Some("conv.count"), None));
        let asked = asked_for("?step=conv.count).", "");
        assert_eq!(asked.step.as_deref(), Some("conv.count"), "the end of a sentence is none of it");
        assert!(asked_for("?place=lesson", "").has_book);
        assert!(!asked_for("?place=plane", "").has_book);
    }

    #[test]
    fn experiments_on_the_plane_survive_their_links() {
        for preset in PlanePreset::ALL {
            assert_eq!(read(&encode(&preset.experiment()).unwrap()), preset.experiment());
        }
        let mut experiment = PlanePreset::Circle.experiment();
        let points = vec![[0.1, -0.2, 1.0]; 20];
        experiment.data = DataConfig::Plane(PlaneConfig { n_outputs: 3, points, ..PlaneConfig::default() });
        assert_eq!(read(&encode(&experiment).unwrap()), experiment);
    }

    #[test]
    fn of_too_many_layers_so_many_are_taken_that_the_check_says_so() {
        let mut experiment = Preset::Empty.experiment();
        experiment.network = vec![LayerConfig::Flatten(FlattenConfig {}); 1_500];
        let (taken, notes) = decode(&encode(&experiment).unwrap()).unwrap().unwrap();
        assert_eq!((taken.network.len(), notes.n_layers), (MAX_LAYERS + 1, Some(1_500)));
        assert!(taken.check().unwrap_err().to_string().contains("at most 32 layers"));
        experiment.network.truncate(MAX_LAYERS);
        assert_eq!(read(&encode(&experiment).unwrap()), experiment);
    }

    #[test]
    fn the_address_may_ask_for_nothing_a_preset_or_an_experiment() {
        let of = |preset: Preset| Asked {
            experiment: Some(preset.experiment()),
            place: Some(Place::Digits),
            ..Asked::default()
        };
        assert_eq!(asked_for("", ""), Asked::default());
        assert_eq!(asked_for("?x=1", "#"), Asked::default());
        assert_eq!(asked_for("?x=1&preset=mlp-40", "#"), of(Preset::Mlp40));
        assert_eq!(asked_for("?preset=mlp-40).&utm_source=chat", "#."), of(Preset::Mlp40));
        assert_eq!(asked_for("?x=1&amp;preset=MLP%2D40", ""), of(Preset::Mlp40));
        let link = encode(&Preset::Empty.experiment()).unwrap();
        assert_eq!(asked_for("?preset=mlp-40", &link), of(Preset::Empty));
    }

    #[test]
    fn the_place_is_that_of_the_experiment_or_the_one_that_is_named() {
        use Place::{Digits, Plane};
        let place = |query: &str, fragment: &str| asked_for(query, fragment).place;
        let link = |experiment: Experiment| encode(&experiment).unwrap();
        let (digits, plane) = (link(Preset::Mlp40.experiment()), link(PlanePreset::Spiral.experiment()));
        assert_eq!((place("", ""), place("?place=moon", "")), (None, None));
        assert_eq!((place("?x=1&place=Plane).", "#."), place("?place=digits", "")), (Some(Plane), Some(Digits)));
        assert_eq!((place("", &digits), place("", &plane)), (Some(Digits), Some(Plane)));
        assert_eq!((place("?place=plane", &digits), place("?place=digits", &plane)), (Some(Digits), Some(Plane)));
        assert_eq!((place("?place=plane&preset=mlp-40", ""), place("?preset=spiral", "")), (Some(Digits), Some(Plane)));
        assert_eq!(place("?place=plane", "#v1.AAAA"), Some(Plane));
        assert_eq!(place("?place=digits", "#seed=0.5"), Some(Plane));
    }

    #[test]
    fn presets_of_the_plane_have_names_of_their_own() {
        for preset in PlanePreset::ALL {
            assert_eq!(Preset::from_slug(preset.slug()), None);
            let asked = asked_for(&format!("?preset={}", preset.slug()), "");
            assert_eq!((asked.experiment, asked.notice), (Some(preset.experiment()), None));
        }
    }

    #[test]
    fn links_of_tensorflow_playground_are_followed() {
        let asked = asked_for("?preset=mlp-40", "#seed=0.12345&discretize=true&noise_hide=true");
        let hidden = vec![Control::Noise];
        let expected = Asked {
            has_book: false,
            step: None,
            experiment: Some(PlanePreset::Playground.experiment()),
            place: Some(Place::Plane),
            view: Some(View { show_test: false, discretize: true, hidden }),
            notice: None,
        };
        assert_eq!(asked, expected);
        let notice = asked_for("", "#?seed=0.12345&activation=gelu").notice;
        let expected = "From TensorFlow Playground's link. activation “gelu” is not known here; tanh was taken.";
        assert_eq!(notice.as_deref(), Some(expected));
        let notice = asked_for("", "#run=5").notice.unwrap();
        assert!(notice.starts_with("what follows # in this link is not an experiment"), "{notice}");
    }

    #[test]
    fn what_cannot_be_had_is_said() {
        let expected = "there is no preset called “lenet”; there are lesson-cnn, mlp-16-16, mlp-40, softmax, empty, \
                        circle, xor, xor-product, gauss, spiral, plane, multi-gauss, playground. The page shows its own \
                        experiment instead.";
        let asked = Asked { notice: Some(expected.to_owned()), ..Asked::default() };
        assert_eq!(asked_for("?preset=lenet", ""), asked);
        let newer = asked_for("", "#v2.AAAA").notice.unwrap();
        assert!(newer.starts_with("this link was made by a newer version of this page"), "{newer}");
    }

    #[test]
    fn preset_counts_when_the_experiment_is_broken() {
        let asked = asked_for("?preset=mlp-40", "#v1.AAAA");
        assert_eq!(asked.experiment, Some(Preset::Mlp40.experiment()));
        let expected = "the experiment in this link is cut off or damaged. The page shows the preset “MLP 40” instead.";
        assert_eq!(asked.notice.as_deref(), Some(expected));
    }

    #[test]
    fn notes_about_another_version_come_with_the_experiment() {
        let mut experiment = serde_json::to_value(Preset::Mlp40.experiment()).unwrap();
        experiment["training"]["warmup"] = json!(3);
        let asked = asked_for("", &encode_json(&experiment));
        assert_eq!(asked.experiment, Some(Preset::Mlp40.experiment()));
        assert!(asked.notice.unwrap().contains("left out: training.warmup"));
    }

    #[test]
    fn a_teacher_hides_controls_by_a_link() {
        let hidden = vec![Control::Dataset, Control::Noise];
        let query = hide_query(&hidden).unwrap();
        assert_eq!(query, "hide=dataset,noise");
        let asked = asked_for(&format!("?place=plane&{query},nonsense"), "");
        assert_eq!((asked.place, asked.view.unwrap().hidden), (Some(Place::Plane), hidden));
        assert_eq!((hide_query(&[]), asked_for("?hide=", "").view), (None, None));
    }
}
