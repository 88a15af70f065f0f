//! A stage on the page: its lines and tables.

use super::stages::{Line, Stage, UpdateTable};
use leptos::prelude::*;

/// The numbers of a stage.
#[component]
pub fn StageView(
    /// What is shown.
    stage: Stage,
) -> impl IntoView {
    let Stage { lines, tables, result, .. } = stage;
    view! {
        {(!lines.is_empty())
            .then(|| view! { <dl class="point-step__lines" translate="no">{lines.into_iter().map(line_view).collect_view()}</dl> })}
        {tables.into_iter().map(table_view).collect_view()}
        {(!result.is_empty()).then(|| view! { <p class="point-step__result">{result}</p> })}
    }
}

fn line_view(line: Line) -> impl IntoView {
    view! {
        <div class="point-step__line" data-testid="step-line">
            <dt>{line.name}</dt>
            {line.steps.into_iter().map(|step| view! { <dd>{step}</dd> }).collect_view()}
        </div>
    }
}

fn table_view(table: UpdateTable) -> impl IntoView {
    let UpdateTable { title, columns, rows } = table;
    let label = title.clone();
    let row = |(name, cells): (String, Vec<super::stages::UpdateCell>)| {
        let cell = |cell: super::stages::UpdateCell| {
            view! {
                <td
                    data-before=cell.weight.before.to_string()
                    data-gradient=cell.weight.gradient.to_string()
                    data-after=cell.weight.after.to_string()
                >
                    <span class="point-step__gradient">{cell.gradient}</span>
                    <span>{cell.sum}</span>
                </td>
            }
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells.into_iter().map(cell).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="point-step__scroll" tabindex="0" role="group" aria-label=label>
            <table class="table point-step__table" data-testid="step-weights">
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {columns.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody translate="no">{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
