//! Digits from files: labelled ones are kept, those of photos wait for their labels. Works in pieces, so that the page can
//! go on in between.

use super::decode::decode;
use super::own_list::OwnList;
use crate::digits::{
    DigitFileError, DigitImage, FileKind, GreyImage, MAX_OWN_DIGITS, OwnDigit, ReadDigits, csv, idx, photo, sheet,
};
use crate::drawing::SIDE;
use crate::plot::number::{bytes, thousands};
use js_sys::{Promise, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Larger files are not read.
const MAX_FILE_BYTES: f64 = 20e6;

/// A file of idx: its name and its bytes.
type IdxFile = (String, Vec<u8>);

/// What files have given.
#[derive(Debug, Default)]
struct Taken {
    labelled: Vec<OwnDigit>,
    unlabelled: Vec<DigitImage>,
    n_more: usize,
    faults: Vec<String>,
    idx_images: Vec<IdxFile>,
    idx_labels: Vec<IdxFile>,
}

/// Takes the digits of all files; nothing that is kept is lost, whatever they are.
pub async fn import(own: OwnList, files: Vec<File>) {
    let mut taken = Taken::default();
    for file in files {
        if let Err(error) = taken.take(&file).await {
            taken.faults.push(fault(&file.name(), &error));
        }
    }
    taken.pair_idx();
    // The page may have been left meanwhile.
    if own.faults.is_disposed() {
        return;
    }
    let (n_labelled, n_unlabelled) = (taken.labelled.len(), taken.unlabelled.len());
    let n_without_room = own.add(taken.labelled) + taken.n_more;
    own.unlabelled.update(|unlabelled| {
        unlabelled.extend(taken.unlabelled);
        unlabelled.truncate(MAX_OWN_DIGITS);
    });
    own.faults.set(taken.faults);
    own.notice.set(notice(n_labelled + taken.n_more - n_without_room, n_unlabelled, n_without_room));
}

/// What was taken, in words.
fn notice(n_kept: usize, n_unlabelled: usize, n_without_room: usize) -> String {
    let digits = |n: usize| if n == 1 { "1 digit".to_owned() } else { format!("{} digits", thousands(n)) };
    let mut sentences = Vec::new();
    if n_kept > 0 {
        sentences.push(format!("{} kept.", digits(n_kept)));
    }
    if n_unlabelled > 0 {
        sentences.push(format!("{} found: give each its label.", digits(n_unlabelled)));
    }
    if n_without_room > 0 {
        sentences.push(format!(
            "{} left out: there is room for {} in all.",
            digits(n_without_room),
            thousands(MAX_OWN_DIGITS)
        ));
    }
    sentences.join(" ")
}

/// A file's name and what is wrong with it.
fn fault(name: &str, error: &DigitFileError) -> String {
    format!("{name}: {error}.")
}

impl Taken {
    async fn take(&mut self, file: &File) -> Result<(), DigitFileError> {
        if file.size() > MAX_FILE_BYTES {
            let expected = format!("a file of at most {}", bytes(MAX_FILE_BYTES as usize));
            return Err(DigitFileError::of_file(expected, bytes(file.size() as usize)));
        }
        let unreadable = |_| DigitFileError::of_file("a file", "one that the browser cannot read");
        let buffer = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
        let bytes = Uint8Array::new(&buffer).to_vec();
        match FileKind::of(&file.name(), &bytes)? {
            FileKind::Picture => self.take_picture(&decode(file).await?).await?,
            FileKind::Csv => self.add(csv::read(&String::from_utf8_lossy(&bytes))?),
            FileKind::IdxImages => self.idx_images.push((file.name(), bytes)),
            FileKind::IdxLabels => self.idx_labels.push((file.name(), bytes)),
        }
        Ok(())
    }

    async fn take_picture(&mut self, image: &GreyImage) -> Result<(), DigitFileError> {
        if let Some(digits) = sheet::read(image) {
            self.labelled.extend(digits);
            return Ok(());
        }
        pause().await;
        let ink = photo::Ink::of(image)?;
        if (image.width(), image.height()) == (SIDE, SIDE) {
            // An image of MNIST's size is one digit, placed as it is.
            self.unlabelled.extend(DigitImage::from_ink(&ink.amount));
            return Ok(());
        }
        pause().await;
        let (ink, digits) = photo::find(ink)?;
        for digit in digits {
            pause().await;
            self.unlabelled.extend(digit.image(&ink));
        }
        Ok(())
    }

    fn add(&mut self, read: ReadDigits) {
        self.labelled.extend(read.digits);
        self.n_more += read.n_more;
    }

    /// Images and labels come in files of their own: the first of the one belongs to the first of the other.
    fn pair_idx(&mut self) {
        let (images, labels) = (std::mem::take(&mut self.idx_images), std::mem::take(&mut self.idx_labels));
        let n_pairs = images.len().min(labels.len());
        for ((name, _), missing) in images[n_pairs..]
            .iter()
            .map(|file| (file, "its file of labels, opened together with it"))
            .chain(labels[n_pairs..].iter().map(|file| (file, "its file of images, opened together with it")))
        {
            self.faults.push(fault(name, &DigitFileError::of_file(missing, "this file alone")));
        }
        for ((name, images), (labels_name, labels)) in images.into_iter().zip(labels) {
            match idx::read(&images, &labels) {
                Ok(read) => self.add(read),
                Err(error) => self.faults.push(fault(&format!("{name} with {labels_name}"), &error)),
            }
        }
    }
}

/// Lets the page do other things.
async fn pause() {
    let soon = Promise::new(&mut |resolve, _| {
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0).is_err() {
            // A page that is being closed sets no timers.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // It is never rejected.
    let _ = JsFuture::from(soon).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_said() {
        assert_eq!(notice(1, 0, 0), "1 digit kept.");
        assert_eq!(notice(0, 3, 0), "3 digits found: give each its label.");
        assert_eq!(notice(500, 0, 59_500), "500 digits kept. 59,500 digits left out: there is room for 500 in all.");
        assert_eq!(notice(0, 0, 0), "");
    }

    #[test]
    fn idx_files_without_a_partner_are_named() {
        let mut taken = Taken::default();
        taken.idx_images.push(("a-images".to_owned(), idx::write_images(&[])));
        taken.pair_idx();
        let expected = "a-images: expected its file of labels, opened together with it, got this file alone.";
        assert_eq!(taken.faults, [expected]);
    }
}
