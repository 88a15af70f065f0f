//! Patch × kernel = products, for one input channel of a convolution's cell.

use super::context::InspectorContext;
use super::number::Number;
use super::number_text::{short, signed};
use super::origin::input_name;
use super::sum_text::{SumText, products_text};
use super::value_grid::{GridLook, ValueGrid};
use inkling_engine::explain::{ChannelSum, Conv2DArithmetic};
use leptos::prelude::*;

/// Three grids and what they add up to.
#[component]
pub fn Patch(
    /// The layer.
    layer_idx: usize,
    /// Rows and columns of the kernel.
    size: [usize; 2],
    /// The sum over channels as it is written.
    text: Memo<SumText>,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let channel = Memo::new(move |_| context.channel());
    let of_channel = move |read: fn(&ChannelSum) -> Vec<f32>| {
        Memo::new(move |_| {
            context.with_conv2d(|conv2d| conv2d.channels.get(channel.get()).map(read)).flatten().unwrap_or_default()
        })
    };
    let patch = of_channel(|channel| channel.patch.clone());
    let kernel = of_channel(|channel| channel.kernel.clone());
    let products = of_channel(products);
    let sum = Memo::new(move |_| {
        let sum = context.with_conv2d(|conv2d| conv2d.channels.get(channel.get()).map(|channel| channel.sum));
        sum.flatten().unwrap_or_default()
    });
    let channel_text = Memo::new(move |_| {
        let (text, decimals, sum) = (text.read(), context.decimals(), sum.get());
        match text.part(channel.get()) {
            Some(part) => part.to_owned(),
            None if sum.is_finite() => decimals.signed_text(decimals.round(f64::from(sum))),
            None => signed(sum),
        }
    });
    let product_texts = Memo::new(move |_| {
        let of = |conv2d: &Conv2DArithmetic| {
            Some(products_text(conv2d.channels.get(channel.get())?, &channel_text.read(), context.decimals()))
        };
        context.with_conv2d(of).flatten().unwrap_or_default()
    });
    let padded = Memo::new(move |_| context.with_conv2d(|conv2d| conv2d.padded.clone()).unwrap_or_default());
    let n_channels = Memo::new(move |_| context.with_conv2d(|conv2d| conv2d.channels.len()).unwrap_or_default());
    let pointed = RwSignal::new(None);

    let source = move || {
        let name = input_name(&context.layers.read(), layer_idx);
        if n_channels.get() == 1 { name } else { format!("{name}, channel {}", channel.get()) }
    };
    let n_places = size[0] * size[1];
    let read_out = move || match pointed.get() {
        Some(place) => {
            let at = |values: &Memo<Vec<f32>>| values.read().get(place).copied().unwrap_or_default();
            let (row, column) = (place / size[1], place % size[1]);
            let (value, weight, product) =
                (short(at(&patch)), short(at(&kernel)), product_texts.read().get(place).cloned().unwrap_or_default());
            let padding = if padded.read().get(place) == Some(&true) { " (padding)" } else { "" };
            format!("row {row}, column {column}: {value}{padding} × {weight} = {product}")
        }
        None if n_places == 1 => "the product is".to_owned(),
        None => format!("the {n_places} products add up to"),
    };
    view! {
        <div class="patch" role="group" aria-label="Patch times kernel" data-in-channel=channel>
            <p class="patch__title" prop:textContent=source></p>
            <div class="patch__grids">
                <ValueGrid
                    caption="patch"
                    size
                    values=patch
                    look=GridLook::Values
                    padded
                    pointed
                    test_id="probe-value"
                />
                <span class="patch__sign">"×"</span>
                <ValueGrid
                    caption="kernel"
                    size
                    values=kernel
                    look=GridLook::Signed
                    pointed
                    test_id="probe-weight"
                />
                <span class="patch__sign">"="</span>
                <ValueGrid
                    caption="products"
                    size
                    values=products
                    texts=product_texts
                    look=GridLook::Signed
                    padded
                    pointed
                    test_id="probe-product"
                />
            </div>
            <p class="patch__read-out">
                <span prop:textContent=read_out></span>
                <Show when=move || pointed.get().is_none()>
                    " "
                    <Number value=sum text=channel_text test_id="probe-channel-sum" />
                </Show>
            </p>
        </div>
    }
}

fn products(channel: &ChannelSum) -> Vec<f32> {
    channel.patch.iter().zip(&channel.kernel).map(|(value, weight)| value * weight).collect()
}
