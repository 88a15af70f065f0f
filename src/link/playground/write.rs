//! From an experiment to a link of TensorFlow Playground, where its page can show the whole of it.

use super::read::cleaned;
use super::{
    ACTIVATIONS, Control, DATASETS, FEATURES, HIDE, N_POINTS, N_REGRESSION_POINTS, REGRESSION_DATASETS, View, n_train,
};
use inkling_engine::experiment::{
    Activation, DataConfig, DatasetSpec, DenseConfig, Experiment, Initializer, LayerConfig, Loss, OptimizerConfig,
    PlaneConfig, PlaneDataset, PlaneFeature, Regularization, Regularizer, StopRule, TrainingConfig, Validation,
    thousands,
};

const LEARNING_RATES: [f64; 11] = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
const PENALTY_RATES: [f64; 10] = [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
const MAX_BATCH: usize = 30;
const MAX_HIDDEN: usize = 6;
const MAX_UNITS: usize = 8;

/// The link's part after `#`. Its page takes any number from a link, but shows only those of its own menus and sliders,
/// and up to 6 hidden layers of 8 units: just these are accepted, so that what opens there can be set there. What makes
/// no difference to the numbers is: the experiment's own seed, which the text seed replaces; leftover samples where
/// there are none; and the number of epochs, since its page trains until it is paused.
///
/// # Errors
/// If its page cannot show the experiment: each part that it does not have, as the beginning of a sentence.
pub fn write(experiment: &Experiment, view: &View) -> Result<String, Vec<String>> {
    let DataConfig::Plane(plane) = &experiment.data else {
        return Err(vec![has("this data set", "points of the plane")]);
    };
    let spec = experiment.data.spec();
    let mut parts = Parts::default();
    let (dataset, noise) = parts.data(plane);
    let (activation, shape, is_zero) = parts.network(&experiment.network, plane.dataset.is_regression());
    let (penalty, penalty_rate) = parts.penalty(&experiment.training.regularization);
    let percent = parts.percent(&experiment.training, &spec);
    parts.training(&experiment.training, &spec);
    if !parts.0.is_empty() {
        return Err(parts.0);
    }
    let is_regression = plane.dataset.is_regression();
    let (class_set, number_set) = if is_regression { (DATASETS[0].0, dataset) } else { (dataset, "reg-plane") };
    let TrainingConfig { learning_rate, batch_size, .. } = experiment.training;
    let View { show_test, discretize, hidden } = view;
    let seed = &plane.playground_seed;
    let is_on = |name: &str| {
        let feature = FEATURES.iter().find(|(known, _)| *known == name);
        feature.is_some_and(|(_, feature)| plane.features.contains(feature))
    };
    let mut link = format!(
        "activation={activation}&regularization={penalty}&batchSize={batch_size}&dataset={class_set}\
         &regDataset={number_set}&learningRate={learning_rate}&regularizationRate={penalty_rate}&noise={noise}\
         &networkShape={shape}&seed={seed}&showTestData={show_test}&discretize={discretize}&percTrainData={percent}"
    );
    for name in ["x", "y", "xTimesY", "xSquared", "ySquared", "cosX", "sinX", "cosY", "sinY"] {
        link.push_str(&format!("&{name}={}", is_on(name)));
    }
    let problem = if is_regression { "regression" } else { "classification" };
    link.push_str(&format!("&collectStats=false&problem={problem}&initZero={is_zero}&hideText=false"));
    for control in Control::ALL.iter().filter(|control| hidden.contains(control)) {
        link.push_str(&format!("&{}{HIDE}=true", control.name()));
    }
    Ok(link)
}

fn has(part: impl AsRef<str>, only: &str) -> String {
    format!("{}: TensorFlow Playground has {only} only", part.as_ref())
}

/// The parts that TensorFlow Playground does not have.
#[derive(Default)]
struct Parts(Vec<String>);

impl Parts {
    fn require(&mut self, is_there: bool, part: impl AsRef<str>, only: &str) {
        if !is_there {
            self.0.push(has(part, only));
        }
    }

    /// The name of the data set, and its noise in percent.
    fn data(&mut self, plane: &PlaneConfig) -> (&'static str, f64) {
        let mut sets = DATASETS.iter().chain(&REGRESSION_DATASETS);
        let dataset = sets.find(|(_, dataset)| *dataset == plane.dataset).map(|(name, _)| *name);
        let what = match plane.dataset {
            PlaneDataset::Points => "own points".to_owned(),
            other => format!("the data set {}", other.title()),
        };
        self.require(dataset.is_some(), what, "its own six data sets");
        self.require(plane.n_outputs == 1, "several outputs", "one output");
        let n_points = if plane.dataset.is_regression() { N_REGRESSION_POINTS } else { N_POINTS };
        if plane.dataset != PlaneDataset::Points {
            let part = format!("{} points", thousands(plane.n_samples));
            self.require(plane.n_samples == n_points, part, &format!("{} here", thousands(n_points)));
        }
        let noise = (plane.noise * 100.0).round();
        let is_noise = noise / 100.0 == plane.noise && noise % 5.0 == 0.0 && (0.0..=50.0).contains(&noise);
        self.require(is_noise, format!("the noise {}", plane.noise), "0 to 0.5 in steps of 0.05");
        self.seed(&plane.playground_seed);
        self.features(&plane.features);
        (dataset.unwrap_or_default(), noise)
    }

    fn seed(&mut self, seed: &str) {
        if seed.is_empty() {
            self.require(false, "points and first weights from this page's seed", "those of its own generator");
            return;
        }
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "._-~".contains(sign);
        let is_kept = seed.chars().all(is_plain) && cleaned(seed) == seed;
        self.require(is_kept, "this text as a seed", "letters, digits and points in its links");
    }

    fn features(&mut self, features: &[PlaneFeature]) {
        let place = |feature: &PlaneFeature| FEATURES.iter().position(|(_, known)| known == feature);
        for feature in features.iter().filter(|feature| place(feature).is_none()) {
            self.require(false, format!("the feature {}", feature.label()), "x, y, their squares, product and sines");
        }
        let places = features.iter().filter_map(place).collect::<Vec<_>>();
        self.require(places.is_sorted(), "the features in this order", "its own order");
        self.require(!features.is_empty(), "a network without features", "networks with features");
    }

    /// The name of the hidden activation, the units of the hidden layers, and whether all weights begin at 0.
    fn network(&mut self, network: &[LayerConfig], is_regression: bool) -> (&'static str, String, bool) {
        let mut dense = vec![];
        for layer in network {
            match layer {
                LayerConfig::Dense(config) => dense.push(config),
                other => self.require(false, format!("the layer {}", other.type_name()), "Dense layers"),
            }
        }
        let Some((last, hidden)) = dense.split_last() else {
            self.require(false, "a network without layers", "networks with an output");
            return ("", String::new(), false);
        };
        let (output, kind) = if is_regression {
            (Activation::Linear, "for a regression")
        } else {
            (Activation::Tanh, "for two classes")
        };
        let part = format!("an output of {} {} with {}", last.units, units(last.units), last.activation.as_str());
        let only = format!("1 unit with {} {kind}", output.as_str());
        self.require(last.units == 1 && last.activation == output, part, &only);
        self.require(hidden.len() <= MAX_HIDDEN, format!("{} hidden layers", hidden.len()), "0 to 6");
        let most = hidden.iter().map(|dense| dense.units).max().unwrap_or(1);
        let least = hidden.iter().map(|dense| dense.units).min().unwrap_or(1);
        self.require(most <= MAX_UNITS, format!("a layer of {} units", thousands(most)), "1 to 8");
        self.require(least >= 1, "a layer without units", "1 to 8");
        let activation = hidden.first().map_or(Activation::Tanh, |dense| dense.activation);
        let is_one = hidden.iter().all(|dense| dense.activation == activation);
        self.require(is_one, "different activations", "one for all hidden layers");
        let name = ACTIVATIONS.iter().find(|(_, known)| *known == activation).map(|(name, _)| *name);
        let part = format!("the activation {}", activation.as_str());
        self.require(name.is_some(), part, "relu, tanh, sigmoid and linear");
        let is_zero = self.first_weights(&dense);
        let is_free = |dense: &&DenseConfig| dense.kernel_regularizer.is_none();
        self.require(dense.iter().all(is_free), "a layer with a penalty of its own", "one penalty for all layers");
        let shape = hidden.iter().map(|dense| dense.units.to_string()).collect::<Vec<_>>().join(",");
        (name.unwrap_or_default(), shape, is_zero)
    }

    /// Whether all weights begin at 0.
    fn first_weights(&mut self, layers: &[&DenseConfig]) -> bool {
        let all = |wanted| layers.iter().all(|dense| dense.kernel_initializer == wanted);
        let is_zero = all(Initializer::Zeros);
        let is_other = |wanted: Initializer| wanted != Initializer::Playground && wanted != Initializer::Zeros;
        let other = layers.iter().map(|dense| dense.kernel_initializer).find(|wanted| is_other(*wanted));
        let part =
            other.map_or("different first weights".to_owned(), |other| format!("first weights by {}", other.as_str()));
        self.require(is_zero || all(Initializer::Playground), part, "its own (playground) or zeros");
        is_zero
    }

    /// The name of the penalty and its rate.
    fn penalty(&mut self, regularization: &Regularization) -> (&'static str, f64) {
        const NONE: (&str, f64) = ("none", 0.0);
        let (name, rate) = match *regularization {
            Regularization::Playground { l1: 0.0, l2: 0.0 }
            | Regularization::Keras(Regularizer { l1: 0.0, l2: 0.0 })
            | Regularization::ScikitLearn { alpha: 0.0 } => return NONE,
            Regularization::Playground { l1, l2: 0.0 } => ("L1", l1),
            Regularization::Playground { l1: 0.0, l2 } => ("L2", l2),
            Regularization::Playground { .. } => {
                self.require(false, "a penalty of both L1 and L2", "one of the two");
                return NONE;
            }
            Regularization::Keras(_) | Regularization::ScikitLearn { .. } => {
                self.require(false, "a penalty in the loss", "weights that shrink after each update (Playground)");
                return NONE;
            }
        };
        self.require(PENALTY_RATES.contains(&rate), format!("the penalty {rate}"), "0, 0.001, 0.003, 0.01 … 10");
        (name, rate)
    }

    /// How many percent of the points train.
    fn percent(&mut self, training: &TrainingConfig, spec: &DatasetSpec) -> usize {
        let n_points = spec.n_samples;
        let only = "the first 10 to 90 % in steps of 10";
        let is_random = matches!(training.validation, Validation::Random { .. });
        self.require(!is_random, "validation points at random", "the last ones");
        let (n, _) = training.validation.split(spec);
        let percent = (1..10).map(|tens| tens * 10).find(|&percent| n_train(n_points, percent as f64) == n);
        if !is_random {
            let part = format!("{} of {} points for training", thousands(n), thousands(n_points));
            self.require(percent.is_some(), part, only);
        }
        percent.unwrap_or_default()
    }

    fn training(&mut self, training: &TrainingConfig, spec: &DatasetSpec) {
        let TrainingConfig { loss, optimizer, learning_rate, batch_size, stop, shuffle, carry_leftover, .. } = training;
        self.require(*loss == Loss::HalfSquaredError, format!("the loss {}", loss.as_str()), "half_squared_error");
        let name = optimizer.name();
        let with = if matches!(optimizer, OptimizerConfig::Sgd(_)) { " with momentum" } else { "" };
        self.require(*optimizer == OptimizerConfig::SGD, format!("the optimizer {name}{with}"), "plain SGD");
        let part = format!("the learning rate {learning_rate}");
        self.require(LEARNING_RATES.contains(learning_rate), part, "0.00001, 0.0001, 0.001, 0.003, 0.01 … 10");
        let part = format!("the batch size {}", thousands(*batch_size));
        self.require((1..=MAX_BATCH).contains(batch_size), part, "1 to 30");
        self.require(*stop == StopRule::Never, "stopping early", "training until it is paused");
        self.require(!shuffle, "a new order in each epoch", "the same order in all epochs");
        let n_left = training.validation.split(spec).0.checked_rem(*batch_size).unwrap_or_default();
        let is_carried = *carry_leftover || n_left == 0;
        self.require(is_carried, "a smaller last batch", "leftover samples that wait for the next epoch");
    }
}

fn units(n: usize) -> &'static str {
    if n == 1 { "unit" } else { "units" }
}
