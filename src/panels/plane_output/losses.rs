//! The losses at present.

use crate::components::plane::use_plane_screen;
use crate::plot::number::{loss, percent};
use crate::protocol::questions::PlaneScore;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Test and training loss, with the share of points whose class is right.
#[component]
pub fn Losses() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let scores = Memo::new(move |_| screen.with_view(|view| (view.epoch, view.train, view.test)));
    let is_regression = Memo::new(move |_| state.run.data().is_regression);
    let train = move || scores.get().map(|(_, train, _)| train);
    let test = move || scores.get().and_then(|(_, _, test)| test);
    view! {
        <dl
            class="plane-losses"
            translate="no"
            data-testid="plane-losses"
            data-epoch=move || scores.get().map(|(epoch, _, _)| epoch.to_string())
            data-train=move || train().map(|score| score.loss.to_string())
            data-test=move || test().map(|score| score.loss.to_string())
        >
            <div class="plane-losses__part plane-losses__part--test">
                <dt>"Test loss"</dt>
                <dd>{move || written(test())}</dd>
                <dd class="plane-losses__accuracy">{move || accuracy(test(), is_regression.get())}</dd>
            </div>
            <div class="plane-losses__part plane-losses__part--train">
                <dt>"Training loss"</dt>
                <dd>{move || written(train())}</dd>
                <dd class="plane-losses__accuracy">{move || accuracy(train(), is_regression.get())}</dd>
            </div>
        </dl>
    }
}

fn written(score: Option<PlaneScore>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| loss(score.loss))
}

/// A regression has no classes to be right or wrong about.
fn accuracy(score: Option<PlaneScore>, is_regression: bool) -> String {
    score.filter(|_| !is_regression).map_or_else(String::new, |score| format!("{} right", percent(score.accuracy)))
}
