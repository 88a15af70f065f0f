//! Dense: `y = activation(x · kernel + bias)`.

mod explanation;

pub use explanation::{Contribution, DenseArithmetic, unit_sums};

use super::{
    INPUT_FIELD, Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, ParamRange,
    ParamShapes, TrainingPass,
};
use crate::experiment::{Activation, CheckedLayer, Initializer, Regularizer, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField};
use crate::field::{ChoiceRange, CountRange, FieldMut, FieldSpec, help_text};
use crate::kernels::{DensePlan, SparseRows, activation};
use serde::Serialize;

const UNITS: FieldSpec<CountRange> =
    FieldSpec::new("units", "units", "How many outputs a Dense layer has.", CountRange { low: 1, high: 4096 });
const ACTIVATION: FieldSpec<ChoiceRange> = Activation::field(ChoiceRange::ANY).optional();

/// Hyperparameters of a Dense layer. Kernel `[inputs, units]`, bias `[units]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DenseConfig {
    /// Outputs, in `1..=4096`.
    pub units: usize,
    /// Applied to each output (softmax: to all of them together).
    pub activation: Activation,
    /// How kernel and bias begin.
    pub kernel_initializer: Initializer,
    /// Penalty of this kernel alone, beside the one of the whole training.
    #[serde(skip_serializing_if = "Regularizer::is_none")]
    pub kernel_regularizer: Regularizer,
}

impl DenseConfig {
    /// A layer of so many units, otherwise with Keras' defaults: no activation, Glorot uniform, no penalty.
    #[must_use]
    pub fn new(units: usize) -> DenseConfig {
        DenseConfig {
            units,
            activation: Activation::Linear,
            kernel_initializer: Initializer::GlorotUniform,
            kernel_regularizer: Regularizer::default(),
        }
    }

    /// With an activation.
    #[must_use]
    pub fn activation(self, activation: Activation) -> DenseConfig {
        DenseConfig { activation, ..self }
    }
}

/// What a new Dense layer begins with on the page.
impl Default for DenseConfig {
    fn default() -> DenseConfig {
        DenseConfig::new(40).activation(Activation::Relu)
    }
}

impl LayerKind for DenseConfig {
    fn type_name(&self) -> &'static str {
        "Dense"
    }

    fn name_stem(&self) -> &'static str {
        "dense"
    }

    fn help(&self) -> &'static str {
        help_text(
            "Fully connected layer: each unit sees every input, multiplies each by a weight of its own, adds them up with its bias, and applies its activation.",
        )
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Dense
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        let [l1, l2] = self.kernel_regularizer.fields();
        vec![
            FieldMut::Count(&UNITS, &mut self.units),
            FieldMut::Choice(&ACTIVATION, &mut self.activation),
            FieldMut::Choice(&Initializer::FIELD, &mut self.kernel_initializer),
            l1,
            l2,
        ]
    }

    fn output_shape(&self, input: Shape, errors: &mut LayerErrors<'_>) -> Option<Shape> {
        if matches!(input, Shape::Image { .. }) {
            errors.add(INPUT_FIELD, "a vector: put a Flatten before it", input);
            return None;
        }
        UNITS.range.contains(self.units).then_some(Shape::Vector(self.units))
    }

    fn params(&self, input: Shape) -> Option<ParamShapes> {
        let (inputs, units) = (input.size(), self.units);
        Some(ParamShapes {
            kernel: vec![inputs, units],
            n_bias: units,
            n_normalized: 0,
            fans: [inputs, units],
            arithmetic: format!("{inputs}·{units} + {units}"),
        })
    }

    fn activation(&self) -> Option<Activation> {
        Some(self.activation)
    }

    fn kernel_initializer(&self) -> Option<Initializer> {
        Some(self.kernel_initializer)
    }

    fn kernel_regularizer(&self) -> Option<Regularizer> {
        Some(self.kernel_regularizer)
    }

    fn input_field(&self, input: Shape, _output: ReceptiveField) -> ReceptiveField {
        ReceptiveField::whole(input)
    }
}

impl LayerWork for DenseConfig {
    fn build(&self, site: &LayerSite<'_>, activation: Activation) -> Box<dyn Layer> {
        Box::new(Dense::new(site.checked, site.params, activation))
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        CellArithmetic::Dense(DenseArithmetic::new(self.activation, sample, cell.channel))
    }
}

/// Inputs below which looking for zeros does not pay.
const MIN_SPARSE_INPUTS: usize = 256;
/// Share of non-zero inputs up to which the sparse products win.
pub const MAX_DENSITY: f64 = 0.5;

/// A Dense layer with its packed kernel.
#[derive(Debug)]
struct Dense {
    plan: DensePlan,
    params: ParamRange,
    activation: Activation,
    units: usize,
    inputs: usize,
    /// The input's non-zero entries: pixels are mostly zero. The products give the same bits either way.
    sparse_x: SparseRows,
    is_sparse: bool,
    /// Whether `sparse_x` was filled in advance.
    has_entries: bool,
}

impl Dense {
    /// A layer of these sizes, to be packed before use.
    fn new(checked: &CheckedLayer, params: ParamRange, activation: Activation) -> Dense {
        let (inputs, units) = (checked.input_shape.size(), checked.output_shape.size());
        let plan = DensePlan::new(inputs, units);
        let sparse_x = SparseRows::new();
        Dense { plan, params, activation, units, inputs, sparse_x, is_sparse: false, has_entries: false }
    }
}

impl Layer for Dense {
    fn pack(&mut self, weights: &[f32]) {
        self.plan.pack(&weights[self.params.kernel()]);
    }

    fn forward(&mut self, x: &[f32], weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        let bias = &weights[self.params.bias()];
        self.is_sparse = std::mem::take(&mut self.has_entries)
            || self.accepts_sparse() && {
                self.sparse_x.fill(x, self.inputs);
                self.sparse_x.density() <= MAX_DENSITY
            };
        if self.is_sparse {
            self.plan.forward_sparse(&self.sparse_x, bias, y);
        } else {
            self.plan.forward(x, bias, y);
        }
        activation::forward(self.activation, y, self.units);
    }

    fn backward(&mut self, x: &[f32], y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>) {
        activation::backward(self.activation, y, dy, self.units);
        let (dkernel, dbias) = self.params.split_mut(gradients);
        if self.is_sparse {
            self.plan.backward_params_sparse(&self.sparse_x, dy, dkernel, dbias);
        } else {
            self.plan.backward_params(x, dy, dkernel, dbias);
        }
        if let Some(dx) = dx {
            self.plan.backward_input(dy, dx);
        }
    }

    fn has_params(&self) -> bool {
        true
    }

    fn accepts_sparse(&self) -> bool {
        self.inputs >= MIN_SPARSE_INPUTS
    }

    fn take_entries(&mut self, x: &mut SparseRows) {
        std::mem::swap(&mut self.sparse_x, x);
        self.has_entries = true;
    }
}
