//! Where the columns of the graph and the units in them stand, in pixels.

use inkling_engine::experiment::PlaneFeature;

/// Side of a unit's picture.
pub const UNIT_PX: f64 = 40.0;
/// From one unit to the one below it.
const PITCH_PX: f64 = 50.0;
/// Least distance of two columns.
const MIN_COLUMN_PX: f64 = 92.0;
/// Room for the features' names, left of their column.
const NAMES_PX: f64 = 70.0;
/// Room for what stands above a column.
pub const HEAD_PX: f64 = 84.0;
/// Room to the right of the last column.
const RIGHT_PX: f64 = 26.0;
/// Units of a layer that are shown; wider layers show their first ones.
pub const MAX_SHOWN: usize = 12;

/// The places of the graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Geometry {
    /// Index into the network and shown units of each Dense layer, the output last.
    pub layers: Vec<(usize, usize)>,
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
}

impl Geometry {
    /// The graph of Dense layers `(index into the network, units)` in a panel of that width.
    #[must_use]
    pub fn new(layers: &[(usize, usize)], panel_px: f64) -> Geometry {
        let layers: Vec<_> =
            layers.iter().map(|(layer_idx, n_units)| (*layer_idx, (*n_units).min(MAX_SHOWN))).collect();
        let least = NAMES_PX + MIN_COLUMN_PX * layers.len() as f64 + UNIT_PX + RIGHT_PX;
        let n_rows = layers.iter().map(|(_, n_units)| *n_units).chain([PlaneFeature::ALL.len()]).max().unwrap_or(0);
        Geometry { layers, width: panel_px.max(least), height: HEAD_PX + PITCH_PX * n_rows as f64 }
    }

    /// Left edge of a column: 0 has the features, the last one the outputs.
    #[must_use]
    pub fn column_x(&self, column: usize) -> f64 {
        let step = (self.width - NAMES_PX - UNIT_PX - RIGHT_PX) / self.layers.len().max(1) as f64;
        NAMES_PX + step * column as f64
    }

    /// Upper edge of the unit in a row.
    #[must_use]
    pub fn row_y(row: usize) -> f64 {
        HEAD_PX + PITCH_PX * row as f64
    }

    /// The path of a link from a unit of a column to one of the next.
    #[must_use]
    pub fn link(&self, column: usize, from_row: usize, to_row: usize) -> String {
        let (x_from, x_to) = (self.column_x(column) + UNIT_PX, self.column_x(column + 1));
        let [y_from, y_to] = [from_row, to_row].map(|row| Geometry::row_y(row) + UNIT_PX / 2.0);
        let bend = (x_to - x_from) / 2.0;
        format!(
            "M{x_from:.1} {y_from:.1}C{:.1} {y_from:.1} {:.1} {y_to:.1} {x_to:.1} {y_to:.1}",
            x_from + bend,
            x_to - bend
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_panel_and_never_touch() {
        let geometry = Geometry::new(&[(0, 4), (1, 2), (2, 1)], 600.0);
        assert_eq!((geometry.width, geometry.column_x(0)), (600.0, NAMES_PX));
        assert!((geometry.column_x(3) + UNIT_PX + RIGHT_PX - 600.0).abs() < 1e-9);
        let narrow = Geometry::new(&[(0, 4); 7], 300.0);
        assert!(narrow.width > 300.0 && narrow.column_x(1) - narrow.column_x(0) >= MIN_COLUMN_PX);
    }

    #[test]
    fn wide_layers_are_cut() {
        let geometry = Geometry::new(&[(0, 64), (1, 1)], 600.0);
        assert_eq!(geometry.layers, [(0, MAX_SHOWN), (1, 1)]);
        assert_eq!(geometry.height, HEAD_PX + PITCH_PX * MAX_SHOWN as f64);
    }

    #[test]
    fn links_go_from_edge_to_edge() {
        let geometry = Geometry::new(&[(0, 1)], 400.0);
        assert!(geometry.link(0, 0, 0).starts_with(&format!("M{:.1} ", NAMES_PX + UNIT_PX)));
    }
}
