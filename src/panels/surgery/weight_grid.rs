//! How a Dense unit's weights lie side by side as one picture that can be painted over.

use crate::components::layers::{KernelForm, LayerView, n_columns_of_vector};
use crate::components::pictures::Tiling;
use inkling_engine::experiment::Shape;
use ndarray::Array2;

/// The picture of a unit: the image that its inputs come from, one beside the other where it has several channels, or
/// just rows of inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightGrid {
    tiling: Tiling,
    n_inputs: usize,
    is_image: bool,
}

impl WeightGrid {
    /// Of the units of a Dense layer; `None` for other layers.
    #[must_use]
    pub fn of(view: &LayerView) -> Option<WeightGrid> {
        let n_inputs = view.layer.input_shape.size();
        let image = view.source.map(|source| source.shape);
        let tiling = match (view.form, image) {
            (
                KernelForm::Units { .. } | KernelForm::UnitMatrices { .. },
                Some(Shape::Image { height, width, channels }),
            ) => {
                let columns = (channels as f64).sqrt().ceil() as usize;
                Tiling { tile: [height, width], n: channels, columns }
            }
            (KernelForm::Matrix { .. }, _) => {
                let columns = n_columns_of_vector(n_inputs).min(n_inputs.max(1));
                Tiling { tile: [n_inputs.div_ceil(columns), columns], n: 1, columns: 1 }
            }
            _ => return None,
        };
        Some(WeightGrid { tiling, n_inputs, is_image: !matches!(view.form, KernelForm::Matrix { .. }) })
    }

    /// `[height, width]`
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        self.tiling.size()
    }

    /// Row of the kernel that the cell shows; `None` in gaps.
    #[must_use]
    pub fn row_of(&self, cell: [usize; 2]) -> Option<usize> {
        let (channel, [row, column]) = self.tiling.locate(cell)?;
        let row = (row * self.tiling.tile[1] + column) * self.tiling.n + channel;
        (row < self.n_inputs).then_some(row)
    }

    /// The picture's numbers, `[height, width]`, from a unit's kernel column; gaps are not a number.
    #[must_use]
    pub fn values(&self, kernel: &[f32]) -> Array2<f32> {
        Array2::from_shape_fn(self.size(), |(row, column)| {
            self.row_of([row, column]).and_then(|row| kernel.get(row).copied()).unwrap_or(f32::NAN)
        })
    }

    /// The position of a cell, as text.
    #[must_use]
    pub fn text(&self, cell: [usize; 2]) -> String {
        match (self.row_of(cell), self.tiling.locate(cell)) {
            (Some(input), _) if !self.is_image => format!("input {input}"),
            (Some(_), Some((_, [row, column]))) if self.tiling.n == 1 => {
                format!("row {row}, column {column}")
            }
            (Some(_), Some((channel, [row, column]))) => {
                format!("channel {channel}, row {row}, column {column}")
            }
            _ => "between the pictures".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::components::layers::layers_with_weights;
    use crate::protocol::Workload;
    use inkling_engine::experiment::{LayerConfig, Preset};

    /// Every input once.
    fn check(grid: WeightGrid) {
        let [height, width] = grid.size();
        let mut rows: Vec<usize> =
            (0..height * width).filter_map(|idx| grid.row_of([idx / width, idx % width])).collect();
        rows.sort_unstable();
        assert!(rows.iter().copied().eq(0..grid.n_inputs), "{grid:?}");
    }

    #[test]
    fn a_unit_on_pixels_is_the_image() {
        let grids: Vec<WeightGrid> =
            layers_with_weights(Workload::WideMlpTraining.experiment().unwrap().check().unwrap().layers())
                .iter()
                .filter_map(WeightGrid::of)
                .collect();
        assert_eq!(grids[0].size(), [28, 28]);
        assert_eq!(grids[0].row_of([1, 2]), Some(30));
        assert_eq!(grids[0].text([1, 2]), "row 1, column 2");
        assert_eq!(grids[1].size(), [5, 8]);
        assert_eq!(grids[1].text([1, 0]), "input 8");
        grids.into_iter().for_each(check);
    }

    #[test]
    fn a_unit_on_maps_is_one_picture_a_channel() {
        let views = layers_with_weights(Preset::LessonCnn.experiment().check().unwrap().layers());
        assert_eq!(WeightGrid::of(&views[0]), None, "kernels are typed");
        let grid = WeightGrid::of(&views[2]).unwrap();
        assert_eq!(grid.size(), [8 * 6 - 1, 8 * 6 - 1]);
        // Channel 9 is the second picture of the second row; input = place · 64 + channel.
        assert_eq!(grid.row_of([6, 7]), Some(64 + 9));
        assert_eq!(grid.text([6, 7]), "channel 9, row 0, column 1");
        assert_eq!(grid.row_of([5, 0]), None);
        check(grid);
        let mut kernel = vec![0.0; 1_600];
        kernel[64 + 9] = 2.0;
        let values = grid.values(&kernel);
        assert_eq!((values[[6, 7]], values[[0, 0]]), (2.0, 0.0));
        assert!(values[[5, 0]].is_nan());
    }

    #[test]
    fn odd_counts_leave_the_rest_of_the_last_row_open() {
        let mut experiment = Workload::WideMlpTraining.experiment().unwrap();
        if let LayerConfig::Dense(dense) = &mut experiment.network[1] {
            dense.units = 70;
        }
        let grid = WeightGrid::of(&layers_with_weights(experiment.check().unwrap().layers())[1]).unwrap();
        assert_eq!(grid.size(), [5, 16]);
        assert_eq!(grid.row_of([4, 6]), None);
        assert_eq!(grid.text([4, 6]), "between the pictures");
        check(grid);
    }
}
