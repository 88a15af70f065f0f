//! Every word that the page explains: those of the page in one table, those of layers, data and training from the
//! engine.

use inkling_engine::experiment::{
    Activation, LayerConfig, Loss, OptimizerConfig, Preset, Regularization, StopRule, TrainingConfig, Validation,
};
use inkling_engine::field::{FieldWords, Variants};

/// A word and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The word.
    pub name: &'static str,
    /// One or two sentences, for somebody who meets the word for the first time.
    pub text: &'static str,
}

impl Entry {
    /// A kind of layer, by Keras' name.
    #[must_use]
    pub fn of_layer(layer: &LayerConfig) -> Entry {
        Entry { name: layer.type_name(), text: layer.kind().help() }
    }

    /// A word that the engine explains.
    #[must_use]
    pub const fn of(words: FieldWords) -> Entry {
        Entry { name: words.term, text: words.help }
    }
}

/// The function that a layer ends with.
pub const ACTIVATION: Entry = Entry::of(Activation::WORDS);
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
    BIAS: "bias", "A number of its own that each unit or filter adds to its weighted sum: it shifts where the activation begins to let something through.";
    PARAMETERS: "parameters", "The numbers that training changes: all weights and biases, and what BatchNormalization keeps. Each takes 4 bytes.";
    OUTPUT_SHAPE: "output shape", "What leaves the layer for one image: rows × columns × maps, or a plain count of numbers.";

    // Put to the test.
    CORRUPTION: "corruption", "A change that makes an image worse without hiding from a person what it shows: noise, a line across, a slant. Accuracy on corrupted images says how far a network can be relied on outside of its data set.";
    MNIST_C: "MNIST-C", "A public benchmark (Mu and Gilmer, 2019): MNIST’s test images with 15 corruptions. Nine of them that are quick to compute are measured here, with the published strengths.";
    SHIFT_MAP: "shift map", "The accuracy after all images were moved by the same number of pixels, as a colour for each shift. A wide bright patch means that the network hardly minds where the digit lies.";

    // What was learned, and why.
    SCALE: "scale", "Over which values the colours are stretched. map: each map by itself, so that faint ones are seen; layer: all maps of a layer alike, so that the loud ones stand out; network: all layers alike.";
    KERNEL: "kernel", "A layer's weights, one for each pair of what goes in and what comes out. Below 0 (orange) the input speaks against, above 0 (blue) it speaks for, at 0 it does not count.";
    GAMMA: "gamma", "What BatchNormalization multiplies each normalized channel by. It begins at 1 and is trained.";
    BETA: "beta", "What BatchNormalization adds to each normalized and multiplied channel. It begins at 0 and is trained.";
    MOVING_MEAN: "moving mean", "The mean of a channel over past batches, the latest counting most. BatchNormalization subtracts it outside of training. No gradient changes it.";
    MOVING_VARIANCE: "moving variance", "The variance of a channel over past batches, the latest counting most. Outside of training, BatchNormalization divides by its root. No gradient changes it.";
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
    UNSCRAMBLE: "unscramble", "Puts the shuffled pixels back into their places in this picture, for your eyes. The network never sees them so.";
    DEAD_UNIT: "dead unit", "A unit that gives 0 whatever it is shown. With relu it has no gradient then, so it learns nothing any more.";

    // Put to the test.
    CONFUSION: "confusion matrix", "How many images of each label (rows) are read as each digit (columns). On the diagonal they are read right; everything else is a mistake.";
    PRECISION: "precision", "Of the images that are read as this digit, the share that are one: true positives ÷ all that are read so.";
    RECALL: "recall", "Of the images of this digit, the share that are read as it: true positives ÷ all with this label.";
    F1: "F1", "Precision and recall in one number, their harmonic mean: 2 × precision × recall ÷ (precision + recall). It is low if one of them is.";
    SUPPORT: "support", "How many of the images have this label.";
    MACRO_AVERAGE: "macro average", "The plain mean over the digits: each digit counts alike, however many images it has.";
    CALIBRATION: "calibration", "A network is calibrated if it is right as often as it says: of the images that it is 80 % sure of, it reads 80 % right.";
    RELIABILITY: "reliability diagram", "Images are sorted by how sure the network is. Each bar shows how many of them it reads right. On the dashed line both are equal; below it the network is too sure.";
    ECE: "ECE", "Expected calibration error: the distance between how sure the network is and how often it is right, averaged over all images (Guo and others, 2017; 15 bins).";
    MCE: "MCE", "Maximum calibration error: the largest such distance in any bin, also in one with few images.";
    TEMPERATURE: "temperature", "The outputs before softmax are divided by this number. Above 1 all probabilities become less extreme, below 1 more; the most probable digit stays the same.";
    ENTROPY: "entropy", "How spread out the ten probabilities are: 0 nats if one digit has all, 2.3 nats if all ten are equal.";
    UNFAMILIAR: "unlike", "How far the image is from the nearest three of 2,000 training images: as it is, and as the last hidden layer sees it. The limit is what 99 % of the validation images stay below (deep nearest neighbours; Sun and others, 2022).";
    NEAREST: "nearest training images", "The last hidden layer turns each image into a list of numbers, from which the last layer reads the digit. Images whose lists lie close together look alike to the network.";
    LABEL_ERROR: "people disagree too", "Test images whose label is probably wrong: people who looked at them voted for another digit (Northcutt and others, 2021). To read these right is to repeat a mistake.";

    // Data and training.
    STEP: "step", "One change of the weights, made from one batch.";
    LEARNING_CURVE: "learning curve", "Accuracy over the number of training images. If it still rises at its end, more images help; where training and validation accuracy have met, they hardly do.";

    // The run.
    ACCURACY: "accuracy", "Share of images whose most probable digit is the right one.";
    VAL_LOSS: "validation loss", "The loss on images that were kept back from training. When it rises while the training loss falls, the network learns by heart.";
    VAL_ACCURACY: "validation accuracy", "Share recognised of the images that were kept back from training.";
    TEST_SET: "test set", "10,000 images that neither training nor any choice has seen. Look at them once, when all choices are made: a test set that chose something tests nothing.";
    TEST_ACCURACY: "test accuracy", "Share recognised of the 10,000 test images.";
    WORKERS: "workers", "Threads of the browser that share the arithmetic of each batch. The result is the same, bit for bit, however many there are. A network with BatchNormalization trains on one: its images wait for one another at each such layer.";
    RELAXED_SIMD: "relaxed SIMD", "WebAssembly's newest vector instructions: four multiplications and additions at once, fused into one.";
    SIMD128: "SIMD", "WebAssembly's vector instructions: four multiplications or additions at once.";
}

/// All words, each once: those of layers come after "input", those of data and training before "step".
#[must_use]
pub fn words() -> Vec<Entry> {
    let (network, rest) = OWN.split_at(OWN.iter().position(|entry| *entry == BIAS).unwrap_or_default());
    let (inside, run) = rest.split_at(rest.iter().position(|entry| *entry == STEP).unwrap_or_default());
    let mut words = Vec::new();
    for entry in [network, &layer_words(), inside, &training_words(), run].concat() {
        if words.iter().all(|other: &Entry| other.name != entry.name) {
            words.push(entry);
        }
    }
    words
}

/// The kinds of layer, then all their fields.
fn layer_words() -> Vec<Entry> {
    let mut layers = LayerConfig::all();
    let mut words = layers.iter().map(Entry::of_layer).collect::<Vec<_>>();
    words.extend(layers.iter_mut().flat_map(LayerConfig::fields).map(|field| Entry::of(field.words())));
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
            assert!(entry.text.ends_with('.'), "{}: no full stop", entry.name);
            assert!(entry.text.len() < 260, "{}: {} bytes are too long for a bubble", entry.name, entry.text.len());
        }
    }

    #[test]
    fn a_word_has_one_explanation() {
        let all: Vec<Entry> = [OWN, &layer_words(), &training_words()].concat();
        for entry in words() {
            let others = all.iter().filter(|other| other.name == entry.name);
            assert!(others.clone().all(|other| *other == entry), "{} is explained twice", entry.name);
        }
        for optimizer in OptimizerConfig::all() {
            assert!(words().iter().any(|entry| entry.name == optimizer.title()), "{}", optimizer.title());
        }
    }
}
