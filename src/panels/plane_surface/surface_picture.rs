//! The picture: colours by the loss, contour lines, and the path of training.

use super::surface::{along_text, contours, ends, in_words, is_inside, logarithms, path_points, read_out, share_of};
use crate::components::pictures::{NumberPicture, Picture, Pointed, PointedLine, Pointing, memo_picture, reader};
use crate::components::{Newest, ThemeState, use_theme};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::loss;
use crate::protocol::questions::{PlaneSurface, PlaneSurfaceAnswer};
use leptos::prelude::*;
use ndarray::Array2;

/// The surface of the newest answer.
#[component]
pub fn SurfacePicture(
    /// The newest answer; its question says what is shown.
    answered: Newest<PlaneSurface>,
) -> impl IntoView {
    Pointing::provide();
    let values = Memo::new(move |_| {
        answered.with(|answered| answered.as_ref().map(|shown| logarithms(&shown.question, &shown.answer)))
    });
    let colours = Memo::new(move |_| {
        let [low, high] = values.with(|values| ends(values.as_deref()?))?;
        Some([low, high])
    });
    let picture = memo_picture(move || {
        let values = values.get()?;
        let [low, high] = colours.get()?;
        let side = values.len().isqrt();
        Some(Picture {
            values: Array2::from_shape_vec([side, side], values).ok()?,
            domain: Domain { low, high },
            colours: ColourMap::Viridis,
        })
    });
    let with = move |read: fn(&PlaneSurface, &PlaneSurfaceAnswer) -> String| {
        answered
            .with(|answered| answered.as_ref().map_or_else(String::new, |shown| read(&shown.question, &shown.answer)))
    };
    let read = reader(move |[row, column]| {
        let answered = answered.get()?;
        let cell = row * answered.question.side() + column;
        let (text, value) = read_out(&answered.question, &answered.answer, cell)?;
        Some(Pointed { text, value })
    });
    let side = move || answered.with(|answered| answered.as_ref().map_or(25, |shown| shown.question.side()));
    let is_done = move || {
        answered
            .with(|answered| answered.as_ref().is_some_and(|shown| shown.answer.progress.0 == shown.answer.progress.1))
    };
    let lines = move || {
        let values = values.read();
        let Some(values) = values.as_deref().filter(|_| is_done()) else { return Vec::new() };
        contours(values, side())
            .into_iter()
            .map(|d| view! { <path class="plane-surface__contour" vector-effect="non-scaling-stroke" d=d></path> })
            .collect()
    };
    let mark = move |is_start: bool, name: &'static str| {
        let place = Memo::new(move |_| {
            let answered = answered.get()?;
            let place = if is_start { answered.answer.path().next()? } else { [0.0, 0.0] };
            is_inside(&answered.question, place).then(|| share_of(&answered.question, place))
        });
        move || {
            place.get().map(|[x, y]| {
                let class =
                    if is_start { "plane-surface__mark" } else { "plane-surface__mark plane-surface__mark--now" };
                view! {
                    <span class=class style:left=format!("{:.2}%", x * 100.0) style:top=format!("{:.2}%", y * 100.0)>
                        <span class="plane-surface__mark-name">{name}</span>
                    </span>
                }
            })
        }
    };
    let ticks = move |axis: &'static str| {
        let class = format!("plane-surface__ticks plane-surface__ticks--{axis}");
        let text = move |share: f32| {
            move || {
                let reach = answered.with(|answered| answered.as_ref().map_or(1.0, |shown| shown.question.reach()));
                along_text(share * reach)
            }
        };
        view! {
            <div class=class aria-hidden="true" translate="no">
                <span>{text(-1.0)}</span>
                <span>{axis}</span>
                <span>{text(1.0)}</span>
            </div>
        }
    };
    view! {
        <div class="plane-surface__picture" data-testid="plane-surface" data-done=move || is_done().to_string()>
            <div class="plane-surface__square">
                <NumberPicture picture size=[25, 25] class="number-picture" label=Signal::derive(move || with(in_words)) read />
                <svg
                    class="plane-surface__lines"
                    viewBox=move || format!("0 0 {0} {0}", side())
                    preserveAspectRatio="none"
                    aria-hidden="true"
                >
                    {lines}
                    <polyline
                        class="plane-surface__path-edge"
                        vector-effect="non-scaling-stroke"
                        points=move || with(path_points)
                    ></polyline>
                    <polyline
                        class="plane-surface__path"
                        data-testid="surface-path"
                        vector-effect="non-scaling-stroke"
                        points=move || with(path_points)
                    ></polyline>
                </svg>
                <div class="plane-surface__marks" aria-hidden="true">{mark(true, "start")} {mark(false, "now")}</div>
            </div>
            {ticks("a")} {ticks("b")}
        </div>
        <PointedLine hint="Hover over the picture to read the loss; by keyboard: arrow keys." />
        <Legend ends=colours />
    }
}

/// The colours with the losses at their ends and in the middle.
#[component]
fn Legend(ends: Memo<Option<[f32; 2]>>) -> impl IntoView {
    let ThemeState { ground, palette, .. } = use_theme();
    let at = move |share: f32| {
        move || {
            ends.get()
                .map_or_else(|| "–".to_owned(), |[low, high]| loss(10_f64.powf(f64::from(low + (high - low) * share))))
        }
    };
    view! {
        <div class="plane-surface__legend" translate="no" data-testid="surface-legend">
            <span
                class="plane-surface__colours"
                style:background-image=move || palette.get().of(ColourMap::Viridis).css_gradient(ground.get())
            ></span>
            <span>{at(0.0)}</span>
            <span>{at(0.5)}</span>
            <span>{at(1.0)}</span>
        </div>
        <p class="muted">"Loss, on a logarithmic scale; the lines join places of the same loss."</p>
    }
}
