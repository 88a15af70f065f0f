//! The accuracy against the strength of a change, a chart for each kind of change and a curve for each chosen run.

use super::candidate::Candidate;
use super::context::RobustnessContext;
use super::curve_chart::RobustnessChart;
use super::curve_data::{Facet, x_text};
use super::measure_bar::MeasureBar;
use crate::plot::number::percent_to_tenth;
use crate::protocol::questions::ChangeList;
use leptos::prelude::*;

/// The charts, and their figures as tables.
#[component]
pub fn CurveSection() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let legend = move |candidate: Candidate| {
        view! {
            <li class="robustness__key">
                <b style:color=candidate.css_colour() aria-hidden="true">{candidate.mark.to_string()}</b>
                " "
                {candidate.name}
            </li>
        }
    };
    view! {
        <section class="robustness__section" aria-label="Accuracy against the strength of a change">
            <h3 class="robustness__title">"How strong may a change be?"</h3>
            <p class="message">
                "A flat curve means that the network does not mind the change. Compare a run with and without augmentation, or an MLP with a CNN."
            </p>
            <MeasureBar changes=ChangeList::Curves label="Measure the curves" />
            <ul class="robustness__keys" translate="no">{move || context.chosen.get().into_iter().map(legend).collect_view()}</ul>
            <div class="robustness__charts" data-testid="robustness-curves">
                {Facet::ALL.map(|facet| view! { <RobustnessChart facet /> }).collect_view()}
            </div>
            <details class="details">
                <summary>"The figures as tables"</summary>
                <div class="robustness__tables">{Facet::ALL.map(|facet| view! { <FacetTable facet /> }).collect_view()}</div>
            </details>
        </section>
    }
}

/// One chart's figures.
#[component]
fn FacetTable(facet: Facet) -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let columns = Memo::new(move |_| {
        let chosen = context.chosen.get().into_iter();
        let columns = chosen.map(|candidate| {
            let answer = context.measured(candidate.run, ChangeList::Curves);
            (candidate, answer.map(|(_, answer)| facet.points(&answer)).unwrap_or_default())
        });
        columns.collect::<Vec<_>>()
    });
    let rows = move || {
        let columns = columns.get();
        let longest = columns.iter().map(|(_, points)| points).max_by_key(|points| points.len()).cloned();
        let row = |(x, _): (f64, f64)| {
            let cell = |(candidate, points): &(Candidate, Vec<(f64, f64)>)| {
                let accuracy = points.iter().find(|point| point.0 == x).map(|point| point.1);
                let text = accuracy.map_or_else(|| "–".to_owned(), |share| percent_to_tenth(share as f32));
                view! { <td data-run=candidate.run data-accuracy=accuracy.map(|share| share.to_string())>{text}</td> }
            };
            view! {
                <tr data-strength=x.to_string()>
                    <th scope="row">{x_text(x)}</th>
                    {columns.iter().map(cell).collect_view()}
                </tr>
            }
        };
        longest.unwrap_or_default().into_iter().map(row).collect_view()
    };
    let heads = move || {
        let head = |(candidate, _): (Candidate, Vec<(f64, f64)>)| {
            view! {
                <th scope="col" title=candidate.name.clone()>
                    {candidate.mark.to_string()}
                    <span class="visually-hidden">" "{candidate.name.clone()}</span>
                </th>
            }
        };
        columns.get().into_iter().map(head).collect_view()
    };
    view! {
        <table class="table robustness__figures" translate="no" data-facet=facet.title()>
            <caption>{facet.title()}", "{facet.axis()}</caption>
            <thead>
                <tr>
                    <th scope="col">"strength"</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
