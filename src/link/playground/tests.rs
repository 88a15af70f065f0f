//! Links as TensorFlow Playground makes them, as they arrive, and as nobody should make them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use inkling_engine::data::SeedRandom;
use inkling_engine::experiment::*;

const FIRST: &str = "activation=tanh&regularization=none&batchSize=10&dataset=circle&regDataset=reg-plane\
    &learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.12345&showTestData=false&discretize=false\
    &percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false\
    &sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false";

/// The links of the engine's references: what differs from the first one.
const OTHERS: [&[(&str, &str)]; 9] = [
    &[("batchSize=10", "batchSize=1"), ("circle", "gauss"), ("4,2", "2"), ("0.12345", "0.98765"), ("a=50", "a=10")],
    &[("=none", "=L1"), ("onRate=0", "onRate=0.01"), ("noise=0", "noise=15"), ("4,2", "6,4"), ("0.12345", "0.90210")],
    &[("4,2", "3,3"), ("0.12345", "0.11111"), ("initZero=false", "initZero=true")],
    &[("tanh", "linear"), ("circle", "gauss"), ("noise=0", "noise=25"), ("4,2", ""), ("0.12345", "0.77120")],
    &[("batchSize=10", "batchSize=30"), ("g-plane", "g-gauss"), ("4,2", "8,4"), ("0.12345", "0.25025"), PROBLEM],
    &[("0.03", "0.01"), ("noise=0", "noise=5"), ("4,2", "3"), ("0.12345", "0.66666"), PROBLEM],
    &[("circle", "spiral"), ("noise=0", "noise=10"), ("4,2", "8,6"), ("0.12345", "0.31415"), ALL_ON[0], ALL_ON[1]],
    &[("tanh", "sigmoid"), ("=none", "=L2"), ("=10", "=7"), ("circle", "xor"), ("onRate=0", "onRate=0.003"), SEVENTY],
    &[("tanh", "relu"), ("circle", "xor"), ("0.03", "0.01"), ("4,2", "8,8"), ("0.12345", "0.50131")],
];
const PROBLEM: (&str, &str) = ("classification", "regression");
const SEVENTY: (&str, &str) = ("a=50", "a=70");
const ALL_ON: [(&str, &str); 2] = [
    ("xTimesY=false&xSquared=false&ySquared=false", "xTimesY=true&xSquared=true&ySquared=true"),
    ("sinX=false&cosY=false&sinY=false", "sinX=true&cosY=false&sinY=true"),
];

fn links() -> Vec<String> {
    let other = |changes: &&[(&str, &str)]| {
        changes.iter().fold(FIRST.to_owned(), |link, (from, to)| {
            assert!(link.contains(from), "{from}");
            link.replacen(from, to, 1)
        })
    };
    [FIRST.to_owned()].into_iter().chain(OTHERS.iter().map(other)).collect()
}

#[track_caller]
fn plain(link: &str) -> Playground {
    let found = read(link).unwrap();
    assert!(found.notes.is_empty(), "{:?}", found.notes);
    found
}

fn plane(experiment: &mut Experiment) -> &mut PlaneConfig {
    let DataConfig::Plane(plane) = &mut experiment.data else { panic!("no points of the plane") };
    plane
}

fn dense(experiment: &mut Experiment, layer_idx: usize) -> &mut DenseConfig {
    let LayerConfig::Dense(dense) = &mut experiment.network[layer_idx] else { panic!("no Dense") };
    dense
}

#[test]
fn the_first_link_is_the_preset() {
    let found = plain(&format!("#{FIRST}"));
    assert_eq!(found.experiment, PlanePreset::Playground.experiment());
    assert_eq!(found.view, View::default());
    let bare = read("#activation=tanh").unwrap();
    assert_eq!(bare.experiment, found.experiment);
    let note = "This link has no seed: TensorFlow Playground draws one each time; here it is 0.12345.";
    assert_eq!(bare.notes, [note]);
}

#[test]
fn links_are_written_as_they_were_read() {
    for link in links() {
        let found = plain(&link);
        let mut experiment = found.experiment.clone();
        assert!(experiment.check().is_ok(), "{link}: {:?}", experiment.check());
        let written = write(&experiment, &found.view).unwrap();
        assert_eq!(plain(&written), found);
        // Nothing can tell the activation of no layer.
        if !link.contains("networkShape=&") {
            assert_eq!(written, link);
        }
        assert!(plane(&mut experiment).playground_seed.starts_with("0."));
    }
}

#[test]
fn every_part_of_a_link_is_read() {
    let changes =
        [ALL_ON[0], ALL_ON[1], ("=none", "=L1"), ("onRate=0", "onRate=0.1"), ("noise=0", "noise=35"), SEVENTY];
    let link = changes.iter().fold(FIRST.to_owned(), |link, (from, to)| link.replacen(from, to, 1));
    let mut experiment = plain(&link.replace("circle", "xor")).experiment;
    let training = experiment.training.clone();
    assert_eq!(training.regularization, Regularization::Playground { l1: 0.1, l2: 0.0 });
    assert_eq!(training.validation, Validation::Last { validation_split: 0.3 });
    assert_eq!((training.learning_rate, training.batch_size, training.epochs), (0.03, 10, 1_000_000));
    let data = plane(&mut experiment);
    assert_eq!((data.dataset, data.n_samples, data.noise), (PlaneDataset::Xor, 500, 0.35));
    assert_eq!(data.features, PlaneFeature::ALL[..7]);
    let regression = FIRST.replace("=classification", "=regression").replace("reg-plane", "reg-gauss");
    let mut experiment =
        plain(&regression.replace("initZero=false", "initZero=true").replace("tanh", "relu")).experiment;
    assert_eq!((plane(&mut experiment).dataset, plane(&mut experiment).n_samples), (PlaneDataset::MultiGauss, 1_200));
    let first =
        DenseConfig { kernel_initializer: Initializer::Zeros, ..DenseConfig::new(4).activation(Activation::Relu) };
    let last = DenseConfig { units: 1, activation: Activation::Linear, ..first.clone() };
    let middle = DenseConfig { units: 2, ..first.clone() };
    assert_eq!(experiment.network, [first, middle, last].map(LayerConfig::Dense));
}

#[test]
fn counts_of_training_points_are_those_of_its_page() {
    for (problem, n) in [("classification", 500), ("regression", 1_200)] {
        for percent in 1..100 {
            let link = FIRST.replace("=classification", &format!("={problem}"));
            let experiment = plain(&link.replace("a=50", &format!("a={percent}"))).experiment;
            let n_train = experiment.training.validation.split(&experiment.data.spec()).0;
            assert_eq!(n_train, n * percent / 100, "{percent} % of {n}");
        }
    }
}

#[test]
fn view_and_hidden_controls_are_read_and_written() {
    let link = FIRST.replace("showTestData=false&discretize=false", "showTestData=true&discretize=true");
    let link = format!("{link}&learningRate_hide=true&playButton_hide=true&noise_hide=false");
    let found = plain(&link);
    let hidden = vec![Control::PlayButton, Control::LearningRate];
    assert_eq!(found.view, View { show_test: true, discretize: true, hidden });
    let all = View { hidden: Control::ALL.to_vec(), ..found.view };
    assert_eq!(plain(&write(&found.experiment, &all).unwrap()).view, all);
    for control in Control::ALL {
        assert_eq!(Control::from_name(control.name()), Some(control));
    }
}

#[test]
fn what_programs_do_to_a_link_does_no_harm() {
    let found = plain(FIRST);
    let mut reversed = FIRST.split('&').rev().collect::<Vec<_>>();
    for link in [
        reversed.join("&"),
        format!("?{FIRST}"),
        format!("#?{FIRST}"),
        FIRST.replace('&', "&amp;"),
        FIRST.replace('=', "%3D").replace('&', "%26").replace(',', "%2C"),
        FIRST.replace(',', "%252C"),
        format!("{}\r\n{}", &FIRST[..76], &FIRST[76..]),
        format!("batchSize=3&{FIRST}"),
    ] {
        assert_eq!(plain(&link), found, "{link}");
    }
    for end in [
        ".",
        ",",
        ")",
        ").",
        ">",
        "\"",
        "!",
        "…",
        "”",
        "*",
        "%20",
        "%3E",
        "&utm_source=a&fbclid=b",
        "#top",
        " and more",
        ";",
    ] {
        assert_eq!(plain(&format!("{FIRST}{end}")), found, "{end}");
    }
    reversed.retain(|pair| !pair.starts_with("seed"));
    reversed.push("seed=0.12345");
    assert_eq!(plain(&format!("{})", reversed.join("&"))), found);
}

#[test]
fn other_fragments_are_not_its_links() {
    for other in
        ["", "#", "#.", "#run=5", "#utm_source=chat", "#v1.AAAA", "#activation", "#x", "#X=true", "#_hide=true"]
    {
        assert_eq!(read(other), None, "{other}");
    }
    assert_eq!(read(&format!("#x=true&seed={}", "1".repeat(1_000_000))), None);
    assert!(read("#x=true").is_some() && read("#noise_hide=true").is_some());
}

/// What the first link becomes with this at its end, and what is said of it.
#[track_caller]
fn check_notes(end: &str, notes: &[&str]) -> Experiment {
    let found = read(&format!("{FIRST}&{end}")).unwrap();
    assert_eq!(found.notes, notes, "{end}");
    found.experiment
}

#[test]
fn values_that_are_none_are_named_and_replaced() {
    let first = plain(FIRST).experiment;
    for (end, note) in [
        ("activation=gelu", "activation “gelu” is not known here; tanh was taken."),
        ("regularization=l1", "regularization “l1” is not known here; none was taken."),
        ("dataset=reg-plane", "dataset “reg-plane” is not known here; circle was taken."),
        ("problem=2", "problem “2” is not known here; classification was taken."),
        ("learningRate=NaN", "learningRate should be above 0 and at most 100, not “NaN”; 0.03 was taken."),
        ("learningRate=0", "learningRate should be above 0 and at most 100, not “0”; 0.03 was taken."),
        ("learningRate=Infinity", "learningRate should be above 0 and at most 100, not “Infinity”; 0.03 was taken."),
        ("regularizationRate=-1", "regularizationRate should be a number from 0 to 1000000, not “-1”; 0 was taken."),
        ("batchSize=0", "batchSize should be a whole number from 1 to 10,000, not “0”; 10 was taken."),
        ("batchSize=2.5", "batchSize should be a whole number from 1 to 10,000, not “2.5”; 10 was taken."),
        ("batchSize=1e99", "batchSize should be a whole number from 1 to 10,000, not “1e99”; 10 was taken."),
        ("noise=-5", "noise should be a number from 0 to 50, not “-5”; 0 was taken."),
        ("percTrainData=0", "percTrainData should be more than 0 and at most 100, not “0”; 50 was taken."),
        ("percTrainData=101", "percTrainData should be more than 0 and at most 100, not “101”; 50 was taken."),
        ("networkShape=a,b", "networkShape should be numbers of units, not “a,b”; 4,2 was taken."),
        ("networkShape=4,0,2", "Layers in networkShape that have no whole number of units were left out."),
        ("x=false&y=false", "No feature is chosen in this link; x and y were taken."),
        ("cosX=true", "cosX was left out, as TensorFlow Playground does itself."),
        ("sinX=true&sinX_hide=true", "sinX is hidden in this link, so the network does without it."),
        ("tutorial=dp", "Not known here and left out: tutorial."),
        ("collectStats=true", "Not known here and left out: collectStats."),
        ("a=1&b=2&a=3&wheel_hide=true", "Not known here and left out: a, b, wheel_hide."),
        ("a=1&b=2&c=3&d=4&e=5&f=6&g=7", "Not known here and left out: a, b, c, d, e and more."),
        ("y=maybe", "y should be true or false, not “maybe”; true was taken."),
    ] {
        assert_eq!(check_notes(end, &[note]), first, "{end}");
    }
    assert_eq!(check_notes("batchSize=&noise=&activation=&seed=0.12345", &[]), first);
}

#[test]
fn too_much_is_cut_to_what_there_is() {
    let note = "Of 500 hidden layers only the first 31 were taken.";
    let deep = check_notes(&format!("networkShape={}", vec!["1"; 500].join(",")), &[note]);
    assert_eq!(deep.network.len(), MAX_LAYERS);
    assert!(deep.check().is_ok());
    let mut wide = check_notes("networkShape=1000000000,1e300,2", &["Layers have at most 4,096 units here."]);
    assert_eq!((dense(&mut wide, 1).units, dense(&mut wide, 2).units, wide.network.len()), (4_096, 2, 4));
    let mut noisy = check_notes("noise=80", &["noise 80 is more than there is here; 50 was taken."]);
    assert_eq!(plane(&mut noisy).noise, 0.5);
    let all = check_notes("percTrainData=100", &["All points train (percTrainData 100): none are left for the test."]);
    assert_eq!(all.training.validation, Validation::None);
    let note = "The seed has more than 64 characters; only the first ones were taken.";
    let mut long = check_notes(&format!("seed={}", "7".repeat(1_000)), &[note]);
    assert_eq!(plane(&mut long).playground_seed, "7".repeat(64));
    assert!(long.check().is_ok());
    let any = check_notes("networkShape=", &[]);
    assert_eq!(any.network.len(), 1);
}

/// What of the preset with this change cannot be written.
#[track_caller]
fn check_parts(change: impl FnOnce(&mut Experiment), parts: &[&str]) {
    let mut experiment = PlanePreset::Playground.experiment();
    change(&mut experiment);
    let expected = parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        write(&experiment, &View::default()),
        if parts.is_empty() { Ok(FIRST.to_owned()) } else { Err(expected) }
    );
}

#[test]
fn data_that_its_page_does_not_have_are_named() {
    check_parts(
        |experiment| experiment.data = DataConfig::Mnist(MnistConfig::default()),
        &["this data set: TensorFlow Playground has points of the plane only"],
    );
    let sets = "TensorFlow Playground has its own six data sets only";
    let own = format!("own points: {sets}");
    check_parts(|e| plane(e).dataset = PlaneDataset::Formula, &[&format!("the data set formula: {sets}")]);
    let mut experiment = PlanePreset::Playground.experiment();
    plane(&mut experiment).dataset = PlaneDataset::Points;
    assert_eq!(write(&experiment, &View::default()).unwrap_err()[0], own);
    check_parts(|e| plane(e).n_samples = 1_200, &["1,200 points: TensorFlow Playground has 500 here only"]);
    let noise = "TensorFlow Playground has 0 to 0.5 in steps of 0.05 only";
    check_parts(|e| plane(e).noise = 0.12, &[&format!("the noise 0.12: {noise}")]);
    check_parts(|e| plane(e).noise = f64::NAN, &[&format!("the noise NaN: {noise}")]);
    check_parts(
        |e| plane(e).playground_seed.clear(),
        &["points and first weights from this page's seed: TensorFlow Playground has those of its own generator only"],
    );
    for seed in ["a b", "a&b", "ü", "a%20", "1."] {
        let part = "this text as a seed: TensorFlow Playground has letters, digits and points in its links only";
        check_parts(|e| plane(e).playground_seed = seed.to_owned(), &[part]);
    }
    check_parts(
        |e| plane(e).features = vec![PlaneFeature::X2, PlaneFeature::X1, PlaneFeature::CosX1],
        &[
            "the feature cos x₁: TensorFlow Playground has x, y, their squares, product and sines only",
            "the features in this order: TensorFlow Playground has its own order only",
        ],
    );
    let mut experiment = PlanePreset::Playground.experiment();
    plane(&mut experiment).n_outputs = 3;
    let parts = write(&experiment, &View::default()).unwrap_err();
    assert_eq!(parts, ["several outputs: TensorFlow Playground has one output only"]);
}

#[test]
fn networks_that_its_page_does_not_have_are_named() {
    check_parts(
        |e| e.network.insert(1, LayerConfig::Dropout(DropoutConfig::new(0.2))),
        &["the layer Dropout: TensorFlow Playground has Dense layers only"],
    );
    check_parts(
        |e| dense(e, 0).activation = Activation::Elu,
        &[
            "different activations: TensorFlow Playground has one for all hidden layers only",
            "the activation elu: TensorFlow Playground has relu, tanh, sigmoid and linear only",
        ],
    );
    let output = "TensorFlow Playground has 1 unit with tanh for two classes only";
    check_parts(|e| dense(e, 2).units = 2, &[&format!("an output of 2 units with tanh: {output}")]);
    check_parts(|e| dense(e, 0).units = 9, &["a layer of 9 units: TensorFlow Playground has 1 to 8 only"]);
    let seven = vec![PlanePreset::Playground.experiment().network[0].clone(); 7];
    check_parts(
        |e| e.network.splice(0..2, seven).for_each(drop),
        &["7 hidden layers: TensorFlow Playground has 0 to 6 only"],
    );
    check_parts(
        |e| e.network.clear(),
        &["a network without layers: TensorFlow Playground has networks with an output only"],
    );
    let weights = "TensorFlow Playground has its own (playground) or zeros only";
    check_parts(
        |e| dense(e, 0).kernel_initializer = Initializer::GlorotUniform,
        &[&format!("first weights by glorot_uniform: {weights}")],
    );
    check_parts(
        |e| dense(e, 0).kernel_initializer = Initializer::Zeros,
        &[&format!("different first weights: {weights}")],
    );
    check_parts(
        |e| dense(e, 0).kernel_regularizer.l2 = 0.1,
        &["a layer with a penalty of its own: TensorFlow Playground has one penalty for all layers only"],
    );
}

#[test]
fn trainings_that_its_page_does_not_have_are_named() {
    let loss = "the loss mean_squared_error: TensorFlow Playground has half_squared_error only";
    check_parts(|e| e.training.loss = Loss::MeanSquaredError, &[loss]);
    let adam = "the optimizer Adam: TensorFlow Playground has plain SGD only";
    check_parts(|e| e.training.optimizer = OptimizerConfig::ADAM, &[adam]);
    let momentum = "the optimizer SGD with momentum: TensorFlow Playground has plain SGD only";
    let sgd = SgdConfig { momentum: 0.9, ..SgdConfig::KERAS };
    check_parts(|e| e.training.optimizer = OptimizerConfig::Sgd(sgd), &[momentum]);
    let rates = "TensorFlow Playground has 0.00001, 0.0001, 0.001, 0.003, 0.01 … 10 only";
    check_parts(|e| e.training.learning_rate = 0.02, &[&format!("the learning rate 0.02: {rates}")]);
    let batch = "the batch size 31: TensorFlow Playground has 1 to 30 only";
    check_parts(|e| e.training.batch_size = 31, &[batch]);
    check_parts(
        |e| e.training.regularization = Regularization::Playground { l1: 0.1, l2: 0.1 },
        &["a penalty of both L1 and L2: TensorFlow Playground has one of the two only"],
    );
    check_parts(
        |e| e.training.regularization = Regularization::Playground { l1: 0.0, l2: 0.2 },
        &["the penalty 0.2: TensorFlow Playground has 0, 0.001, 0.003, 0.01 … 10 only"],
    );
    check_parts(
        |e| e.training.regularization = Regularization::ScikitLearn { alpha: 1e-4 },
        &["a penalty in the loss: TensorFlow Playground has weights that shrink after each update (Playground) only"],
    );
    let percent = "TensorFlow Playground has the first 10 to 90 % in steps of 10 only";
    check_parts(|e| e.training.validation = Validation::None, &[&format!("500 of 500 points for training: {percent}")]);
    check_parts(
        |e| e.training.validation = Validation::Random { validation_fraction: 0.5 },
        &["validation points at random: TensorFlow Playground has the last ones only"],
    );
    check_parts(
        |e| (e.training.stop, e.training.shuffle) = (StopRule::EARLY_STOPPING, true),
        &[
            "stopping early: TensorFlow Playground has training until it is paused only",
            "a new order in each epoch: TensorFlow Playground has the same order in all epochs only",
        ],
    );
    check_parts(
        |e| (e.training.carry_leftover, e.training.batch_size) = (false, 7),
        &["a smaller last batch: TensorFlow Playground has leftover samples that wait for the next epoch only"],
    );
}

#[test]
fn what_makes_no_difference_is_written() {
    check_parts(|_| {}, &[]);
    check_parts(|e| (e.seed, e.training.epochs) = (7, 100), &[]);
    check_parts(|e| e.training.carry_leftover = false, &[]);
    check_parts(|e| e.training.regularization = Regularization::NONE, &[]);
}

#[test]
fn all_that_its_page_can_show_survives() {
    let mut random = SeedRandom::new("1");
    let mut below = |n: usize| (random.unit() * n as f64) as usize;
    for _ in 0..500 {
        let mut experiment = PlanePreset::Playground.experiment();
        let is_regression = below(2) == 1;
        let data = plane(&mut experiment);
        data.dataset = if is_regression { REGRESSION_DATASETS[below(2)].1 } else { DATASETS[below(4)].1 };
        data.n_samples = if is_regression { 1_200 } else { 500 };
        data.noise = (5 * below(11)) as f64 / 100.0;
        data.playground_seed = format!("0.{:05}", below(100_000));
        data.features = FEATURES.iter().map(|(_, feature)| *feature).filter(|_| below(2) == 1).collect();
        if data.features.is_empty() {
            data.features.push(FEATURES[below(7)].1);
        }
        let kernel_initializer = if below(4) == 0 { Initializer::Zeros } else { Initializer::Playground };
        let activation = ACTIVATIONS[below(4)].1;
        let dense = |units, activation| {
            LayerConfig::Dense(DenseConfig { kernel_initializer, ..DenseConfig::new(units).activation(activation) })
        };
        experiment.network = (0..below(7)).map(|_| dense(1 + below(8), activation)).collect();
        experiment.network.push(dense(1, if is_regression { Activation::Linear } else { Activation::Tanh }));
        let training = &mut experiment.training;
        training.learning_rate = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0][below(11)];
        training.batch_size = 1 + below(30);
        let rate = [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0][below(10)];
        let (l1, l2) = if below(2) == 0 { (rate, 0.0) } else { (0.0, rate) };
        training.regularization = Regularization::Playground { l1, l2 };
        training.validation = Validation::Last { validation_split: (1 + below(9)) as f64 / 10.0 };
        let hidden = Control::ALL.into_iter().filter(|_| below(3) == 0).collect();
        let view = View { show_test: below(2) == 0, discretize: below(2) == 0, hidden };
        let link = write(&experiment, &view).unwrap();
        assert_eq!(plain(&link), Playground { experiment, view, notes: vec![] }, "{link}");
    }
}

#[test]
fn any_damage_leaves_something_to_check() {
    let mut random = SeedRandom::new("2");
    let mut below = |n: usize| (random.unit() * n as f64) as usize;
    let signs = "&=,%;.-+eN019xé€\u{0}#?_ \n".chars().collect::<Vec<_>>();
    for _ in 0..2_000 {
        let mut link = FIRST.chars().collect::<Vec<_>>();
        for _ in 0..=below(20) {
            let place = below(link.len());
            match below(3) {
                0 => link[place] = signs[below(signs.len())],
                1 => link.insert(place, signs[below(signs.len())]),
                _ => drop(link.drain(place..(place + below(30)).min(link.len()))),
            }
        }
        let link = link.into_iter().collect::<String>();
        let Some(found) = read(&link) else { continue };
        // Whatever is wrong with it, the check says, and what can be written can be read.
        let _ = found.experiment.check();
        if let Ok(written) = write(&found.experiment, &found.view) {
            let again = plain(&written);
            assert_eq!(again.view, found.view, "{link:?}");
            assert_eq!(again.experiment.data, found.experiment.data, "{link:?}");
            assert_eq!(again.experiment.training, found.experiment.training, "{link:?}");
        }
    }
}
