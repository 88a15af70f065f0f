//! The links between two columns: as wide as what they carry, blue for and orange against.

use super::graph::Link;
use leptos::prelude::*;

/// Widest link, in pixels.
const MAX_WIDTH_PX: f32 = 6.0;

/// Lines from the places of one column to those of the next.
#[component]
pub fn Links(
    /// What is carried.
    links: Memo<Vec<Link>>,
    /// Places in both columns.
    n_places: [Signal<usize>; 2],
    /// Places in the longest column of the graph.
    #[prop(into)]
    n_rows: Signal<usize>,
) -> impl IntoView {
    // A line stays on the page from one report to the next; only what has changed of it is set.
    let n_links = Memo::new(move |_| links.read().len());
    let largest =
        Memo::new(move |_| links.read().iter().map(|link| link.carried.abs()).fold(f32::MIN_POSITIVE, f32::max));
    let [n_from, n_to] = n_places;
    view! {
        <svg class="dense-graph__links" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <For each=move || 0..n_links.get() key=|place| *place let:place>
                <LinkLine
                    // The last lines may go a moment after their links.
                    link=Memo::new(move |_| links.read().get(place).copied())
                    largest
                    n_places=[n_from, n_to]
                    n_rows
                />
            </For>
        </svg>
    }
}

#[component]
fn LinkLine(
    link: Memo<Option<Link>>,
    /// What the strongest of these links carries.
    largest: Memo<f32>,
    n_places: [Signal<usize>; 2],
    n_rows: Signal<usize>,
) -> impl IntoView {
    let [n_from, n_to] = n_places;
    let carried = move || link.get().map_or(0.0, |link| link.carried);
    let height = move |place: Option<usize>, n_places: Signal<usize>| {
        height_of(place.unwrap_or_default(), n_places.get(), n_rows.get())
    };
    view! {
        <line
            class="dense-graph__link"
            class=("dense-graph__link--negative", move || carried() < 0.0)
            x1="0"
            x2="100"
            y1=move || height(link.get().map(|link| link.from), n_from)
            y2=move || height(link.get().map(|link| link.to), n_to)
            stroke-width=move || format!("{:.2}", MAX_WIDTH_PX * carried().abs() / largest.get())
            data-value=move || carried().to_string()
        ></line>
    }
}

/// Where the middle of a place lies, in percent of the graph's height; shorter columns stand in its middle.
fn height_of(place: usize, n_places: usize, n_rows: usize) -> String {
    let from_middle = place as f64 - (n_places.max(1) - 1) as f64 / 2.0;
    format!("{:.2}", 50.0 + 100.0 * from_middle / n_rows.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::height_of;

    #[test]
    fn columns_stand_in_the_middle() {
        assert_eq!(height_of(0, 1, 10), "50.00");
        assert_eq!([0, 9].map(|place| height_of(place, 10, 10)), ["5.00", "95.00"]);
        assert_eq!(height_of(0, 2, 10), "45.00");
    }
}
