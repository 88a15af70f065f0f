//! The last layer: a bar for each output.

use super::context::{InsideContext, values_of};
use super::field_overlay::is_pinned;
use crate::components::layers::LayerPlan;
use crate::plot::number::{probability, three_digits};
use leptos::prelude::*;

/// The outputs as bars; negative ones to the left of zero.
#[component]
pub fn OutputBars(
    /// The layer.
    plan: StoredValue<LayerPlan>,
) -> impl IntoView {
    let context = expect_context::<InsideContext>();
    let values = Memo::new(move |_| {
        let inspection = context.inspection()?;
        values_of(&inspection, &plan.read_value()).map(<[f32]>::to_vec)
    });
    // Probabilities are shown against 1, whatever else against the largest.
    let reach = Memo::new(move |_| {
        let values = values.read();
        let finite = values.iter().flatten().copied().filter(|value| value.is_finite());
        finite.map(f32::abs).fold(if plan.read_value().is_signed { f32::MIN_POSITIVE } else { 1.0 }, f32::max)
    });
    let greatest = Memo::new(move |_| {
        let values = values.read();
        let values = values.as_ref()?;
        (0..values.len()).reduce(|best, idx| if values[idx] > values[best] { idx } else { best })
    });
    let (is_signed, layer_idx) = plan.with_value(|plan| (plan.is_signed, plan.layer_idx));
    let row = move |value_idx: usize| {
        let value = Memo::new(move |_| values.read().as_ref().and_then(|values| values.get(value_idx).copied()));
        let bar = move || bar_style(value.get().unwrap_or(0.0), reach.get(), is_signed);
        view! {
            <li
                class="output-bars__row"
                class:output-bars__row--best=move || greatest.get() == Some(value_idx)
                class:output-bars__row--pinned=move || is_pinned(context.state, layer_idx, value_idx)
                data-row=value_idx
            >
                <span class="output-bars__name">{value_idx}</span>
                <span class="output-bars__track">
                    <span
                        class="output-bars__bar"
                        class:output-bars__bar--negative=move || value.get().is_some_and(|value| value < 0.0)
                        prop:style=bar
                    ></span>
                </span>
                <span class="output-bars__value">{move || value.get().map_or_else(|| "–".to_owned(), |value| text(value, is_signed))}</span>
            </li>
        }
    };
    let n = plan.read_value().shape.size();
    view! {
        <ol
            class="output-bars"
            translate="no"
            aria-label=plan.read_value().picture_name(0)
            data-testid="layer-map"
            data-layer=plan.read_value().name.clone()
            data-channel="0"
        >
            {(0..n).map(row).collect_view()}
        </ol>
    }
}

fn text(value: f32, is_signed: bool) -> String {
    if is_signed || !(0.0..=1.0).contains(&value) { three_digits(value) } else { probability(value) }
}

/// Where a bar lies on its track: from zero, which is the left end or, with signs, the middle.
fn bar_style(value: f32, reach: f32, is_signed: bool) -> String {
    let share = if value.is_finite() { (value.abs() / reach).clamp(0.0, 1.0) } else { 0.0 };
    let percent = 100.0 * share;
    match (is_signed, value < 0.0) {
        (false, _) => format!("left: 0; width: {percent:.2}%"),
        (true, false) => format!("left: 50%; width: {:.2}%", percent / 2.0),
        (true, true) => format!("left: {:.2}%; width: {:.2}%", 50.0 - percent / 2.0, percent / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::{bar_style, text};

    #[test]
    fn probabilities_have_three_decimals() {
        assert_eq!(text(0.984, false), "0.984");
        assert_eq!(text(1e-9, false), "< .001");
        assert_eq!(text(0.0, false), "0.000");
        assert_eq!(text(-2.5, true), "−2.50");
        assert_eq!(text(f32::NAN, false), "NaN");
    }

    #[test]
    fn bars_begin_at_zero() {
        assert_eq!(bar_style(0.5, 1.0, false), "left: 0; width: 50.00%");
        assert_eq!(bar_style(2.0, 4.0, true), "left: 50%; width: 25.00%");
        assert_eq!(bar_style(-2.0, 4.0, true), "left: 25.00%; width: 25.00%");
        assert_eq!(bar_style(f32::NAN, 1.0, false), "left: 0; width: 0.00%");
    }
}
