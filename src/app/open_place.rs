//! The place that is open, and those that were opened before: they stay as they were left, hidden. The book of the lesson
//! lies beside them.

use crate::components::part::{Part, part};
use crate::places::digits::Digits;
use crate::places::lesson::Book;
use crate::places::plane::Plane;
use crate::state::{Place, Places};
use leptos::prelude::*;

part!(plane, fetch_plane, plane_place(_nothing: ()), view! { <Plane /> }.into_any());
part!(lesson, fetch_lesson, book(_nothing: ()), view! { <Book /> }.into_any());

/// All places that have been open.
#[component]
pub fn OpenPlace() -> impl IntoView {
    let Places { open, has_book, .. } = expect_context::<Places>();
    let (has_digits, has_plane) = (once(move || open.get() == Place::Digits), once(move || open.get() == Place::Plane));
    let had_book = once(move || has_book.get());
    let plane = Part::new(fetch_plane, move || has_plane.get());
    let lesson = Part::new(fetch_lesson, move || had_book.get());
    view! {
        <div class="desk" class:desk--book=move || has_book.get()>
            <div class="desk__book" hidden=move || !has_book.get()>
                {move || had_book.get().then_some(move || lesson.show(|| book(())))}
            </div>
            <div class="desk__bench">
                <div hidden=move || open.get() != Place::Digits>
                    {move || has_digits.get().then(|| view! { <Digits /> })}
                </div>
                <div hidden=move || open.get() != Place::Plane>
                    {move || has_plane.get().then_some(move || plane.show(|| plane_place(())))}
                </div>
            </div>
        </div>
    }
}

/// Whether something has been so at least once.
fn once(is_so: impl Fn() -> bool + Send + Sync + 'static) -> Memo<bool> {
    Memo::new(move |was_so: Option<&bool>| was_so.copied().unwrap_or_default() || is_so())
}
