//! Parts + bias = sum → activation → result, and a check that what is shown adds up.

use super::context::InspectorContext;
use super::number::Number;
use super::number_text::short;
use super::sum::{Check, ShortSum};
use super::sum_text::SumText;
use crate::components::Term;
use crate::components::glossary;
use inkling_engine::experiment::Activation;
use leptos::prelude::*;

/// A weighted sum, line by line.
#[component]
pub fn Ledger(
    /// The parts that are shown.
    sum: Memo<ShortSum>,
    /// The same as it is written.
    text: Memo<SumText>,
    /// What the parts are.
    #[prop(into)]
    parts_name: Signal<String>,
    /// The bias.
    bias: Memo<f32>,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let x = Memo::new(move |_| context.with_step(|step| step.x).unwrap_or_default());
    let parts = Signal::derive(move || sum.read().total() as f32);
    let written = move |read: fn(&SumText) -> &String| Signal::derive(move || read(&text.read()).clone());
    let check = Memo::new(move |_| Check::new(&sum.read(), bias.get(), x.get()));
    view! {
        <div class="ledger">
            <dl class="ledger__lines">
                <dt prop:textContent=move || parts_name.get()></dt>
                <dd>
                    <Number value=parts text=written(|text| &text.subtotal) />
                </dd>
                <dt>
                    <Term entry=glossary::BIAS>"bias"</Term>
                </dt>
                <dd>
                    <Number value=bias text=written(|text| &text.bias) test_id="probe-bias" />
                </dd>
                <dt class="ledger__total">"sum"</dt>
                <dd class="ledger__total">
                    <Number value=x text=written(|text| &text.total) test_id="probe-sum" />
                </dd>
                <ActivationLines text=written(|text| &text.total) />
            </dl>
            <p
                class="ledger__check"
                class:ledger__check--bad=move || !check.get().is_rounding
                data-testid="probe-check"
                data-difference=move || check.get().difference.to_string()
                prop:textContent=move || check_text(check.get())
            ></p>
        </div>
    }
}

/// What the activation makes of the sum, and the result.
#[component]
pub fn ActivationLines(
    /// How the sum is written; a result that equals it is written alike.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let activation = Memo::new(move |_| context.with_step(|step| step.activation).unwrap_or_default());
    let result = Signal::derive(move || context.with_step(|step| step.result).unwrap_or_default());
    // Where the activation keeps the sum, up to rounding.
    let is_kept =
        Memo::new(move |_| context.with_step(|step| (step.result - step.x).abs() <= 1e-5 * step.x.abs()) == Some(true));
    let result_text = Signal::derive(move || match text {
        Some(text) if is_kept.get() => text.get(),
        _ => short(result.get()),
    });
    view! {
        <dt>
            <Term entry=glossary::ACTIVATION>
                <span translate="no">{move || activation.get().as_str()}</span>
            </Term>
        </dt>
        <dd class="ledger__formula" translate="no">{move || formula(activation.get())}</dd>
        <dt class="ledger__result">"result"</dt>
        <dd class="ledger__result">
            <Number value=result text=result_text test_id="probe-result" />
        </dd>
    }
}

fn formula(activation: Activation) -> &'static str {
    match activation {
        Activation::Linear => "the sum itself",
        Activation::Relu => "max(0, x)",
        Activation::LeakyRelu => "x, below 0 0.2 x",
        Activation::Elu => "x, below 0 eˣ − 1",
        Activation::Tanh => "tanh x",
        Activation::Sigmoid => "1 / (1 + e⁻ˣ)",
        Activation::Softmax => "eˣ / Σ eˣ, see the table",
    }
}

fn check_text(check: Check) -> String {
    if check.is_rounding && check.difference == 0.0 {
        "✓ the parts shown add up to the sum, exactly".to_owned()
    } else if check.is_rounding {
        format!("✓ the parts shown add up to the sum (rounding: {:.0e})", check.difference.abs())
    } else {
        format!("the parts shown differ from the sum by {:.2e}", check.difference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_says_what_it_found() {
        let text = |difference, is_rounding| check_text(Check { difference, is_rounding });
        assert_eq!(text(0.0, true), "✓ the parts shown add up to the sum, exactly");
        assert_eq!(text(-3.2e-9, true), "✓ the parts shown add up to the sum (rounding: 3e-9)");
        assert_eq!(text(0.25, false), "the parts shown differ from the sum by 2.50e-1");
    }
}
