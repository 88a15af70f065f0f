//! Where a region of cells lies on a picture.

use inkling_engine::explain::Region;

/// Top, left, height and width of a region on a picture of `[height, width]` cells, in percent of the picture.
#[must_use]
pub fn region_percent(region: Region, [height, width]: [usize; 2]) -> [f64; 4] {
    let percent = |cells: i32, of: usize| 100.0 * f64::from(cells) / of.max(1) as f64;
    [
        percent(region.top, height),
        percent(region.left, width),
        percent(region.bottom.saturating_sub(region.top), height),
        percent(region.right.saturating_sub(region.left), width),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_may_reach_over_the_border() {
        let window = Region { top: -1, left: 0, bottom: 2, right: 3 };
        assert_eq!(region_percent(window, [10, 20]), [-10.0, 0.0, 30.0, 15.0]);
    }
}
