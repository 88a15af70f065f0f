//! The large map: what the output, or the unit that is pointed at, gives at each place of the square.

use crate::components::plane::{
    Enlarged, MapCanvas, MapValues, PointLook, dense_layers, feature_map, paint_points, unit_title, use_plane_screen,
};
use crate::components::{ThemeState, on_resize, use_theme};
use crate::plot::colour_map::ColourMap;
use crate::plot::number::three_digits;
use crate::protocol::questions::{MapSize, PlaneViewAnswer};
use crate::state::use_app_state;
use inkling_engine::data::PLANE_RADIUS;
use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use web_sys::PointerEvent;

/// Labels along the axes.
const TICKS: [i32; 5] = [-6, -3, 0, 3, 6];

/// The map with its axes and the points on it.
#[component]
pub fn OutputMap() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let values = Memo::new(move |_| {
        let is_discrete = screen.is_discrete.get();
        match screen.pointed.get() {
            Some(Enlarged::Feature(feature)) => Some(MapValues::Signed(feature_map(feature, MapSize::Large.side()))),
            Some(Enlarged::Unit(..)) => screen
                .with_view(|view| {
                    view.enlarged_map().map(|map| MapValues::Signed(map.to_vec())).or_else(|| output(view, false))
                })
                .flatten(),
            None => screen.with_view(|view| output(view, is_discrete)).flatten(),
        }
    });
    let title = move || match screen.pointed.get() {
        Some(Enlarged::Feature(feature)) => format!("Feature {}", feature.label()),
        Some(Enlarged::Unit(layer_idx, unit)) => {
            let checked = state.run.checked.read();
            let dense_idx = dense_layers(&checked).iter().position(|(dense, _)| *dense == layer_idx);
            format!("What {} gives", unit_title(&checked, dense_idx, unit))
        }
        None => "What the network answers".to_owned(),
    };
    let pointer = RwSignal::new(None::<[f64; 2]>);
    let read_out = move || match pointer.get() {
        Some([x1, x2]) => {
            let value = values.read().as_ref().and_then(|values| value_at(values, x1, x2));
            format!("x₁ = {x1:.1}, x₂ = {x2:.1}: {}", value.unwrap_or_else(|| "–".to_owned()))
        }
        None => "Hover over the map for its values.".to_owned(),
    };
    view! {
        <h3 class="plane-map__title" prop:textContent=title></h3>
        <div class="plane-map" data-testid="plane-output">
            <div
                class="plane-map__square"
                role="img"
                aria-label=move || format!("Map of the square from −6 to 6: {}", title())
                on:pointermove=move |event| pointer.set(place_under(&event))
                on:pointerleave=move |_| pointer.set(None)
            >
                <MapCanvas values class="plane-map__values" />
                <Points />
            </div>
            {TICKS.map(tick_labels).collect_view()}
        </div>
        <p class="plane-map__line muted" translate="no">{read_out}</p>
    }
}

fn tick_labels(tick: i32) -> impl IntoView {
    let share = (f64::from(tick) / PLANE_RADIUS + 1.0) / 2.0 * 100.0;
    let label = tick.to_string().replace('-', "−");
    view! {
        <span class="plane-map__tick plane-map__tick--x" style:left=format!("{share:.1}%") aria-hidden="true">{label.clone()}</span>
        <span class="plane-map__tick plane-map__tick--y" style:bottom=format!("{share:.1}%") aria-hidden="true">{label}</span>
    }
}

/// The points, on a canvas of their own: they change seldom.
#[component]
fn Points() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let ThemeState { ground, palette, .. } = use_theme();
    let canvas = NodeRef::<Canvas>::new();
    let frame = NodeRef::<Div>::new();
    let side = RwSignal::new(0.0);
    Effect::new(move |_| {
        if let Some(element) = frame.get() {
            let measured = element.clone();
            // Zero while the place is hidden.
            on_resize(&element, move || {
                let _ = side.try_set(f64::from(measured.client_width()));
            });
        }
    });
    Effect::new(move |_| {
        let (Some(canvas), side) = (canvas.get(), side.get()) else { return };
        let data = state.run.data();
        let look = PointLook {
            n_outputs: data.n_outputs,
            is_regression: data.is_regression,
            colours: palette.get().of(ColourMap::Diverging),
            ground: ground.get(),
        };
        if side > 0.0 {
            paint_points(&canvas, side, &screen.points.read(), screen.shows_test.get(), look);
        }
    });
    view! {
        <div class="plane-map__points" node_ref=frame>
            <canvas node_ref=canvas class="plane-map__points-canvas" aria-hidden="true"></canvas>
        </div>
    }
}

/// What the network answers everywhere; the sign or the class alone if `is_discrete`.
fn output(view: &PlaneViewAnswer, is_discrete: bool) -> Option<MapValues> {
    if view.n_outputs > 1 {
        let maps = (0..view.n_outputs).map(|class| view.output_map(class).map(<[f32]>::to_vec));
        let mut maps = maps.collect::<Option<Vec<_>>>()?;
        if is_discrete {
            discretize_classes(&mut maps);
        }
        return Some(MapValues::Classes(maps));
    }
    let sign = |value: f32| {
        if value >= 0.0 {
            1.0
        } else if value < 0.0 {
            -1.0
        } else {
            value
        }
    };
    let map = view.output_map(0)?.iter().map(|value| if is_discrete { sign(*value) } else { *value });
    Some(MapValues::Signed(map.collect()))
}

/// 1 for the most probable class of each cell, 0 for the others.
fn discretize_classes(maps: &mut [Vec<f32>]) {
    for cell in 0..maps.iter().map(Vec::len).min().unwrap_or(0) {
        let largest = maps.iter().map(|map| map[cell]).fold(f32::NEG_INFINITY, f32::max);
        maps.iter_mut().for_each(|map| map[cell] = if map[cell] == largest { 1.0 } else { 0.0 });
    }
}

/// What the map says of a place.
fn value_at(values: &MapValues, x1: f64, x2: f64) -> Option<String> {
    let cell_of = |n_cells: usize| {
        let side = n_cells.isqrt();
        let along = |x: f64| (((x / PLANE_RADIUS + 1.0) / 2.0 * side as f64) as usize).min(side.saturating_sub(1));
        along(-x2) * side + along(x1)
    };
    match values {
        MapValues::Signed(map) => map.get(cell_of(map.len())).map(|value| three_digits(*value)),
        MapValues::Classes(maps) => {
            let probs = maps.iter().map(|map| map.get(cell_of(map.len())).copied()).collect::<Option<Vec<_>>>()?;
            let (class, prob) = probs.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
            Some(format!("class {class} with {:.0} %", prob * 100.0))
        }
    }
}

/// Where on the plane the pointer is.
fn place_under(event: &PointerEvent) -> Option<[f64; 2]> {
    let element = event.current_target()?;
    let square: &web_sys::Element = wasm_bindgen::JsCast::dyn_ref(&element)?;
    let rect = square.get_bounding_client_rect();
    let share = |at: f64, start: f64, length: f64| ((at - start) / length.max(1.0)).clamp(0.0, 1.0);
    let across = share(f64::from(event.client_x()), rect.left(), rect.width());
    let down = share(f64::from(event.client_y()), rect.top(), rect.height());
    Some([(2.0 * across - 1.0) * PLANE_RADIUS, (1.0 - 2.0 * down) * PLANE_RADIUS])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_cell() {
        let map = MapValues::Signed(vec![1.0, 2.0, 3.0, 4.0]);
        let at = |x1, x2| value_at(&map, x1, x2).unwrap_or_default();
        assert_eq!([at(-3.0, 3.0), at(3.0, 3.0), at(-3.0, -3.0), at(6.0, -6.0)], ["1.00", "2.00", "3.00", "4.00"]);
        let classes = MapValues::Classes(vec![vec![0.2], vec![0.7], vec![0.1]]);
        assert_eq!(value_at(&classes, 0.0, 0.0).as_deref(), Some("class 1 with 70 %"));
    }

    #[test]
    fn the_class_alone_is_sure() {
        let mut maps = vec![vec![0.4, 0.2], vec![0.6, 0.8]];
        discretize_classes(&mut maps);
        assert_eq!(maps, [[0.0, 0.0], [1.0, 1.0]]);
    }
}
