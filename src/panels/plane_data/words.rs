//! What the words of the panel mean.

use crate::components::glossary::Entry;

/// The share that is trained on.
pub const TRAINING_SHARE: Entry = Entry {
    name: "training data",
    text: "The share of the points that the network learns from. The others are test data: they show how well it does on points that it has not seen.",
};
/// Classes and outputs.
pub const CLASSES: Entry = Entry {
    name: "classes",
    text: "Two classes can share one output, whose sign is the class, as in TensorFlow Playground. Else each class has an output of its own; the last layer and the loss follow.",
};
/// The generator.
pub const PLAYGROUND: Entry = Entry {
    name: "Playground's random numbers",
    text: "Points, their order and Playground's first weights are drawn by the generator of TensorFlow Playground: the same seed gives the same ones as on its page.",
};
/// The formula.
pub const FORMULA: Entry = Entry {
    name: "formula",
    text: "A curve or an area that divides the plane, such as y > sin(x) * 3 or x^2 + y^2 < 9. Where it holds, points are of the positive class.",
};
