//! A button for each class: which one is meant.

use crate::components::fresh_id;
use crate::protocol::Inspection;
use crate::state::use_app_state;
use leptos::prelude::*;

/// One of the digits, by arrow keys too.
#[component]
pub fn ClassSwitch(
    /// What the choice is about.
    legend: &'static str,
    /// The digit chosen.
    #[prop(into)]
    class: Signal<usize>,
    /// Called with another digit.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let name = StoredValue::new(fresh_id("class"));
    let names = use_app_state().run.class_names();
    let option = move |(digit, class_name): (usize, &&'static str)| {
        view! {
            <label class="class-switch__option">
                <input
                    type="radio"
                    name=name.get_value()
                    value=digit
                    prop:checked=move || class.get() == digit
                    on:change=move |_| on_choose.run(digit)
                />
                <span>{*class_name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="class-switch">
            <legend class="class-switch__legend">{legend}</legend>
            <div class="class-switch__options">{move || names.get().iter().enumerate().map(option).collect_view()}</div>
        </fieldset>
    }
}

/// The digit to begin with: the image's label, else what the network reads, else 0.
#[must_use]
pub fn presumed_class(inspection: Option<&Inspection>) -> usize {
    let Some(inspection) = inspection else { return 0 };
    inspection.label.map(usize::from).or_else(|| most_probable(&inspection.probs)).unwrap_or(0)
}

/// The digit with the largest output; `None` without a finite one.
#[must_use]
pub fn most_probable(probs: &[f32]) -> Option<usize> {
    let probs = probs.iter().enumerate().filter(|(_, prob)| prob.is_finite());
    probs.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(digit, _)| digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Subject;

    #[test]
    fn the_label_counts_more_than_the_prediction() {
        let mut inspection = Inspection {
            run: 1,
            n_steps: 0,
            subject: Subject::Drawing,
            revision: 1,
            label: None,
            probs: vec![0.1, f32::NAN, 0.7, 0.2],
            layers: Vec::new(),
            pinned: None,
            unfamiliarity: None,
            values: Vec::new(),
        };
        assert_eq!(presumed_class(None), 0);
        assert_eq!(presumed_class(Some(&inspection)), 2);
        inspection.label = Some(3);
        assert_eq!(presumed_class(Some(&inspection)), 3);
    }
}
