//! `MLPClassifier` of scikit-learn.

use super::arguments::{Arguments, boolean, count, expected, number, word};
use super::faults::LayerPlaces;
use super::layer_list::Layers;
use super::{Fault, Reader};
use crate::code::python::{Argument, Expr, ExprKind};
use inkling_engine::experiment::{
    Activation, AdamConfig, DenseConfig, Field, Initializer, LayerConfig, Loss, OptimizerConfig, Regularization,
    SgdConfig, Shape, StopRule, Validation,
};
use std::collections::HashMap;

/// The arguments in scikit-learn's order; only the first may come without its name.
const SETTINGS: [&str; 20] = [
    "hidden_layer_sizes",
    "activation",
    "solver",
    "alpha",
    "batch_size",
    "learning_rate",
    "learning_rate_init",
    "power_t",
    "max_iter",
    "shuffle",
    "random_state",
    "tol",
    "momentum",
    "nesterovs_momentum",
    "early_stopping",
    "validation_fraction",
    "beta_1",
    "beta_2",
    "epsilon",
    "n_iter_no_change",
];

impl Reader {
    /// The classifier's network; its training goes into the experiment, with scikit-learn's defaults.
    pub(super) fn take_classifier(&mut self, at: usize, arguments: &[Argument]) -> Result<Layers, Fault> {
        let mut arguments = Arguments::new("MLPClassifier", arguments, &SETTINGS[..1])?;
        arguments.ignore(&["verbose", "power_t", "max_fun"]);
        arguments.only("warm_start", &[ExprKind::Bool(false)])?;
        arguments.only("learning_rate", &[ExprKind::Text("constant".to_owned())])?;
        let layers = self.hidden_layers(at, &mut arguments)?;
        self.take_solver(at, &mut arguments)?;
        let training = &mut self.experiment.training;
        let mut places = HashMap::new();
        let mut place = |field, argument: Option<&Argument>| {
            places.insert(field, argument.map_or(at, |argument| argument.value.at));
        };
        training.loss = Loss::CategoricalCrossentropy;
        training.carry_leftover = false;
        let (rate, alpha, max_iter) =
            (arguments.take("learning_rate_init"), arguments.take("alpha"), arguments.take("max_iter"));
        place(Field::LearningRate, rate);
        place(Field::Regularization, alpha);
        place(Field::Epochs, max_iter);
        training.learning_rate = rate.map_or(Ok(0.001), |argument| number("learning_rate_init", argument))?;
        let alpha = alpha.map_or(Ok(1e-4), |argument| number("alpha", argument))?;
        training.regularization = Regularization::ScikitLearn { alpha };
        training.epochs = max_iter.map_or(Ok(200), |argument| count("max_iter", argument))?;
        training.shuffle = arguments.take("shuffle").map_or(Ok(true), |argument| boolean("shuffle", argument))?;
        if let Some(argument) = arguments.take("random_state")
            && argument.value.kind != ExprKind::None
        {
            self.places.seed = Some(argument.value.at);
            self.experiment.seed = count("random_state", argument)? as u64;
        }
        self.places.training.extend(places);
        self.take_stop(at, &mut arguments)?;
        self.take_batch_size(at, &mut arguments)?;
        arguments.finish(&SETTINGS)?;
        Ok(layers)
    }

    /// Hidden layers and the softmax that the classifier adds.
    fn hidden_layers(&mut self, at: usize, arguments: &mut Arguments<'_>) -> Result<Layers, Fault> {
        let activation = match arguments.take("activation") {
            Some(argument) => activation(argument)?,
            None => Activation::Relu,
        };
        let sizes = match arguments.take("hidden_layer_sizes") {
            Some(argument) => sizes(argument)?,
            None => vec![(100, at)],
        };
        let data = &self.experiment.data;
        let mut layers = vec![];
        if matches!(data.input_shape(), Shape::Image { .. }) {
            layers.push((LayerConfig::FLATTEN, LayerPlaces { at, ..LayerPlaces::default() }));
        }
        let dense = |units, activation| {
            let kernel_initializer = Initializer::ScikitLearn;
            LayerConfig::Dense(DenseConfig { kernel_initializer, ..DenseConfig::new(units).activation(activation) })
        };
        for (units, at) in sizes {
            layers.push((dense(units, activation), LayerPlaces { at, ..LayerPlaces::default() }));
        }
        let output = dense(data.n_outputs(), Activation::Softmax);
        layers.push((output, LayerPlaces { at, ..LayerPlaces::default() }));
        Ok(Layers::of(layers))
    }

    fn take_solver(&mut self, at: usize, arguments: &mut Arguments<'_>) -> Result<(), Fault> {
        let solver = arguments.take("solver");
        let name = solver.map_or(Ok("adam".to_owned()), |argument| word("solver", argument))?;
        self.places.training.insert(Field::Optimizer, solver.map_or(at, |argument| argument.value.at));
        let mut take = |name: &'static str, default: f64| {
            arguments.take(name).map_or(Ok(default), |argument| number(name, argument))
        };
        let AdamConfig { beta_1, beta_2, epsilon } = AdamConfig::SCIKIT_LEARN;
        let adam = AdamConfig {
            beta_1: take("beta_1", beta_1)?,
            beta_2: take("beta_2", beta_2)?,
            epsilon: take("epsilon", epsilon)?,
        };
        let momentum = take("momentum", 0.9)?;
        let nesterov = arguments.take("nesterovs_momentum");
        let nesterov = nesterov.map_or(Ok(true), |argument| boolean("nesterovs_momentum", argument))?;
        self.experiment.training.optimizer = match name.as_str() {
            "adam" => OptimizerConfig::Adam(adam),
            "sgd" => OptimizerConfig::Sgd(SgdConfig { momentum, nesterov }),
            other => {
                let at = solver.map_or(at, |argument| argument.value.at);
                return Err(Fault::new(at, format!("{other} is not a solver of Inkling; solvers are adam, sgd")));
            }
        };
        Ok(())
    }

    fn take_stop(&mut self, at: usize, arguments: &mut Arguments<'_>) -> Result<(), Fault> {
        let patience = arguments.take("n_iter_no_change");
        let n_iter_no_change = patience.map_or(Ok(10), |argument| count("n_iter_no_change", argument))?;
        let tol = arguments.take("tol").map_or(Ok(1e-4), |argument| number("tol", argument))?;
        let early =
            arguments.take("early_stopping").map_or(Ok(false), |argument| boolean("early_stopping", argument))?;
        let fraction = arguments.take("validation_fraction");
        let validation_fraction = fraction.map_or(Ok(0.1), |argument| number("validation_fraction", argument))?;
        self.places.training.insert(Field::Stop, patience.map_or(at, |argument| argument.value.at));
        self.places.training.insert(Field::Validation, fraction.map_or(at, |argument| argument.value.at));
        let training = &mut self.experiment.training;
        training.stop = if early {
            training.validation = Validation::Random { validation_fraction };
            StopRule::ValidationScore { n_iter_no_change, tol }
        } else if n_iter_no_change >= training.epochs {
            // It never gets so far.
            StopRule::Never
        } else {
            StopRule::TrainingLoss { n_iter_no_change, tol }
        };
        if !early {
            self.note("Which images validate is as before: without early_stopping, MLPClassifier keeps none back.");
        }
        Ok(())
    }

    /// `"auto"` is 200, or all training images if they are fewer.
    fn take_batch_size(&mut self, at: usize, arguments: &mut Arguments<'_>) -> Result<(), Fault> {
        let argument = arguments.take("batch_size");
        self.places.training.insert(Field::BatchSize, argument.map_or(at, |argument| argument.value.at));
        let (n_train, _) = self.experiment.training.validation.split(&self.experiment.data.spec());
        self.experiment.training.batch_size = match argument {
            Some(argument) if argument.value.kind != ExprKind::Text("auto".to_owned()) => {
                count("batch_size", argument)?
            }
            _ => n_train.clamp(1, 200),
        };
        Ok(())
    }
}

fn activation(argument: &Argument) -> Result<Activation, Fault> {
    match word("activation", argument)?.as_str() {
        "identity" => Ok(Activation::Linear),
        "relu" => Ok(Activation::Relu),
        "tanh" => Ok(Activation::Tanh),
        "logistic" => Ok(Activation::Sigmoid),
        _ => {
            let message = expected("activation", "one of identity, logistic, tanh, relu", &argument.value);
            Err(Fault::new(argument.value.at, message))
        }
    }
}

/// Units of each hidden layer, with their places: of a tuple, a list, or a number.
fn sizes(argument: &Argument) -> Result<Vec<(usize, usize)>, Fault> {
    let size = |value: &Expr| match value.kind {
        ExprKind::Int(units) => usize::try_from(units).ok().map(|units| (units, value.at)),
        _ => None,
    };
    let sizes = match &argument.value.kind {
        ExprKind::List(items) => items.iter().map(size).collect(),
        _ => size(&argument.value).map(|alone| vec![alone]),
    };
    let wrong = || {
        let message = expected("hidden_layer_sizes", "whole numbers such as (16, 16)", &argument.value);
        Fault::new(argument.value.at, message)
    };
    sizes.ok_or_else(wrong)
}
