//! The page: its frame around the place that is open.

mod address;
mod address_reader;
mod banners;
mod copy_link;
mod header;
mod help;
mod open_place;
mod page;
mod place_links;
mod sentence;
mod workers_menu;

pub use address::{AddressNotice, follow_address};
pub use banners::Banners;
pub use header::Header;
pub use page::mount;
