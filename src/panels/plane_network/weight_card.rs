//! The weights of the chosen unit: each as a number that can be typed.

use crate::components::fields::WeightField;
use crate::components::fresh_id;
use crate::components::plane::{dense_layers, unit_title, use_plane_screen};
use crate::state::use_app_state;
use inkling_engine::explain::{Edit, Frozen};
use leptos::html::Table;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The card; empty while no unit is chosen.
#[component]
pub fn WeightCard() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    // Made again when the network has other columns, not with each weight.
    let shape = Memo::new(move |_| dense_layers(&state.run.checked.read()));
    let chosen = Memo::new(move |_| {
        let (layer_idx, unit) = screen.chosen.get()?;
        let shape = shape.read();
        let dense_idx = shape.iter().position(|(dense, n_units)| *dense == layer_idx && unit < *n_units)?;
        Some((dense_idx, layer_idx, unit))
    });
    move || chosen.get().map(|(dense_idx, layer_idx, unit)| view! { <UnitWeights dense_idx layer_idx unit /> })
}

#[component]
fn UnitWeights(dense_idx: usize, layer_idx: usize, unit: usize) -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let checked = state.run.checked.get_untracked();
    let n_before: usize = checked.layers()[..layer_idx].iter().map(|layer| layer.n_params()).sum();
    let [n_kernel, n_units] = [checked.layers()[layer_idx].n_kernel, checked.layers()[layer_idx].output_shape.size()];
    let n_inputs = n_kernel / n_units.max(1);
    let message = RwSignal::new(None::<String>);
    let message_id = fresh_id("weight-message");
    let message_here = message_id.clone();
    let weight_of = move |weight_idx: usize| {
        Signal::derive(move || screen.with_view(|view| view.weights().get(weight_idx).copied()).flatten())
    };
    let edit = move |edit: Edit| state.edit_weights(|edits| edits.edit(edit));
    let freeze_box = move |part: Frozen, label: String| {
        let is_frozen = Memo::new(move |_| state.run.weight_edits.read().frozen().contains(&part));
        view! {
            <label class="switch-field">
                <input
                    type="checkbox"
                    prop:checked=move || is_frozen.get()
                    on:change=move |_| state.edit_weights(|edits| edits.toggle_frozen(part))
                />
                {label}
            </label>
        }
    };
    let row = {
        let message_id = message_id.clone();
        move |row: usize| {
            let weight_idx = n_before + row * n_units + unit;
            let name = unit_title(&checked, dense_idx.checked_sub(1), row);
            let label = format!("weight from {name}");
            let on_change = Callback::new(move |value: f32| {
                edit(Edit::SetWeights { layer_idx, unit, weights: vec![(row, value)] });
            });
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>
                        <WeightField value=weight_of(weight_idx) on_change name=label message message_id=message_id.clone() />
                    </td>
                    <td>{freeze_box(Frozen::Slice { layer_idx, in_channel: row, filter: unit }, "frozen".to_owned())}</td>
                </tr>
            }
        }
    };
    let set_bias = Callback::new(move |value: f32| edit(Edit::SetBias { layer_idx, unit, value }));
    let table = NodeRef::<Table>::new();
    // A link that was pressed has its weight typed.
    Effect::new(move |_| {
        let (Some(table), Some(row)) = (table.get(), screen.wanted_row.get()) else { return };
        screen.wanted_row.set(None);
        let field = table.query_selector(&format!("tr:nth-of-type({}) input", row + 1)).ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
            field.select();
        }
    });
    let title = move || unit_title(&state.run.checked.read(), Some(dense_idx), unit);
    view! {
        <section class="weight-card" aria-label=move || format!("Weights of {}", title())>
            <div class="weight-card__head">
                <h3 class="weight-card__title">{move || format!("Weights of {}", title())}</h3>
                <button type="button" class="button button--quiet" on:click=move |_| screen.chosen.set(None)>"Close"</button>
            </div>
            <table class="weight-card__table" node_ref=table>
                <tbody>
                    {(0..n_inputs).map(row).collect_view()}
                    <tr>
                        <th scope="row">"bias"</th>
                        <td>
                            <WeightField
                                value=weight_of(n_before + n_kernel + unit)
                                on_change=set_bias
                                name="bias"
                                message
                                message_id=message_id.clone()
                            />
                        </td>
                    </tr>
                </tbody>
            </table>
            <p id=message_here class="message message--bad" prop:textContent=move || message.get()></p>
            {freeze_box(
                Frozen::Unit { layer_idx, unit },
                "Freeze all of them: training leaves frozen weights as they are".to_owned(),
            )}
        </section>
    }
}
