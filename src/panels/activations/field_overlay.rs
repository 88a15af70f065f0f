//! What the cell that is pointed at, or else the pinned one, sees: outlined on the pictures of the layers before it,
//! and the cell itself.

use super::context::{InsideContext, Traced};
use super::map_sheet::MapSheet;
use crate::components::layers::{LayerForm, LayerPlan};
use crate::plot::region::region_percent;
use crate::state::AppState;
use inkling_engine::explain::{CellIndex, ReceptiveField, Region};
use leptos::prelude::*;

/// What is outlined on a layer's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Outline {
    /// In cells of a picture; `None` is all that the layer has.
    region: Option<Region>,
    /// On which picture only; `None` is on each.
    picture: Option<usize>,
    /// Whether it is the traced cell itself.
    is_cell: bool,
}

/// The outline on all pictures of a layer; it is laid over their grid.
#[component]
pub fn FieldOverlay(
    /// The layer.
    plan: StoredValue<LayerPlan>,
    /// Where the pictures lie.
    sheet: Memo<MapSheet>,
) -> impl IntoView {
    let traced = expect_context::<InsideContext>().traced;
    let size = plan.read_value().form.picture_size();
    let outline = Memo::new(move |_| {
        let traced = traced.read();
        let Traced { layer_idx, cell, fields } = traced.as_ref()?;
        outline(&plan.read_value(), *layer_idx, *cell, fields)
    });
    let picture = Memo::new(move |_| outline.get().and_then(|outline| outline.picture));
    let style = move || Some(box_style(outline.get()?.region?, size));
    let n_shown = move || sheet.read().n_shown();
    let frame = move |picture: usize| {
        view! {
            <span class="field-overlay__picture" prop:style=move || sheet.read().place_style(picture)>
                <span class="field-overlay__box"></span>
            </span>
        }
    };
    view! {
        <Show when=move || outline.read().is_some()>
            <div
                class="field-overlay"
                class:field-overlay--cell=move || outline.get().is_some_and(|outline| outline.is_cell)
                class:field-overlay--whole=move || outline.get().is_some_and(|outline| outline.region.is_none())
                aria-hidden="true"
                prop:style=style
            >
                {move || match picture.get() {
                    Some(picture) => (picture < n_shown()).then(|| frame(picture)).into_any(),
                    None => {
                        view! { <For each=move || 0..n_shown() key=|picture| *picture children=frame /> }
                            .into_any()
                    }
                }}
            </div>
        </Show>
    }
}

/// The outline on the image that goes in.
#[component]
pub fn InputFieldOverlay(
    /// Rows and columns of the image.
    size: [usize; 2],
) -> impl IntoView {
    let traced = expect_context::<InsideContext>().traced;
    let region = Memo::new(move |_| traced.read().as_ref()?.fields.first().map(|field| field.clipped));
    let style = move || region.get().map(|region| box_style(region, size));
    view! {
        <Show when=move || region.read().is_some()>
            <div class="field-overlay" aria-hidden="true" prop:style=style>
                <span class="field-overlay__box" data-testid="input-field"></span>
            </div>
        </Show>
    }
}

/// Whether this is the pinned output.
#[must_use]
pub fn is_pinned(state: AppState, layer_idx: usize, unit: usize) -> bool {
    state.pinned.get() == Some((layer_idx, CellIndex::unit(unit)))
}

/// What is outlined on the pictures of `plan`; nothing after the traced cell's layer.
fn outline(plan: &LayerPlan, layer_idx: usize, cell: CellIndex, fields: &[ReceptiveField]) -> Option<Outline> {
    if plan.layer_idx == layer_idx {
        let row_and_column = (cell.row, cell.column);
        return Some(Outline { is_cell: true, ..outline_of_cell(plan.form, row_and_column, cell.channel) });
    }
    let field = fields.get(plan.layer_idx + 1).filter(|_| plan.layer_idx < layer_idx)?;
    let [height, width] = plan.form.picture_size();
    match (plan.form, field.channel) {
        (LayerForm::Maps { .. }, picture) => {
            let Region { top, left, bottom, right } = field.clipped;
            let is_whole = (top, left) == (0, 0) && (bottom, right) == (height as i32, width as i32);
            let region = (!is_whole || picture.is_some()).then_some(field.clipped);
            Some(Outline { region, picture, is_cell: false })
        }
        (_, Some(unit)) => Some(outline_of_cell(plan.form, (0, 0), unit)),
        (_, None) => Some(Outline { region: None, picture: None, is_cell: false }),
    }
}

fn outline_of_cell(form: LayerForm, (row, column): (usize, usize), channel: usize) -> Outline {
    let (row, column, picture) = match form {
        LayerForm::Maps { .. } => (row, column, channel),
        LayerForm::Cells { columns, .. } => (channel / columns, channel % columns, 0),
        LayerForm::Bars { .. } => (channel, 0, 0),
    };
    let (top, left) = (row as i32, column as i32);
    let region = Region { top, left, bottom: top + 1, right: left + 1 };
    Outline { region: Some(region), picture: Some(picture), is_cell: false }
}

/// A box's place as custom properties, which all boxes of an overlay share.
fn box_style(region: Region, size: [usize; 2]) -> String {
    let [top, left, height, width] = region_percent(region, size);
    format!("--top: {top:.3}%; --left: {left:.3}%; --height: {height:.3}%; --width: {width:.3}%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::layers::plan_layers;
    use inkling_engine::experiment::Preset;
    use inkling_engine::explain::receptive_fields;

    fn outlines(layer_idx: usize, cell: CellIndex) -> Vec<Option<Outline>> {
        let checked = Preset::LessonCnn.experiment().check().unwrap_or_else(|errors| panic!("{errors}"));
        let layers = checked.layers();
        let fields = receptive_fields(layers, layer_idx, cell).unwrap_or_else(|error| panic!("{error}"));
        plan_layers(layers).iter().map(|plan| outline(plan, layer_idx, cell, &fields)).collect()
    }

    fn region(top: i32, left: i32, bottom: i32, right: i32) -> Option<Region> {
        Some(Region { top, left, bottom, right })
    }

    #[test]
    fn a_cell_of_the_last_maps_is_traced_back() {
        let found = outlines(3, CellIndex { row: 4, column: 0, channel: 7 });
        assert_eq!(found[3], Some(Outline { region: region(4, 0, 5, 1), picture: Some(7), is_cell: true }));
        assert_eq!(found[2], Some(Outline { region: region(8, 0, 10, 2), picture: Some(7), is_cell: false }));
        assert_eq!(found[1], Some(Outline { region: region(8, 0, 12, 4), picture: None, is_cell: false }));
        assert_eq!(found[4..], [None, None, None]);
    }

    #[test]
    fn a_flattened_number_is_one_cell_and_an_output_sees_everything() {
        let found = outlines(4, CellIndex::unit(64 + 5));
        assert_eq!(found[4], Some(Outline { region: region(1, 5, 2, 6), picture: Some(0), is_cell: true }));
        assert_eq!(found[3], Some(Outline { region: region(0, 1, 1, 2), picture: Some(5), is_cell: false }));
        let found = outlines(6, CellIndex::unit(3));
        assert!(found[..6].iter().flatten().all(|outline| outline.picture.is_none()));
        let regions: Vec<_> = found.iter().flatten().map(|outline| outline.region).collect();
        // All, but for the last rows and columns of 11×11, which fill no window of 2×2, and what only they see.
        let (first, second) = (region(0, 0, 24, 24), region(0, 0, 10, 10));
        assert_eq!(regions[..6], [first, region(0, 0, 12, 12), second, None, None, None]);
    }
}
