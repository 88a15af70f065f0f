//! From a link of TensorFlow Playground to an experiment: all that can be read is read.

use super::{
    ACTIVATIONS, Control, DATASETS, FEATURES, HIDE, N_POINTS, N_REGRESSION_POINTS, NO_FEATURES, OTHER_NAMES, PENALTIES,
    PROBLEMS, Penalty, Playground, REGRESSION_DATASETS, SEED, SHAPE, View, n_train,
};
use crate::link::text;
use inkling_engine::experiment::{
    Activation, DataConfig, DatasetSpec, DenseConfig, Experiment, Initializer, LayerConfig, Loss, MAX_LAYERS,
    MAX_PENALTY, OptimizerConfig, PlaneConfig, PlaneFeature, Regularization, StopRule, TrainingConfig, Validation,
    thousands,
};

/// The most units of a layer.
const MAX_UNITS: usize = 4_096;
/// Names and values out of a link are shown up to this many characters.
const MAX_SHOWN: usize = 40;
/// Names that a note lists at most.
const MAX_NAMED: usize = 5;
/// Names that programs along the way add.
const TRACKING: [&str; 6] = ["fbclid", "gclid", "msclkid", "dclid", "igshid", "ref"];
/// What can stand between a name with its value and the next, or behind the last.
const SEPARATORS: [char; 8] = ['&', ';', '?', '#', ' ', '\t', '<', '>'];

/// What a link's part after `#` holds; none if no name in it is one of TensorFlow Playground's.
#[must_use]
pub fn read(fragment: &str) -> Option<Playground> {
    if fragment.len() > text::MAX_LEN {
        return None;
    }
    // Mail programs break long lines.
    let text = text::percent_decoded(fragment).replace(['\r', '\n'], "");
    let pairs = text.split(SEPARATORS).filter_map(|pair| pair.split_once('='));
    let pairs = pairs.map(|(name, value)| (name, cleaned(value))).collect::<Vec<_>>();
    if !pairs.iter().any(|(name, _)| is_known(name)) {
        return None;
    }
    let mut reader = Reader { pairs, notes: vec![] };
    let hidden = reader.hidden();
    let is_regression = reader.choice("problem", &PROBLEMS);
    let data = reader.data(is_regression);
    let n_points = data.n_samples;
    let network = reader.network(is_regression);
    let training = reader.training(n_points);
    let view = View {
        show_test: reader.switch("showTestData", false),
        discretize: reader.switch("discretize", false),
        hidden,
    };
    reader.note_left_out();
    let experiment = Experiment { data: DataConfig::Plane(data), network, training, seed: 1 };
    Some(Playground { experiment, view, notes: reader.notes })
}

fn is_known(name: &str) -> bool {
    let is_feature = |name: &str| FEATURES.iter().any(|(known, _)| *known == name);
    match name.strip_suffix(HIDE) {
        Some(name) => Control::from_name(name).is_some() || is_feature(name),
        None => OTHER_NAMES.contains(&name) || NO_FEATURES.contains(&name) || is_feature(name),
    }
}

/// A value without what markup and punctuation can have added to it.
pub(super) fn cleaned(value: &str) -> &str {
    value.trim_end_matches(|sign: char| !sign.is_ascii_alphanumeric()).trim()
}

fn shown(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_SHOWN).map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// Reads values by their names.
struct Reader<'a> {
    pairs: Vec<(&'a str, &'a str)>,
    notes: Vec<String>,
}

impl<'a> Reader<'a> {
    /// The value of a name, the last one if there are several; none if it is empty.
    fn value(&self, name: &str) -> Option<&'a str> {
        self.last(name).filter(|value| !value.is_empty())
    }

    fn last(&self, name: &str) -> Option<&'a str> {
        self.pairs.iter().rev().find(|(found, _)| *found == name).map(|(_, value)| *value)
    }

    /// What the value of a name stands for; the first one if there is none.
    fn choice<T: Copy>(&mut self, name: &str, known: &[(&str, T)]) -> T {
        let (default, taken) = known[0];
        let Some(value) = self.value(name) else { return taken };
        match known.iter().find(|(known, _)| *known == value) {
            Some((_, found)) => *found,
            None => {
                self.notes.push(format!("{name} “{}” is not known here; {default} was taken.", shown(value)));
                taken
            }
        }
    }

    fn number(&mut self, name: &str, default: f64, expected: &str, is_right: impl Fn(f64) -> bool) -> f64 {
        let Some(value) = self.value(name) else { return default };
        match value.parse::<f64>() {
            Ok(number) if number.is_finite() && is_right(number) => number,
            _ => {
                let value = shown(value);
                self.notes.push(format!("{name} should be {expected}, not “{value}”; {default} was taken."));
                default
            }
        }
    }

    /// As TensorFlow Playground does it: all but `false` is true.
    fn switch(&mut self, name: &str, default: bool) -> bool {
        let Some(value) = self.value(name) else { return default };
        if value != "true" && value != "false" {
            let value = shown(value);
            self.notes.push(format!("{name} should be true or false, not “{value}”; true was taken."));
        }
        value != "false"
    }

    fn is_hidden(&self, name: &str) -> bool {
        let suffix = |found: &str| found.strip_suffix(HIDE) == Some(name);
        let last = self.pairs.iter().rev().find(|(found, _)| suffix(found));
        last.is_some_and(|(_, value)| *value == "true")
    }

    fn hidden(&self) -> Vec<Control> {
        Control::ALL.into_iter().filter(|control| self.is_hidden(control.name())).collect()
    }

    fn data(&mut self, is_regression: bool) -> PlaneConfig {
        let (dataset, n_samples) = if is_regression {
            (self.choice("regDataset", &REGRESSION_DATASETS), N_REGRESSION_POINTS)
        } else {
            (self.choice("dataset", &DATASETS), N_POINTS)
        };
        let mut noise = self.number("noise", 0.0, "a number from 0 to 50", |noise| noise >= 0.0);
        if noise > 50.0 {
            self.notes.push(format!("noise {noise} is more than there is here; 50 was taken."));
            noise = 50.0;
        }
        PlaneConfig {
            dataset,
            n_samples,
            noise: noise / 100.0,
            features: self.features(),
            playground_seed: self.seed(),
            ..PlaneConfig::default()
        }
    }

    fn seed(&mut self) -> String {
        let Some(seed) = self.value("seed") else {
            let note = "This link has no seed: TensorFlow Playground draws one each time";
            self.notes.push(format!("{note}; here it is {SEED}."));
            return SEED.to_owned();
        };
        if let Some((end, _)) = seed.char_indices().nth(PlaneConfig::MAX_SEED_LEN) {
            self.notes.push(format!(
                "The seed has more than {} characters; only the first ones were taken.",
                PlaneConfig::MAX_SEED_LEN
            ));
            return seed[..end].to_owned();
        }
        seed.to_owned()
    }

    fn features(&mut self) -> Vec<PlaneFeature> {
        let mut features = vec![];
        for (name, feature) in FEATURES {
            let is_default = matches!(feature, PlaneFeature::X1 | PlaneFeature::X2);
            if self.switch(name, is_default) {
                if self.is_hidden(name) {
                    self.notes.push(format!("{name} is hidden in this link, so the network does without it."));
                } else {
                    features.push(feature);
                }
            }
        }
        for name in NO_FEATURES {
            if self.switch(name, false) {
                self.notes.push(format!("{name} was left out, as TensorFlow Playground does itself."));
            }
        }
        if features.is_empty() {
            self.notes.push("No feature is chosen in this link; x and y were taken.".to_owned());
            features = vec![PlaneFeature::X1, PlaneFeature::X2];
        }
        features
    }

    fn network(&mut self, is_regression: bool) -> Vec<LayerConfig> {
        let activation = self.choice("activation", &ACTIVATIONS);
        let kernel_initializer =
            if self.switch("initZero", false) { Initializer::Zeros } else { Initializer::Playground };
        let dense = |units, activation| {
            LayerConfig::Dense(DenseConfig { kernel_initializer, ..DenseConfig::new(units).activation(activation) })
        };
        let mut network = self.shape().into_iter().map(|units| dense(units, activation)).collect::<Vec<_>>();
        network.push(dense(1, if is_regression { Activation::Linear } else { Activation::Tanh }));
        network
    }

    /// Units of the hidden layers.
    fn shape(&mut self) -> Vec<usize> {
        let Some(text) = self.last("networkShape") else { return SHAPE.to_vec() };
        let parts = text.split(',').map(str::trim).filter(|_| !text.is_empty()).collect::<Vec<_>>();
        let units = |part: &&str| part.parse::<f64>().ok().filter(|units| *units >= 1.0 && units.fract() == 0.0);
        let mut shape = parts.iter().filter_map(units).map(|units| units as usize).collect::<Vec<_>>();
        let n_wrong = parts.len() - shape.len();
        if n_wrong > 0 && shape.is_empty() {
            let text = shown(text);
            self.notes.push(format!("networkShape should be numbers of units, not “{text}”; 4,2 was taken."));
            return SHAPE.to_vec();
        }
        if n_wrong > 0 {
            self.notes.push("Layers in networkShape that have no whole number of units were left out.".to_owned());
        }
        if shape.iter().any(|&units| units > MAX_UNITS) {
            self.notes.push(format!("Layers have at most {} units here.", thousands(MAX_UNITS)));
            shape.iter_mut().for_each(|units| *units = MAX_UNITS.min(*units));
        }
        // One layer is the output.
        let max_hidden = MAX_LAYERS - 1;
        if shape.len() > max_hidden {
            let n_layers = thousands(shape.len());
            self.notes.push(format!("Of {n_layers} hidden layers only the first {max_hidden} were taken."));
            shape.truncate(max_hidden);
        }
        shape
    }

    fn training(&mut self, n_points: usize) -> TrainingConfig {
        let rates = TrainingConfig::LEARNING_RATE.range;
        let learning_rate = self.number("learningRate", 0.03, "above 0 and at most 100", |rate| rates.contains(rate));
        let sizes = TrainingConfig::BATCH_SIZE.range;
        let is_size = |size: f64| size >= 0.0 && size.fract() == 0.0 && sizes.contains(size as usize);
        let batch_size = self.number("batchSize", 10.0, &sizes.to_string(), is_size) as usize;
        let penalty = self.choice("regularization", &PENALTIES);
        let is_rate = |rate| (0.0..=MAX_PENALTY).contains(&rate);
        let rate = self.number("regularizationRate", 0.0, "a number from 0 to 1000000", is_rate);
        let of = |wanted| if penalty == wanted { rate } else { 0.0 };
        TrainingConfig {
            loss: Loss::HalfSquaredError,
            optimizer: OptimizerConfig::SGD,
            learning_rate,
            batch_size,
            epochs: DatasetSpec::ENDLESS,
            regularization: Regularization::Playground { l1: of(Penalty::L1), l2: of(Penalty::L2) },
            validation: self.validation(n_points),
            stop: StopRule::Never,
            shuffle: false,
            carry_leftover: true,
        }
    }

    fn validation(&mut self, n_points: usize) -> Validation {
        let is_percent = |percent: f64| percent <= 100.0 && n_train(n_points, percent) > 0;
        let percent = self.number("percTrainData", 50.0, "more than 0 and at most 100", is_percent);
        let n_train = n_train(n_points, percent);
        let n_validation = n_points - n_train;
        if n_validation == 0 {
            self.notes.push("All points train (percTrainData 100): none are left for the test.".to_owned());
            return Validation::None;
        }
        Validation::Last { validation_split: n_validation as f64 / n_points as f64 }
    }

    /// Notes all that this page does not have.
    fn note_left_out(&mut self) {
        let is_on = |name: &str| self.value(name).is_some_and(|value| value != "false");
        let mut names = ["tutorial", "collectStats"].into_iter().filter(|name| is_on(name)).collect::<Vec<_>>();
        for (name, _) in &self.pairs {
            let is_tracking = name.starts_with("utm_") || TRACKING.contains(name);
            if !is_known(name) && !is_tracking && !names.contains(name) && names.len() <= MAX_NAMED {
                names.push(name);
            }
        }
        if names.is_empty() {
            return;
        }
        let more = if names.len() > MAX_NAMED { " and more" } else { "" };
        let names = names.iter().take(MAX_NAMED).map(|name| shown(name)).collect::<Vec<_>>().join(", ");
        self.notes.push(format!("Not known here and left out: {names}{more}."));
    }
}
