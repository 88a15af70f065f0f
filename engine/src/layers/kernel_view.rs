//! A layer's kernel, by its axes.

use crate::arrays::view;
use ndarray::{ArrayView2, ArrayView4};

/// The kernel of a layer that has one. The last axis is the unit or filter.
///
/// ```
/// use inkling_engine::experiment::Preset;
/// use inkling_engine::layers::KernelView;
/// use inkling_engine::model::Model;
///
/// let model = Model::new(&Preset::LessonCnn.experiment().check()?);
/// let Some(KernelView::Conv2D(kernel)) = model.kernel(0) else { panic!("not a Conv2D layer") };
/// assert_eq!(kernel.shape(), [3, 3, 1, 32]);
/// let Some(KernelView::Dense(kernel)) = model.kernel(6) else { panic!("not a Dense layer") };
/// assert_eq!(kernel.shape(), [1_600, 10]);
/// # Ok::<(), inkling_engine::experiment::ExperimentErrors>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KernelView<'a> {
    /// `[inputs, units]`
    Dense(ArrayView2<'a, f32>),
    /// `[kernel_h, kernel_w, in_channels, filters]`
    Conv2D(ArrayView4<'a, f32>),
}

impl<'a> KernelView<'a> {
    /// Weights in the order in which a model keeps them, by the shape of their layer's kernel; `None` for the empty
    /// shape of a layer without a kernel.
    ///
    /// # Panics
    /// If there are not as many weights as the shape says.
    #[must_use]
    pub fn new(shape: &[usize], weights: &'a [f32]) -> Option<KernelView<'a>> {
        match *shape {
            [inputs, units] => Some(KernelView::Dense(view([inputs, units], weights))),
            [kernel_h, kernel_w, in_channels, filters] => {
                Some(KernelView::Conv2D(view([kernel_h, kernel_w, in_channels, filters], weights)))
            }
            _ => None,
        }
    }

    /// All weights with a column for each unit or filter: `[inputs, units]`, or
    /// `[kernel_h · kernel_w · in_channels, filters]`.
    #[must_use]
    pub fn by_unit(&self) -> ArrayView2<'a, f32> {
        match *self {
            KernelView::Dense(kernel) => kernel,
            KernelView::Conv2D(kernel) => {
                let (kernel_h, kernel_w, in_channels, filters) = kernel.dim();
                view([kernel_h * kernel_w * in_channels, filters], kernel.to_slice().unwrap_or_default())
            }
        }
    }
}
