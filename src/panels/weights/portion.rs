//! A portion of many rows: painting millions of numbers at once would block the page.

use crate::plot::number::thousands;
use leptos::prelude::*;
use std::ops::Range;

/// Numbers that a layer's pictures show at once.
const MAX_CELLS: usize = 1 << 18;

/// Which of many rows are shown.
#[derive(Debug, Clone, Copy)]
pub struct Portion {
    first: RwSignal<usize>,
    size: usize,
    n: usize,
}

impl Portion {
    /// The first of `n` rows, when each costs `n_cells_each` numbers: all if they are few.
    #[must_use]
    pub fn new(n: usize, n_cells_each: usize) -> Portion {
        Portion { first: RwSignal::new(0), size: size_of_portion(n, n_cells_each), n }
    }

    /// The rows that are shown.
    #[must_use]
    pub fn rows(self) -> Range<usize> {
        let first = self.first.get();
        first..(first + self.size).min(self.n)
    }

    /// How many rows are shown at most.
    #[must_use]
    pub fn size(self) -> usize {
        self.size
    }

    fn step(self, is_backward: bool) {
        self.first.update(|first| {
            let last = (self.n - 1) / self.size * self.size;
            *first = if is_backward { first.saturating_sub(self.size) } else { (*first + self.size).min(last) };
        });
    }
}

fn size_of_portion(n: usize, n_cells_each: usize) -> usize {
    (MAX_CELLS / n_cells_each.max(1)).clamp(1, n.max(1))
}

/// What is shown of how many, and the way to the others; nothing where all are shown.
#[component]
pub fn PortionSwitch(
    /// The portion.
    portion: Portion,
    /// What the rows are: `units`.
    what: &'static str,
) -> impl IntoView {
    let Portion { size, n, .. } = portion;
    let text = move || {
        let rows = portion.rows();
        format!("{what} {} to {} of {}", thousands(rows.start), thousands(rows.end - 1), thousands(n))
    };
    (size < n).then(|| {
        view! {
            <p class="show-more">
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label=format!("{what} before")
                    prop:disabled=move || portion.rows().start == 0
                    on:click=move |_| portion.step(true)
                >
                    "‹"
                </button>
                " "
                <span role="status" prop:textContent=text></span>
                " "
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label=format!("next {what}")
                    prop:disabled=move || portion.rows().end == n
                    on:click=move |_| portion.step(false)
                >
                    "›"
                </button>
            </p>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_rows_are_shown_whole_and_many_by_portions() {
        assert_eq!(size_of_portion(40, 784), 40);
        assert_eq!(size_of_portion(2_048, 2_048), 128);
        assert_eq!(size_of_portion(512, 10 * 784), 33);
        assert_eq!(size_of_portion(3, 1 << 20), 1);
    }

    #[test]
    fn portions_end_at_both_ends() {
        let owner = Owner::new();
        owner.with(|| {
            let portion = Portion::new(300, 2_048);
            assert_eq!(portion.rows(), 0..128);
            for rows in [128..256, 256..300, 256..300] {
                portion.step(false);
                assert_eq!(portion.rows(), rows);
            }
            for rows in [128..256, 0..128, 0..128] {
                portion.step(true);
                assert_eq!(portion.rows(), rows);
            }
        });
    }
}
