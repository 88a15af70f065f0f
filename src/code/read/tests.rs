//! Code of people, and what is said of what it cannot be.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::{Built, read};
use inkling_engine::experiment::*;

/// The lesson's practice exercise.
const PRACTICE: &str = r#"
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0

model = keras.Sequential([
    keras.Input(shape=(28, 28)),
    layers.Flatten(),
    layers.Dense(16, activation="relu"),
    layers.Dense(16, activation='relu'),
    layers.Dense(10, activation="softmax"),
])
"#;

fn read_here(code: &str) -> Built {
    read(code, &Preset::LessonCnn.experiment()).unwrap_or_else(|error| panic!("{error}\n{code}"))
}

#[test]
fn the_practice_exercise_has_13_002_parameters() {
    let built = read_here(PRACTICE);
    assert_eq!(built.n_params, 13_002);
    // Without compile and fit, the training is the present one.
    assert_eq!(built.experiment, Preset::Mlp16x16.experiment());
    assert!(built.notes.is_empty());
}

#[test]
fn add_compile_and_fit_are_read_with_keras_defaults() {
    let code = r#"
%matplotlib inline
!pip install keras
# A comment with "quotes' and (brackets
print("%d"
  % 5)
model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Flatten(input_shape=(28, 28)))
model.add(Dense(units=128, activation=tf.nn.relu))
model.add(keras.layers.Dense(
    10,
    'softmax',  # the classes
))
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"], optimizer="adam")
history = model.fit(x_train, y_train, epochs=5)
loss, accuracy = model.evaluate(x_test, y_test, verbose=2)
print(f"{accuracy:.3f}", [i for i in range(3)], {"a": 1}, x[1:2, ::-1], not True, a if b else c)
plt.plot(history.history["loss"])
for i in range(3):
    print(i)
"#;
    let Experiment { network, training, .. } = read_here(code).experiment;
    let dense = |units, activation| LayerConfig::Dense(DenseConfig::new(units).activation(activation));
    assert_eq!(network, [LayerConfig::FLATTEN, dense(128, Activation::Relu), dense(10, Activation::Softmax)]);
    let expected = TrainingConfig {
        loss: Loss::CategoricalCrossentropy,
        optimizer: OptimizerConfig::ADAM,
        learning_rate: 0.001,
        batch_size: 32,
        epochs: 5,
        regularization: Regularization::NONE,
        validation: Validation::None,
        stop: StopRule::Never,
        shuffle: true,
        carry_leftover: false,
    };
    assert_eq!(training, expected);
}

#[test]
fn names_stand_for_their_values() {
    let code = "units, rate = 2 * 8, 1_0e-3\nhidden = layers.Dense(units, activation='tanh')\nmodel = Sequential([Input((784,)), hidden, Dense(10, activation='softmax')])\nmodel.compile(keras.optimizers.SGD(rate, momentum=.9), 'sparse_categorical_crossentropy')";
    let Built { experiment, notes, .. } = read_here(code);
    let hidden = LayerConfig::Dense(DenseConfig::new(16).activation(Activation::Tanh));
    assert_eq!(experiment.network[..2], [LayerConfig::FLATTEN, hidden]);
    assert_eq!(experiment.training.learning_rate, 0.01);
    assert_eq!(experiment.training.optimizer, OptimizerConfig::Sgd(SgdConfig { momentum: 0.9, nesterov: false }));
    assert_eq!(notes, ["A Flatten was put first, since images go into Inkling's networks."]);
    // What fit would say stays as it was.
    assert_eq!(experiment.training.epochs, Preset::LessonCnn.experiment().training.epochs);
}

#[test]
fn a_cnn_is_read() {
    let code = "model = keras.Sequential([\n layers.Conv2D(8, 3, strides=(2, 1), padding='same', activation='relu', input_shape=(28, 28, 1), kernel_initializer=keras.initializers.HeNormal(), kernel_regularizer='l2'),\n layers.MaxPool2D(),\n layers.ReLU(),\n layers.Dropout(.5),\n layers.GlobalAveragePooling2D(),\n layers.Dense(10),\n layers.Softmax()])";
    let experiment = read_here(code).experiment;
    let conv = Conv2DConfig {
        strides: [2, 1],
        padding: Padding::Same,
        activation: Activation::Relu,
        kernel_initializer: Initializer::HeNormal,
        kernel_regularizer: Regularizer { l1: 0.0, l2: 0.01 },
        ..Conv2DConfig::new(8, [3, 3])
    };
    assert_eq!(experiment.network[0], LayerConfig::Conv2D(conv));
    assert_eq!(experiment.network[1], LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2])));
    assert_eq!(experiment.network[6], LayerConfig::Activation(ActivationConfig::new(Activation::Softmax)));
}

#[test]
fn the_classifier_of_scikit_learn_has_its_defaults() {
    let present = Preset::LessonCnn.experiment();
    let built = read("clf = MLPClassifier().fit(X, y)", &present).unwrap();
    assert_eq!(built.n_params, 784 * 100 + 100 + 100 * 10 + 10);
    let training = &built.experiment.training;
    assert_eq!((training.batch_size, training.epochs, training.learning_rate), (200, 200, 0.001));
    assert_eq!(training.stop, StopRule::TrainingLoss { n_iter_no_change: 10, tol: 1e-4 });
    assert_eq!(training.optimizer, OptimizerConfig::ADAM_SCIKIT_LEARN);
    assert_eq!(training.regularization, Regularization::ScikitLearn { alpha: 1e-4 });
    assert_eq!(training.validation, present.training.validation);
    assert_eq!(built.experiment.seed, present.seed);
    let code = "from sklearn.neural_network import MLPClassifier\nmlp = MLPClassifier(hidden_layer_sizes=(40,), early_stopping=True, random_state=1)";
    assert_eq!(read(code, &present).unwrap().experiment, Preset::Mlp40.experiment());
}

#[track_caller]
fn check_error(code: &str, line: usize, column: usize, message: &str) {
    let error = read(code, &Preset::LessonCnn.experiment()).unwrap_err();
    assert_eq!((error.line, error.column, error.message.as_str()), (line, column, message), "{code}");
}

const SOFTMAX: &str = "Dense(10, activation='softmax')])";

#[test]
fn what_inkling_does_not_have_is_named_at_its_place() {
    let layers = "layers are Dense, Conv2D, MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D, Flatten, Dropout, BatchNormalization, Activation";
    check_error(
        &format!("import keras\nmodel = keras.Sequential([\n    Flatten(),\n    keras.layers.LSTM(16),\n    {SOFTMAX}"),
        4,
        5,
        &format!("LSTM is not a layer of Inkling; {layers}"),
    );
    check_error(
        &format!("m = Sequential([Flatten(), Dense(16, activation='gelu'), {SOFTMAX}"),
        1,
        49,
        "activation: expected one of linear, relu, leaky_relu, elu, tanh, sigmoid, softmax, got \"gelu\"",
    );
    check_error(
        &format!("m = Sequential([Flatten(), Dense(16, use_bias=False), {SOFTMAX}"),
        1,
        38,
        "use_bias: expected True, the only one that Inkling has, got False",
    );
    let network = format!("m = Sequential([Flatten(), {SOFTMAX}\n");
    check_error(
        &format!("{network}m.compile(\n    optimizer='lion', loss='mse')"),
        3,
        15,
        "lion is not an optimizer of Inkling; optimizers are SGD, RMSprop, Adam, AdamW",
    );
    check_error(
        &format!("{network}m.fit(x, y, epochs=3, validation_data=(x_test, y_test))"),
        2,
        23,
        "validation_data: Inkling keeps back training images, never the test images: write validation_split=0.1",
    );
    check_error(
        &format!("{network}m.fit(x, y, callbacks=[keras.callbacks.TensorBoard()])"),
        2,
        24,
        "TensorBoard is not a callback of Inkling; the only one is EarlyStopping",
    );
    check_error(
        "x = Input((28, 28))\nmodel = keras.Model(x, Dense(10)(x))",
        2,
        9,
        "networks with branches are not read here: write keras.Sequential([…])",
    );
    check_error("MLPClassifier(solver='lbfgs')", 1, 22, "lbfgs is not a solver of Inkling; solvers are adam, sgd");
    check_error(
        "m = Sequential()\nfor i in range(3):\n    m.add(Dense(16))",
        3,
        7,
        "add is not read inside of def, for, if, with: write it out, without a block",
    );
    check_error("print('hello')", 1, 1, "expected a network: write keras.Sequential([…]) or MLPClassifier(…)");
    check_error(
        &format!("Sequential([keras.Input(shape=(32, 32, 3)), {SOFTMAX}"),
        1,
        13,
        "shape: expected (28, 28, 1), (28, 28) or (784,), since images have 28×28 pixels, got (32, 32, 3)",
    );
}

#[test]
fn what_is_out_of_range_is_named_at_its_place() {
    check_error(
        &format!("m = Sequential([\n  Flatten(),\n  Dense(5000),\n  {SOFTMAX}"),
        3,
        9,
        "units: expected a whole number from 1 to 4,096, got 5,000",
    );
    check_error(
        &format!("m = Sequential([Flatten(), Dense(1.5), {SOFTMAX}"),
        1,
        34,
        "units: expected a whole number, got 1.5",
    );
    check_error(
        "m = Sequential([Conv2D(8, (3, 3)),\n Dense(10, activation='softmax')])",
        2,
        2,
        "Dense expects a vector, but Conv2D before it gives 26×26×8: put a Flatten before it",
    );
    let network = format!("m = Sequential([Flatten(), {SOFTMAX}\n");
    check_error(
        &format!("{network}m.fit(x, y,\n  epochs=2_000)"),
        3,
        10,
        "epochs: expected a whole number from 1 to 1,000, got 2,000",
    );
    check_error(
        "m = Sequential([Flatten(), Dense(10)])\nm.compile('adam', 'categorical_crossentropy')",
        2,
        19,
        "loss: expected a softmax at the end of the network for categorical_crossentropy, got linear",
    );
    check_error(
        "m = Sequential([Flatten(), Dense(16), Dense(9, activation='softmax')])",
        1,
        45,
        "units: expected 10 in the last layer, got 9",
    );
    check_error("m = Sequential()", 1, 5, "expected at least one layer, got none");
}

#[test]
fn what_is_not_python_is_named_at_its_place() {
    check_error("m = Sequential([\n  Flatten(),\n  Dense(16", 3, 8, "this ( is never closed: put a ) where it ends");
    check_error("m = Sequential([Flatten() Dense(16)])", 1, 27, "expected a comma or ], got Dense");
    check_error("units = 16 17", 1, 12, "expected the end of the line, got 17");
    check_error("m = Dense(10, activation='softmax)", 1, 26, "this text has no end: close it with '");
    check_error("m = Dense(10, activation=“softmax”)", 1, 26, "the sign “ is not read here");
    check_error("é = 1\n  x = 2", 2, 3, "this line is indented otherwise than the lines before it");
    check_error("m = Dense(16,, 3)", 1, 14, "expected a value, got ,");
    check_error(&"[".repeat(100), 1, 51, "expected at most 50 brackets inside of each other");
    check_error(&"a".repeat(50_001), 1, 1, "expected at most 50,000 characters of code");
}
