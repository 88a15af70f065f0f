//! Keras' optimizers.

use super::arguments::{Arguments, boolean, expected, number};
use super::{Fault, Reader};
use crate::code::python::{Argument, ExprKind};
use inkling_engine::experiment::{Field, OptimizerConfig};
use inkling_engine::field::{FieldMut, Variants};

impl Reader {
    /// `optimizer="adam"` or `optimizer=keras.optimizers.Adam(learning_rate=0.01)`.
    pub(super) fn take_optimizer(&mut self, argument: &Argument) -> Result<(), Fault> {
        let value = &argument.value;
        let (called, inner): (&str, &[Argument]) = match &value.kind {
            ExprKind::Text(name) => (name, &[]),
            _ => value.as_call().ok_or_else(|| not_an_optimizer(value.at, &value.got()))?,
        };
        let mut all = OptimizerConfig::all().into_iter();
        let Some(mut optimizer) = all.find(|optimizer| optimizer.name().eq_ignore_ascii_case(called)) else {
            return Err(not_an_optimizer(value.at, called));
        };
        let names: Vec<_> = optimizer.fields().iter().map(|field| field.words().name).collect();
        let positional: Vec<_> = ["learning_rate"].into_iter().chain(names.iter().copied()).collect();
        let mut arguments = Arguments::new(optimizer.name(), inner, &positional)?;
        self.places.training.insert(Field::Optimizer, value.at);
        self.places.training.insert(Field::LearningRate, value.at);
        // Keras' default.
        self.experiment.training.learning_rate = if optimizer.name() == "SGD" { 0.01 } else { 0.001 };
        if let Some(argument) = arguments.take("learning_rate") {
            self.places.training.insert(Field::LearningRate, argument.value.at);
            self.experiment.training.learning_rate = number("learning_rate", argument)?;
        }
        for field in optimizer.fields() {
            let name = field.words().name;
            let Some(argument) = arguments.take(name) else { continue };
            self.places.training.insert(Field::Optimizer, argument.value.at);
            match field {
                FieldMut::Number(_, place) => *place = number(name, argument)?,
                FieldMut::Switch(_, place) => *place = boolean(name, argument)?,
                _ => return Err(Fault::new(argument.value.at, expected(name, "a number", &argument.value))),
            }
        }
        arguments.ignore(&["name"]);
        for (name, off) in
            [("amsgrad", ExprKind::Bool(false)), ("centered", ExprKind::Bool(false)), ("weight_decay", ExprKind::None)]
        {
            arguments.only(name, &[off])?;
        }
        if optimizer.name() == "RMSprop" {
            arguments.only("momentum", &[ExprKind::Float(0.0), ExprKind::Int(0)])?;
        }
        arguments.finish(&positional)?;
        self.experiment.training.optimizer = optimizer;
        Ok(())
    }
}

fn not_an_optimizer(at: usize, got: &str) -> Fault {
    let names: Vec<_> = OptimizerConfig::all().iter().map(OptimizerConfig::name).collect();
    Fault::new(at, format!("{got} is not an optimizer of Inkling; optimizers are {}", names.join(", ")))
}
