//! The page's frame: header, panels, words with an explanation, theme, address, and what went wrong.

mod address;
mod banners;
mod copy_link;
mod header;
mod help;
mod id;
mod panel;
mod term;
mod theme;
mod workers_menu;

pub use address::{AddressNotice, follow_address};
pub use banners::Banners;
pub use header::Header;
pub use id::fresh_id;
pub use panel::Panel;
pub use term::Term;
pub use theme::{Theme, ThemeState, provide_theme, use_theme};
