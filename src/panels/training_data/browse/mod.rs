//! MNIST's images, page by page: of a part, of a digit, or only those that the network gets wrong.

mod browse_section;
mod class_filter;
mod image_grid;
mod image_list;
mod pager;
mod wrong_images;

pub use browse_section::BrowseSection;
pub use image_list::Browsed;
