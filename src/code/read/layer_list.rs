//! The layers of a `Sequential`.

use super::arguments::Arguments;
use super::faults::{LayerPlaces, Places};
use super::layer::{self, LayerRead};
use crate::code::error::Fault;
use crate::code::python::{Argument, Expr, ExprKind};
use inkling_engine::experiment::{Experiment, Initializer, LayerConfig, Shape};

/// Layers in a row, as they are read.
#[derive(Default)]
pub struct Layers {
    layers: Vec<(LayerConfig, LayerPlaces)>,
    uniform: Vec<UniformKernel>,
    input: Option<Vec<i64>>,
    has_augmentation: bool,
}

/// A kernel and a bias that begin uniformly, as in scikit-learn.
struct UniformKernel {
    layer_idx: usize,
    limit: f64,
    at: usize,
}

/// Kernels that begin uniformly; whether they do so as in scikit-learn is known once all shapes are.
pub struct UniformKernels(Vec<UniformKernel>);

impl Layers {
    /// Those of `Sequential([…])`, or none yet.
    ///
    /// # Errors
    /// At the first one that Inkling does not have.
    pub fn new(arguments: &[Argument]) -> Result<Layers, Fault> {
        let mut layers = Layers::default();
        let mut arguments = Arguments::new("Sequential", arguments, &["layers"])?;
        arguments.ignore(&["name", "trainable"]);
        if let Some(argument) = arguments.take("layers") {
            let ExprKind::List(items) = &argument.value.kind else {
                let message = format!("Sequential: expected a list of layers, got {}", argument.value.got());
                return Err(Fault::new(argument.value.at, message));
            };
            for item in items {
                layers.push(item)?;
            }
        }
        arguments.finish(&["layers"])?;
        Ok(layers)
    }

    /// That network of scikit-learn.
    pub fn of(layers: Vec<(LayerConfig, LayerPlaces)>) -> Layers {
        Layers { layers, ..Layers::default() }
    }

    /// `model.add(layer)`
    ///
    /// # Errors
    /// As [`new`](Layers::new).
    pub fn add(&mut self, at: usize, arguments: &[Argument]) -> Result<(), Fault> {
        match arguments {
            [Argument { value, .. }] => self.push(value),
            _ => Err(Fault::new(at, format!("add: expected one layer, got {}", arguments.len()))),
        }
    }

    fn push(&mut self, item: &Expr) -> Result<(), Fault> {
        match layer::read(item)? {
            LayerRead::Input(shape) => self.take_input(item.at, shape),
            LayerRead::Augmentation => {
                self.has_augmentation = true;
                Ok(())
            }
            LayerRead::Layer { config, places, input, uniform } => {
                if let Some(shape) = input {
                    self.take_input(item.at, shape)?;
                }
                if let Some(limit) = uniform {
                    let at = places.arguments.get("kernel_initializer").copied().unwrap_or(item.at);
                    self.uniform.push(UniformKernel { layer_idx: self.layers.len(), limit, at });
                }
                self.layers.push((config, places));
                Ok(())
            }
        }
    }

    fn take_input(&mut self, at: usize, shape: Vec<i64>) -> Result<(), Fault> {
        if !self.layers.is_empty() {
            return Err(Fault::new(at, "expected the input's shape at the first layer, got it after one"));
        }
        if ![&[28, 28, 1][..], &[28, 28], &[784]].contains(&shape.as_slice()) {
            let got: Vec<_> = shape.iter().map(i64::to_string).collect();
            let message = format!(
                "shape: expected (28, 28, 1), (28, 28) or (784,), since images have 28×28 pixels, got ({})",
                got.join(", ")
            );
            return Err(Fault::new(at, message));
        }
        self.input = Some(shape);
        Ok(())
    }

    /// What the learner should know.
    pub fn notes(&self) -> Vec<&'static str> {
        let mut notes = vec![];
        if self.has_augmentation {
            notes.push("Layers that move images are data settings in Inkling, and stay as they are there.");
        }
        if self.needs_flatten() {
            notes.push("A Flatten was put first, since images go into Inkling's networks.");
        }
        notes
    }

    /// Whether flat pixels go into the first layer.
    fn needs_flatten(&self) -> bool {
        let is_flat = self.input.as_deref() == Some(&[784]);
        is_flat && self.layers.first().is_some_and(|(first, _)| *first != LayerConfig::FLATTEN)
    }

    /// Makes them the experiment's network.
    pub fn put_into(mut self, experiment: &mut Experiment, places: &mut Places) -> UniformKernels {
        let has_images = matches!(experiment.data.input_shape(), Shape::Image { .. });
        if self.needs_flatten() && has_images {
            self.layers.insert(0, (LayerConfig::FLATTEN, LayerPlaces { at: places.network, ..LayerPlaces::default() }));
            self.uniform.iter_mut().for_each(|uniform| uniform.layer_idx += 1);
        }
        let (network, layer_places) = self.layers.into_iter().unzip();
        (experiment.network, places.layers) = (network, layer_places);
        UniformKernels(self.uniform)
    }
}

impl UniformKernels {
    /// That each begins as in scikit-learn: in `±sqrt(6 / (inputs + outputs))`, or with 2 for 6.
    ///
    /// # Errors
    /// At one that does not.
    pub fn check(&self, experiment: &Experiment) -> Result<(), Fault> {
        let traced = experiment.trace_shapes();
        for UniformKernel { layer_idx, limit, at } in &self.0 {
            let Some(Ok(layer)) = traced.get(*layer_idx) else { continue };
            let Some(params) = layer.config.kind().params(layer.input_shape) else { continue };
            let fans: usize = params.fans.iter().sum();
            let is_right = [6.0, 2.0].iter().any(|factor| (limit / (factor / fans as f64).sqrt() - 1.0).abs() < 1e-3);
            if !is_right {
                let names: Vec<_> = Initializer::ALL.iter().map(|initializer| initializer.as_str()).collect();
                let message = format!(
                    "kernel_initializer: RandomUniform is read only with scikit-learn's limit, {:.4} here; initializers are {}",
                    (6.0 / fans as f64).sqrt(),
                    names.join(", ")
                );
                return Err(Fault::new(*at, message));
            }
        }
        Ok(())
    }
}
