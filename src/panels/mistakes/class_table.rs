//! Precision, recall and F1 of each class.

use crate::components::{Term, glossary};
use crate::plot::number::{percent, thousands};
use crate::state::use_app_state;
use inkling_engine::metrics::{ClassScores, Confusion, Scores};
use leptos::prelude::*;
use std::sync::Arc;

/// A row for each class, and the mean of all.
#[component]
pub fn ClassTable(
    /// The counts.
    confusion: Memo<Option<Arc<Confusion>>>,
) -> impl IntoView {
    let names = use_app_state().run.class_names();
    let scores = Memo::new(move |_| {
        let confusion = confusion.get()?;
        // A class that is never read, or never there, has nothing to be precise about: 0, as scikit-learn warns.
        let scores = ClassScores::new(&confusion, 0.0);
        let mean = scores.averages(&confusion).macro_average;
        Some((scores, mean))
    });
    let row = move |class: usize| {
        let of_class = move || {
            let scores = scores.read();
            let (scores, _) = scores.as_ref()?;
            Some((*scores.classes.get(class)?, *scores.support.get(class)?))
        };
        view! {
            <tr>
                <th scope="row">{move || names.read().get(class).copied()}</th>
                {figures(Signal::derive(move || of_class().map(|(scores, _)| scores)))}
                <td prop:textContent=move || of_class().map_or_else(dash, |(_, support)| thousands(support as usize))></td>
            </tr>
        }
    };
    let mean = Signal::derive(move || scores.read().as_ref().map(|(_, mean)| *mean));
    let n_images = move || confusion.get().map_or_else(dash, |confusion| thousands(confusion.n_samples() as usize));
    view! {
        <section class="class-scores" aria-label="Scores of each class">
            <table class="table class-scores__table" data-testid="class-scores" translate="no">
                <thead>
                    <tr>
                        <th scope="col">"label"</th>
                        <th scope="col">
                            <Term entry=glossary::PRECISION>"precision"</Term>
                        </th>
                        <th scope="col">
                            <Term entry=glossary::RECALL>"recall"</Term>
                        </th>
                        <th scope="col">
                            <Term entry=glossary::F1>"F1"</Term>
                        </th>
                        <th scope="col">
                            <Term entry=glossary::SUPPORT>"support"</Term>
                        </th>
                    </tr>
                </thead>
                <tbody>{move || (0..names.read().len()).map(row).collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">
                            <Term entry=glossary::MACRO_AVERAGE>"macro average"</Term>
                        </th>
                        {figures(mean)}
                        <td prop:textContent=n_images></td>
                    </tr>
                </tfoot>
            </table>
        </section>
    }
}

fn figures(scores: Signal<Option<Scores>>) -> impl IntoView {
    let cell = move |of: fn(&Scores) -> f64| {
        view! { <td prop:textContent=move || scores.get().map_or_else(dash, |scores| percent(of(&scores)))></td> }
    };
    (cell(|scores| scores.precision), cell(|scores| scores.recall), cell(|scores| scores.f1))
}

fn dash() -> String {
    "–".to_owned()
}
