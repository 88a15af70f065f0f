//! Ways to answer: a number, gaps, a choice, a drawn curve, a unit that is clicked.

use super::curve_field::CurveField;
use super::lesson_state::{LessonState, use_lesson};
use super::page_parts;
use crate::components::fresh_id;
use crate::lesson::{Answer, Question, Task, UnitRule, readings};
use crate::state::Place;
use leptos::prelude::*;
use std::sync::Arc;

/// Places of a sketched curve.
const N_SKETCHED: usize = 13;

/// The button that gives an answer to be judged; says what is missing.
#[component]
pub fn CheckButton(
    /// The answer as it stands.
    answer: impl Fn() -> Result<Answer, &'static str> + Copy + Send + Sync + 'static,
    /// The step.
    id: String,
    /// The question.
    question_idx: usize,
) -> impl IntoView {
    let lesson = use_lesson();
    let missing = RwSignal::new("");
    let check = move |_| match untrack(answer) {
        Ok(answer) => {
            missing.set("");
            lesson.set_answer(&id, question_idx, Some(answer));
        }
        Err(what) => missing.set(what),
    };
    view! {
        <button type="button" class="button" on:click=check>
            "Check answer"
        </button>
        <p class="message message--bad" role="status" prop:textContent=move || missing.get()></p>
    }
}

/// A number.
#[component]
pub fn NumberTask(id: String, question: Arc<Question>, question_idx: usize) -> impl IntoView {
    let _ = question;
    let lesson = use_lesson();
    let given = match untrack(|| lesson.answer(&id, question_idx)) {
        Some(Answer::Number(text)) => text,
        _ => String::new(),
    };
    let text = RwSignal::new(given);
    let answer = move || match readings(&text.read()).is_empty() {
        true => Err("Type a number, such as 13,002 or 0.97."),
        false => Ok(Answer::Number(text.get())),
    };
    view! {
        <div class="task">
            <NumberField label="Your answer" text />
            <CheckButton answer id question_idx />
        </div>
    }
}

/// A field for a number, which is typed as one likes.
#[component]
pub fn NumberField(
    /// What stands before it.
    #[prop(into)]
    label: String,
    /// What was typed.
    text: RwSignal<String>,
) -> impl IntoView {
    let field_id = StoredValue::new(fresh_id("answer"));
    view! {
        <span class="task__field">
            <label for=field_id.get_value()>{label}</label>
            <input
                id=field_id.get_value()
                class="book-field"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
        </span>
    }
}

/// A calculation with gaps.
#[component]
pub fn GapsTask(id: String, question: Arc<Question>, question_idx: usize) -> impl IntoView {
    let lesson = use_lesson();
    let labels: Vec<String> = match &question.task {
        Task::Gaps(gaps) => gaps.iter().map(|gap| gap.label.clone()).collect(),
        _ => Vec::new(),
    };
    let given = match untrack(|| lesson.answer(&id, question_idx)) {
        Some(Answer::Gaps(texts)) if texts.len() == labels.len() => texts,
        _ => vec![String::new(); labels.len()],
    };
    let texts: Vec<_> = given.into_iter().map(RwSignal::new).collect();
    let fields = labels.into_iter().zip(&texts).map(|(label, text)| view! { <NumberField label text=*text /> });
    let fields = fields.collect_view();
    let texts = StoredValue::new(texts);
    let answer = move || {
        let given: Vec<String> = texts.with_value(|texts| texts.iter().map(RwSignal::get).collect());
        if given.iter().any(|text| readings(text).is_empty()) {
            return Err("Type a number into each gap.");
        }
        Ok(Answer::Gaps(given))
    };
    view! {
        <div class="task task--gaps">{fields} <CheckButton answer id question_idx /></div>
    }
}

/// A choice.
#[component]
pub fn ChoiceTask(id: String, question: Arc<Question>, question_idx: usize) -> impl IntoView {
    let lesson = use_lesson();
    let given = match untrack(|| lesson.answer(&id, question_idx)) {
        Some(Answer::Choice(choice)) => Some(choice),
        _ => None,
    };
    let chosen = RwSignal::new(given);
    let options = match &question.task {
        Task::Choice(choices) => choices.iter().map(|choice| choice.text.clone()).collect(),
        _ => Vec::new(),
    };
    let answer = move || chosen.get().map(Answer::Choice).ok_or("Choose one of the answers.");
    view! {
        <div class="task">
            <Options options chosen />
            <CheckButton answer id question_idx />
        </div>
    }
}

/// Options of which one is chosen.
#[component]
pub fn Options(
    /// Their texts, as HTML.
    options: Vec<String>,
    /// The chosen one.
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let name = StoredValue::new(fresh_id("choice"));
    let option = move |(option_idx, text): (usize, String)| {
        view! {
            <label class="options__option">
                <input
                    type="radio"
                    name=name.get_value()
                    prop:checked=move || chosen.get() == Some(option_idx)
                    on:change=move |_| chosen.set(Some(option_idx))
                />
                <span inner_html=text></span>
            </label>
        }
    };
    view! {
        <div class="options" role="radiogroup" aria-label="Answers">
            {options.into_iter().enumerate().map(option).collect_view()}
        </div>
    }
}

/// A curve of a function.
#[component]
pub fn SketchTask(id: String, question: Arc<Question>, question_idx: usize) -> impl IntoView {
    let Task::Sketch { field, function } = question.task else { return ().into_any() };
    let lesson = use_lesson();
    let given = match untrack(|| lesson.answer(&id, question_idx)) {
        Some(Answer::Sketch(heights)) => heights.into_iter().map(Some).collect(),
        _ => vec![None; N_SKETCHED],
    };
    let drawn = RwSignal::new(given);
    let answer = move || {
        let heights: Option<Vec<f64>> = drawn.read().iter().copied().collect();
        heights.map(Answer::Sketch).ok_or("Draw the curve from the left edge to the right one.")
    };
    let step = StoredValue::new(id.clone());
    let is_given = Memo::new(move |_| step.with_value(|id| lesson.answer(id, question_idx).is_some()));
    let real = Signal::derive(move || is_given.get().then(|| function.curve(field, N_SKETCHED)));
    view! {
        <div class="task">
            <CurveField field drawn real x_name="x".to_owned() y_name=function.name().to_owned() />
            <CheckButton answer id question_idx />
        </div>
    }
    .into_any()
}

/// A unit that is clicked in the bench.
#[component]
pub fn UnitTask(id: String, question: Arc<Question>, question_idx: usize) -> impl IntoView {
    let lesson = use_lesson();
    let asked = StoredValue::new(question);
    let answer = move || {
        let missing = "Click a unit of that layer on the right, so that it is taken apart, then check.";
        let (layer, [_, _, unit]) = page_parts::inspected().ok_or(missing)?;
        let asked = asked.get_value();
        let Task::Unit { layer: wanted, rule } = &asked.task else { return Err(missing) };
        if layer != *wanted {
            return Err("That is a unit of another layer. Click one of the layer that is asked about.");
        }
        let right = match rule {
            UnitRule::Index(unit) => Some(*unit),
            UnitRule::LargestOutput => largest_unit(lesson, wanted),
        };
        Ok(Answer::Unit { unit, is_right: right == Some(unit) })
    };
    view! {
        <div class="task">
            <CheckButton answer id question_idx />
        </div>
    }
}

/// The unit of a layer whose output is largest for the present image.
fn largest_unit(lesson: LessonState, layer: &str) -> Option<usize> {
    let (state, _) = lesson.places.of(Place::Digits);
    let layer_idx = state.run.checked.get().layers().iter().position(|other| other.name == layer)?;
    let inspection = state.inspection.get()?;
    let values = inspection.layer(layer_idx)?;
    let sums: Vec<f32> = (0..values.dim().2)
        .map(|channel| values.slice(ndarray::s![.., .., channel]).iter().copied().fold(f32::NEG_INFINITY, f32::max))
        .collect();
    (0..sums.len()).max_by(|a, b| sums[*a].total_cmp(&sums[*b]))
}
