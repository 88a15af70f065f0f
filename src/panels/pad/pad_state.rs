//! The pad's state: the drawing, and the images made of it once a frame.

use crate::drawing::{Drawing, as_drawn, centred};
use leptos::prelude::*;
use std::sync::Arc;

/// Signals and actions of the pad; cheap to copy.
#[derive(Clone, Copy)]
pub struct PadState {
    /// The image with and without MNIST's recipe; changes at most once per frame.
    pub images: RwSignal<Arc<Images>>,
    /// Whether the network is given the image made by MNIST's recipe.
    pub is_centred: RwSignal<bool>,
    /// Whether there is something to undo.
    pub can_undo: RwSignal<bool>,
    /// Changes when ink was removed, so that the pad has to be repainted.
    pub generation: RwSignal<u32>,
    /// What is on the pad.
    pub contents: RwSignal<PadContents>,
    output: PadOutput,
    drawing: StoredValue<Drawing>,
    is_frame_due: StoredValue<bool>,
}

/// The callbacks of the pad.
#[derive(Clone, Copy)]
pub struct PadOutput {
    /// Called with the 28×28 image that the network is to be given, whenever that is another one.
    pub on_image: Callback<Vec<f32>>,
    /// Called after the learner has changed the drawing.
    pub on_drawn: Callback<()>,
}

/// What is on the pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PadContents {
    /// Nothing.
    Empty,
    /// The ready-made digit.
    Sample,
    /// The learner's own ink.
    Ink,
}

/// The 28×28 images of one drawing, row by row in `[0, 1]`, ink = 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Images {
    /// The pad, shrunk.
    pub drawn: Vec<f32>,
    /// By MNIST's recipe.
    pub centred: Vec<f32>,
}

impl Images {
    fn of(drawing: &Drawing) -> Arc<Images> {
        Arc::new(Images { drawn: as_drawn(drawing), centred: centred(drawing) })
    }
}

impl PadState {
    /// A pad with the ready-made digit, which the network is given at once.
    #[must_use]
    pub fn new(output: PadOutput) -> PadState {
        let drawing = Drawing::sample();
        let pad = PadState {
            images: RwSignal::new(Images::of(&drawing)),
            is_centred: RwSignal::new(true),
            can_undo: RwSignal::new(false),
            generation: RwSignal::new(0),
            contents: RwSignal::new(PadContents::Sample),
            output,
            drawing: StoredValue::new(drawing),
            is_frame_due: StoredValue::new(false),
        };
        pad.send();
        pad
    }

    /// Looks at the drawing.
    pub fn with<T>(&self, look: impl FnOnce(&Drawing) -> T) -> T {
        self.drawing.with_value(look)
    }

    /// Changes the drawing; the network gets the image in the next frame.
    pub fn change(&self, change: impl FnOnce(&mut Drawing)) {
        self.drawing.update_value(change);
        if self.is_frame_due.get_value() {
            return;
        }
        self.is_frame_due.set_value(true);
        let pad = *self;
        request_animation_frame(move || {
            // The pad may have been removed from the page.
            if pad.is_frame_due.try_update_value(|is_due| *is_due = false).is_some() {
                pad.publish();
            }
        });
    }

    /// Takes back the last stroke or clearing.
    pub fn undo(&self) {
        self.change(Drawing::undo);
        self.generation.update(|generation| *generation += 1);
    }

    /// Removes all ink.
    pub fn clear(&self) {
        self.change(Drawing::clear);
        self.generation.update(|generation| *generation += 1);
    }

    /// Gives the network the image with or without MNIST's recipe.
    pub fn set_centred(&self, is_centred: bool) {
        self.is_centred.set(is_centred);
        self.send();
    }

    /// The image that the network is given.
    #[must_use]
    pub fn chosen(&self) -> Vec<f32> {
        let images = self.images.get();
        if self.is_centred.get() { images.centred.clone() } else { images.drawn.clone() }
    }

    fn publish(&self) {
        let (images, contents, can_undo) = self.with(|drawing| {
            let contents = match () {
                () if drawing.is_empty() => PadContents::Empty,
                () if drawing.is_sample() => PadContents::Sample,
                () => PadContents::Ink,
            };
            (Images::of(drawing), contents, drawing.can_undo())
        });
        self.images.set(images);
        self.contents.maybe_update(|present| std::mem::replace(present, contents) != contents);
        self.can_undo.maybe_update(|present| std::mem::replace(present, can_undo) != can_undo);
        self.send();
        self.output.on_drawn.run(());
    }

    fn send(&self) {
        self.output.on_image.run(untrack(|| self.chosen()));
    }
}
