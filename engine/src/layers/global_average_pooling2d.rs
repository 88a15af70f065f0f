//! GlobalAveragePooling2D: the mean of each map.

use super::average_pooling2d::AveragePooling2D;
use super::{AveragePoolingArithmetic, Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork};
use crate::experiment::{Activation, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField};
use crate::field::help_text;
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
    /// One window, as large as the input.
    fn build(&self, site: &LayerSite<'_>, _activation: Activation) -> Box<dyn Layer> {
        let [height, width, _] = site.checked.input_shape.dims();
        Box::new(AveragePooling2D::new([height, width], site.checked.input_shape))
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        let window = ReceptiveField::whole(sample.layer.input_shape).clipped;
        let values = sample.window_values(window, cell.channel).flatten().collect();
        CellArithmetic::AveragePooling2D(AveragePoolingArithmetic::new(window, values, sample.output_at(cell)))
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
        let mut pooling = AveragePooling2D::new([2, 2], image(2, 2, 1));
        let (mut y, mut dx) = ([0.0], [0.0; 4]);
        pooling.forward(&[1.0, 2.0, 3.0, 6.0], &[], None, &mut y);
        pooling.backward(&[], &y, &mut [8.0], &mut [], Some(&mut dx));
        assert_eq!((y, dx), ([3.0], [2.0; 4]));
    }
}
