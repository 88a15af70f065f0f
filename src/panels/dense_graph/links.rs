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
    let lines = move || {
        let links = links.read();
        let largest = links.iter().map(|link| link.carried.abs()).fold(f32::MIN_POSITIVE, f32::max);
        let [n_from, n_to] = n_places.map(|n| n.get());
        let lines = links.iter().map(|link| {
            let width = MAX_WIDTH_PX * link.carried.abs() / largest;
            view! {
                <line
                    class="dense-graph__link"
                    class=("dense-graph__link--negative", link.carried < 0.0)
                    x1="0"
                    x2="100"
                    y1=height_of(link.from, n_from, n_rows.get())
                    y2=height_of(link.to, n_to, n_rows.get())
                    stroke-width=format!("{width:.2}")
                    data-value=link.carried.to_string()
                ></line>
            }
        });
        lines.collect_view()
    };
    view! {
        <svg class="dense-graph__links" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {lines}
        </svg>
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
