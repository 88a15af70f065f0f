//! Spreads painting and mounting over frames: each frame does as much as it has time for. What they take is added up.

use crate::browser::now_ms;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What one frame may take: with as much again for the browser's layout and painting, a page at 60 Hz keeps up.
const BUDGET_MS: f64 = 8.0;

/// A picture, and which part of it.
type PartId = (usize, usize);

/// A job for one of the next frames, and what it paints.
struct Job {
    part_id: Option<PartId>,
    run: Box<dyn FnOnce()>,
}

#[derive(Default)]
struct Schedule {
    due: VecDeque<Job>,
    is_frame_due: bool,
    /// What has been counted since that was last asked, and until when.
    spent_ms: f64,
    counted_ms: f64,
}

thread_local! {
    static SCHEDULE: RefCell<Schedule> = RefCell::default();
}

static N_PICTURES: AtomicUsize = AtomicUsize::new(0);

/// A number that no other picture of the page has.
#[must_use]
pub fn fresh_picture_id() -> usize {
    N_PICTURES.fetch_add(1, Ordering::Relaxed)
}

/// Paints with one of the next frames; a newer `paint` of the same part takes the place of an older one.
pub fn paint_soon(part_id: PartId, paint: impl FnOnce() + 'static) {
    add(Job { part_id: Some(part_id), run: Box::new(paint) });
}

/// Mounts a part of the page in one of the next frames, and nothing else in that frame: the effects that follow run
/// after the frame's own job, where this module cannot time them.
pub fn make_soon(make: impl FnOnce() + 'static) {
    add(Job { part_id: None, run: Box::new(make) });
}

/// How many of `n_wanted` things are mounted so far: `per_frame` more with each frame, since mounting all at once would
/// block the page.
pub fn mount_in_batches(
    n_wanted: impl Fn() -> usize + Copy + Send + Sync + 'static,
    per_frame: usize,
) -> Signal<usize> {
    let n_made = RwSignal::new(0);
    Effect::new(move |_| {
        if n_made.get() < n_wanted() {
            // The component may be gone by then.
            make_soon(move || {
                let _ = n_made.try_update(|n_made| *n_made += per_frame);
            });
        }
    });
    Memo::new(move |_| n_made.get().min(n_wanted())).into()
}

/// Whether nothing is left to be painted or mounted.
#[must_use]
pub fn is_done() -> bool {
    SCHEDULE.with_borrow(|schedule| schedule.due.is_empty())
}

/// What this thread has spent in frames, the browser's layout and painting included, and from calls of
/// [`count_task`] on, since the last call.
#[must_use]
pub fn take_spent_ms() -> f64 {
    SCHEDULE.with_borrow_mut(|schedule| std::mem::take(&mut schedule.spent_ms))
}

/// Counts the rest of the task at hand, with all that follows from it before the browser turns to something else.
pub fn count_task() {
    let start_ms = now_ms();
    let count = move || {
        SCHEDULE.with_borrow_mut(|schedule| {
            // Another task may have been counted by now.
            let now = now_ms();
            schedule.spent_ms += now - start_ms.max(schedule.counted_ms);
            schedule.counted_ms = now;
        });
    };
    set_timeout(count, Duration::ZERO);
}

fn add(job: Job) {
    let is_first = SCHEDULE.with_borrow_mut(|schedule| {
        let is_same = |former: &&mut Job| former.part_id.is_some() && former.part_id == job.part_id;
        // It keeps its place in the queue, so that a picture that changes all the time does not delay the others.
        match schedule.due.iter_mut().find(is_same) {
            Some(former) => *former = job,
            None => schedule.due.push_back(job),
        }
        !std::mem::replace(&mut schedule.is_frame_due, true)
    });
    if is_first {
        request_animation_frame(frame);
    }
}

fn frame() {
    let start_ms = now_ms();
    count_task();
    while let Some(Job { part_id, run }) = SCHEDULE.with_borrow_mut(|schedule| schedule.due.pop_front()) {
        run();
        if part_id.is_none() || now_ms() - start_ms >= BUDGET_MS {
            break;
        }
    }
    let is_more = SCHEDULE.with_borrow_mut(|schedule| {
        schedule.is_frame_due = !schedule.due.is_empty();
        schedule.is_frame_due
    });
    if is_more {
        request_animation_frame(frame);
    }
}
