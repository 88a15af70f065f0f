//! One line that says what is pointed at: layer, channel, row, column, value.

use super::context::{InsideContext, Spot, values_of};
use crate::plot::number::three_digits;
use inkling_engine::explain::Region;
use leptos::prelude::*;

/// The line; it follows the network while it trains.
#[component]
pub fn ReadOut() -> impl IntoView {
    let context = expect_context::<InsideContext>();
    let text = Memo::new(move |_| context.spot.get().and_then(|spot| describe(context, spot)));
    view! {
        <p class="read-out" translate="no" class:read-out--idle=move || text.read().is_none()>
            {move || match text.get() {
                Some(text) => text + &sight(context).unwrap_or_default(),
                None => "Hover over a cell to see its value and receptive field.".to_owned(),
            }}
        </p>
    }
}

/// What the cell that is pointed at sees of the image: ` · sees rows 3–12, columns 5–14 of the input`.
fn sight(context: InsideContext) -> Option<String> {
    context.spot.get()?.cell.filter(|_| context.spot.get().is_some_and(|spot| spot.layer_idx.is_some()))?;
    let Region { top, left, bottom, right } = context.traced.read().as_ref()?.fields.first()?.clipped;
    Some(format!(" · sees rows {top}–{}, columns {left}–{} of the input", bottom - 1, right - 1))
}

/// What there is to say of a spot; `None` if it is not on the strip any more.
pub fn describe(context: InsideContext, spot: Spot) -> Option<String> {
    let inspection = context.inspection()?;
    let Some(layer_idx) = spot.layer_idx else {
        let [row, column] = spot.cell?;
        let value = *inspection.input().get(row * context.state.run.image_size()[1] + column)?;
        return Some(format!("input · row {row}, column {column} · {}", three_digits(value)));
    };
    let plans = context.plans.read();
    let plan = plans.get(layer_idx)?;
    let Some([row, column]) = spot.cell else {
        let stats = context.stats.read();
        let stats = stats.get(&layer_idx)?;
        let range =
            plan.stats_channel(spot.channel).and_then(|channel| stats.channels.get(channel)).unwrap_or(&stats.range);
        let name = plan.picture_name(spot.channel);
        return Some(format!("{name} · {} to {}", three_digits(range.min), three_digits(range.max)));
    };
    let value_idx = plan.form.value_idx(spot.channel, row, column)?;
    let value = *values_of(&inspection, plan)?.get(value_idx)?;
    let place = match plan.stats_channel(spot.channel) {
        Some(channel) => format!("channel {channel} · row {row}, column {column}"),
        None => format!("unit {value_idx}"),
    };
    Some(format!("{} · {place} · {}", plan.name, three_digits(value)))
}
