//! The arguments of a call by their names.

use crate::code::error::Fault;
use crate::code::python::{Argument, Expr, ExprKind};
use serde_json::{Value, json};

/// Arguments of one call, which are taken out one by one.
pub struct Arguments<'e> {
    /// What is called.
    callee: &'e str,
    left: Vec<(String, &'e Argument)>,
}

impl<'e> Arguments<'e> {
    /// The arguments of a call; those without a name have the names in `positional`, in that order.
    ///
    /// # Errors
    /// At an argument without a name beyond these, or a name that comes twice.
    pub fn new(callee: &'e str, arguments: &'e [Argument], positional: &[&str]) -> Result<Arguments<'e>, Fault> {
        let mut left: Vec<(String, &Argument)> = vec![];
        let mut places = positional.iter();
        for argument in arguments {
            let name = match &argument.name {
                Some(name) => name.clone(),
                None => match places.next() {
                    Some(name) => (*name).to_owned(),
                    None => {
                        let expected = if positional.is_empty() { "no arguments" } else { "the rest by their names" };
                        let message = format!("{callee}: expected {expected}, got {}", argument.value.got());
                        return Err(Fault::new(argument.at, message));
                    }
                },
            };
            if left.iter().any(|(before, _)| *before == name) {
                return Err(Fault::new(argument.at, format!("{callee}: {name} comes twice")));
            }
            left.push((name, argument));
        }
        Ok(Arguments { callee, left })
    }

    /// Takes an argument out.
    pub fn take(&mut self, name: &str) -> Option<&'e Argument> {
        let place = self.left.iter().position(|(other, _)| other == name)?;
        Some(self.left.remove(place).1)
    }

    /// Takes arguments out that change nothing here.
    pub fn ignore(&mut self, names: &[&str]) {
        self.left.retain(|(name, _)| !names.contains(&name.as_str()));
    }

    /// Takes an argument out whose value must be this, as it is by default.
    ///
    /// # Errors
    /// If it has another.
    pub fn only(&mut self, name: &str, allowed: &[ExprKind]) -> Result<(), Fault> {
        let Some(argument) = self.take(name) else { return Ok(()) };
        if allowed.contains(&argument.value.kind) {
            return Ok(());
        }
        let allowed = allowed.first().map_or(String::new(), |kind| Expr { at: 0, kind: kind.clone() }.got());
        Err(Fault::new(
            argument.at,
            expected(name, &format!("{allowed}, the only one that Inkling has"), &argument.value),
        ))
    }

    /// That all have been taken.
    ///
    /// # Errors
    /// At the first that has not.
    pub fn finish(self, possible: &[&str]) -> Result<(), Fault> {
        let Some((name, argument)) = self.left.first() else { return Ok(()) };
        let callee = self.callee;
        let message = if possible.is_empty() {
            format!("{callee}: {name} is not a setting in Inkling")
        } else {
            format!("{callee}: {name} is not a setting in Inkling; settings are {}", possible.join(", "))
        };
        Err(Fault::new(argument.at, message))
    }
}

/// `units: expected a whole number, got 1.5`
pub fn expected(name: &str, expected: &str, got: &Expr) -> String {
    format!("{name}: expected {expected}, got {}", got.got())
}

/// A whole number of at least 0.
pub fn count(name: &str, argument: &Argument) -> Result<usize, Fault> {
    match argument.value.kind {
        ExprKind::Int(number) => usize::try_from(number).ok(),
        _ => None,
    }
    .ok_or_else(|| Fault::new(argument.value.at, expected(name, "a whole number", &argument.value)))
}

/// A number.
pub fn number(name: &str, argument: &Argument) -> Result<f64, Fault> {
    argument.value.number().ok_or_else(|| Fault::new(argument.value.at, expected(name, "a number", &argument.value)))
}

/// `True` or `False`.
pub fn boolean(name: &str, argument: &Argument) -> Result<bool, Fault> {
    match argument.value.kind {
        ExprKind::Bool(value) => Ok(value),
        _ => Err(Fault::new(argument.value.at, expected(name, "True or False", &argument.value))),
    }
}

/// A name as a text or as Keras' function of that name: `"relu"` or `keras.activations.relu`.
pub fn word(name: &str, argument: &Argument) -> Result<String, Fault> {
    match &argument.value.kind {
        ExprKind::Text(text) => Ok(text.clone()),
        ExprKind::Name(path) => Ok(path.rsplit('.').next().unwrap_or(path).to_owned()),
        _ => Err(Fault::new(argument.value.at, expected(name, "a name in quotes", &argument.value))),
    }
}

/// One of these names.
pub fn option(name: &str, argument: &Argument, options: &[&str]) -> Result<Value, Fault> {
    let got = word(name, argument)?;
    if options.contains(&got.as_str()) {
        return Ok(json!(got));
    }
    let options = format!("one of {}", options.join(", "));
    Err(Fault::new(argument.value.at, expected(name, &options, &argument.value)))
}
