//! Pointing at the strip's pictures: by pointer, and by keyboard.

use super::context::{InsideContext, Spot, cell_at};
use super::read_out::describe;
use crate::components::layers::{CellStep, LayerForm, MAPS_PER_ROW, layer_idx_of};
use crate::components::pictures::cell_of;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlCanvasElement, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

/// What the strip's event handlers share; one set of them serves all pictures.
#[derive(Clone, Copy)]
pub struct Pointing {
    context: InsideContext,
    /// Said to screen readers while cells are read by keyboard.
    pub spoken: RwSignal<String>,
}

impl Pointing {
    /// Pointing at nothing.
    #[must_use]
    pub fn new(context: InsideContext) -> Pointing {
        Pointing { context, spoken: RwSignal::new(String::new()) }
    }

    /// The pointer moved over the strip. In the gaps between pictures what was pointed at stays.
    pub fn hover(&self, event: &PointerEvent) {
        let Some(target) = target_of(event) else { return };
        if !target.class_list().contains("map-grid") {
            self.point_at(self.spot_under(event, &target));
        }
    }

    /// A cell was clicked: it is taken apart.
    pub fn click(&self, event: &MouseEvent) {
        if let Some(spot) = target_of(event).and_then(|target| self.spot_under(event, &target)) {
            self.pin(spot);
        }
    }

    /// The pointer or the focus left the strip.
    pub fn leave(&self) {
        self.point_at(None);
    }

    /// A picture got the focus.
    pub fn focus(&self, event: &Event) {
        if let Some(target) = target_of(event).filter(|target| target.has_attribute("data-channel")) {
            self.point_at(picture_of(&target).map(|(layer_idx, channel)| Spot { layer_idx, channel, cell: None }));
        }
    }

    /// A key was pressed on a picture.
    pub fn press(&self, event: &KeyboardEvent) {
        let Some(picture) = target_of(event).and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let Some((layer_idx, channel)) = picture_of(&picture) else { return };
        let Some(size) = self.size_of(&picture, layer_idx) else { return };
        let cell = self.context.spot.get_untracked().and_then(|spot| spot.cell);
        let spot = |cell| Some(Spot { layer_idx, channel, cell });
        match (event.key().as_str(), cell) {
            ("Enter" | " ", None) => self.read(spot(Some([0, 0]))),
            ("Enter" | " ", Some(cell)) => self.pin(Spot { layer_idx, channel, cell: Some(cell) }),
            ("Escape", _) if self.context.state.pinned.get_untracked().is_some() => self.context.state.pin(None),
            ("Escape", Some(_)) => self.read(spot(None)),
            (key, Some(_)) if direction(key).is_none() => {
                let Some(step) = CellStep::of_key(key) else { return };
                self.step_pinned(step);
            }
            (key, Some(cell)) => {
                let Some([down, right]) = direction(key) else { return };
                let moved = [cell[0] as isize + down, cell[1] as isize + right];
                let moved = [0, 1].map(|axis| moved[axis].clamp(0, size[axis] as isize - 1) as usize);
                self.read(spot(Some(moved)));
                // Once a cell of the layer is taken apart, the next ones are too.
                if self
                    .context
                    .state
                    .pinned
                    .get_untracked()
                    .is_some_and(|(pinned_idx, _)| Some(pinned_idx) == layer_idx)
                {
                    self.pin(Spot { layer_idx, channel, cell: Some(moved) });
                }
            }
            (key, None) => {
                let Some([down, right]) = direction(key) else { return };
                let next = channel as isize + down * MAPS_PER_ROW as isize + right;
                step_to(&picture, next);
            }
        }
        event.prevent_default();
    }

    /// Takes the number of a spot apart.
    fn pin(&self, spot: Spot) {
        let pinned = cell_at(&self.context.plans.read_untracked(), spot);
        if pinned.is_some() {
            self.context.state.pin(pinned);
        }
    }

    /// Takes the neighbour of the pinned cell apart.
    fn step_pinned(&self, step: CellStep) {
        let Some((layer_idx, cell)) = self.context.state.pinned.get_untracked() else { return };
        if let Some(plan) = self.context.plans.read_untracked().get(layer_idx) {
            self.context.state.pin(Some((layer_idx, step.from(cell, plan.shape))));
        }
    }

    fn spot_under(&self, event: &MouseEvent, target: &Element) -> Option<Spot> {
        let (layer_idx, channel) = picture_of(target)?;
        let cell = match self.size_of(target, layer_idx) {
            Some(size) => cell_of(event, size)?,
            // An output's bar.
            None => [target.closest("[data-row]").ok().flatten()?.get_attribute("data-row")?.parse().ok()?, 0],
        };
        Some(Spot { layer_idx, channel, cell: Some(cell) })
    }

    /// `[height, width]` in cells of a picture that an element shows; `None` if it shows none.
    fn size_of(&self, element: &Element, layer_idx: Option<usize>) -> Option<[usize; 2]> {
        if let Some(canvas) = element.dyn_ref::<HtmlCanvasElement>() {
            return Some([canvas.height() as usize, canvas.width() as usize]);
        }
        let plans = self.context.plans.read_untracked();
        let plan = plans.get(layer_idx?).filter(|_| element.has_attribute("data-channel"))?;
        (!matches!(plan.form, LayerForm::Bars { .. })).then(|| plan.form.picture_size())
    }

    fn read(&self, spot: Option<Spot>) {
        self.point_at(spot);
        let text = untrack(|| spot.and_then(|spot| describe(self.context, spot)));
        self.spoken.set(text.unwrap_or_default());
    }

    fn point_at(&self, spot: Option<Spot>) {
        self.context.spot.maybe_update(|present| std::mem::replace(present, spot) != spot);
    }
}

fn target_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Layer (`None` is the input) and channel of the picture that an element belongs to.
fn picture_of(element: &Element) -> Option<(Option<usize>, usize)> {
    if element.closest("[data-input]").ok().flatten().is_some() {
        return Some((None, 0));
    }
    let picture = element.closest("[data-channel]").ok().flatten()?;
    let channel = picture.get_attribute("data-channel")?.parse().ok()?;
    Some((Some(layer_idx_of(element)?), channel))
}

/// `[down, right]` of an arrow key.
fn direction(key: &str) -> Option<[isize; 2]> {
    match key {
        "ArrowUp" => Some([-1, 0]),
        "ArrowDown" => Some([1, 0]),
        "ArrowLeft" => Some([0, -1]),
        "ArrowRight" => Some([0, 1]),
        _ => None,
    }
}

/// Moves the focus to another picture of the layer, and with it the one stop of the Tab key.
fn step_to(picture: &HtmlElement, channel: isize) {
    let next = picture
        .parent_element()
        .and_then(|grid| grid.query_selector(&format!("[data-channel='{channel}']")).ok().flatten())
        .and_then(|next| next.dyn_into::<HtmlElement>().ok());
    if let Some(next) = next {
        picture.set_tab_index(-1);
        next.set_tab_index(0);
        let _ = next.focus();
    }
}
