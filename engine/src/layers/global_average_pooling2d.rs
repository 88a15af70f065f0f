//! GlobalAveragePooling2D: the mean of each map.

use super::{
    AveragePoolingArithmetic, Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork,
    TrainingPass,
};
use crate::experiment::{Activation, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField};
use crate::field::help_text;
use crate::kernels::pooling as kernels;
use serde::Serialize;

/// GlobalAveragePooling2D has no hyperparameters.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct GlobalAveragePooling2DConfig {}

impl LayerKind for GlobalAveragePooling2DConfig {
    fn type_name(&self) -> &'static str {
        "GlobalAveragePooling2D"
    }

    fn name_stem(&self) -> &'static str {
        "global_average_pooling2d"
    }

    fn help(&self) -> &'static str {
        help_text(
            "Takes the mean of each map and makes a vector of them: how much of a feature there is, wherever it is. It takes \
         the place of a Flatten, and leaves the next layer far fewer weights.",
        )
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Pooling
    }

    fn output_shape(&self, input: Shape, errors: &mut LayerErrors<'_>) -> Option<Shape> {
        errors.image(input).map(|[_, _, channels]| Shape::Vector(channels))
    }

    fn input_field(&self, input: Shape, output: ReceptiveField) -> ReceptiveField {
        ReceptiveField { channel: output.channel, ..ReceptiveField::whole(input) }
    }
}

impl LayerWork for GlobalAveragePooling2DConfig {
    fn build(&self, site: &LayerSite<'_>, _activation: Activation) -> Box<dyn Layer> {
        Box::new(GlobalAveragePooling2D { input: site.checked.input_shape.dims() })
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        let window = ReceptiveField::whole(sample.layer.input_shape).clipped;
        let values = sample.window_values(window, cell.channel).flatten().collect();
        CellArithmetic::AveragePooling2D(AveragePoolingArithmetic::new(window, values, sample.output_at(cell)))
    }
}

/// One window, as large as the input.
#[derive(Debug)]
struct GlobalAveragePooling2D {
    input: [usize; 3],
}

impl GlobalAveragePooling2D {
    fn window(&self) -> [usize; 2] {
        [self.input[0], self.input[1]]
    }
}

impl Layer for GlobalAveragePooling2D {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        kernels::average_pool_forward(x, self.input, self.window(), y);
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            kernels::average_pool_backward(dy, self.input, self.window(), dx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::LayerConfig;
    use crate::explain::testing::{Filled, image, layer};
    use crate::explain::{cell_arithmetic, receptive_fields};

    #[test]
    fn a_mean_is_explained_by_its_whole_map() {
        let layer = layer(LayerConfig::GlobalAveragePooling2D(GlobalAveragePooling2DConfig {}), image(2, 2, 2));
        assert_eq!((layer.output_shape, layer.n_params()), (Shape::Vector(2), 0));
        let filled = Filled {
            layer,
            input: vec![1.0, 10.0, 2.0, 20.0, 3.0, 30.0, 6.0, 20.0],
            kernel: vec![],
            bias: vec![],
            output: vec![3.0, 20.0],
        };
        let cell = CellIndex::unit(1);
        let arithmetic = cell_arithmetic(&filled.sample(0), cell);
        let Ok(CellArithmetic::AveragePooling2D(mean)) = arithmetic else { panic!("{arithmetic:?}") };
        assert_eq!((mean.values, mean.sum, mean.result), (vec![10.0, 20.0, 30.0, 20.0], 80.0, 20.0));
        let fields = receptive_fields(&[filled.layer], 0, cell);
        let expected = ReceptiveField { channel: Some(1), ..ReceptiveField::whole(image(2, 2, 2)) };
        assert_eq!(fields, Ok(vec![expected]));
    }

    #[test]
    fn each_position_gets_its_share_of_the_gradient() {
        let mut pooling = GlobalAveragePooling2D { input: [2, 2, 1] };
        let (mut y, mut dx) = ([0.0], [0.0; 4]);
        pooling.forward(&[1.0, 2.0, 3.0, 6.0], &[], None, &mut y);
        pooling.backward(&[], &y, &mut [8.0], &mut [], Some(&mut dx));
        assert_eq!((y, dx), ([3.0], [2.0; 4]));
    }
}
