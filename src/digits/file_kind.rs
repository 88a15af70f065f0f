//! What a file is, by its first bytes; its name counts only where it claims something else.

use super::DigitFileError;

/// A file that may hold digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A picture that browsers can decode: a photo, or a sheet of digits.
    Picture,
    /// A table.
    Csv,
    /// MNIST's own format: images.
    IdxImages,
    /// MNIST's own format: labels.
    IdxLabels,
}

const IMAGE_ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "bmp"];
/// How pictures begin.
const IMAGE_MAGICS: [&[u8]; 5] = [b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"BM"];

impl FileKind {
    /// What a file of that name is.
    ///
    /// # Errors
    /// If it is empty, compressed, or not what its name says.
    pub fn of(name: &str, bytes: &[u8]) -> Result<FileKind, DigitFileError> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let is_named_image = IMAGE_ENDINGS.contains(&ending.as_str());
        let expected = if is_named_image { "a PNG, JPEG or WebP image" } else { "an image, a CSV table or idx files" };
        let is_image = IMAGE_MAGICS.iter().any(|magic| bytes.starts_with(magic));
        match bytes {
            [] => Err(DigitFileError::of_file(expected, "an empty file")),
            _ if is_image => Ok(FileKind::Picture),
            _ if is_named_image => Err(DigitFileError::of_file(expected, describe(bytes))),
            [0, 0, 8, 3, ..] => Ok(FileKind::IdxImages),
            [0, 0, 8, 1, ..] => Ok(FileKind::IdxLabels),
            _ if is_text(bytes) => Ok(FileKind::Csv),
            _ => Err(DigitFileError::of_file(expected, describe(bytes))),
        }
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1_000)];
    start.iter().all(|byte| *byte >= b' ' || matches!(byte, b'\n' | b'\r' | b'\t'))
}

fn describe(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x1f, 0x8b, ..] => "a file compressed with gzip, which has to be unpacked first",
        [b'P', b'K', 3, 4, ..] => "a ZIP archive, which has to be unpacked first",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        _ if is_text(bytes) => "text",
        _ => "bytes of another kind",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: Result<FileKind, &str>) {
        let found = FileKind::of(name, bytes).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{name}");
    }

    #[test]
    fn the_content_says_what_a_file_is() {
        check("three.png", b"\x89PNG\r\n\x1a\n", Ok(FileKind::Picture));
        check("three", b"\xff\xd8\xff\xe0", Ok(FileKind::Picture));
        check("train-images-idx3-ubyte", &[0, 0, 8, 3, 0], Ok(FileKind::IdxImages));
        check("labels.bin", &[0, 0, 8, 1], Ok(FileKind::IdxLabels));
        check("digits.txt", b"5,0,0\n", Ok(FileKind::Csv));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let (image, any) =
            ("expected a PNG, JPEG or WebP image, got ", "expected an image, a CSV table or idx files, got ");
        check("a.csv", b"", Err(&format!("{any}an empty file")));
        check("a.PNG", b"", Err(&format!("{image}an empty file")));
        check("notes.png", b"Dear reader", Err(&format!("{image}text")));
        check(
            "t10k.gz",
            b"\x1f\x8b\x08",
            Err(&format!("{any}a file compressed with gzip, which has to be unpacked first")),
        );
        check("weights.bin", &[1, 2, 3], Err(&format!("{any}bytes of another kind")));
    }
}
