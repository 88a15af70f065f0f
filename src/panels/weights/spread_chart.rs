//! A histogram with its axis, its figures and a table.

use super::spread_shape::{HEIGHT, WIDTH, bars_path, is_cut, words, zero_left};
use crate::plot::number::figure;
use crate::plot::number::thousands;
use crate::protocol::Spread;
use inkling_engine::explain::Histogram;
use leptos::prelude::*;

/// How many numbers lie where.
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
        Some(format!("highest bar: {n_most}{}", if is_cut(histogram) { ", cut" } else { "" }))
    };
    let description = move || spread.read().as_ref().map_or_else(|| "not known yet".to_owned(), words);
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
                    let ends = low().zip(high()).map(|(low, high)| format!("from {} to {}: ", figure(low), figure(high)));
                    format!("Histogram of {title}, {}{}", ends.unwrap_or_default(), description())
                }
            >
                <path d=move || path().unwrap_or_default()></path>
                {move || {
                    zero()
                        .map(|left| view! { <line class="spread__zero" x1=left x2=left y1="0" y2=HEIGHT></line> })
                }}
            </svg>
            <div class="spread__axis">
                <span data-value=move || low().map(|low| low.to_string())>{move || low().map(figure)}</span>
                <span class="spread__most">
                    {highest}
                </span>
                <span data-value=move || high().map(|high| high.to_string())>{move || high().map(figure)}</span>
            </div>
            <p class="spread__words">{description}</p>
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
                <td>{figure(ends[0])}</td>
                <td>{figure(ends[1])}</td>
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
            <tbody>{rows}</tbody>
        </table>
    }
}
