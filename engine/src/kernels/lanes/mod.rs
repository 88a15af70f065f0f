//! A few `f32` side by side in one register: the only part of the inner loops that depends on the machine.
//!
//! | build | type | multiply-add |
//! |---|---|---|
//! | wasm32 with `simd128` | 4 lanes | two roundings |
//! | wasm32 with `relaxed-simd` too | 4 lanes | one instruction (fused on all current hardware) |
//! | x86-64 with AVX2 and FMA | 8 lanes | fused |
//! | any other | an array of 4 that the compiler may vectorise | fused if the target has it |
//!
//! Elementwise kernels don't need it: the compiler vectorises plain loops over slices. Products keep their sums in
//! registers over a long loop, which the compiler does not do by itself.

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
