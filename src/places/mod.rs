//! The places of the page: each puts panels together for one kind of data. The speed bench has a page of its own.

pub mod bench;
pub mod digits;
pub mod lesson;
pub mod plane;
