//! The places of the page: each puts panels together for one kind of data.

pub mod bench;
pub mod digits;
