//! The accuracy of each chosen run after each corruption.

use super::candidate::Candidate;
use super::context::RobustnessContext;
use super::corruption_list::{Row, rows};
use crate::components::pictures::DigitPicture;
use crate::components::use_theme;
use crate::plot::number::percent_to_tenth;
use crate::protocol::questions::{ChangeList, RobustnessAnswer};
use inkling_engine::data::MNIST_SIDE;
use leptos::prelude::*;

/// A row for each corruption and run.
#[component]
pub fn CorruptionTable(has_all_strengths: RwSignal<bool>) -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let image = Memo::new(move |_| context.image().filter(|image| image.len() == MNIST_SIDE * MNIST_SIDE));
    let bodies = move || {
        let chosen = context.chosen.get();
        let columns: Vec<_> = chosen
            .into_iter()
            .map(|candidate| (candidate.clone(), context.measurement(candidate.run, ChangeList::MnistC)))
            .collect();
        let body = |row: Row| view! { <Corruption row columns=columns.clone() image /> };
        rows(has_all_strengths.get()).into_iter().map(body).collect_view()
    };
    view! {
        <div class="robustness__scroll" tabindex="0" role="region" aria-label="Accuracy after each corruption">
            <table class="table corruption-table" data-testid="robustness" translate="no">
                <thead>
                    <tr>
                        <th scope="col">"example"</th>
                        <th scope="col">"corruption"</th>
                        <th scope="col">"strength"</th>
                        <th scope="col">"run"</th>
                        <th scope="col">"accuracy"</th>
                        <th scope="col">"lost"</th>
                    </tr>
                </thead>
                {bodies}
            </table>
        </div>
    }
}

type Measured = Memo<Option<(usize, RobustnessAnswer)>>;

/// One corruption: its picture and name beside the rows of all runs.
#[component]
fn Corruption(row: Row, columns: Vec<(Candidate, Measured)>, image: Memo<Option<Vec<f32>>>) -> impl IntoView {
    let ground = use_theme().ground;
    let change = row.change;
    let pixels =
        Signal::derive(move || image.get().map(|image| change.apply(&image, MNIST_SIDE, 1, 0)).unwrap_or_default());
    let n_runs = columns.len();
    let head = row.clone();
    let heads = view! {
        <td rowspan=n_runs class="corruption-table__picture">
            <DigitPicture pixels ground=ground.into() class="corruption-table__canvas" label=format!("the image, {}", head.name) />
        </td>
        <th scope="rowgroup" rowspan=n_runs class="corruption-table__name">{head.name}</th>
        <td rowspan=n_runs>{head.strength}</td>
    };
    let mut heads = Some(heads);
    let line = |(candidate, measured): (Candidate, Measured)| {
        let place = row.place;
        let accuracy = Memo::new(move |_| measured.read().as_ref().and_then(|(_, answer)| answer.accuracy(place)));
        let lost = move || {
            let unchanged = measured.read().as_ref().and_then(|(_, answer)| answer.accuracy(0))?;
            (place > 0).then_some(100.0 * (unchanged - accuracy.get()?))
        };
        view! {
            <tr
                data-corruption=row.id
                data-strength=row.value.to_string()
                data-run=candidate.run
                data-accuracy=move || accuracy.get().map(|share| share.to_string())
            >
                {heads.take()}
                <td class="corruption-table__run" title=candidate.name.clone()>
                    <b style:color=candidate.css_colour() aria-hidden="true">{candidate.mark.to_string()}</b>
                    " "
                    {candidate.name.clone()}
                </td>
                <td class="corruption-table__accuracy">
                    <span class="corruption-table__track" aria-hidden="true">
                        <span
                            class="corruption-table__bar"
                            style:background=candidate.css_colour()
                            style:width=move || format!("{:.1}%", 100.0 * accuracy.get().unwrap_or(0.0))
                        ></span>
                    </span>
                    <span>{move || accuracy.get().map_or_else(|| "–".to_owned(), |share| percent_to_tenth(share as f32))}</span>
                </td>
                <td>{move || lost().map_or_else(|| "–".to_owned(), lost_text)}</td>
            </tr>
        }
    };
    view! { <tbody>{columns.into_iter().map(line).collect_view()}</tbody> }
}

/// Percentage points lost, or gained.
fn lost_text(points: f64) -> String {
    let rounded = (points * 10.0).round() / 10.0;
    match rounded {
        0.0 => "0.0".to_owned(),
        gain if gain < 0.0 => format!("+{:.1}", -gain),
        loss => format!("−{loss:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::lost_text;

    #[test]
    fn losses_and_gains_have_their_signs() {
        assert_eq!([12.34, -0.5, 0.0, -0.01].map(lost_text), ["−12.3", "+0.5", "0.0", "0.0"]);
    }
}
