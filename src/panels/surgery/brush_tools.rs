//! The brush's sign, width and strength.

use super::brush::BrushSign;
use super::context::SurgeryContext;
use crate::components::fresh_id;
use crate::plot::number::three_digits;
use leptos::prelude::*;

/// Widths of the brush, in cells.
const WIDTHS: [usize; 3] = [1, 3, 5];

/// Two switches and a slider.
#[component]
pub fn BrushTools() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let (sign_name, width_name, slider_id) = (fresh_id("ink"), fresh_id("brush"), fresh_id("strength"));
    let mark = |sign: BrushSign| match sign {
        BrushSign::Positive => "+",
        BrushSign::Negative => "−",
        BrushSign::Zero => "0",
    };
    let option = move |sign: BrushSign| {
        view! {
            <label class="segments__option">
                <input
                    type="radio"
                    name=sign_name.clone()
                    value=sign.as_str()
                    prop:checked=move || context.sign.get() == sign
                    on:change=move |_| context.sign.set(sign)
                />
                <span aria-hidden="true" class=format!("brush-tools__sign brush-tools__sign--{}", sign.as_str())>
                    {mark(sign)}
                </span>
                " "
                {sign.as_str()}
            </label>
        }
    };
    let width = move |width: usize| {
        view! {
            <label class="segments__option">
                <input
                    type="radio"
                    name=width_name.clone()
                    value=width
                    aria-label=format!("{width} cells across")
                    prop:checked=move || context.brush_width.get() == width
                    on:change=move |_| context.brush_width.set(width)
                />
                {width}
            </label>
        }
    };
    let written = move || three_digits(context.strength.get());
    view! {
        <div class="brush-tools">
            <div class="segments" role="radiogroup" aria-label="What the brush leaves">
                {BrushSign::ALL.map(option).collect_view()}
            </div>
            <div class="segments" role="radiogroup" aria-label="Width of the brush">
                {WIDTHS.map(width).collect_view()}
            </div>
            <div class="brush-tools__strength">
                <label for=slider_id.clone()>"strength"</label>
                <input
                    id=slider_id
                    type="range"
                    min="-20"
                    max="10"
                    step="1"
                    disabled=move || context.sign.get() == BrushSign::Zero
                    aria-valuetext=written
                    prop:value=move || place_of(context.strength.get()).to_string()
                    on:input=move |event| {
                        if let Ok(place) = event_target_value(&event).parse() {
                            context.choose_strength(strength_at(place));
                        }
                    }
                />
                <output translate="no">{written}</output>
            </div>
        </div>
    }
}

/// Ten places of the slider are a factor of ten.
fn place_of(strength: f32) -> i32 {
    (10.0 * strength.log10()).round() as i32
}

/// In two digits, so that it can be read and typed.
fn strength_at(place: i32) -> f32 {
    let strength = 10_f32.powf(place as f32 / 10.0);
    format!("{strength:.1e}").parse().unwrap_or(strength)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slider_keeps_its_place() {
        for place in -20..=10 {
            assert_eq!(place_of(strength_at(place)), place);
        }
        assert_eq!([-20, -7, 0, 10].map(strength_at), [0.01, 0.2, 1.0, 10.0]);
    }
}
