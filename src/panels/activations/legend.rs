//! What the colours of a layer mean, in numbers.

use super::context::InsideContext;
use super::scale::{ScaleMode, colours, domain};
use super::stats::LayerStats;
use crate::components::layers::LayerPlan;
use crate::plot::number::three_digits;
use leptos::prelude::*;

/// The colours from end to end, then the layer's least and greatest value and its share of zeros.
#[component]
pub fn Legend(
    /// The layer.
    plan: StoredValue<LayerPlan>,
) -> impl IntoView {
    let context = expect_context::<InsideContext>();
    let (layer_idx, is_signed) = plan.with_value(|plan| (plan.layer_idx, plan.is_signed));
    let stats = Memo::new(move |_| context.stats.read().get(&layer_idx).cloned());
    let ends = move || {
        let is_own = context.scale.get() == ScaleMode::Map && plan.read_value().form.n_pictures() > 1;
        stats.read().as_ref().map(|stats| {
            let domain = domain(context.scale.get(), is_signed, stats, context.network_range(), None);
            match (is_own, is_signed) {
                (true, true) => ("−own max".to_owned(), "own max".to_owned()),
                (true, false) => ("0".to_owned(), "own max".to_owned()),
                (false, _) => domain.end_texts().into(),
            }
        })
    };
    let ends = Memo::new(move |_| ends().unwrap_or_default());
    view! {
        <div class="layer-legend" translate="no">
            <span class="layer-legend__end">{move || ends.get().0}</span>
            <span
                class="layer-legend__colours"
                style:background-image=move || {
                    context.palette.get().of(colours(is_signed)).css_gradient(context.ground.get())
                }
            ></span>
            <span class="layer-legend__end">{move || ends.get().1}</span>
            <span class="layer-legend__figures" title="zeros: values that are exactly 0; behind relu, those that it silenced">
                {move || stats.read().as_ref().map(|stats| describe(stats, &ends.read())).unwrap_or_default()}
            </span>
        </div>
    }
}

/// `54 % zeros`, and least and greatest value where the colours do not end with them. Lines break between the parts,
/// not inside.
fn describe(stats: &LayerStats, (low, high): &(String, String)) -> String {
    let mut text = Vec::new();
    let (min, max) = (three_digits(stats.range.min), three_digits(stats.range.max));
    if min != *low {
        text.push(format!("min {min}"));
    }
    if max != *high {
        text.push(format!("max {max}"));
    }
    text.push(format!("{:.0} % zeros", 100.0 * stats.zero_share()));
    if stats.n_not_finite > 0 {
        text.push(format!("{} not a number", stats.n_not_finite));
    }
    text.iter().map(|part| part.replace(' ', "\u{a0}")).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_legend_says_what_is_there() {
        let ends = |low: &str, high: &str| (low.to_owned(), high.to_owned());
        let stats = LayerStats::of(array![[[0.0], [0.912]]].view());
        assert_eq!(describe(&stats, &ends("0", "0.912")), "50\u{a0}%\u{a0}zeros");
        assert_eq!(describe(&stats, &ends("0", "own max")), "max\u{a0}0.912 · 50\u{a0}%\u{a0}zeros");
        let odd = LayerStats::of(array![[[-0.5], [f32::NAN], [0.25], [1.0]]].view());
        let text = describe(&odd, &ends("−1.00", "1.00"));
        assert_eq!(text.replace('\u{a0}', " "), "min −0.500 · 0 % zeros · 1 not a number");
    }
}
