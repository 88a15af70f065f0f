//! Lanes as a WebAssembly vector.
#![allow(unsafe_code)] // Loads and stores by pointer.

#[cfg(not(target_feature = "relaxed-simd"))]
use core::arch::wasm32::v128_bitselect;
use core::arch::wasm32::{
    f32x4_abs, f32x4_add, f32x4_div, f32x4_gt, f32x4_mul, f32x4_pmax, f32x4_pmin, f32x4_splat, f32x4_sub,
    i16x8_shuffle, i32x4_add, i32x4_shl, v128, v128_and, v128_load, v128_or, v128_store,
};
#[cfg(target_feature = "relaxed-simd")]
use core::arch::wasm32::{f32x4_relaxed_madd, i32x4_relaxed_laneselect};

/// Four numbers.
#[derive(Debug, Clone, Copy)]
pub struct Lanes(v128);

impl Lanes {
    /// How many numbers.
    pub const LEN: usize = 4;

    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(value: f32) -> Self {
        Lanes(f32x4_splat(value))
    }

    /// # Safety
    /// `source` must be valid for reading `LEN` numbers.
    #[inline(always)]
    pub unsafe fn load(source: *const f32) -> Self {
        // SAFETY: the caller's promise; WebAssembly loads need no alignment.
        Lanes(unsafe { v128_load(source.cast()) })
    }

    /// # Safety
    /// `target` must be valid for writing `LEN` numbers.
    #[inline(always)]
    pub unsafe fn store(self, target: *mut f32) {
        // SAFETY: the caller's promise; WebAssembly stores need no alignment.
        unsafe { v128_store(target.cast(), self.0) }
    }

    /// `self · factor + summand`.
    #[inline(always)]
    pub fn multiply_add(self, factor: Self, summand: Self) -> Self {
        #[cfg(target_feature = "relaxed-simd")]
        return Lanes(f32x4_relaxed_madd(self.0, factor.0, summand.0));
        #[cfg(not(target_feature = "relaxed-simd"))]
        return Lanes(f32x4_add(f32x4_mul(self.0, factor.0), summand.0));
    }

    /// `self + other`.
    #[inline(always)]
    pub fn add(self, other: Self) -> Self {
        Lanes(f32x4_add(self.0, other.0))
    }

    /// `self - other`.
    #[inline(always)]
    pub fn sub(self, other: Self) -> Self {
        Lanes(f32x4_sub(self.0, other.0))
    }

    /// `self · other`.
    #[inline(always)]
    pub fn mul(self, other: Self) -> Self {
        Lanes(f32x4_mul(self.0, other.0))
    }

    /// `self / other`.
    #[inline(always)]
    pub fn div(self, other: Self) -> Self {
        Lanes(f32x4_div(self.0, other.0))
    }

    /// The numbers without their signs.
    #[inline(always)]
    pub fn abs(self) -> Self {
        Lanes(f32x4_abs(self.0))
    }

    /// These numbers, which must not be negative, with the signs of `other`.
    #[inline(always)]
    pub fn with_sign_of(self, other: Self) -> Self {
        Lanes(v128_or(self.0, v128_and(other.0, f32x4_splat(-0.0))))
    }

    /// 2 to the power of the integers in the numbers' low bits, from -126 to 127.
    #[inline(always)]
    pub fn power_of_two(self) -> Self {
        Lanes(i32x4_add(i32x4_shl(self.0, 23), f32x4_splat(1.0)))
    }

    /// Lane by lane: `then` where `a > b`, else `otherwise`.
    #[inline(always)]
    pub fn select_greater(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        // All bits of the mask's lanes are the same, for which the relaxed instruction is exact.
        #[cfg(target_feature = "relaxed-simd")]
        return Lanes(i32x4_relaxed_laneselect(then.0, otherwise.0, f32x4_gt(a.0, b.0)));
        #[cfg(not(target_feature = "relaxed-simd"))]
        return Lanes(v128_bitselect(then.0, otherwise.0, f32x4_gt(a.0, b.0)));
    }

    /// Lane by lane: `b` where it is larger than `a`, else `a`.
    #[inline(always)]
    pub fn max(a: Self, b: Self) -> Self {
        Lanes(f32x4_pmax(a.0, b.0))
    }

    /// Lane by lane: `b` where it is smaller than `a`, else `a`.
    #[inline(always)]
    pub fn min(a: Self, b: Self) -> Self {
        Lanes(f32x4_pmin(a.0, b.0))
    }

    /// Stores the lanes' bits as integers, which must be below 2^15.
    ///
    /// # Safety
    /// `target` must be valid for writing `2 · LEN` numbers.
    #[inline(always)]
    pub unsafe fn store_bits(pair: [Self; 2], target: *mut u16) {
        // SAFETY: the caller's promise; WebAssembly stores need no alignment.
        unsafe { v128_store(target.cast(), i16x8_shuffle::<0, 2, 4, 6, 8, 10, 12, 14>(pair[0].0, pair[1].0)) }
    }
}
