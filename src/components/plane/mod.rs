//! What the panels of the plane share: what is on its screen, the points, and maps of the square as pictures.

mod edit_history;
mod hideable;
mod keep_looking;
mod map_canvas;
mod point_painter;
mod points;
mod screen;
mod unit_names;

pub use edit_history::EditHistory;
pub use hideable::{Hideable, has_control};
pub use keep_looking::keep_looking;
pub use map_canvas::{MapCanvas, MapValues};
pub use point_painter::{PointLook, paint_points, paint_points_of_size, place_of};
pub use points::{PlanePoints, plane_of, points_of};
pub use screen::{Enlarged, PlaneScreen, provide_plane_screen, use_plane_screen};
pub use unit_names::{dense_layers, feature_map, unit_title};
