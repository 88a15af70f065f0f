//! Python code as an experiment.

mod arguments;
mod faults;
mod fit;
mod initializer;
mod layer;
mod layer_list;
mod optimizer;
mod scikit_learn;
mod settings;
#[cfg(test)]
mod tests;

use super::error::{CodeError, Fault};
use super::python::{Argument, Expr, ExprKind, statements};
use faults::Places;
use inkling_engine::experiment::Experiment;
use layer_list::Layers;
use std::collections::HashMap;

/// The longest code that is read, in bytes.
const MAX_LEN: usize = 50_000;
/// The largest value that a name is bound to, in parts; a larger one stays unknown.
const MAX_BOUND: usize = 1_000;

/// What the code builds.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// The experiment, which has passed its check.
    pub experiment: Experiment,
    /// Its parameters.
    pub n_params: usize,
    /// What the learner should know about it, in sentences.
    pub notes: Vec<&'static str>,
}

/// The experiment that Keras or scikit-learn code describes. Its data, and what the code does not say, are those of
/// `present`: without `compile` and `fit`, the whole training.
///
/// # Errors
/// The first thing that is not Python, that Inkling cannot do, or that the experiment's check refuses.
pub fn read(code: &str, present: &Experiment) -> Result<Built, CodeError> {
    read_code(code, present).map_err(|fault| fault.in_code(code))
}

fn read_code(code: &str, present: &Experiment) -> Result<Built, Fault> {
    if code.len() > MAX_LEN {
        return Err(Fault::new(0, "expected at most 50,000 characters of code"));
    }
    let mut reader = Reader::new(present);
    for statement in statements(code)? {
        let value = statement.value.resolved(&reader.names);
        reader.take(&value, &statement.names)?;
        reader.bind(&statement.names, value);
    }
    reader.finish()
}

/// What has been read so far.
struct Reader {
    experiment: Experiment,
    names: HashMap<String, Expr>,
    /// The network: its name and its layers.
    network: Option<(Option<String>, Layers)>,
    /// Whether it is scikit-learn's.
    is_classifier: bool,
    places: Places,
    notes: Vec<&'static str>,
}

impl Reader {
    fn new(present: &Experiment) -> Reader {
        Reader {
            experiment: present.clone(),
            names: HashMap::new(),
            network: None,
            is_classifier: false,
            places: Places::default(),
            notes: vec![],
        }
    }

    fn note(&mut self, note: &'static str) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Takes up what a statement says about network, training or seed.
    fn take(&mut self, value: &Expr, names: &[String]) -> Result<(), Fault> {
        let ExprKind::Call(callee, arguments) = &value.kind else { return Ok(()) };
        // `MLPClassifier(…).fit(x, y)`, `Sequential([…]).summary()`
        if let ExprKind::Attribute(base, method) = &callee.kind {
            self.take(base, names)?;
            return match (&base.kind, method.as_str()) {
                (ExprKind::Call(..), "add" | "compile" | "fit") if self.network.is_some() => {
                    self.take_method(value.at, method, arguments)
                }
                _ => Ok(()),
            };
        }
        match callee.last_name() {
            Some("Sequential") => {
                self.places.network = value.at;
                self.network = Some((names.first().cloned(), Layers::new(arguments)?));
                self.is_classifier = false;
                Ok(())
            }
            Some("MLPClassifier") => {
                self.places.network = value.at;
                let layers = self.take_classifier(value.at, arguments)?;
                self.network = Some((None, layers));
                self.is_classifier = true;
                Ok(())
            }
            Some(wrong @ ("MLPRegressor" | "LogisticRegression")) => Err(Fault::new(
                value.at,
                format!("{wrong} is not read here: write MLPClassifier(…) or keras.Sequential([…])"),
            )),
            Some("Model") => {
                Err(Fault::new(value.at, "networks with branches are not read here: write keras.Sequential([…])"))
            }
            Some("set_random_seed") => self.take_seed(arguments),
            Some(method @ ("add" | "compile" | "fit")) if self.is_of_network(callee, method) => {
                self.take_method(value.at, method, arguments)
            }
            _ => Ok(()),
        }
    }

    /// Whether `model.fit` is a method of the network: its name, or `self.model`.
    fn is_of_network(&self, callee: &Expr, method: &str) -> bool {
        let ExprKind::Name(path) = &callee.kind else { return false };
        let Some((name, _)) = &self.network else { return false };
        path.strip_suffix(method)
            .and_then(|base| base.strip_suffix('.'))
            .is_some_and(|base| name.as_deref() == Some(base))
    }

    fn take_method(&mut self, at: usize, method: &str, arguments: &[Argument]) -> Result<(), Fault> {
        match (method, &mut self.network) {
            ("add", Some((_, layers))) => layers.add(at, arguments),
            ("compile", Some(_)) => self.take_compile(at, arguments),
            ("fit", Some(_)) => self.take_fit(at, arguments),
            _ => Ok(()),
        }
    }

    fn bind(&mut self, names: &[String], value: Expr) {
        let parts = match &value.kind {
            ExprKind::List(items) if items.len() == names.len() && names.len() > 1 => items.clone(),
            _ => vec![value; names.len()],
        };
        for (name, mut part) in names.iter().zip(parts) {
            if part.size() > MAX_BOUND {
                part.kind = ExprKind::Unknown;
            }
            self.names.insert(name.clone(), part);
        }
    }

    fn finish(mut self) -> Result<Built, Fault> {
        let Some((_, layers)) = self.network.take() else {
            return Err(Fault::new(0, "expected a network: write keras.Sequential([…]) or MLPClassifier(…)"));
        };
        for note in layers.notes() {
            self.note(note);
        }
        let initializers = layers.put_into(&mut self.experiment, &mut self.places);
        settings::share_penalty(&mut self.experiment);
        initializers.check(&self.experiment)?;
        match self.experiment.check() {
            Ok(checked) => Ok(Built { n_params: checked.n_params(), experiment: self.experiment, notes: self.notes }),
            Err(errors) => Err(self.places.fault(&errors, &self.experiment)),
        }
    }
}
