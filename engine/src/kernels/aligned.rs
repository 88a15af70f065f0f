//! Buffers of numbers aligned to cache lines, so that no load or store of a register touches two lines.
//!
//! WebAssembly's allocator aligns to 8 bytes only, so every fourth register of a badly placed array would touch two.

use std::ops::{Deref, DerefMut};

/// Bytes of a cache line, or a divisor of that, on all current hardware.
const LINE: usize = 64;

/// Numbers, the first of which is at the start of a cache line.
#[derive(Debug, Default)]
pub struct Aligned {
    /// The numbers, with spare room so that they can start at a cache line.
    room: Vec<f32>,
    start: usize,
    len: usize,
}

impl Aligned {
    /// `len` zeros.
    #[must_use]
    pub fn zeros(len: usize) -> Aligned {
        let room = vec![0.0; len + LINE / size_of::<f32>()];
        // The standard library does not guarantee the offset; only speed depends on it.
        let start = room.as_ptr().align_offset(LINE).min(room.len() - len);
        Aligned { room, start, len }
    }

    /// Sets the length to `len`. The numbers are unspecified: old values or zeros.
    pub fn set_len(&mut self, len: usize) {
        if self.start + len <= self.room.len() {
            self.len = len;
        } else {
            *self = Aligned::zeros(len);
        }
    }
}

impl Deref for Aligned {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.room[self.start..self.start + self.len]
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.room[self.start..self.start + self.len]
    }
}

impl Clone for Aligned {
    fn clone(&self) -> Aligned {
        let mut copy = Aligned::zeros(self.len);
        copy.copy_from_slice(self);
        copy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_with_a_line_whatever_happens() {
        let mut numbers = Aligned::default();
        assert!(numbers.is_empty());
        for len in [1, 70, 3, 1_000] {
            numbers.set_len(len);
            numbers[len - 1] = 7.0;
            let copy = numbers.clone();
            assert_eq!((numbers.len(), copy.len(), copy[len - 1]), (len, len, 7.0));
            assert!([&numbers, &copy].into_iter().all(|numbers| numbers.as_ptr().addr().is_multiple_of(LINE)));
        }
    }
}
