//! How the values of a layer are laid out as pictures.

/// Maps in a row.
pub const MAPS_PER_ROW: usize = 8;

/// How a layer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerForm {
    /// One picture a channel.
    Maps {
        /// Rows of each.
        height: usize,
        /// Columns of each.
        width: usize,
        /// Pictures.
        channels: usize,
    },
    /// One picture of all values in order, row by row.
    Cells {
        /// Values.
        n: usize,
        /// Values in a row; the last row may be shorter.
        columns: usize,
    },
    /// A bar for each value: the output.
    Bars {
        /// Values.
        n: usize,
    },
}

impl LayerForm {
    /// Pictures of this form.
    #[must_use]
    pub fn n_pictures(self) -> usize {
        match self {
            LayerForm::Maps { channels, .. } => channels,
            LayerForm::Cells { .. } | LayerForm::Bars { .. } => 1,
        }
    }

    /// `[height, width]` of each picture, in values.
    #[must_use]
    pub fn picture_size(self) -> [usize; 2] {
        match self {
            LayerForm::Maps { height, width, .. } => [height, width],
            LayerForm::Cells { n, columns } => [n.div_ceil(columns), columns],
            LayerForm::Bars { n } => [n, 1],
        }
    }

    /// Side of one picture on the screen, in CSS pixels: small maps are enlarged more, so that each stays legible
    /// and eight side by side fit a phone.
    #[must_use]
    pub fn picture_width_px(self) -> usize {
        match self {
            LayerForm::Maps { width: 0..=3, .. } => 18,
            LayerForm::Maps { width: 4..=7, .. } => 22,
            LayerForm::Maps { width: 8..=16, .. } => 26,
            LayerForm::Maps { .. } => 30,
            LayerForm::Cells { .. } | LayerForm::Bars { .. } => 128,
        }
    }

    /// Where the value at `row`, `column` of picture `channel` lies among the layer's values; `None` outside.
    #[must_use]
    pub fn value_idx(self, channel: usize, row: usize, column: usize) -> Option<usize> {
        let [height, width] = self.picture_size();
        if row >= height || column >= width || channel >= self.n_pictures() {
            return None;
        }
        match self {
            LayerForm::Maps { width, channels, .. } => Some((row * width + column) * channels + channel),
            LayerForm::Cells { n, columns } => Some(row * columns + column).filter(|&idx| idx < n),
            LayerForm::Bars { .. } => Some(row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_where_it_is_painted() {
        let maps = LayerForm::Maps { height: 2, width: 3, channels: 4 };
        assert_eq!(maps.value_idx(1, 1, 2), Some((3 + 2) * 4 + 1));
        assert_eq!(maps.value_idx(4, 0, 0), None);
        assert_eq!(maps.value_idx(0, 2, 0), None);
        let cells = LayerForm::Cells { n: 10, columns: 8 };
        assert_eq!(cells.value_idx(0, 1, 1), Some(9));
        assert_eq!(cells.value_idx(0, 1, 2), None);
    }
}
