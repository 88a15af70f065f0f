//! Synthetic photos: digits that are written on paper, with light, noise and dirt.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]

use super::super::GreyImage;
use super::*;
use crate::drawing::{CENTRE_PX, Drawing, SIDE, STROKE_WIDTH_PX, as_drawn, centre_of_mass, centred};

/// A picture of that size whose light is `paper` at a place `[x, y]` in `[0, 1]`.
struct Photo {
    width: usize,
    height: usize,
    pixels: Vec<f32>,
}

impl Photo {
    fn new(width: usize, height: usize, paper: impl Fn(f32, f32) -> f32) -> Photo {
        let place = |idx: usize| ((idx % width) as f32 / width as f32, (idx / width) as f32 / height as f32);
        let light = |idx: usize| paper(place(idx).0, place(idx).1);
        Photo { width, height, pixels: (0..width * height).map(light).collect() }
    }

    /// Writes the ready-made three with its left upper corner at a place; its box has that side. Ink changes the light by
    /// `by`.
    fn write(mut self, [left, top]: [usize; 2], side: usize, by: f32) -> Photo {
        let ink = as_drawn(&Drawing::sample());
        for row in 0..side {
            for column in 0..side {
                // Between the four nearest pixels.
                let [x, y] = [column, row].map(|along| {
                    ((along as f32 + 0.5) * SIDE as f32 / side as f32 - 0.5).clamp(0.0, SIDE as f32 - 1.001)
                });
                let at = |dx: usize, dy: usize| ink[(y as usize + dy) * SIDE + x as usize + dx];
                let (fx, fy) = (x.fract(), y.fract());
                let above = at(0, 0) * (1.0 - fx) + at(1, 0) * fx;
                let below = at(0, 1) * (1.0 - fx) + at(1, 1) * fx;
                self.pixels[(top + row) * self.width + left + column] += by * (above * (1.0 - fy) + below * fy);
            }
        }
        self
    }

    fn fill(mut self, [left, top]: [usize; 2], [width, height]: [usize; 2], light: f32) -> Photo {
        for row in top..top + height {
            self.pixels[row * self.width + left..][..width].fill(light);
        }
        self
    }

    /// Noise of a fixed sequence, evenly in `-most..most`.
    fn noise(mut self, most: f32) -> Photo {
        let mut state = 7_u32;
        for pixel in &mut self.pixels {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *pixel += most * ((state >> 8) as f32 / (1 << 23) as f32 - 1.0);
        }
        self
    }

    fn image(&self) -> GreyImage {
        let pixels = self.pixels.iter().map(|pixel| pixel.clamp(0.0, 255.0) as u8).collect();
        GreyImage::new(self.width, self.height, pixels).unwrap()
    }

    fn find(&self) -> Vec<([usize; 4], Vec<f32>)> {
        let (ink, digits) = find(Ink::of(&self.image()).unwrap()).unwrap();
        digits.iter().map(|digit| (digit.place(), digit.image(&ink).unwrap().ink())).collect()
    }

    fn fault(&self) -> String {
        match Ink::of(&self.image()).and_then(find) {
            Err(error) => error.to_string(),
            Ok((_, digits)) => format!("{} digits", digits.len()),
        }
    }
}

/// Light that falls from the left upper corner.
fn uneven(x: f32, y: f32) -> f32 {
    235.0 - 70.0 * x - 50.0 * y
}

/// How much the ink of two images differs, as a share of the ink.
fn difference(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f32>() / b.iter().sum::<f32>()
}

/// The three as the pad gives it.
fn three() -> Vec<f32> {
    centred(&Drawing::sample())
}

#[track_caller]
fn assert_is_three(image: &[f32]) {
    let centre = centre_of_mass(image).unwrap();
    assert!(centre.iter().all(|along| (along - CENTRE_PX).abs() < 0.35), "centre {centre:?}");
    let differs = difference(image, &three());
    assert!(differs < 0.45, "differs by {differs}");
}

#[test]
fn a_dark_digit_in_uneven_light_is_what_the_pad_gives() {
    let found = Photo::new(400, 300, uneven).write([120, 60], 180, -90.0).noise(10.0).find();
    assert_eq!(found.len(), 1);
    let [top, left, height, width] = found[0].0;
    assert!((60..110).contains(&top) && (120..190).contains(&left), "{:?}", found[0].0);
    assert!((90..150).contains(&height) && (50..120).contains(&width), "{:?}", found[0].0);
    assert_is_three(&found[0].1);
}

#[test]
fn a_light_digit_on_dark_ground_is_inverted() {
    let found = Photo::new(300, 300, |x, _| 30.0 + 30.0 * x).write([40, 40], 200, 150.0).noise(6.0).find();
    assert_eq!(found.len(), 1);
    assert_is_three(&found[0].1);
}

#[test]
fn an_image_like_mnists_is_found_as_it_is() {
    let found = Photo::new(28, 28, |_, _| 0.0).write([0, 0], 28, 255.0).find();
    assert_eq!(found.len(), 1);
    assert_is_three(&found[0].1);
}

#[test]
fn digits_come_in_reading_order() {
    let photo = Photo::new(700, 500, uneven)
        .write([420, 40], 160, -100.0)
        .write([40, 20], 160, -100.0)
        .write([230, 55], 160, -100.0)
        .write([300, 290], 160, -100.0)
        .write([60, 270], 160, -100.0)
        .noise(8.0);
    let found = photo.find();
    let lefts: Vec<usize> = found.iter().map(|(place, _)| place[1]).collect();
    assert_eq!(found.len(), 5, "{lefts:?}");
    assert!(lefts[0] < lefts[1] && lefts[1] < lefts[2] && lefts[3] < lefts[4], "{lefts:?}");
    assert!(found[2].0[0] < found[3].0[0]);
    found.iter().for_each(|(_, image)| assert_is_three(image));
}

#[test]
fn the_table_beside_the_paper_and_specks_are_no_digits() {
    let photo = Photo::new(400, 400, |x, _| if x < 0.12 { 60.0 } else { 210.0 })
        .write([140, 100], 200, -140.0)
        .fill([350, 30], [3, 3], 40.0)
        .fill([80, 370], [4, 3], 40.0)
        .noise(5.0);
    let found = photo.find();
    assert_eq!(found.len(), 1);
    assert_is_three(&found[0].1);
}

#[test]
fn the_lines_of_ruled_paper_are_no_digits() {
    let ruled = Photo::new(400, 300, |_, _| 220.0).fill([5, 40], [390, 3], 120.0).fill([5, 260], [390, 3], 120.0);
    let found = ruled.write([120, 60], 180, -150.0).find();
    assert_eq!(found.len(), 1);
    assert_is_three(&found[0].1);
}

#[test]
fn a_part_that_does_not_touch_its_digit_belongs_to_it() {
    // A 5: the bar is apart from the body.
    let photo = Photo::new(300, 300, |_, _| 220.0).fill([120, 90], [70, 12], 40.0).fill([110, 112], [12, 50], 40.0);
    let photo = photo.fill([110, 150], [80, 12], 40.0).fill([178, 150], [12, 60], 40.0);
    assert_eq!(photo.find().len(), 1);
}

#[test]
fn thin_pens_get_strokes_as_wide_as_mnists() {
    let photo = Photo::new(300, 300, |_, _| 230.0).fill([149, 60], [3, 180], 50.0);
    let found = photo.find();
    // A one: ink over its length is the width of its stroke.
    let ink: f32 = found[0].1.iter().sum();
    let width = ink / 20.0;
    assert!((width - STROKE_WIDTH_PX).abs() < 0.5, "width {width}");
}

#[test]
fn without_a_digit_it_says_so() {
    let nothing =
        "expected dark digits on light paper, or light ones on dark, got a picture in which nothing stands out";
    let none = "expected a picture with at least one digit, got none that is large and clear enough";
    assert_eq!(Photo::new(200, 200, |_, _| 255.0).fault(), nothing);
    assert_eq!(Photo::new(300, 200, uneven).noise(12.0).fault(), nothing);
    assert_eq!(Photo::new(1, 1, |_, _| 10.0).fault(), nothing);
    assert_eq!(Photo::new(300, 300, |_, _| 230.0).fill([100, 100], [4, 4], 20.0).fault(), none);
    let many = (0..11 * 11).fold(Photo::new(660, 660, |_, _| 230.0), |photo, idx| {
        photo.fill([20 + idx % 11 * 58, 20 + idx / 11 * 58], [10, 40], 30.0)
    });
    assert_eq!(many.fault(), "expected a picture with at most 100 digits, got 121");
}
