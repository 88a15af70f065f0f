//! A few `f32` side by side in one register: the only part of the inner loops that depends on the machine.
//!
//! | build | type | multiply-add |
//! |---|---|---|
//! | wasm32 with `simd128` | 4 lanes | two roundings |
//! | wasm32 with `relaxed-simd` too | 4 lanes | one instruction (fused on all current hardware) |
//! | x86-64 with AVX2 and FMA | 8 lanes | fused |
//! | any other | an array of 4 that the compiler may vectorise | fused if the target has it |
//!
//! Simple elementwise kernels don't need it: the compiler vectorises plain loops over slices. Products keep their sums in
//! registers over a long loop, which the compiler does not do by itself, and polynomials ([`map`]) gain by the fused
//! multiply-add, which it may not use by itself.
#![allow(unsafe_code)] // Loads and stores by pointer.

#[cfg(all(target_arch = "x86_64", target_feature = "avx2", target_feature = "fma"))]
mod avx;
#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "avx2", target_feature = "fma")
)))]
mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;

#[cfg(all(target_arch = "x86_64", target_feature = "avx2", target_feature = "fma"))]
pub use avx::Lanes;
#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "avx2", target_feature = "fma")
)))]
pub use portable::Lanes;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use wasm::Lanes;

/// Replaces each number by its image under `function`, which works on each lane alone.
#[inline(always)]
pub fn map(numbers: &mut [f32], function: impl Fn(Lanes) -> Lanes) {
    let (registers, rest) = numbers.as_chunks_mut::<{ Lanes::LEN }>();
    let map_register = |register: &mut [f32; Lanes::LEN]| {
        // SAFETY: there are LEN numbers.
        unsafe { function(Lanes::load(register.as_ptr())).store(register.as_mut_ptr()) }
    };
    registers.iter_mut().for_each(map_register);
    if !rest.is_empty() {
        let mut register = [0.0; Lanes::LEN];
        register.iter_mut().zip(&*rest).for_each(|(to, from)| *to = *from);
        map_register(&mut register);
        rest.iter_mut().zip(register).for_each(|(to, from)| *to = from);
    }
}
