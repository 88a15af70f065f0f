//! A histogram with its axis, its statistics and a table.

use super::spread_shape::{HEIGHT, WIDTH, bars_path, is_cut, text, zero_left};
use crate::plot::number::thousands;
use crate::plot::number::three_digits;
use crate::protocol::questions::Spread;
use inkling_engine::explain::Histogram;
use leptos::prelude::*;

/// A histogram.
#[component]
pub fn SpreadChart(
    /// Whose numbers.
    title: &'static str,
    /// The counts; dashes while there are none.
    spread: Signal<Option<Spread>>,
) -> impl IntoView {
    let path = move || spread.read().as_ref().map(|spread| bars_path(&spread.histogram));
    let zero = move || spread.read().as_ref().and_then(|spread| zero_left(&spread.histogram));
    let edge = move |pick: fn(&[f32]) -> Option<&f32>| {
        move || {
            let spread = spread.read();
            spread.as_ref().and_then(|spread| pick(&spread.histogram.edges).copied())
        }
    };
    let (low, high) = (edge(<[f32]>::first), edge(<[f32]>::last));
    let highest = move || {
        let spread = spread.read();
        let histogram = &spread.as_ref()?.histogram;
        let n_most = thousands(*histogram.counts.iter().max()? as usize);
        Some(format!("tallest bar {n_most}{}", if is_cut(histogram) { " (shown shorter)" } else { "" }))
    };
    let description = move || spread.read().as_ref().map_or_else(|| "not known yet".to_owned(), text);
    let is_open = RwSignal::new(false);
    view! {
        <figure class="spread" data-testid="spread" data-title=title>
            <figcaption class="spread__caption">
                {title}
            </figcaption>
            <svg
                class="spread__bars"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                preserveAspectRatio="none"
                role="img"
                aria-label=move || {
                    let ends = low().zip(high()).map(|(low, high)| format!("from {} to {}: ", three_digits(low), three_digits(high)));
                    format!("Histogram of {title}, {}{}", ends.unwrap_or_default(), description())
                }
            >
                <path d=move || path().unwrap_or_default()></path>
                {move || {
                    zero()
                        .map(|left| view! { <line class="spread__zero" x1=left x2=left y1="0" y2=HEIGHT></line> })
                }}
            </svg>
            <div class="spread__axis" translate="no">
                <span data-value=move || low().map(|low| low.to_string())>{move || low().map(three_digits)}</span>
                <span class="spread__most">{highest}</span>
                <span data-value=move || high().map(|high| high.to_string())>{move || high().map(three_digits)}</span>
            </div>
            <p class="spread__text" prop:textContent=description></p>
            <details class="details" on:toggle=move |_| is_open.update(|is_open| *is_open = !*is_open)>
                <summary>"as a table"</summary>
                {move || {
                    let histogram = is_open.get().then(|| spread.get().map(|spread| spread.histogram)).flatten();
                    histogram.map(|histogram| bins_table(&histogram))
                }}
            </details>
        </figure>
    }
}

fn bins_table(histogram: &Histogram) -> impl IntoView + use<> {
    let row = |(bin, count): (usize, &u32)| {
        let ends = [bin, bin + 1].map(|edge| histogram.edges.get(edge).copied().unwrap_or(f32::NAN));
        view! {
            <tr>
                <td>{three_digits(ends[0])}</td>
                <td>{three_digits(ends[1])}</td>
                <td>{*count}</td>
            </tr>
        }
    };
    let rows: Vec<_> = histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(row).collect();
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th>"from"</th>
                    <th>"to"</th>
                    <th>"count"</th>
                </tr>
            </thead>
            <tbody translate="no">{rows}</tbody>
        </table>
    }
}
