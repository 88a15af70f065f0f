//! The learner's own digits: kept from the pad, opened from files and photos, looked at, tested, and written to files.
//!
//! [`own_list`] holds them and takes changes back; [`decode`] and [`file_import`] turn files into digits; the rest are
//! components.

mod decode;
mod digit_tile;
mod export;
mod file_import;
mod found_digits;
mod import_zone;
mod keep_drawing;
mod kept_digits;
mod label_field;
mod own_list;
mod own_reading;
mod own_section;
mod train_on_own;

pub use own_list::OwnList;
pub use own_section::OwnSection;
