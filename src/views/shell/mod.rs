//! The page's frame: header, panels, words with an explanation, theme, and what went wrong.

mod id;
mod panel;
mod term;
mod theme;

pub use id::fresh_id;
pub use panel::Panel;
pub use term::Term;
pub use theme::{Theme, ThemeState, provide_theme, use_theme};
