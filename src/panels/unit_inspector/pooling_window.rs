//! The window of a pooling layer's cell, and what becomes of it.

use super::context::InspectorContext;
use super::number::Number;
use super::origin::input_name;
use super::value_grid::{GridLook, ValueGrid};
use inkling_engine::explain::CellArithmetic;
use leptos::prelude::*;

/// The values; the largest marked, or their sum and mean.
#[component]
pub fn PoolingWindow(
    /// The layer.
    layer_idx: usize,
    /// Rows and columns of the window.
    size: [usize; 2],
    /// Whether the mean is taken rather than the largest.
    is_mean: bool,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let values = Memo::new(move |_| context.pooling_values());
    let winner = Memo::new(move |_| {
        context.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::MaxPooling2D(pooling) => Some(pooling.winner),
            _ => None,
        })?
    });
    let sum = Signal::derive(move || {
        let sum = context.with(|_, _, arithmetic| match arithmetic {
            CellArithmetic::AveragePooling2D(pooling) => pooling.sum,
            _ => 0.0,
        });
        sum.unwrap_or_default()
    });
    // The values of a mean are the terms of a sum.
    let texts = Memo::new(move |_| context.decimals().texts(&values.read()));
    let value_texts = Memo::new(move |_| texts.read().0.clone());
    let sum_text = Signal::derive(move || texts.read().1.clone());
    let result = Signal::derive(move || context.result().unwrap_or_default());
    let source = move || {
        let channel = context.with(|_, cell, _| cell.channel).unwrap_or_default();
        format!("{}, channel {channel}", input_name(&context.layers.read(), layer_idx))
    };
    let pointed = RwSignal::new(None);
    let n_values = size[0] * size[1];
    let outcome = if is_mean {
        view! {
            <dt class="ledger__total">"sum"</dt>
            <dd class="ledger__total">
                <Number value=sum text=sum_text test_id="probe-sum" />
            </dd>
            <dt>"values"</dt>
            <dd>{format!("÷ {n_values}")}</dd>
            <dt class="ledger__result">"mean"</dt>
            <dd class="ledger__result">
                <Number value=result test_id="probe-result" />
            </dd>
        }
        .into_any()
    } else {
        let place = move || {
            let winner = winner.get().unwrap_or_default();
            format!("row {}, column {} of the window", winner / size[1], winner % size[1])
        };
        view! {
            <dt>"largest in"</dt>
            <dd prop:textContent=place></dd>
            <dt class="ledger__result">"result"</dt>
            <dd class="ledger__result">
                <Number value=result test_id="probe-result" />
            </dd>
        }
        .into_any()
    };
    // The values of a mean are the terms of its sum.
    let test_id = if is_mean { "probe-term" } else { "probe-value" };
    let grid = if is_mean {
        view! { <ValueGrid caption="window" size values texts=value_texts look=GridLook::Values winner pointed test_id /> }
            .into_any()
    } else {
        view! { <ValueGrid caption="window" size values look=GridLook::Values winner pointed test_id /> }.into_any()
    };
    view! {
        <div class="patch">
            <p class="patch__title" prop:textContent=source></p>
            {grid}
        </div>
        <div class="ledger">
            <dl class="ledger__lines">{outcome}</dl>
        </div>
    }
}
