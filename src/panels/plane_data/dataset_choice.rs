//! The data sets as pictures of their points.

use super::data_edits::{FIRST_FORMULA, copied_points, fitting_outputs};
use super::own_points::use_own_points;
use super::point_picture::{PointPicture, PointSet};
use crate::components::plane::{has_control, plane_of};
use crate::link::playground::Control;
use crate::state::use_app_state;
use inkling_engine::data::{Formula, PlanePoint, plane_points};
use inkling_engine::experiment::{PlaneConfig, PlaneDataset};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Points of a picture.
const N_SHOWN: usize = 160;
/// Radius of its points.
const POINT_PX: f64 = 1.6;

/// One of the data sets, by arrow keys too.
#[component]
pub fn DatasetChoice() -> impl IntoView {
    use PlaneDataset::{Circle, Formula, Gauss, MultiGauss, Plane, Points, Spiral, Xor};
    let state = use_app_state();
    let is_regression =
        Memo::new(move |_| plane_of(&state.experiment.read().data).is_some_and(|plane| plane.dataset.is_regression()));
    let has_problem = has_control(Control::Problem);
    let group = move |title: &'static str, datasets: &'static [PlaneDataset]| {
        let is_shown = move || has_problem() || datasets.iter().any(|set| set.is_regression() == is_regression.get());
        view! {
            <Show when=is_shown>
                <div class="plane-sets__group">
                    <span class="plane-sets__title">{title}</span>
                    <div class="plane-sets__row">
                        {datasets.iter().map(|set| view! { <Choice dataset=*set /> }).collect_view()}
                    </div>
                </div>
            </Show>
        }
    };
    view! {
        <div class="plane-sets" role="radiogroup" aria-label="Data set" on:keydown=go_to_neighbour>
            {group("Classification", &[Circle, Xor, Gauss, Spiral])}
            <div class="plane-sets__pair">
                {group("Regression", &[Plane, MultiGauss])} {group("Of your own", &[Points, Formula])}
            </div>
        </div>
    }
}

#[component]
fn Choice(dataset: PlaneDataset) -> impl IntoView {
    let (state, own) = (use_app_state(), use_own_points());
    let is_chosen =
        Memo::new(move |_| plane_of(&state.experiment.read().data).is_some_and(|plane| plane.dataset == dataset));
    // Most edits leave the picture as it is.
    let shown = Memo::new(move |_| {
        let experiment = state.experiment.read();
        plane_of(&experiment.data).map(|plane| (shown_plane(plane, dataset), experiment.seed))
    });
    let set = Memo::new(move |_| {
        let Some((plane, seed)) = shown.get() else { return PointSet::new(Vec::new(), 1, false) };
        let points = if dataset == PlaneDataset::Points {
            let point = |[x1, x2, target]: [f64; 3]| PlanePoint { x1, x2, target };
            copied_points(&plane, seed).into_iter().take(N_SHOWN).map(point).collect()
        } else if plane.dataset == PlaneDataset::Formula && Formula::parse(&plane.formula).is_err() {
            Vec::new()
        } else {
            plane_points(&plane, seed)
        };
        PointSet::new(points, plane.n_outputs, dataset.is_regression())
    });
    view! {
        <button
            type="button"
            class="plane-set"
            role="radio"
            aria-checked=move || is_chosen.get().to_string()
            tabindex=move || if is_chosen.get() { "0" } else { "-1" }
            title=hint(dataset)
            data-dataset=slug(dataset)
            on:click=move |_| own.choose_dataset(dataset)
        >
            <span class="plane-set__frame" class:plane-set__frame--copy=move || dataset == PlaneDataset::Points && !is_chosen.get()>
                <PointPicture set point_px=POINT_PX class="plane-set__picture" />
            </span>
            <span class="plane-set__name">{dataset.title()}</span>
        </button>
    }
}

/// The plane whose points a picture shows; for own points that are not chosen, the points that they would begin with.
fn shown_plane(plane: &PlaneConfig, dataset: PlaneDataset) -> PlaneConfig {
    let is_points = dataset == PlaneDataset::Points;
    let shown = if is_points { plane.dataset } else { dataset };
    let formula = match shown {
        PlaneDataset::Formula if plane.formula.is_empty() => FIRST_FORMULA.to_owned(),
        PlaneDataset::Formula => plane.formula.clone(),
        _ => String::new(),
    };
    PlaneConfig {
        dataset: shown,
        n_samples: N_SHOWN,
        noise: plane.noise,
        features: Vec::new(),
        playground_seed: plane.playground_seed.clone(),
        n_outputs: fitting_outputs(shown, plane.n_outputs),
        points: if shown == PlaneDataset::Points { plane.points.clone() } else { Vec::new() },
        formula,
    }
}

/// The value of `data-dataset`.
fn slug(dataset: PlaneDataset) -> &'static str {
    match dataset {
        PlaneDataset::Circle => "circle",
        PlaneDataset::Xor => "xor",
        PlaneDataset::Gauss => "gauss",
        PlaneDataset::Spiral => "spiral",
        PlaneDataset::Plane => "plane",
        PlaneDataset::MultiGauss => "multi_gauss",
        PlaneDataset::Points => "points",
        PlaneDataset::Formula => "formula",
    }
}

fn hint(dataset: PlaneDataset) -> &'static str {
    match dataset {
        PlaneDataset::Circle => "Circle: a disc inside a ring",
        PlaneDataset::Xor => "Exclusive or: opposite quadrants are of one class",
        PlaneDataset::Gauss => "Two clouds, one for each class",
        PlaneDataset::Spiral => "Spiral: arms that wind round each other",
        PlaneDataset::Plane => "Plane: a number that rises evenly from one corner to the other",
        PlaneDataset::MultiGauss => "Hills and hollows: a number for each place",
        PlaneDataset::Points => "Own points: begins with the points that are there now",
        PlaneDataset::Formula => "Formula: the two sides of a curve of your own",
    }
}

/// Arrow keys choose the neighbour, in the order of the page.
fn go_to_neighbour(event: ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => 1,
        "ArrowLeft" | "ArrowUp" => -1,
        _ => return,
    };
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let group = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(buttons) = group.and_then(|group| group.query_selector_all("[role=radio]").ok()) else { return };
    let button = |idx: isize| buttons.item(idx.rem_euclid(buttons.length() as isize) as u32);
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let Some(idx) = (0..buttons.length() as isize).find(|idx| button(*idx) == target) else { return };
    let Some(next) = button(idx + step).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else { return };
    event.prevent_default();
    // An element that is on the page takes the focus.
    let _ = next.focus();
    next.click();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_show_what_would_come() {
        let plane = PlaneConfig { noise: 0.3, n_outputs: 4, ..PlaneConfig::default() };
        let shown = shown_plane(&plane, PlaneDataset::Spiral);
        assert_eq!((shown.dataset, shown.noise, shown.n_outputs), (PlaneDataset::Spiral, 0.3, 4));
        assert_eq!(shown_plane(&plane, PlaneDataset::Plane).n_outputs, 1);
        assert_eq!(shown_plane(&plane, PlaneDataset::Formula).formula, FIRST_FORMULA);
        assert_eq!(shown_plane(&plane, PlaneDataset::Points).dataset, PlaneDataset::Circle);
    }
}
