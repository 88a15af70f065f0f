//! How many images the network recognises, digit by digit, before and after the edits.

use super::context::SurgeryContext;
use super::difference::{bar, points};
use super::text::judged_text;
use crate::components::{Pace, keep_asking, network_age};
use crate::plot::number::{percent, thousands};
use crate::protocol::questions::{Score, Scores, ScoresAnswer};
use crate::state::DataState;
use leptos::prelude::*;

/// The last evaluation that was finished.
#[derive(Debug, Clone, PartialEq)]
struct Judgement {
    before: Option<Score>,
    after: Score,
    n_steps: usize,
}

/// A row for all images and one for each digit.
#[component]
pub fn ScoreTable() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let state = context.state;
    let is_loaded = Memo::new(move |_| matches!(state.data.get(), DataState::Loaded { .. }));
    // Each edit starts an evaluation; this asks for one when the tab is opened or the network has been trained further.
    keep_asking(state, Pace::SLOW, move || {
        state.run.id.track();
        state.run.progress.track();
        if is_loaded.get() { vec![Scores.into()] } else { Vec::new() }
    });
    let judgement = Memo::new(move |former: Option<&Option<Judgement>>| {
        let answered = state.answers.scores.newest()?;
        match &answered.answer {
            ScoresAnswer { before, after: Some(after), .. } => {
                Some(Judgement { before: before.clone(), after: after.clone(), n_steps: answered.n_steps })
            }
            ScoresAnswer { after: None, .. } => former.cloned().flatten(),
        }
    });
    let progress = Memo::new(move |_| {
        let progress = state.answers.scores.newest()?.answer.progress;
        Some(progress).filter(|(n_done, n_total)| n_done < n_total)
    });
    let is_compared = Memo::new(move |_| judgement.read().as_ref().is_some_and(|judgement| judgement.before.is_some()));
    let names = state.run.class_names();
    let reach = Memo::new(move |_| {
        let judgement = judgement.read();
        let differences = (0..names.get().len()).filter_map(|class| judgement.as_ref()?.difference(Some(class)));
        differences.fold(0.0, |reach: f64, difference| reach.max(difference.abs()))
    });
    let text = move || {
        let judgement = judgement.read();
        match (is_loaded.get(), judgement.as_ref(), progress.get()) {
            (false, _, _) => "The data set is still loading.".to_owned(),
            (true, _, Some((n_done, n_total))) => {
                format!("{} of {} images judged", thousands(n_done), thousands(n_total))
            }
            (true, None, None) => {
                format!("The network is about to be judged on {}.", judged_text(&state.run.checked.read()))
            }
            (true, Some(Judgement { n_steps, .. }), None) => {
                let checked = state.run.checked.read();
                format!("{}, {}", judged_text(&checked), network_age(*n_steps, checked.steps_per_epoch()))
            }
        }
    };
    view! {
        <section class="score" data-testid="score">
            <h3 class="surgery__title">"accuracy, digit by digit"</h3>
            <p class="message score__text">
                <span prop:textContent=text></span>
                {move || {
                    progress
                        .get()
                        .map(|(n_done, n_total)| {
                            view! {
                                " "
                                <progress max=n_total value=n_done aria-label="images judged"></progress>
                            }
                        })
                }}
            </p>
            <Show when=move || judgement.read().is_some()>
                <table class="table score__table">
                    <thead>
                        <tr>
                            <th scope="col">"digit"</th>
                            <th scope="col">"images"</th>
                            <Show
                                when=move || is_compared.get()
                                fallback=|| view! { <th scope="col">"accuracy"</th> }
                            >
                                <th scope="col">"before"</th>
                                <th scope="col">"after"</th>
                                <th scope="col" colspan="2">
                                    "difference, points"
                                </th>
                            </Show>
                        </tr>
                    </thead>
                    <tbody translate="no">
                        <Row class=None judgement is_compared reach />
                        {move || {
                            (0..names.get().len())
                                .map(|class| view! { <Row class=Some(class) judgement is_compared reach /> })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </Show>
        </section>
    }
}

#[component]
fn Row(
    class: Option<usize>,
    judgement: Memo<Option<Judgement>>,
    is_compared: Memo<bool>,
    reach: Memo<f64>,
) -> impl IntoView {
    let before = Memo::new(move |_| share(judgement.read().as_ref()?.before.as_ref()?, class));
    let after = Memo::new(move |_| share(&judgement.read().as_ref()?.after, class));
    let difference = Memo::new(move |_| judgement.read().as_ref()?.difference(class));
    let n_images = move || {
        let judgement = judgement.read();
        let n_images = &judgement.as_ref()?.after.n_images;
        let n = class.map_or_else(|| n_images.iter().sum(), |class| n_images.get(class).copied().unwrap_or_default());
        Some(thousands(n as usize))
    };
    let name = StoredValue::new(class.map_or_else(|| "all".to_owned(), |class| class.to_string()));
    let written = |share: Option<f64>| percent(share.unwrap_or(f64::NAN));
    let difference_text =
        move || before.get().zip(after.get()).map_or_else(|| "–".to_owned(), |(before, after)| points(before, after));
    // The mean's difference on the scale of the digits' ones.
    let style = move || {
        let (left, width) = bar(difference.get().unwrap_or_default(), reach.get());
        format!("left: {left:.2}%; width: {width:.2}%")
    };
    view! {
        <tr
            class:score__all=class.is_none()
            data-testid="score-row"
            data-digit=name.get_value()
            data-before=move || before.get().map(|share| share.to_string())
            data-after=move || after.get().map(|share| share.to_string())
        >
            <th scope="row">{name.get_value()}</th>
            <td class="muted">{n_images}</td>
            <Show when=move || is_compared.get()>
                <td>{move || written(before.get())}</td>
            </Show>
            <td>{move || written(after.get())}</td>
            <Show when=move || is_compared.get()>
                <td class="score__difference">{difference_text}</td>
                <td class="score__bars" aria-hidden="true">
                    <span class="score__track">
                        <span
                            class="score__bar"
                            class:score__bar--loss=move || difference.get().is_some_and(|difference| difference < 0.0)
                            prop:style=style
                        ></span>
                    </span>
                </td>
            </Show>
        </tr>
    }
}

impl Judgement {
    /// After minus before; `None` where there is nothing to compare.
    fn difference(&self, class: Option<usize>) -> Option<f64> {
        Some(share(&self.after, class)? - share(self.before.as_ref()?, class)?)
    }
}

fn share(score: &Score, class: Option<usize>) -> Option<f64> {
    class.map_or_else(|| score.accuracy(), |class| score.of_class(class))
}
