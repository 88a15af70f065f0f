//! Weights that are held by a mask: frozen or dead ones.

/// The numbers of the weights that a mask holds, with their places.
pub(super) fn held<'a>(numbers: &'a mut [f32], mask: &'a [bool]) -> impl Iterator<Item = (&'a mut f32, usize)> {
    numbers.iter_mut().zip(0..).zip(mask).filter_map(|(number, is_held)| is_held.then_some(number))
}
