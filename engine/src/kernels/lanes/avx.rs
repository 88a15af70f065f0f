//! Lanes as an AVX register.
#![allow(unsafe_code)] // Loads and stores by pointer.

use core::arch::x86_64::{
    __m256, _CMP_GT_OQ, _mm256_blendv_ps, _mm256_cmp_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps,
    _mm256_storeu_ps,
};

/// Eight numbers.
#[derive(Debug, Clone, Copy)]
pub struct Lanes(__m256);

impl Lanes {
    /// How many numbers.
    pub const LEN: usize = 8;

    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(value: f32) -> Self {
        // SAFETY: this file is compiled for targets with AVX and FMA only.
        Lanes(unsafe { _mm256_set1_ps(value) })
    }

    /// # Safety
    /// `source` must be valid for reading `LEN` numbers.
    #[inline(always)]
    pub unsafe fn load(source: *const f32) -> Self {
        // SAFETY: the caller's promise; AVX is there as in `splat`.
        Lanes(unsafe { _mm256_loadu_ps(source) })
    }

    /// # Safety
    /// `target` must be valid for writing `LEN` numbers.
    #[inline(always)]
    pub unsafe fn store(self, target: *mut f32) {
        // SAFETY: the caller's promise; AVX is there as in `splat`.
        unsafe { _mm256_storeu_ps(target, self.0) }
    }

    /// `self · factor + summand`.
    #[inline(always)]
    pub fn multiply_add(self, factor: Self, summand: Self) -> Self {
        // SAFETY: FMA is there as in `splat`.
        Lanes(unsafe { _mm256_fmadd_ps(self.0, factor.0, summand.0) })
    }

    /// Lane by lane: `then` where `a > b`, else `otherwise`.
    #[inline(always)]
    pub fn select_greater(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_blendv_ps(otherwise.0, then.0, _mm256_cmp_ps::<_CMP_GT_OQ>(a.0, b.0)) })
    }
}
