//! A map of the square as a picture, one pixel a cell.

use crate::components::{ThemeState, use_theme};
use crate::plot::class_colours::mixed;
use crate::plot::colour_map::{ColourMap, Domain, Ground};
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use crate::plot::picture::{self, context_of};
use leptos::html::Canvas;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

/// What is painted.
#[derive(Debug, Clone, PartialEq)]
pub enum MapValues {
    /// Signed numbers, row by row from the top; what lies beyond ±1 has the last colour.
    Signed(Vec<f32>),
    /// The probability of each class, map after map: the colour of the most probable one, paler where it is unsure.
    Classes(Vec<Vec<f32>>),
}

/// The picture; empty while there are no values.
#[component]
pub fn MapCanvas(
    /// What is painted.
    #[prop(into)]
    values: Signal<Option<MapValues>>,
    /// Its look.
    class: &'static str,
) -> impl IntoView {
    let picture_id = fresh_picture_id();
    let canvas = NodeRef::<Canvas>::new();
    let ThemeState { ground, palette, .. } = use_theme();
    Effect::new(move |_| {
        let (Some(canvas), Some(values)) = (canvas.get(), values.get()) else { return };
        let (colours, ground) = (palette.get().of(ColourMap::Diverging), ground.get());
        paint_soon((picture_id, 0), move || paint(&canvas, &values, colours, ground));
    });
    view! { <canvas node_ref=canvas class=class width="1" height="1" aria-hidden="true"></canvas> }
}

fn paint(canvas: &HtmlCanvasElement, values: &MapValues, colours: ColourMap, ground: Ground) {
    let pixels = match values {
        MapValues::Signed(values) => {
            picture::rgba(values.iter().copied(), Domain { low: -1.0, high: 1.0 }, &colours.table(ground))
        }
        MapValues::Classes(maps) => {
            let n_cells = maps.iter().map(Vec::len).min().unwrap_or(0);
            (0..n_cells).flat_map(|cell| mixed(maps.iter().map(|map| map[cell]), ground)).collect()
        }
    };
    let side = (pixels.len() / 4).isqrt();
    let Some(context) = context_of(canvas) else { return };
    if canvas.width() as usize != side {
        canvas.set_width(side as u32);
        canvas.set_height(side as u32);
    }
    picture::put_at(&context, &pixels, [side, side], [0.0, 0.0]);
}
