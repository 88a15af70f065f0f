//! The network of a Keras script.

use super::layer::{expression, regularizer};
use crate::code::numbers::float;
use crate::code::{Control, Section, penalty};
use inkling_engine::experiment::{
    Activation, Augmentation, CheckedExperiment, CheckedLayer, Initializer, MnistConfig, Regularization, Shape,
};

/// The layers in a row; what moves images comes first, since Keras' layers for it are at work in training only.
pub fn section(checked: &CheckedExperiment, digits: &MnistConfig) -> Section {
    let mut section = Section::new("Model");
    let penalties = penalty::of_layers(checked);
    let shared = penalty::shared(&penalties).filter(|penalty| !penalty.is_none());
    match checked.experiment().training.regularization {
        Regularization::ScikitLearn { alpha } if alpha > 0.0 => section.push_from(
            Control::Penalty,
            "# scikit-learn's alpha / 2 / batch size; Inkling divides by the size of a smaller last batch.",
        ),
        Regularization::Playground { l1, l2 } if l1 > 0.0 || l2 > 0.0 => section.push_from(
            Control::Penalty,
            format!(
                "# Not in this script: weights that shrink after each update by l1 = {}, l2 = {}.",
                float(l1),
                float(l2)
            ),
        ),
        _ => {}
    }
    if let Some(shared) = shared {
        section.push_from(Control::Penalty, format!("penalty = {}", regularizer(shared)));
    }
    section.push("model = keras.Sequential(");
    section.push("    [");
    let shape = match checked.input_shape() {
        Shape::Image { height, width, channels } => format!("({height}, {width}, {channels})"),
        Shape::Vector(n) => format!("({n},)"),
    };
    section.push(format!("        keras.Input(shape={shape}),"));
    push_augmentation(&mut section, digits.augmentation);
    for (layer_idx, (layer, own)) in checked.layers().iter().zip(&penalties).enumerate() {
        let own = own.filter(|own| !own.is_none());
        let penalty = own.map(|own| if shared.is_some() { "penalty".to_owned() } else { regularizer(own) });
        let limit = scikit_learn_limit(layer, checked.layers());
        let expression = expression(layer, limit, penalty.as_deref());
        section.push_from(Control::Layer(layer_idx), format!("        {expression},"));
    }
    section.push("    ]");
    section.push(")");
    section.push("model.summary()");
    section
}

fn push_augmentation(section: &mut Section, Augmentation { shift, rotation, scale, noise }: Augmentation) {
    let mut push = |text: String| section.push_from(Control::DataSettings, format!("        {text},"));
    let fill = "fill_mode=\"constant\"";
    if scale > 0.0 {
        push(format!("keras.layers.RandomZoom({}, {fill})", float(scale)));
    }
    if rotation > 0.0 {
        push(format!("keras.layers.RandomRotation({} / 360, {fill})", float(rotation)));
    }
    if shift > 0.0 {
        push(format!("keras.layers.RandomTranslation({0} / 28, {0} / 28, {fill})", float(shift)));
    }
    if noise > 0.0 {
        push(format!("keras.layers.GaussianNoise({})", float(noise)));
    }
}

/// Half the width of scikit-learn's uniform distribution for kernel and bias.
pub fn scikit_learn_limit(layer: &CheckedLayer, layers: &[CheckedLayer]) -> Option<f64> {
    let kind = layer.config.kind();
    let params = kind.params(layer.input_shape)?;
    (kind.kernel_initializer() == Some(Initializer::ScikitLearn)).then(|| {
        let hidden = &layers[..layers.len().saturating_sub(1)];
        let is_logistic = hidden.iter().any(|layer| layer.activation() == Some(Activation::Sigmoid));
        let [fan_in, fan_out] = params.fans.map(|fan| fan as f64);
        (if is_logistic { 2.0 } else { 6.0 } / (fan_in + fan_out)).sqrt()
    })
}
