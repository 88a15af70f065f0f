//! Every word that the page explains: those of the page in one table, those of data and training from the engine.

use inkling_engine::experiment::{Loss, OptimizerConfig, Preset, Regularization, StopRule, TrainingConfig, Validation};
use inkling_engine::field::{FieldWords, Variants};

/// A word and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The word.
    pub name: &'static str,
    /// One or two sentences, for somebody who meets the word for the first time.
    pub text: &'static str,
}

impl Entry {
    /// A word that the engine explains.
    #[must_use]
    pub const fn of(words: FieldWords) -> Entry {
        Entry { name: words.term, text: words.help }
    }
}

/// The loss.
pub const LOSS: Entry = Entry::of(Loss::WORDS);
/// Passes through the training data.
pub const EPOCHS: Entry = Entry::of(TrainingConfig::EPOCHS.words);

macro_rules! glossary {
    ($($constant:ident: $name:literal, $text:literal;)*) => {
        $(
            #[doc = $name]
            pub const $constant: Entry = Entry { name: $name, text: $text };
        )*

        /// The page's own, in the order of this file.
        const OWN: &[Entry] = &[$($constant),*];
    };
}

glossary! {
    // The network.
    INPUT: "input", "What the network is given: one grey image of 28 rows and 28 columns, each pixel a number from 0 (paper) to 1 (ink).";
    DENSE: "Dense", "Fully connected layer: each unit sees every input, multiplies each by a weight of its own, adds them up with its bias, and applies its activation.";
    CONV2D: "Conv2D", "Convolution: a small kernel of weights slides over the image and writes, at each place, how well the patch below fits. Each filter makes one map.";
    MAX_POOLING2D: "MaxPooling2D", "Keeps the largest value of each window. The maps shrink, and what was found may shift a little without being lost. Rows and columns that fill no window are dropped.";
    AVERAGE_POOLING2D: "AveragePooling2D", "Keeps the mean of each window. The maps shrink; everything in the window counts the same.";
    FLATTEN: "Flatten", "Writes all maps one after the other as a single row of numbers, because a Dense layer knows no rows and columns.";
    DROPOUT: "Dropout", "Silences a random share of its inputs at each training step, so that no unit can rely on a single other one. Off when the network is used.";
    ACTIVATION_LAYER: "Activation", "An activation function as a layer of its own: it changes each value, and has nothing to learn.";
    UNITS: "units", "How many outputs a Dense layer has.";
    FILTERS: "filters", "How many kernels a convolution learns; each makes one map.";
    KERNEL_SIZE: "kernel size", "Height × width of the patch that a convolution looks at.";
    STRIDES: "strides", "How far the kernel moves between two places, down × across. 2 halves the map.";
    PADDING: "padding", "What happens at the border. valid: only places where the kernel fits, so the map shrinks. same: zeros around the image, so that with strides of 1 the map keeps its size.";
    POOL_SIZE: "pool size", "Height × width of the window of which one value is kept.";
    RATE: "dropout rate", "Share of inputs silenced at each training step, from 0 to below 1.";
    ACTIVATION: "activation", "The function applied to each output. Without one that bends, such as relu, many layers can do no more than a single one.";
    BIAS: "bias", "A number of its own that each unit or filter adds to its weighted sum: it shifts where the activation begins to let something through.";
    KERNEL_INITIALIZER: "kernel initializer", "How the weights begin before any training. Too large or too small, and signals fade or explode on their way through the layers.";
    KERNEL_REGULARIZER: "kernel regularizer", "A penalty on this layer's weights alone: l1·Σ|w| + l2·Σw².";
    PARAMETERS: "parameters", "The numbers that training changes: all weights and biases. Each takes 4 bytes.";
    OUTPUT_SHAPE: "output shape", "What leaves the layer for one image: rows × columns × maps, or a plain count of numbers.";

    // What was learned, and why.
    SCALE: "scale", "Over which values the colours are stretched. map: each map by itself, so that faint ones are seen; layer: all maps of a layer alike, so that the loud ones stand out; network: all layers alike.";
    KERNEL: "kernel", "A layer's weights, one for each pair of what goes in and what comes out. Below 0 (orange) the input speaks against, above 0 (blue) it speaks for, at 0 it does not count.";
    GRADIENT: "gradient", "By how much the loss would rise if a number rose a little. Training moves every weight the other way.";
    INFLUENCE: "influence", "What a unit does for the present reading: by how much the log-probability of the digit that is read would fall without it, to first order. Σ activation × gradient.";
    LOGIT: "logit", "What the last layer adds up for a digit, before softmax turns the ten sums into probabilities. Only differences between logits count.";
    GRADIENT_INPUT: "gradient × input", "Each pixel's ink, times how fast the logit rises with it: what the pixel adds, to first order. Paper adds nothing, since its ink is 0.";
    OCCLUSION: "covering a patch", "A patch of 5×5 pixels is blanked at each place in turn. Above 0 (blue) the logit falls without it: it spoke for the digit. Below 0 (orange) the logit rises.";
    TOP_IMAGES: "most exciting images", "The test images for which the unit's output is largest. The frame is what the unit sees of the image where it is largest; without one it sees all of it.";
    GRADIENT_ASCENT: "gradient ascent", "Begins with noise and changes the pixels, step by step, so that the unit's output grows. What comes out is what the unit asks for, not what a digit looks like.";
    ABLATION: "damage", "By how much the accuracy falls when one unit is silenced: its weights and bias are set to 0.";
    SILENCE: "silence", "Sets all weights of a unit and its bias to 0. Then it says the same to every image, and the layers behind it have to do without it.";
    FREEZE: "freeze", "Training leaves a frozen part exactly as it is: no gradient, no penalty and no momentum moves it. The rest of the network learns around it.";
    DEAD_UNIT: "dead unit", "A unit that gives 0 whatever it is shown. With relu it has no gradient then, so it learns nothing any more.";

    // Data and training.
    STEP: "step", "One change of the weights, made from one batch.";

    // The run.
    ACCURACY: "accuracy", "Share of images whose most probable digit is the right one.";
    VAL_LOSS: "validation loss", "The loss on images that were kept back from training. When it rises while the training loss falls, the network learns by heart.";
    VAL_ACCURACY: "validation accuracy", "Share recognised of the images that were kept back from training.";
    TEST_SET: "test set", "10,000 images that neither training nor any choice has seen. Look at them once, when all choices are made: a test set that chose something tests nothing.";
    TEST_ACCURACY: "test accuracy", "Share recognised of the 10,000 test images.";
    WORKERS: "workers", "Threads of the browser that share the arithmetic of each batch. The result is the same, bit for bit, however many there are.";
    RELAXED_SIMD: "relaxed SIMD", "WebAssembly's newest vector instructions: four multiplications and additions at once, fused into one.";
    SIMD128: "SIMD", "WebAssembly's vector instructions: four multiplications or additions at once.";
}

/// All words, each once: those of data and training stand before "step".
#[must_use]
pub fn words() -> Vec<Entry> {
    let n_before = OWN.iter().position(|entry| *entry == STEP).unwrap_or(OWN.len());
    let mut words = OWN[..n_before].to_vec();
    for entry in training_words().into_iter().chain(OWN[n_before..].iter().copied()) {
        if words.iter().all(|other| other.name != entry.name) {
            words.push(entry);
        }
    }
    words
}

fn training_words() -> Vec<Entry> {
    let mut experiment = Preset::LessonCnn.experiment();
    let mut words = Vec::new();
    words.extend(experiment.data.fields().iter().map(|field| Entry::of(field.words())));
    words.extend(variant_words::<Validation>());
    words.extend(variant_words::<OptimizerConfig>());
    words.extend(experiment.training.fields().iter().map(|field| Entry::of(field.words())));
    words.extend(variant_words::<Regularization>());
    words.extend(variant_words::<Loss>());
    words.extend(variant_words::<StopRule>());
    words.push(Entry::of(experiment.seed_field().words()));
    words
}

/// A choice, its kinds, and their fields.
fn variant_words<T: Variants>() -> Vec<Entry> {
    let mut words = vec![Entry::of(T::WORDS)];
    for mut kind in T::all() {
        if !kind.help().is_empty() {
            words.push(Entry { name: kind.title(), text: kind.help() });
        }
        words.extend(kind.fields().iter().map(|field| Entry::of(field.words())));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_is_a_sentence_of_its_own() {
        for entry in words() {
            assert!(entry.text.ends_with('.') || entry.text.ends_with("1e-8."), "{}: no full stop", entry.name);
            assert!(entry.text.len() < 260, "{}: {} bytes are too long for a bubble", entry.name, entry.text.len());
        }
    }

    #[test]
    fn a_word_has_one_explanation() {
        let all: Vec<Entry> = OWN.iter().copied().chain(training_words()).collect();
        for entry in words() {
            let others = all.iter().filter(|other| other.name == entry.name);
            assert!(others.clone().all(|other| *other == entry), "{} is explained twice", entry.name);
        }
        for optimizer in OptimizerConfig::all() {
            assert!(words().iter().any(|entry| entry.name == optimizer.title()), "{}", optimizer.title());
        }
    }
}
