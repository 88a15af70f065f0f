//! Shuffled pixels put back into their places, for pictures of what a network makes of them.

use super::Term;
use super::fields::SwitchField;
use super::glossary;
use crate::state::AppState;
use inkling_engine::data::PixelOrder;
use leptos::prelude::*;
use ndarray::Array2;

/// Whether pictures of the input are put back, and from which order.
#[derive(Clone, Copy)]
pub struct Unscramble {
    /// The switch.
    is_on: RwSignal<bool>,
    /// The order of the run's pixels, if it shuffles them.
    order: Memo<Option<PixelOrder>>,
}

impl Unscramble {
    /// Off, for the run whose network the page shows.
    #[must_use]
    pub fn new(state: AppState) -> Unscramble {
        let order = Memo::new(move |_| state.run.checked.read().pixel_order());
        Unscramble { is_on: RwSignal::new(false), order }
    }

    /// A picture with a number for each pixel, put back if that is switched on.
    #[must_use]
    pub fn put_back(self, picture: Array2<f32>) -> Array2<f32> {
        let (order, size) = (self.order.read(), picture.dim());
        match order.as_ref().filter(|order| self.is_on.get() && order.sources().len() == picture.len()) {
            Some(order) => {
                let values = order.undo(&picture.iter().copied().collect::<Vec<_>>());
                Array2::from_shape_vec(size, values).unwrap_or(picture)
            }
            None => picture,
        }
    }

    /// As [`put_back`](Unscramble::put_back), for pixels row by row.
    #[must_use]
    pub fn put_back_pixels(self, pixels: &[f32]) -> Vec<f32> {
        let order = self.order.read();
        match order.as_ref().filter(|order| self.is_on.get() && order.sources().len() == pixels.len()) {
            Some(order) => order.undo(pixels),
            None => pixels.to_vec(),
        }
    }
}

/// The switch; only there if the run shuffles its pixels.
#[component]
pub fn UnscrambleSwitch(
    /// What it switches.
    unscramble: Unscramble,
) -> impl IntoView {
    let Unscramble { is_on, order } = unscramble;
    view! {
        <Show when=move || order.read().is_some()>
            <span class="inside-switch" data-testid="unscramble">
                <SwitchField label="unscramble" value=is_on on_change=move |is_wanted| is_on.set(is_wanted) />
                <Term entry=glossary::UNSCRAMBLE />
            </span>
        </Show>
    }
}
