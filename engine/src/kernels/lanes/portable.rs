//! Lanes as an array.
#![allow(unsafe_code)] // Loads and stores by pointer, as in the other builds.

/// Four numbers.
#[derive(Debug, Clone, Copy)]
pub struct Lanes([f32; 4]);

impl Lanes {
    /// How many numbers.
    pub const LEN: usize = 4;

    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(value: f32) -> Self {
        Lanes([value; 4])
    }

    /// # Safety
    /// `source` must be valid for reading `LEN` numbers.
    #[inline(always)]
    pub unsafe fn load(source: *const f32) -> Self {
        // SAFETY: the caller's promise; an array of `f32` is aligned as `f32`.
        Lanes(unsafe { *source.cast::<[f32; 4]>() })
    }

    /// # Safety
    /// `target` must be valid for writing `LEN` numbers.
    #[inline(always)]
    pub unsafe fn store(self, target: *mut f32) {
        // SAFETY: the caller's promise; an array of `f32` is aligned as `f32`.
        unsafe { *target.cast::<[f32; 4]>() = self.0 }
    }

    /// `self · factor + summand`.
    #[inline(always)]
    pub fn multiply_add(self, factor: Self, summand: Self) -> Self {
        Lanes(std::array::from_fn(|i| {
            if cfg!(any(target_feature = "fma", target_arch = "aarch64")) {
                self.0[i].mul_add(factor.0[i], summand.0[i])
            } else {
                self.0[i] * factor.0[i] + summand.0[i]
            }
        }))
    }

    /// `self + other`.
    #[inline(always)]
    pub fn add(self, other: Self) -> Self {
        Lanes(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    /// `self - other`.
    #[inline(always)]
    pub fn sub(self, other: Self) -> Self {
        Lanes(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }

    /// `self · other`.
    #[inline(always)]
    pub fn mul(self, other: Self) -> Self {
        Lanes(std::array::from_fn(|i| self.0[i] * other.0[i]))
    }

    /// `self / other`.
    #[inline(always)]
    pub fn div(self, other: Self) -> Self {
        Lanes(std::array::from_fn(|i| self.0[i] / other.0[i]))
    }

    /// The numbers without their signs.
    #[inline(always)]
    pub fn abs(self) -> Self {
        Lanes(self.0.map(f32::abs))
    }

    /// These numbers, which must not be negative, with the signs of `other`.
    #[inline(always)]
    pub fn with_sign_of(self, other: Self) -> Self {
        Lanes(std::array::from_fn(|i| self.0[i].copysign(other.0[i])))
    }

    /// 2 to the power of the integers in the numbers' low bits, from -126 to 127.
    #[inline(always)]
    pub fn power_of_two(self) -> Self {
        Lanes(self.0.map(|number| f32::from_bits((number.to_bits() << 23).wrapping_add(1.0_f32.to_bits()))))
    }

    /// Lane by lane: `then` where `a > b`, else `otherwise`.
    #[inline(always)]
    pub fn select_greater(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        Lanes(std::array::from_fn(|i| if a.0[i] > b.0[i] { then.0[i] } else { otherwise.0[i] }))
    }

    /// Lane by lane: `b` where it is larger than `a`, else `a`.
    #[inline(always)]
    pub fn max(a: Self, b: Self) -> Self {
        Self::select_greater(b, a, b, a)
    }

    /// Lane by lane: `b` where it is smaller than `a`, else `a`.
    #[inline(always)]
    pub fn min(a: Self, b: Self) -> Self {
        Self::select_greater(a, b, b, a)
    }

    /// Stores the lanes' bits as integers, which must be below 2^15.
    ///
    /// # Safety
    /// `target` must be valid for writing `2 · LEN` numbers.
    #[inline(always)]
    pub unsafe fn store_bits(pair: [Self; 2], target: *mut u16) {
        let bits: [u16; 8] = std::array::from_fn(|i| pair[i / 4].0[i % 4].to_bits() as u16);
        // SAFETY: the caller's promise; an array of `u16` is aligned as `u16`.
        unsafe { *target.cast() = bits }
    }
}
