//! The tab about lines: what is fitted, its equations with the present numbers, and a picture of them.

use super::contour::neighbours;
use super::equation::Equation;
use super::lines_picture::LinesPicture;
use super::network_shape::NetworkShape;
use super::reading::{Group, groups, lead};
use super::unit_look::{unit_colour, unit_dash};
use super::xor_pair::XorPair;
use crate::components::plane::use_plane_screen;
use crate::components::use_theme;
use crate::protocol::questions::MapSize;
use crate::state::use_app_state;
use leptos::prelude::*;
use std::sync::Arc;

/// The tab.
#[component]
pub fn PlaneLinesPanel() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let shape = Memo::new(move |_| NetworkShape::of(&state.run.checked.read()).map(Arc::new));
    let groups = Memo::new(move |_| {
        let shape = shape.get();
        let read = screen.with_view(|view| {
            let shape = shape.as_ref()?;
            let maps = (0..view.n_outputs).map(|output| view.output_map(output)).collect::<Option<Vec<_>>>();
            let borders = match maps {
                Some(maps) if shape.n_hidden() == 0 && maps.len() > 1 => neighbours(&maps, MapSize::Large.side()),
                _ => Vec::new(),
            };
            Some(groups(shape, view.weights(), &borders))
        });
        read.flatten().unwrap_or_default()
    });
    // The list is made again when it has other rows, not with each number.
    let layout = Memo::new(move |_| groups.read().iter().map(Layout::of).collect::<Vec<_>>());
    let list = move || {
        let layout = layout.get();
        if layout.is_empty() {
            return view! { <p class="muted">"The equations come with the network's first weights."</p> }.into_any();
        }
        layout.into_iter().enumerate().map(|(idx, layout)| group(groups, idx, layout)).collect_view().into_any()
    };
    view! {
        <section class="plane-lines" aria-label="Lines" data-testid="plane-lines">
            <p class="plane-closer__lead" prop:textContent=move || shape.get().map(|shape| lead(&shape))></p>
            <div class="plane-closer__columns">
                <LinesPicture shape />
                <div class="plane-lines__groups">{list}</div>
            </div>
            <XorPair />
        </section>
    }
}

/// What of a group is not a number.
#[derive(Debug, Clone, PartialEq)]
struct Layout {
    title: &'static str,
    has_colours: bool,
    /// Equations of each row.
    rows: Vec<usize>,
}

impl Layout {
    fn of(group: &Group) -> Layout {
        Layout { title: group.title, has_colours: group.has_colours, rows: group.rows.iter().map(Vec::len).collect() }
    }
}

fn group(groups: Memo<Vec<Group>>, group_idx: usize, layout: Layout) -> impl IntoView {
    let ground = use_theme().ground;
    let Layout { title, has_colours, rows } = layout;
    let note = Memo::new(move |_| groups.read().get(group_idx).map(|group| group.note.clone()).unwrap_or_default());
    let equation = move |row: usize, idx: usize| {
        let equation = Memo::new(move |_| {
            let groups = groups.read();
            groups.get(group_idx).and_then(|group| group.rows.get(row)?.get(idx)).cloned().unwrap_or_default()
        });
        view! {
            <span
                class="equation"
                role="math"
                translate="no"
                aria-label=move || equation.with(|Equation { spoken, .. }| spoken.clone())
                prop:textContent=move || equation.with(|Equation { text, .. }| text.clone())
            ></span>
        }
    };
    let swatch = move |row: usize| {
        let dash: Vec<String> = unit_dash(row).iter().map(f64::to_string).collect();
        view! {
            <svg class="plane-lines__swatch" viewBox="0 0 26 8" aria-hidden="true">
                <line x1="1" y1="4" x2="25" y2="4" stroke-width="3" stroke-dasharray=dash.join(" ") style:stroke=move || unit_colour(row, ground.get())></line>
            </svg>
        }
    };
    let row = move |(row, n_equations): (usize, usize)| {
        view! {
            <li class="plane-lines__row">
                {has_colours.then(|| swatch(row))}
                <span class="plane-lines__equations">{(0..n_equations).map(|idx| equation(row, idx)).collect_view()}</span>
            </li>
        }
    };
    view! {
        <section class="plane-lines__group">
            <h3 class="plane-closer__title">{title}</h3>
            <p class="muted" prop:textContent=move || note.get()></p>
            <ul class="plane-lines__rows">{rows.into_iter().enumerate().map(row).collect_view()}</ul>
        </section>
    }
}
