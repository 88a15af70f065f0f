//! What panels share: small components, and what several of them show in the same way. Nothing here knows a panel.

pub mod glossary;
mod id;
mod panel;
pub(crate) mod part;
mod term;
mod theme;

pub use id::fresh_id;
pub use panel::Panel;
pub use term::Term;
pub use theme::{Theme, ThemeState, provide_theme, use_theme};
