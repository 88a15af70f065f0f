//! A normalized number, line by line.

use super::context::InspectorContext;
use super::number::Number;
use super::number_text::short;
use crate::components::Term;
use crate::components::glossary;
use inkling_engine::explain::BatchNormalizationArithmetic;
use leptos::prelude::*;

/// `(x − moving mean) ÷ √(moving variance + epsilon) × gamma + beta`
#[component]
pub fn NormalizationBody() -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let of = move |read: fn(&BatchNormalizationArithmetic) -> f32| {
        Signal::derive(move || context.with_normalization(read).unwrap_or_default())
    };
    let root = move || {
        let text = context.with_normalization(|step| format!("÷ √({} + {})", short(step.variance), step.epsilon));
        text.unwrap_or_default()
    };
    view! {
        <div class="ledger">
            <dl class="ledger__lines">
                <dt>"before"</dt>
                <dd>
                    <Number value=of(|step| step.x) test_id="probe-sum" />
                </dd>
                <dt>
                    "− " <Term entry=glossary::MOVING_MEAN />
                </dt>
                <dd>
                    <Number value=of(|step| step.mean) test_id="probe-mean" />
                </dd>
                <dt>
                    "÷ √(" <Term entry=glossary::MOVING_VARIANCE /> " + epsilon)"
                </dt>
                <dd class="ledger__formula" translate="no" prop:textContent=root></dd>
                <dt class="ledger__total">"normalized"</dt>
                <dd class="ledger__total">
                    <Number value=of(BatchNormalizationArithmetic::normalized) test_id="probe-normalized" />
                </dd>
                <dt>
                    "× " <Term entry=glossary::GAMMA />
                </dt>
                <dd>
                    <Number value=of(|step| step.gamma) test_id="probe-gamma" />
                </dd>
                <dt>
                    "+ " <Term entry=glossary::BETA />
                </dt>
                <dd>
                    <Number value=of(|step| step.beta) test_id="probe-beta" />
                </dd>
                <dt class="ledger__result">"result"</dt>
                <dd class="ledger__result">
                    <Number value=of(|step| step.result) test_id="probe-result" />
                </dd>
            </dl>
        </div>
    }
}
