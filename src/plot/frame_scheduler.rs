//! What is painted and made with the next frames, as much in each as it has time for.

use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What one frame may take: with as much again for the browser's layout and painting, a page at 60 Hz keeps up.
const BUDGET_MS: f64 = 8.0;

/// A picture, and which part of it.
type PartId = (usize, usize);

/// Something to be done, and what it paints.
struct Work {
    part_id: Option<PartId>,
    run: Box<dyn FnOnce()>,
}

#[derive(Default)]
struct Easel {
    due: VecDeque<Work>,
    is_frame_due: bool,
}

thread_local! {
    static EASEL: RefCell<Easel> = RefCell::default();
}

static N_PICTURES: AtomicUsize = AtomicUsize::new(0);

/// A number that no other picture of the page has.
#[must_use]
pub fn fresh_picture_id() -> usize {
    N_PICTURES.fetch_add(1, Ordering::Relaxed)
}

/// Paints with one of the next frames; a newer `paint` of the same part takes the place of an older one.
pub fn paint_soon(part_id: PartId, paint: impl FnOnce() + 'static) {
    add(Work { part_id: Some(part_id), run: Box::new(paint) });
}

/// Makes a part of the page with one of the next frames, which makes nothing else: what signals bring about comes after
/// the frame's own work, where no clock of ours sees it.
pub fn make_soon(make: impl FnOnce() + 'static) {
    add(Work { part_id: None, run: Box::new(make) });
}

/// How many of so many things are on the page by now: a few more with each frame, since all at once would hold it up.
pub fn mount_in_batches(
    n_wanted: impl Fn() -> usize + Copy + Send + Sync + 'static,
    per_frame: usize,
) -> Signal<usize> {
    let n_made = RwSignal::new(0);
    Effect::new(move |_| {
        if n_made.get() < n_wanted() {
            // They may have been taken off the page by then.
            make_soon(move || {
                let _ = n_made.try_update(|n_made| *n_made += per_frame);
            });
        }
    });
    Memo::new(move |_| n_made.get().min(n_wanted())).into()
}

/// Whether all is painted and made that was ordered.
#[must_use]
pub fn is_done() -> bool {
    EASEL.with_borrow(|frame_scheduler| frame_scheduler.due.is_empty())
}

fn add(work: Work) {
    let is_first = EASEL.with_borrow_mut(|frame_scheduler| {
        let is_same = |former: &&mut Work| former.part_id.is_some() && former.part_id == work.part_id;
        // In its old place: what is painted ever anew never keeps the rest waiting.
        match frame_scheduler.due.iter_mut().find(is_same) {
            Some(former) => *former = work,
            None => frame_scheduler.due.push_back(work),
        }
        !std::mem::replace(&mut frame_scheduler.is_frame_due, true)
    });
    if is_first {
        request_animation_frame(frame);
    }
}

fn frame() {
    let start_ms = now_ms();
    while let Some(Work { part_id, run }) = EASEL.with_borrow_mut(|frame_scheduler| frame_scheduler.due.pop_front()) {
        run();
        if part_id.is_none() || now_ms() - start_ms >= BUDGET_MS {
            break;
        }
    }
    let is_more = EASEL.with_borrow_mut(|frame_scheduler| {
        frame_scheduler.is_frame_due = !frame_scheduler.due.is_empty();
        frame_scheduler.is_frame_due
    });
    if is_more {
        request_animation_frame(frame);
    }
}

fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
