//! `compile` and `fit` of Keras, and its seed.

use super::arguments::{Arguments, boolean, count, expected, number, word};
use super::{Fault, Reader};
use crate::code::python::{Argument, Expr, ExprKind};
use inkling_engine::experiment::{Field, Loss, Regularization, StopRule, Validation};

impl Reader {
    /// `keras.utils.set_random_seed(1)`
    pub(super) fn take_seed(&mut self, arguments: &[Argument]) -> Result<(), Fault> {
        let Some(argument) = arguments.first() else { return Ok(()) };
        self.places.seed = Some(argument.value.at);
        self.experiment.seed = count("seed", argument)? as u64;
        Ok(())
    }

    /// `model.compile(optimizer=…, loss=…)`, with Keras' defaults for what is not said.
    pub(super) fn take_compile(&mut self, at: usize, arguments: &[Argument]) -> Result<(), Fault> {
        let mut arguments = Arguments::new("compile", arguments, &["optimizer", "loss", "loss_weights", "metrics"])?;
        match arguments.take("optimizer") {
            Some(argument) => self.take_optimizer(argument)?,
            None => {
                let name = Expr { at, kind: ExprKind::Text("rmsprop".to_owned()) };
                self.take_optimizer(&Argument { at, name: None, value: name })?;
            }
        }
        let Some(argument) = arguments.take("loss") else {
            return Err(Fault::new(
                at,
                "compile: expected a loss such as loss=\"sparse_categorical_crossentropy\", got none",
            ));
        };
        self.places.training.insert(Field::Loss, argument.value.at);
        self.experiment.training.loss = loss(argument)?;
        if let Some(argument) = arguments.take("metrics") {
            check_metrics(argument)?;
        }
        // A penalty belongs to the layers in Keras; the ones that all share is found at the end.
        self.experiment.training.regularization = Regularization::NONE;
        arguments.ignore(&["jit_compile", "run_eagerly", "steps_per_execution"]);
        arguments.finish(&["optimizer", "loss", "metrics"])
    }

    /// `model.fit(x, y, batch_size=…, epochs=…)`, with Keras' defaults for what is not said; for a classifier of
    /// scikit-learn nothing is said here.
    pub(super) fn take_fit(&mut self, at: usize, arguments: &[Argument]) -> Result<(), Fault> {
        if self.is_classifier {
            return Ok(());
        }
        let mut arguments = Arguments::new("fit", arguments, &["x", "y", "batch_size", "epochs", "verbose"])?;
        arguments.ignore(&["x", "y", "verbose"]);
        let (batch_size, epochs) = (arguments.take("batch_size"), arguments.take("epochs"));
        let places = &mut self.places.training;
        let mut place = |field, argument: Option<&Argument>| {
            places.insert(field, argument.map_or(at, |argument| argument.value.at));
        };
        place(Field::BatchSize, batch_size);
        place(Field::Epochs, epochs);
        let training = &mut self.experiment.training;
        training.batch_size = match batch_size {
            Some(argument) if argument.value.kind != ExprKind::None => count("batch_size", argument)?,
            _ => 32,
        };
        training.epochs = epochs.map_or(Ok(1), |argument| count("epochs", argument))?;
        training.shuffle = arguments.take("shuffle").map_or(Ok(true), |argument| boolean("shuffle", argument))?;
        training.carry_leftover = false;
        self.take_validation(at, &mut arguments)?;
        self.experiment.training.stop = StopRule::Never;
        if let Some(argument) = arguments.take("callbacks") {
            self.take_callbacks(argument)?;
        }
        if arguments.take("class_weight").is_some() {
            self.note("Class weights are a data setting in Inkling, and stay as they are there.");
        }
        arguments.finish(&["batch_size", "epochs", "validation_split", "shuffle", "callbacks"])
    }

    fn take_validation(&mut self, at: usize, arguments: &mut Arguments<'_>) -> Result<(), Fault> {
        let (split, data) = (arguments.take("validation_split"), arguments.take("validation_data"));
        let said = split.or(data);
        self.places.training.insert(Field::Validation, said.map_or(at, |argument| argument.value.at));
        self.experiment.training.validation = match (split, data) {
            (Some(argument), None) => match number("validation_split", argument)? {
                0.0 => Validation::None,
                validation_split => Validation::Last { validation_split },
            },
            (None, Some(argument)) => {
                // As the page prints it; other images than training images cannot validate.
                let fraction = self.names.get("validation_fraction").and_then(Expr::number);
                let Some(validation_fraction) = fraction else {
                    let message = "validation_data: Inkling keeps back training images, never the test images: write validation_split=0.1";
                    return Err(Fault::new(argument.at, message));
                };
                Validation::Random { validation_fraction }
            }
            (Some(_), Some(argument)) => {
                return Err(Fault::new(argument.at, "expected validation_split or validation_data, got both"));
            }
            (None, None) => Validation::None,
        };
        Ok(())
    }

    fn take_callbacks(&mut self, argument: &Argument) -> Result<(), Fault> {
        let ExprKind::List(callbacks) = &argument.value.kind else {
            return Err(Fault::new(argument.value.at, expected("callbacks", "a list", &argument.value)));
        };
        for callback in callbacks {
            match callback.as_call() {
                Some(("EarlyStopping", inner)) => self.take_early_stopping(callback.at, inner)?,
                _ => {
                    let got = callback.as_call().map_or_else(|| callback.got(), |(name, _)| name.to_owned());
                    let message = format!("{got} is not a callback of Inkling; the only one is EarlyStopping");
                    return Err(Fault::new(callback.at, message));
                }
            }
        }
        Ok(())
    }

    fn take_early_stopping(&mut self, at: usize, inner: &[Argument]) -> Result<(), Fault> {
        let mut inner = Arguments::new("EarlyStopping", inner, &["monitor", "min_delta", "patience"])?;
        let monitor = inner.take("monitor").map_or(Ok("val_loss".to_owned()), |argument| word("monitor", argument))?;
        let tol = inner.take("min_delta").map_or(Ok(0.0), |argument| number("min_delta", argument))?;
        let patience = inner.take("patience");
        // Keras stops when so many epochs have not improved, Inkling when one more has not.
        let n_patience = patience.map_or(Ok(0), |argument| count("patience", argument))?;
        let patience_at = patience.map_or(at, |argument| argument.value.at);
        self.places.training.insert(Field::Stop, patience_at);
        if n_patience < 2 {
            let message = format!("patience: expected at least 2, got {n_patience}");
            return Err(Fault::new(patience_at, message));
        }
        let n_iter_no_change = n_patience - 1;
        let restores = inner
            .take("restore_best_weights")
            .map_or(Ok(false), |argument| boolean("restore_best_weights", argument))?;
        self.experiment.training.stop = match monitor.as_str() {
            "val_accuracy" if restores => StopRule::ValidationScore { n_iter_no_change, tol },
            "loss" if !restores => StopRule::TrainingLoss { n_iter_no_change, tol },
            "val_accuracy" => {
                let message = "EarlyStopping: expected restore_best_weights=True with val_accuracy, since Inkling then gives the best weights back";
                return Err(Fault::new(at, message));
            }
            "loss" => {
                let message = "EarlyStopping: expected restore_best_weights=False with loss, since Inkling then keeps the last weights";
                return Err(Fault::new(at, message));
            }
            other => {
                let message = format!(
                    "EarlyStopping: Inkling stops by monitor=\"val_accuracy\" or monitor=\"loss\", not by {other}"
                );
                return Err(Fault::new(at, message));
            }
        };
        inner.ignore(&["mode", "verbose"]);
        inner.only("baseline", &[ExprKind::None])?;
        inner.only("start_from_epoch", &[ExprKind::Int(0)])?;
        inner.finish(&["monitor", "min_delta", "patience", "restore_best_weights"])
    }
}

/// A loss by its name, as a text, a function or an object.
fn loss(argument: &Argument) -> Result<Loss, Fault> {
    let value = &argument.value;
    let name = match value.as_call() {
        Some((class, inner)) => {
            let mut inner = Arguments::new(class, inner, &[])?;
            inner.ignore(&["name"]);
            if class.contains("rossentropy") {
                inner.only("from_logits", &[ExprKind::Bool(false)])?;
            }
            inner.finish(&[])?;
            class.to_owned()
        }
        None => word("loss", argument)?,
    };
    // `SparseCategoricalCrossentropy` and `sparse_categorical_crossentropy` alike.
    match name.to_lowercase().replace('_', "").as_str() {
        "sparsecategoricalcrossentropy" | "categoricalcrossentropy" => Ok(Loss::CategoricalCrossentropy),
        "binarycrossentropy" => Ok(Loss::BinaryCrossentropy),
        "meansquarederror" | "mse" => Ok(Loss::MeanSquaredError),
        "halfsquarederror" => Ok(Loss::HalfSquaredError),
        _ => {
            let names: Vec<_> = Loss::ALL.iter().map(|loss| loss.as_str()).collect();
            let message = format!(
                "{name} is not a loss of Inkling; losses are sparse_categorical_crossentropy, {}",
                names.join(", ")
            );
            Err(Fault::new(value.at, message))
        }
    }
}

fn check_metrics(argument: &Argument) -> Result<(), Fault> {
    let items = match &argument.value.kind {
        ExprKind::List(items) => items.as_slice(),
        ExprKind::None => return Ok(()),
        _ => std::slice::from_ref(&argument.value),
    };
    for item in items {
        let is_accuracy = match (&item.kind, item.as_call()) {
            (ExprKind::Text(name), _) => name == "acc" || name.ends_with("accuracy"),
            (_, Some((class, _))) => class.ends_with("Accuracy"),
            _ => item.last_name().is_some_and(|name| name.ends_with("ccuracy")),
        };
        if !is_accuracy {
            let message = format!("metrics: Inkling measures \"accuracy\" only, got {}", item.got());
            return Err(Fault::new(item.at, message));
        }
    }
    Ok(())
}
