//! The logits as sums: a stacked bar for each class.

use super::logit_bar::{self, Segment, SegmentKind, reach, segments};
use crate::components::pictures::{Pointed, Pointing, reader};
use crate::components::{Term, glossary};
use crate::plot::decimals::Decimals;
use crate::plot::frame_scheduler::fresh_picture_id;
use crate::plot::number::three_digits;
use crate::state::use_app_state;
use inkling_engine::experiment::LayerConfig;
use inkling_engine::explain::{LogitContributions, SourceImage};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Where the terms of a logit come from.
#[derive(Debug, Clone, PartialEq, Default)]
struct Source {
    /// Name of the layer (or `input`) whose numbers are added up.
    name: String,
    /// Cells in each channel, if the terms are channels.
    n_cells: Option<usize>,
}

impl Source {
    fn text(&self, part: SegmentKind) -> String {
        match (part, self.n_cells) {
            (SegmentKind::Term(channel), Some(n_cells)) => {
                format!("{} channel {channel}, its {n_cells} cells together", self.name)
            }
            (SegmentKind::Term(unit), None) => format!("{} unit {unit}", self.name),
            (SegmentKind::Rest, _) => "all smaller terms of this sign together".to_owned(),
            (SegmentKind::Bias, _) => "bias".to_owned(),
        }
    }
}

/// A bar for each digit: for it to the right, against it to the left.
#[component]
pub fn ContributionBars(
    /// The digit that the panel is about.
    #[prop(into)]
    class: Signal<usize>,
    /// Called with another digit.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let state = use_app_state();
    let outputs = Memo::new(move |_| Some(state.answers.contributions.newest()?.answer.outputs.clone()));
    let source = Memo::new(move |_| {
        let checked = state.run.checked.read();
        let layers = checked.layers();
        let Some(dense_idx) = layers.iter().rposition(|layer| matches!(layer.config, LayerConfig::Dense(_))) else {
            return Source::default();
        };
        let name_of = |layer_idx: Option<usize>| {
            layer_idx.map_or_else(|| "input".to_owned(), |layer_idx| layers[layer_idx].name.clone())
        };
        match SourceImage::of(layers, dense_idx) {
            Some(image) => {
                let [height, width, _] = image.shape.dims();
                Source { name: name_of(image.layer_idx), n_cells: Some(height * width) }
            }
            None => Source { name: name_of(dense_idx.checked_sub(1)), n_cells: None },
        }
    });
    let names = state.run.class_names();
    let scale = Memo::new(move |_| outputs.read().as_ref().map_or(f32::MIN_POSITIVE, |outputs| reach(outputs)));
    let is_empty = move || outputs.read().as_ref().is_some_and(Vec::is_empty);
    view! {
        <section class="contributions">
            <h3 class="evidence__title">
                <Term entry=glossary::LOGIT>"logits"</Term>
                " as sums over the last layer's inputs"
            </h3>
            <Show when=is_empty>
                <p class="message">"This network does not end in a Dense layer, so its outputs are no such sums."</p>
            </Show>
            <Show when=move || outputs.read().is_none()>
                <p class="message">"Computing the sums …"</p>
            </Show>
            <div class="contributions__axis" aria-hidden="true">
                <span>"← against"</span>
                <span prop:textContent=move || {
                    outputs.read().is_some().then(|| format!("half of a bar’s width is {}", three_digits(scale.get())))
                }></span>
                <span>"for →"</span>
            </div>
            <ol class="contributions__bars" translate="no">
                {move || {
                    (0..names.get().len())
                        .map(|digit| view! { <Bar digit outputs scale source class on_choose /> })
                        .collect_view()
                }}
            </ol>
            <TermsTable outputs source class />
        </section>
    }
}

#[component]
fn Bar(
    digit: usize,
    outputs: Memo<Option<Vec<LogitContributions>>>,
    scale: Memo<f32>,
    source: Memo<Source>,
    class: Signal<usize>,
    on_choose: Callback<usize>,
) -> impl IntoView {
    let pointing = expect_context::<Pointing>();
    let picture_id = fresh_picture_id();
    let output = Memo::new(move |_| outputs.read().as_ref().and_then(|outputs| outputs.get(digit).cloned()));
    let pieces =
        Memo::new(move |_| output.read().as_ref().map_or_else(Vec::new, |output| segments(output, scale.get())));
    let pieces_element = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(element) = pieces_element.get() {
            logit_bar::show(&pieces.read(), &element);
        }
    });
    let logit = move || output.read().as_ref().map(|output| output.logit);
    let read = reader(move |[_, piece_idx]| {
        let Segment { part, value, .. } = *pieces.read().get(piece_idx)?;
        let verb = if value > 0.0 { "for" } else { "against" };
        let text = format!("{} · speaks {verb} {digit} · {}", source.read().text(part), three_digits(value));
        Some(Pointed { text, value })
    });
    let point_read = read.clone();
    let point = move |event: web_sys::PointerEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let piece_idx = target.and_then(|target| target.get_attribute("data-piece")?.parse().ok());
        match piece_idx {
            Some(piece_idx) => pointing.point(picture_id, [0, piece_idx], &point_read, false),
            None => pointing.leave(picture_id),
        }
    };
    let press = move |event: KeyboardEvent| {
        let n_pieces = pieces.read_untracked().len();
        let here = pointing.cell_by_keyboard(picture_id).map(|[_, piece_idx]| piece_idx);
        let there = match (event.key().as_str(), here) {
            ("ArrowRight", None) => Some(0),
            ("ArrowRight", Some(here)) => Some((here + 1).min(n_pieces.saturating_sub(1))),
            ("ArrowLeft", Some(here)) => Some(here.saturating_sub(1)),
            ("Enter" | " ", _) => {
                on_choose.run(digit);
                here
            }
            ("Escape", Some(_)) => {
                pointing.leave(picture_id);
                None
            }
            _ => return,
        };
        if let Some(there) = there {
            pointing.point(picture_id, [0, there], &read, true);
        }
        event.prevent_default();
    };
    on_cleanup(move || pointing.leave(picture_id));
    let label = move || {
        let text = logit().map_or_else(|| "not known yet".to_owned(), |logit| format!("logit {}", three_digits(logit)));
        format!("Digit {digit}, {text}; right arrow reads the terms, Enter chooses the digit")
    };
    let logit_left = move || {
        let share = logit().filter(|logit| logit.is_finite()).unwrap_or(0.0) / scale.get();
        format!("left: {:.3}%", 50.0 + 50.0 * share.clamp(-1.0, 1.0))
    };
    view! {
        <li
            class="logit-bar"
            class:logit-bar--chosen=move || class.get() == digit
            data-testid="contribution"
            data-digit=digit
            data-value=move || logit().map(|logit| logit.to_string())
        >
            <span class="logit-bar__digit">{digit}</span>
            <div
                class="logit-bar__track"
                role="button"
                tabindex="0"
                aria-pressed=move || (class.get() == digit).to_string()
                aria-label=label
                on:pointermove=point
                on:pointerleave=move |_| pointing.leave(picture_id)
                on:blur=move |_| pointing.leave(picture_id)
                on:click=move |_| on_choose.run(digit)
                on:keydown=press
            >
                <div class="logit-bar__pieces" node_ref=pieces_element></div>
                <span class="logit-bar__zero"></span>
                <span class="logit-bar__logit" prop:style=logit_left></span>
            </div>
            <span class="logit-bar__value">{move || logit().map_or_else(|| "–".to_owned(), three_digits)}</span>
        </li>
    }
}

/// The chosen digit's terms as a table.
#[component]
fn TermsTable(
    outputs: Memo<Option<Vec<LogitContributions>>>,
    source: Memo<Source>,
    class: Signal<usize>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let rows = move || {
        let outputs = outputs.read();
        let output = outputs.as_ref().and_then(|outputs| outputs.get(class.get()))?;
        let source = source.read();
        let row = |name: String, value: f32, text: String| {
            view! {
                <tr>
                    <td>{name}</td>
                    <td data-value=value.to_string()>{text}</td>
                </tr>
            }
        };
        let mut parts: Vec<(String, f32)> =
            output.terms.iter().map(|term| (source.text(SegmentKind::Term(term.source_idx)), term.value)).collect();
        parts.push((format!("the rest above 0 (of {} terms)", output.n_rest), output.rest_positive));
        parts.push(("the rest below 0".to_owned(), output.rest_negative));
        parts.push(("bias".to_owned(), output.bias));
        let values: Vec<f32> = parts.iter().map(|(_, value)| *value).collect();
        let (texts, sum) = Decimals::of(values.iter().copied()).texts(&values);
        let mut rows: Vec<_> =
            parts.into_iter().zip(texts).map(|((name, value), text)| row(name, value, text)).collect();
        rows.push(row("logit, the sum".to_owned(), output.logit, sum));
        Some(rows)
    };
    view! {
        <details class="details" on:toggle=move |_| is_open.update(|is_open| *is_open = !*is_open)>
            <summary prop:textContent=move || format!("the terms of {} as a table", class.get())></summary>
            <table class="table">
                <tbody translate="no">{move || is_open.get().then(rows).flatten()}</tbody>
            </table>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named() {
        let maps = Source { name: "max_pooling2d_1".to_owned(), n_cells: Some(25) };
        assert_eq!(maps.text(SegmentKind::Term(17)), "max_pooling2d_1 channel 17, its 25 cells together");
        let units = Source { name: "dense".to_owned(), n_cells: None };
        assert_eq!(units.text(SegmentKind::Term(3)), "dense unit 3");
    }
}
