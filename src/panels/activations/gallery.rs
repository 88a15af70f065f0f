//! All pictures of the strip, painted layer by layer with the next frames.

use super::context::{InsideContext, picture_values, values_of};
use super::map_sheet::MapSheet;
use super::scale::{colours, domain};
use super::stats::LayerStats;
use crate::components::layers::LayerPlan;
use crate::plot::frame_scheduler::{fresh_picture_id, paint_soon};
use crate::plot::number::three_digits;
use crate::plot::picture::put_at;
use crate::protocol::{Inspection, Phase};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element};

/// Where a layer's pictures are painted.
type Sheet = (CanvasRenderingContext2d, Memo<MapSheet>);

/// The sheets of the strip by layer.
#[derive(Clone, Copy)]
pub struct Gallery {
    context: InsideContext,
    sheets: StoredValue<BTreeMap<usize, Sheet>, LocalStorage>,
    picture_id: usize,
    last_labels_ms: StoredValue<f64>,
    /// Layers whose labels are to be renewed with the next picture.
    unlabelled: StoredValue<BTreeSet<usize>>,
}

impl Gallery {
    /// Least time between two changes of the pictures' labels while training.
    const LABEL_INTERVAL_MS: f64 = 1_000.0;

    /// An empty gallery that paints whenever there is news.
    #[must_use]
    pub fn new(context: InsideContext) -> Gallery {
        let gallery = Gallery {
            context,
            sheets: StoredValue::new_local(BTreeMap::new()),
            picture_id: fresh_picture_id(),
            last_labels_ms: StoredValue::new(f64::NEG_INFINITY),
            unlabelled: StoredValue::new(BTreeSet::new()),
        };
        Effect::new(move |_| {
            context.state.inspection.track();
            context.ground.track();
            context.scale.track();
            context.palette.track();
            context.watched.track();
            gallery.paint_soon();
        });
        gallery
    }

    /// Adds a layer's sheet, or takes up that it has changed.
    pub fn add(&self, layer_idx: usize, canvas: CanvasRenderingContext2d, sheet: Memo<MapSheet>) {
        self.sheets.update_value(|sheets| drop(sheets.insert(layer_idx, (canvas, sheet))));
        self.last_labels_ms.set_value(f64::NEG_INFINITY);
        self.paint_soon();
    }

    /// Removes a layer's sheet, if it is still this one.
    pub fn remove(&self, layer_idx: usize, sheet: Memo<MapSheet>) {
        // The gallery may be gone before its sheets.
        self.sheets.try_update_value(|sheets| {
            if sheets.get(&layer_idx).is_some_and(|(_, present)| *present == sheet) {
                sheets.remove(&layer_idx);
            }
        });
    }

    fn paint_soon(&self) {
        let gallery = *self;
        // The layers are read when the frame comes.
        paint_soon((self.picture_id, usize::MAX), move || gallery.if_still_there(Gallery::paint));
    }

    fn paint(&self) {
        if self.context.inspection().is_none() {
            return;
        }
        let is_labelling = self.take_label_turn();
        let watched = self.context.watched.read();
        for plan in self.context.plans.read().iter().filter(|plan| watched.contains(&plan.layer_idx)) {
            let (gallery, layer_idx) = (*self, plan.layer_idx);
            // Labels that are due stay due if newer pictures replace these.
            if is_labelling {
                self.unlabelled.update_value(|unlabelled| unlabelled.extend([layer_idx]));
            }
            paint_soon((self.picture_id, layer_idx), move || {
                gallery.if_still_there(|gallery| gallery.paint_newest(layer_idx));
            });
        }
    }

    /// Paints the newest values of a layer.
    fn paint_newest(&self, layer_idx: usize) {
        let Some(inspection) = self.context.inspection() else { return };
        let (all_stats, plans) = (self.context.stats.read(), self.context.plans.read());
        let plan = plans.iter().find(|plan| plan.layer_idx == layer_idx);
        let Some((plan, stats)) = plan.zip(all_stats.get(&layer_idx)) else { return };
        self.paint_layer(plan, stats, &inspection);
        if self.unlabelled.try_update_value(|unlabelled| unlabelled.remove(&layer_idx)) == Some(true) {
            self.label_layer(plan, stats);
        }
    }

    /// Calls `act` unless the strip has been removed from the page.
    fn if_still_there(&self, act: impl FnOnce(&Gallery)) {
        if self.sheets.try_with_value(|_| ()).is_some() {
            untrack(|| act(self));
        }
    }

    fn paint_layer(&self, plan: &LayerPlan, stats: &LayerStats, inspection: &Inspection) {
        let Some(values) = values_of(inspection, plan) else { return };
        let table = self.context.palette.get().of(colours(plan.is_signed)).table(self.context.ground.get());
        let (scale, network) = (self.context.scale.get(), self.context.network_range());
        self.sheets.with_value(|sheets| {
            let Some((canvas, sheet)) = sheets.get(&plan.layer_idx) else { return };
            let sheet = sheet.get();
            let mut pixels = sheet.blank();
            for channel in 0..sheet.n_shown() {
                let domain = domain(scale, plan.is_signed, stats, network, plan.stats_channel(channel));
                let picture = picture_values(plan.form, channel, values);
                sheet.paint(&mut pixels, channel, picture.view(), |value| table.rgba(value, domain));
            }
            let [height, width] = sheet.size();
            put_at(canvas, &pixels, [width, height], [0.0, 0.0]);
        });
    }

    /// Says what each picture shows: `conv2d, channel 3 of 32, 26×26, from 0 to 0.91`.
    fn label_layer(&self, plan: &LayerPlan, stats: &LayerStats) {
        self.sheets.with_value(|sheets| {
            let grid = sheets.get(&plan.layer_idx).and_then(|(canvas, _)| canvas.canvas()?.parent_element());
            let Some(pictures) = grid.and_then(|grid| grid.query_selector_all("[data-channel]").ok()) else { return };
            for (channel, picture) in (0..pictures.length()).filter_map(|i| pictures.item(i)).enumerate() {
                let range =
                    plan.stats_channel(channel).and_then(|channel| stats.channels.get(channel)).unwrap_or(&stats.range);
                let name = plan.picture_name(channel);
                let label = format!("{name}, from {} to {}", three_digits(range.min), three_digits(range.max));
                // Any element takes this attribute.
                let _ = picture.unchecked_ref::<Element>().set_attribute("aria-label", &label);
            }
        });
    }

    fn take_label_turn(&self) -> bool {
        let now_ms = window().performance().map_or(0.0, |performance| performance.now());
        let is_training = self.context.state.run.phase() == Phase::Training;
        let is_turn = !is_training || now_ms - self.last_labels_ms.get_value() >= Gallery::LABEL_INTERVAL_MS;
        if is_turn {
            self.last_labels_ms.set_value(now_ms);
        }
        is_turn
    }
}
