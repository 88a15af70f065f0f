//! Lanes as an AVX2 register.
#![allow(unsafe_code)] // Loads and stores by pointer.

use core::arch::x86_64::{
    __m256, _CMP_GT_OQ, _mm256_add_epi32, _mm256_add_ps, _mm256_and_ps, _mm256_andnot_ps, _mm256_blendv_ps,
    _mm256_castps_si256, _mm256_castsi256_ps, _mm256_cmp_ps, _mm256_div_ps, _mm256_fmadd_ps, _mm256_loadu_ps,
    _mm256_max_ps, _mm256_min_ps, _mm256_mul_ps, _mm256_or_ps, _mm256_packus_epi32, _mm256_permute4x64_epi64,
    _mm256_set1_ps, _mm256_slli_epi32, _mm256_storeu_ps, _mm256_storeu_si256, _mm256_sub_ps,
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
        // SAFETY: this file is compiled for targets with AVX2 and FMA only.
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

    /// `self + other`.
    #[inline(always)]
    pub fn add(self, other: Self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_add_ps(self.0, other.0) })
    }

    /// `self - other`.
    #[inline(always)]
    pub fn sub(self, other: Self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_sub_ps(self.0, other.0) })
    }

    /// `self · other`.
    #[inline(always)]
    pub fn mul(self, other: Self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_mul_ps(self.0, other.0) })
    }

    /// `self / other`.
    #[inline(always)]
    pub fn div(self, other: Self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_div_ps(self.0, other.0) })
    }

    /// The numbers without their signs.
    #[inline(always)]
    pub fn abs(self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_andnot_ps(_mm256_set1_ps(-0.0), self.0) })
    }

    /// These numbers, which must not be negative, with the signs of `other`.
    #[inline(always)]
    pub fn with_sign_of(self, other: Self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_or_ps(self.0, _mm256_and_ps(_mm256_set1_ps(-0.0), other.0)) })
    }

    /// 2 to the power of the integers in the numbers' low bits, from -126 to 127.
    #[inline(always)]
    pub fn power_of_two(self) -> Self {
        // SAFETY: AVX2 is there as in `splat`.
        Lanes(unsafe {
            let shifted = _mm256_slli_epi32::<23>(_mm256_castps_si256(self.0));
            _mm256_castsi256_ps(_mm256_add_epi32(shifted, _mm256_castps_si256(_mm256_set1_ps(1.0))))
        })
    }

    /// Lane by lane: `then` where `a > b`, else `otherwise`.
    #[inline(always)]
    pub fn select_greater(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        // SAFETY: AVX is there as in `splat`.
        Lanes(unsafe { _mm256_blendv_ps(otherwise.0, then.0, _mm256_cmp_ps::<_CMP_GT_OQ>(a.0, b.0)) })
    }

    /// Lane by lane: `b` where it is larger than `a`, else `a`.
    #[inline(always)]
    pub fn max(a: Self, b: Self) -> Self {
        // SAFETY: AVX is there as in `splat`. The instruction gives its second operand where neither is larger.
        Lanes(unsafe { _mm256_max_ps(b.0, a.0) })
    }

    /// Lane by lane: `b` where it is smaller than `a`, else `a`.
    #[inline(always)]
    pub fn min(a: Self, b: Self) -> Self {
        // SAFETY: AVX is there as in `splat`. The instruction gives its second operand where neither is smaller.
        Lanes(unsafe { _mm256_min_ps(b.0, a.0) })
    }

    /// Stores the lanes' bits as integers, which must be below 2^15.
    ///
    /// # Safety
    /// `target` must be valid for writing `2 · LEN` numbers.
    #[inline(always)]
    pub unsafe fn store_bits(pair: [Self; 2], target: *mut u16) {
        // SAFETY: the caller's promise; AVX2 is there as in `splat`. Packing works on halves, hence the permutation.
        unsafe {
            let packed = _mm256_packus_epi32(_mm256_castps_si256(pair[0].0), _mm256_castps_si256(pair[1].0));
            _mm256_storeu_si256(target.cast(), _mm256_permute4x64_epi64::<0b11_01_10_00>(packed));
        }
    }
}
