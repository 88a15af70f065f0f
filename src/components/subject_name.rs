//! What an image is called.

use crate::protocol::Subject;

/// What an image is called: `test image 17`.
#[must_use]
pub fn subject_name(subject: Subject) -> String {
    match subject {
        Subject::Drawing => "your drawing".to_owned(),
        Subject::Train(image_idx) => format!("training image {image_idx}"),
        Subject::Test(image_idx) => format!("test image {image_idx}"),
    }
}
