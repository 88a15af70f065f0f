//! The reliability diagram: how often the network is right, by how sure it is.

use crate::components::{Term, glossary};
use crate::plot::number::{percent, thousands};
use inkling_engine::calibration::{Bin, Reliability};
use leptos::prelude::*;

/// Intervals of confidence.
pub const N_BINS: usize = 15;
/// Units of the drawing across and down.
const SIDE: f64 = 300.0;

/// Bars of accuracy by confidence, beside the diagonal on which both are equal, and the numbers as a table.
#[component]
pub fn Diagram(
    /// The bins.
    reliability: Memo<Option<Reliability>>,
) -> impl IntoView {
    let bins = move || reliability.get().map_or_else(Vec::new, |found| found.bins);
    let bars = move || {
        let bins = bins();
        let n = bins.len();
        bins.into_iter().enumerate().filter(|(_, bin)| bin.count > 0).map(|(idx, bin)| bar(idx, n, bin)).collect_view()
    };
    let rows = move || {
        let bins = bins();
        let n = bins.len();
        bins.into_iter().enumerate().filter(|(_, bin)| bin.count > 0).map(|(idx, bin)| row(idx, n, bin)).collect_view()
    };
    view! {
        <figure class="reliability" data-testid="reliability">
            <figcaption class="doubt__title">
                <Term entry=glossary::RELIABILITY>"reliability diagram"</Term>
            </figcaption>
            <svg
                class="reliability__picture"
                viewBox=format!("-40 -8 {} {}", SIDE + 60.0, SIDE + 44.0)
                role="img"
                aria-label=move || text(reliability.read().as_ref())
            >
                <g class="reliability__grid">
                    {[0.0, 0.5, 1.0]
                        .map(|share| {
                            let (at, down) = (share * SIDE, (1.0 - share) * SIDE);
                            let label = format!("{:.0} %", share * 100.0);
                            view! {
                                <line x1="0" y1=down x2=SIDE y2=down></line>
                                <text x="-4" y=down + 4.0 text-anchor="end">
                                    {label.clone()}
                                </text>
                                <text x=at y=SIDE + 16.0 text-anchor="middle">
                                    {label}
                                </text>
                            }
                        })
                        .collect_view()}
                    <text x=SIDE / 2.0 y=SIDE + 32.0 text-anchor="middle">
                        "how sure the network is"
                    </text>
                </g>
                {bars}
                <line class="reliability__diagonal" x1="0" y1=SIDE x2=SIDE y2="0"></line>
            </svg>
            <p class="reliability__key">
                <span class="reliability__mark reliability__mark--right" aria-hidden="true"></span>
                "read right "
                <span class="reliability__mark reliability__mark--gap" aria-hidden="true"></span>
                "gap to the diagonal, on which the network is right as often as it says"
            </p>
            <details class="details">
                <summary>"The numbers"</summary>
                <table class="table reliability__table" translate="no">
                    <thead>
                        <tr>
                            <th scope="col">"how sure"</th>
                            <th scope="col">"images"</th>
                            <th scope="col">"on average"</th>
                            <th scope="col">"read right"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </figure>
    }
}

fn bar(idx: usize, n: usize, bin: Bin) -> impl IntoView {
    let (width, left) = (SIDE / n as f64, SIDE * idx as f64 / n as f64);
    let [high, low] = [bin.accuracy.max(bin.confidence), bin.accuracy.min(bin.confidence)];
    let name =
        format!("{} images, {} sure on average, {} right", bin.count, percent(bin.confidence), percent(bin.accuracy));
    view! {
        <g>
            <title>{name}</title>
            <rect
                class="reliability__right"
                x=left + 1.0
                y=(1.0 - bin.accuracy) * SIDE
                width=width - 2.0
                height=bin.accuracy * SIDE
            ></rect>
            <rect
                class="reliability__gap"
                x=left + 1.0
                y=(1.0 - high) * SIDE
                width=width - 2.0
                height=(high - low) * SIDE
            ></rect>
        </g>
    }
}

fn row(idx: usize, n: usize, bin: Bin) -> impl IntoView {
    let edge = |place: usize| format!("{:.1}", 100.0 * place as f64 / n as f64);
    view! {
        <tr>
            <th scope="row">{format!("{}–{} %", edge(idx), edge(idx + 1))}</th>
            <td>{thousands(bin.count)}</td>
            <td>{percent(bin.confidence)}</td>
            <td>{percent(bin.accuracy)}</td>
        </tr>
    }
}

/// The diagram in words.
fn text(reliability: Option<&Reliability>) -> String {
    let Some(found) = reliability else { return "reliability diagram, empty so far".to_owned() };
    let bins = found.bins.iter().filter(|bin| bin.count > 0);
    let Some(widest) = bins.max_by(|one, other| one.gap().total_cmp(&other.gap())) else {
        return "reliability diagram, empty so far".to_owned();
    };
    let side = if widest.confidence > widest.accuracy { "surer than it may be" } else { "less sure than it may be" };
    format!(
        "Reliability diagram. Widest gap: where the network is {} sure, it is right {} of the time, so {side}.",
        percent(widest.confidence),
        percent(widest.accuracy)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_gap_is_told() {
        let found = Reliability::new([(0.9, true), (0.9, false), (0.5, true)], 10);
        assert!(text(Some(&found)).contains("50.00 % sure, it is right 100.00 %"), "{}", text(Some(&found)));
        assert!(text(Some(&Reliability::new([], 10))).contains("empty"));
    }
}
