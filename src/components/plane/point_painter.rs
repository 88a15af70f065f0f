//! Points of the plane on a canvas: the colour is the class, and so is the shape.

use super::points::PlanePoints;
use crate::plot::class_colours::{N_CLASS_COLOURS, class_colour};
use crate::plot::colour_map::{ColourMap, Ground};
use crate::plot::picture::context_of;
use inkling_engine::data::{PLANE_RADIUS, PlanePoint};
use leptos::prelude::window;
use std::f64::consts::TAU;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Radius of a point on the large map.
const POINT_PX: f64 = 3.4;

/// What decides how points look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointLook {
    /// Outputs of the network: with one, colours are signs, else classes.
    pub n_outputs: usize,
    /// Whether targets are numbers, whose size is shown by the colour's strength.
    pub is_regression: bool,
    /// Colours for signs.
    pub colours: ColourMap,
    /// Light or dark.
    pub ground: Ground,
}

/// Paints the points on a canvas of `side` CSS pixels; test points are framed.
pub fn paint_points(canvas: &HtmlCanvasElement, side: f64, points: &PlanePoints, shows_test: bool, look: PointLook) {
    paint_points_of_size(canvas, side, points, shows_test, look, POINT_PX);
}

/// Paints the points with another radius, in CSS pixels.
pub fn paint_points_of_size(
    canvas: &HtmlCanvasElement,
    side: f64,
    points: &PlanePoints,
    shows_test: bool,
    look: PointLook,
    point_px: f64,
) {
    let Some(context) = context_of(canvas) else { return };
    let ratio = window().device_pixel_ratio().max(1.0);
    let n_pixels = (side * ratio).round() as u32;
    if canvas.width() != n_pixels {
        canvas.set_width(n_pixels);
        canvas.set_height(n_pixels);
    }
    // A frame that the browser refuses is left out.
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, side, side);
    points.train.iter().for_each(|point| paint_point(&context, side, point, false, look, point_px));
    if shows_test {
        points.test.iter().for_each(|point| paint_point(&context, side, point, true, look, point_px));
    }
}

fn paint_point(
    context: &CanvasRenderingContext2d,
    side: f64,
    point: &PlanePoint,
    is_test: bool,
    look: PointLook,
    point_px: f64,
) {
    let [x, y] = place_of(point, side);
    let corners = match look {
        PointLook { is_regression: true, .. } => corners_of(0),
        PointLook { n_outputs: 1, .. } => corners_of(usize::from(point.target < 0.0)),
        PointLook { .. } => corners_of(point.target.max(0.0) as usize),
    };
    let [red, green, blue] = colour_of(point, look);
    context.set_fill_style_str(&format!("rgb({red} {green} {blue})"));
    let (edge, light_edge) = if look.ground == Ground::Light { ("#1b1c1e", "#ffffff") } else { ("#f4f4f2", "#131417") };
    context.set_stroke_style_str(if is_test { edge } else { light_edge });
    context.set_line_width((point_px / POINT_PX).min(1.0));
    context.begin_path();
    if corners.is_empty() {
        let _ = context.arc(x, y, point_px, 0.0, TAU);
    } else {
        corners.iter().for_each(|[right, down]| context.line_to(x + right * point_px, y + down * point_px));
        context.close_path();
    }
    context.fill();
    context.stroke();
}

/// The shape of a class, in radii; without corners it is a disc.
fn corners_of(class: usize) -> &'static [[f64; 2]] {
    match class % N_CLASS_COLOURS {
        1 => &[[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
        2 => &[[0.0, -1.2], [1.1, 0.8], [-1.1, 0.8]],
        3 => &[[0.0, -1.25], [1.25, 0.0], [0.0, 1.25], [-1.25, 0.0]],
        4 => &[[-1.25, -1.0], [1.25, -1.0], [0.0, 1.0]],
        _ => &[],
    }
}

fn colour_of(point: &PlanePoint, look: PointLook) -> [u8; 3] {
    if look.n_outputs > 1 {
        class_colour(point.target.max(0.0) as usize, look.ground)
    } else {
        // Labels ±1 stand out from the map below them.
        look.colours.colour((point.target as f32 / 2.0 + 0.5).clamp(0.0, 1.0), look.ground)
    }
}

/// Where a point lies on a picture of the square with that side.
#[must_use]
pub fn place_of(point: &PlanePoint, side: f64) -> [f64; 2] {
    [(point.x1 / PLANE_RADIUS + 1.0) / 2.0 * side, (1.0 - point.x2 / PLANE_RADIUS) / 2.0 * side]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_in_the_middle_and_up_is_up() {
        let at = |x1, x2| place_of(&PlanePoint { x1, x2, target: 1.0 }, 300.0);
        assert_eq!(at(0.0, 0.0), [150.0, 150.0]);
        assert_eq!(at(-6.0, 6.0), [0.0, 0.0]);
        assert_eq!(at(3.0, -3.0), [225.0, 225.0]);
    }

    #[test]
    fn every_class_has_a_shape_of_its_own() {
        for class in 0..N_CLASS_COLOURS {
            for other in 0..class {
                assert_ne!(corners_of(class), corners_of(other), "{class} and {other}");
            }
        }
    }
}
