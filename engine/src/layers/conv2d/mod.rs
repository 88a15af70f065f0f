//! Conv2D: `y = activation(conv(x) + bias)`.

mod explanation;
mod max_pooled;

pub use explanation::{ChannelSum, Conv2DArithmetic};

use super::activation::NOT_SOFTMAX;
use super::{
    Layer, LayerConfig, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, ParamRange,
    ParamShapes, SIDES, TrainingPass,
};
use crate::experiment::{Activation, CheckedLayer, Initializer, Padding, Regularizer, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField, Windows};
use crate::field::{ChoiceRange, CountRange, FieldMut, FieldSpec, help_text};
use crate::kernels::{Conv2DGeometry, Conv2DPlan, Upstream};
use max_pooled::MaxPooledConv2D;
use serde::Serialize;

const FILTERS: FieldSpec<CountRange> = FieldSpec::new(
    "filters",
    "filters",
    "How many kernels a convolution learns; each makes one map.",
    CountRange { low: 1, high: 512 },
);
const KERNEL_SIZE: FieldSpec<CountRange> =
    FieldSpec::new("kernel_size", "kernel size", "Height × width of the patch that a convolution looks at.", SIDES)
        .pair(["kernel height", "kernel width"]);
const STRIDES: FieldSpec<CountRange> = FieldSpec::new(
    "strides",
    "strides",
    "How far the kernel moves between two places, down × across. 2 halves the map.",
    SIDES,
)
.pair(["stride down", "stride across"])
.detail()
.optional();
const PADDING: FieldSpec<ChoiceRange> = FieldSpec::new(
    "padding",
    "padding",
    "What happens at the border. valid: only places where the kernel fits, so the map shrinks. same: zeros around the image, so that with strides of 1 the map keeps its size.",
    ChoiceRange::ANY,
)
.detail()
.optional();
const ACTIVATION: FieldSpec<ChoiceRange> = Activation::field(NOT_SOFTMAX).optional();

/// Hyperparameters of a Conv2D layer. Kernel `[kernel_h, kernel_w, in_channels, filters]`, bias `[filters]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conv2DConfig {
    /// Maps that come out, in `1..=512`.
    pub filters: usize,
    /// `[height, width]` of the kernel, at most the input's (`valid`) and at most 28.
    pub kernel_size: [usize; 2],
    /// `[down, across]`, each in `1..=28`.
    pub strides: [usize; 2],
    /// What happens at the border.
    pub padding: Padding,
    /// Applied to each cell; not softmax.
    pub activation: Activation,
    /// How kernel and bias begin.
    pub kernel_initializer: Initializer,
    /// Penalty of this kernel alone, beside the one of the whole training.
    #[serde(skip_serializing_if = "Regularizer::is_none")]
    pub kernel_regularizer: Regularizer,
}

fn ones() -> [usize; 2] {
    [1, 1]
}

impl Conv2DConfig {
    /// Filters of that `[height, width]`, otherwise with Keras' defaults: strides of 1, `valid`, no activation, Glorot
    /// uniform, no penalty.
    #[must_use]
    pub fn new(filters: usize, kernel_size: [usize; 2]) -> Conv2DConfig {
        Conv2DConfig {
            filters,
            kernel_size,
            strides: ones(),
            padding: Padding::Valid,
            activation: Activation::Linear,
            kernel_initializer: Initializer::GlorotUniform,
            kernel_regularizer: Regularizer::default(),
        }
    }

    /// With an activation.
    #[must_use]
    pub fn activation(self, activation: Activation) -> Conv2DConfig {
        Conv2DConfig { activation, ..self }
    }

    /// With `[down, across]` from window to window.
    #[must_use]
    pub fn strides(self, strides: [usize; 2]) -> Conv2DConfig {
        Conv2DConfig { strides, ..self }
    }

    /// With zeros around the input, or without.
    #[must_use]
    pub fn padding(self, padding: Padding) -> Conv2DConfig {
        Conv2DConfig { padding, ..self }
    }

    /// The sizes that the kernels need.
    fn geometry(&self, input: Shape) -> Conv2DGeometry {
        Conv2DGeometry {
            input: input.dims(),
            filters: self.filters,
            kernel_size: self.kernel_size,
            strides: self.strides,
            padding: self.padding,
        }
    }

    /// How the cells look at the input.
    fn windows(&self, input: Shape) -> Windows {
        Windows { size: self.kernel_size, strides: self.strides, before: self.geometry(input).pad_before() }
    }
}

/// What a new Conv2D layer begins with on the page.
impl Default for Conv2DConfig {
    fn default() -> Conv2DConfig {
        Conv2DConfig::new(32, [3, 3]).activation(Activation::Relu)
    }
}

impl LayerKind for Conv2DConfig {
    fn type_name(&self) -> &'static str {
        "Conv2D"
    }

    fn name_stem(&self) -> &'static str {
        "conv2d"
    }

    fn help(&self) -> &'static str {
        help_text(
            "Convolution: a small kernel of weights slides over the image and writes, at each place, how well the patch below fits. Each filter makes one map.",
        )
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Convolution
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        let [l1, l2] = self.kernel_regularizer.fields();
        vec![
            FieldMut::Count(&FILTERS, &mut self.filters),
            FieldMut::Pair(&KERNEL_SIZE, &mut self.kernel_size),
            FieldMut::Pair(&STRIDES, &mut self.strides),
            FieldMut::Choice(&PADDING, &mut self.padding),
            FieldMut::Choice(&ACTIVATION, &mut self.activation),
            FieldMut::Choice(&Initializer::FIELD, &mut self.kernel_initializer),
            l1,
            l2,
        ]
    }

    fn output_shape(&self, input: Shape, errors: &mut LayerErrors<'_>) -> Option<Shape> {
        let [height, width, _] = errors.image(input)?;
        if self.padding == Padding::Valid {
            errors.window(KERNEL_SIZE.words.name, self.kernel_size, [height, width])?;
        }
        let are_sides_right = self.kernel_size.iter().chain(&self.strides).all(|side| SIDES.contains(*side));
        (FILTERS.range.contains(self.filters) && are_sides_right).then(|| {
            let [height, width, channels] = self.geometry(input).output();
            Shape::Image { height, width, channels }
        })
    }

    fn params(&self, input: Shape) -> Option<ParamShapes> {
        let ([kernel_h, kernel_w], in_channels, filters) = (self.kernel_size, input.dims()[2], self.filters);
        Some(ParamShapes {
            kernel: vec![kernel_h, kernel_w, in_channels, filters],
            n_bias: filters,
            n_normalized: 0,
            fans: [kernel_h * kernel_w * in_channels, kernel_h * kernel_w * filters],
            arithmetic: format!("({kernel_h}·{kernel_w}·{in_channels} + 1)·{filters}"),
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

    fn input_field(&self, input: Shape, output: ReceptiveField) -> ReceptiveField {
        self.windows(input).input_field(input, output)
    }
}

impl LayerWork for Conv2DConfig {
    fn build(&self, site: &LayerSite<'_>, activation: Activation) -> Box<dyn Layer> {
        Box::new(Conv2D::new(self.geometry(site.checked.input_shape), site.params, activation))
    }

    /// With a MaxPooling2D.
    fn build_fused(&self, site: &LayerSite<'_>, next: &CheckedLayer) -> Option<Box<dyn Layer>> {
        match &next.config {
            LayerConfig::MaxPooling2D(pooling) => {
                let geometry = self.geometry(site.checked.input_shape);
                Some(Box::new(MaxPooledConv2D::new(geometry, pooling.pool_size, site.params, self.activation)))
            }
            _ => None,
        }
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        CellArithmetic::Conv2D(Conv2DArithmetic::new(self, sample, cell))
    }
}

/// A Conv2D layer with its packed kernel.
#[derive(Debug)]
struct Conv2D {
    plan: Conv2DPlan,
    params: ParamRange,
    activation: Activation,
}

impl Conv2D {
    /// A layer of these sizes, to be packed before use.
    fn new(geometry: Conv2DGeometry, params: ParamRange, activation: Activation) -> Conv2D {
        Conv2D { plan: Conv2DPlan::new(geometry), params, activation }
    }
}

impl Layer for Conv2D {
    fn pack(&mut self, weights: &[f32]) {
        self.plan.pack(&weights[self.params.kernel()]);
    }

    fn forward(&mut self, x: &[f32], weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        self.plan.forward(x, &weights[self.params.bias()], self.activation, y);
    }

    fn backward(&mut self, x: &[f32], y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>) {
        let (dkernel, dbias) = self.params.split_mut(gradients);
        let upstream = Upstream { y, dy, activation: self.activation };
        self.plan.backward(x, upstream, dkernel, dbias, dx);
    }

    fn has_params(&self) -> bool {
        true
    }
}
