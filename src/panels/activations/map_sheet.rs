//! Where a layer's pictures lie on the one canvas that they share.
//!
//! A browser composes each canvas of a page by itself: two hundred of them, one a map, would be as many layers of every
//! frame.

use crate::components::layers::{LayerForm, MAPS_PER_ROW};
use crate::components::pictures::Tiling;
use crate::plot::region::region_percent;
use inkling_engine::explain::Region;
use ndarray::ArrayView2;

/// Bytes of a pixel.
const RGBA: usize = 4;

/// The pictures of a layer that are shown, side by side with gaps of one pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapSheet {
    tiling: Tiling,
    n_shown: usize,
    /// Pixels along a cell's side: more than one where cells are large on the screen, so that gaps are not.
    cell_px: usize,
}

impl MapSheet {
    /// The gap on the screen, in CSS pixels.
    const GAP_PX: usize = 2;

    /// The first `n_shown` pictures of a layer. A row has room for all its maps, even if there are fewer.
    #[must_use]
    pub fn new(form: LayerForm, n_shown: usize) -> MapSheet {
        let [height, width] = form.picture_size();
        let (columns, cell_px) = match form {
            LayerForm::Maps { .. } => {
                (MAPS_PER_ROW, (form.picture_width_px() / (MapSheet::GAP_PX * width.max(1))).max(1))
            }
            LayerForm::Cells { .. } | LayerForm::Bars { .. } => (1, 1),
        };
        let tile = [height * cell_px, width * cell_px];
        MapSheet { tiling: Tiling { tile, n: n_shown.max(columns), columns }, n_shown, cell_px }
    }

    /// Pictures on it.
    #[must_use]
    pub fn n_shown(&self) -> usize {
        self.n_shown
    }

    /// `[height, width]` of the canvas.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        self.tiling.size()
    }

    /// CSS that lays an element over a picture.
    #[must_use]
    pub fn place_style(&self, picture: usize) -> String {
        let ([top, left], [height, width]) = (self.tiling.place(picture), self.tiling.tile);
        let region =
            Region { top: top as i32, left: left as i32, bottom: (top + height) as i32, right: (left + width) as i32 };
        let [top, left, height, width] = region_percent(region, self.size());
        format!("top: {top:.4}%; left: {left:.4}%; height: {height:.4}%; width: {width:.4}%")
    }

    /// The canvas' pixels before anything is painted: the background shows.
    #[must_use]
    pub fn blank(&self) -> Vec<u8> {
        let [height, width] = self.size();
        vec![0; RGBA * height * width]
    }

    /// Paints a picture among the canvas' pixels.
    ///
    /// If it is none of the sheet's, or has another size, nothing is painted: the next frame brings one that fits.
    pub fn paint(
        &self,
        pixels: &mut [u8],
        picture: usize,
        values: ArrayView2<'_, f32>,
        colour: impl Fn(f32) -> [u8; RGBA],
    ) {
        let [height, width] = self.tiling.tile;
        if picture >= self.n_shown || values.dim() != (height / self.cell_px, width / self.cell_px) {
            return;
        }
        let ([top, left], [_, sheet_width]) = (self.tiling.place(picture), self.size());
        let line_len = RGBA * width;
        for (row, values) in values.rows().into_iter().enumerate() {
            let start = RGBA * ((top + row * self.cell_px) * sheet_width + left);
            let line = &mut pixels[start..start + line_len];
            for (cell, &value) in line.chunks_exact_mut(RGBA * self.cell_px).zip(values) {
                let rgba = colour(value);
                cell.chunks_exact_mut(RGBA).for_each(|pixel| pixel.copy_from_slice(&rgba));
            }
            for copy in 1..self.cell_px {
                pixels.copy_within(start..start + line_len, start + RGBA * copy * sheet_width);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn maps_have_their_gaps_and_a_row_its_width() {
        let maps = |height, width, n| MapSheet::new(LayerForm::Maps { height, width, channels: n }, n);
        assert_eq!(maps(26, 26, 32).size(), [4 * 27 - 1, 8 * 27 - 1]);
        assert_eq!(maps(26, 26, 3).size(), [26, 8 * 27 - 1]);
        assert_eq!(maps(5, 5, 64).size(), [8 * 11 - 1, 8 * 11 - 1], "two pixels a cell");
        assert_eq!(maps(1, 1, 8).size(), [9, 8 * 10 - 1]);
        assert_eq!(MapSheet::new(LayerForm::Cells { n: 1_600, columns: 64 }, 1).size(), [25, 64]);
        assert_eq!(MapSheet::new(LayerForm::Cells { n: 16, columns: 8 }, 1).size(), [2, 8], "no gaps to be kept small");
    }

    #[test]
    fn an_element_lies_over_its_picture() {
        let sheet = MapSheet::new(LayerForm::Maps { height: 26, width: 26, channels: 32 }, 32);
        let percent = |px: f64, of: f64| format!("{:.4}%", 100.0 * px / of);
        let [top, left] = [percent(27.0, 107.0), percent(54.0, 215.0)];
        let [height, width] = [percent(26.0, 107.0), percent(26.0, 215.0)];
        assert_eq!(sheet.place_style(10), format!("top: {top}; left: {left}; height: {height}; width: {width}"));
    }

    #[test]
    fn cells_are_painted_at_their_places() {
        let sheet = MapSheet::new(LayerForm::Maps { height: 1, width: 5, channels: 9 }, 9);
        assert_eq!(sheet.size(), [2 * 3 - 1, 8 * 11 - 1]);
        let mut pixels = sheet.blank();
        sheet.paint(&mut pixels, 8, array![[1.0, 2.0, 3.0, 4.0, 5.0]].view(), |value| [value as u8, 0, 0, 255]);
        let reds: Vec<u8> = pixels.chunks_exact(4).map(|pixel| pixel[0]).collect();
        let rows: Vec<&[u8]> = reds.chunks_exact(87).collect();
        assert!(rows[..3].iter().all(|row| row.iter().all(|red| *red == 0)), "the first row of maps and the gap");
        assert_eq!(rows[3][..12], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0, 0]);
        assert_eq!(rows[3], rows[4]);
        let before = pixels.clone();
        sheet.paint(&mut pixels, 9, array![[1.0, 2.0, 3.0, 4.0, 5.0]].view(), |_| [9; 4]);
        sheet.paint(&mut pixels, 0, array![[1.0, 2.0]].view(), |_| [9; 4]);
        assert_eq!(pixels, before, "none of its pictures");
    }
}
