//! One line that says what is pointed at: layer, channel, row, column, value.

use super::context::{InsideContext, Spot, values_of};
use super::figure::figure;
use crate::ink::SIDE;
use leptos::prelude::*;

/// The line; it follows the network while it trains.
#[component]
pub fn ReadOut() -> impl IntoView {
    let context = expect_context::<InsideContext>();
    let words = Memo::new(move |_| context.spot.get().and_then(|spot| describe(context, spot)));
    view! {
        <p class="read-out" class:read-out--idle=move || words.read().is_none()>
            {move || words.get().unwrap_or_else(|| "point at a cell to read its value".to_owned())}
        </p>
    }
}

/// What there is to say of a spot; `None` if it is not on the strip any more.
pub fn describe(context: InsideContext, spot: Spot) -> Option<String> {
    let inspection = context.inspection()?;
    let Some(layer_idx) = spot.layer_idx else {
        let [row, column] = spot.cell?;
        let value = *inspection.input().get(row * SIDE + column)?;
        return Some(format!("input · row {}, column {} · {}", row + 1, column + 1, figure(value)));
    };
    let plans = context.plans.read();
    let plan = plans.get(layer_idx)?;
    let Some([row, column]) = spot.cell else {
        let stats = context.stats.read();
        let stats = stats.get(&layer_idx)?;
        let range =
            plan.stats_channel(spot.channel).and_then(|channel| stats.channels.get(channel)).unwrap_or(&stats.range);
        let name = plan.picture_name(spot.channel);
        return Some(format!("{name} · {} to {}", figure(range.min), figure(range.max)));
    };
    let value_idx = plan.form.value_idx(spot.channel, row, column)?;
    let value = *values_of(&inspection, plan)?.get(value_idx)?;
    let place = match plan.stats_channel(spot.channel) {
        Some(channel) => format!("channel {} · row {}, column {}", channel + 1, row + 1, column + 1),
        None => format!("value {value_idx}"),
    };
    Some(format!("{} · {place} · {}", plan.name, figure(value)))
}
