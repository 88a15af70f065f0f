//! Each part of a network's updates, in a fold under its row.

use super::Outcome;
use crate::protocol::BenchFigures;
use inkling_engine::benchmarks::PartTime;
use leptos::prelude::*;

/// A row with the fold, once there are figures.
#[component]
pub fn PartRow(outcome: RwSignal<Outcome>) -> impl IntoView {
    move || match outcome.get() {
        Outcome::Done(figures) => view! {
            <tr class="bench__parts">
                <td colspan="6">
                    <details>
                        <summary>"Time of each layer, on one core"</summary>
                        <PartTable figures />
                    </details>
                </td>
            </tr>
        }
        .into_any(),
        Outcome::Failed(message) => view! { <tr><td colspan="6">{message}</td></tr> }.into_any(),
        Outcome::NotRun | Outcome::Running => ().into_any(),
    }
}

#[component]
fn PartTable(figures: BenchFigures) -> impl IntoView {
    let peak = figures.gflops;
    view! {
        <table class="bench__table">
            <thead>
                <tr>
                    <th scope="col">"Part of an update"</th>
                    <th scope="col">"µs per image"</th>
                    <th scope="col">"Share of the time"</th>
                    <th scope="col">"GFLOP/s"</th>
                    <th scope="col">"Share of the peak"</th>
                </tr>
            </thead>
            <tbody>
                {figures.parts.into_iter().map(|part| view! { <PartTimeRow part peak /> }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn PartTimeRow(part: PartTime, peak: Option<f64>) -> impl IntoView {
    let of_peak = part.gflops.zip(peak).map(|(gflops, peak)| gflops / peak);
    view! {
        <tr>
            <th scope="row">{part.title}</th>
            <td class="bench__figure">{format!("{:.2}", part.us_per_image)}</td>
            <td class="bench__figure">{percent(part.share)}</td>
            <td class="bench__figure">{part.gflops.map(|gflops| format!("{gflops:.1}"))}</td>
            <td class="bench__figure">{of_peak.map(percent)}</td>
        </tr>
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
