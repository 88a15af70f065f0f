"""Trains the bench's networks with Keras and scikit-learn, for `cargo xtask bench --networks`.

    python3 xtask/keras_networks.py assets/mnist

Needs `pip install tensorflow-cpu scikit-learn`; what is missing is reported, not an error. The first line on stdout names
the versions. Then each line on stdin asks for one network, as JSON: `library` ("keras" or "scikit-learn"), `seconds` and
`experiment` (Inkling's own). Each is answered by a line with `imagesPerSecond`, or with `error`. Both libraries have two
threads.
"""

import gzip
import json
import os
import sys
import time
import warnings
from pathlib import Path

N_THREADS = 2
N_WARM_UP = 20
N_TRAIN = 54_000
N_PIXELS = 784

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(N_THREADS)


def load_keras():
    """The modules and their versions, or `(None, reason)`."""
    try:
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(N_THREADS)
        tf.config.threading.set_inter_op_parallelism_threads(N_THREADS)
        import keras

        return keras, f"Keras {keras.__version__}, TensorFlow {tf.__version__}"
    except ImportError as error:
        return None, str(error)


def load_scikit_learn():
    """The class and its version, or `(None, reason)`."""
    try:
        import sklearn
        from sklearn.neural_network import MLPClassifier

        return MLPClassifier, f"scikit-learn {sklearn.__version__}"
    except ImportError as error:
        return None, str(error)


def load_mnist(folder):
    """The images that train, `[54000, 784]` in `[0, 1]`, and their labels."""
    import numpy as np

    images, labels = [], []
    for shard in json.loads((folder / "manifest.json").read_text())["shards"]:
        if shard["kind"] != "train":
            continue
        numbers = np.frombuffer(gzip.decompress((folder / shard["file"]).read_bytes()), np.uint8)
        # Images come first, then their labels.
        images.append(numbers[: shard["n"] * N_PIXELS].reshape(shard["n"], N_PIXELS))
        labels.append(numbers[shard["n"] * N_PIXELS :])
    x = np.concatenate(images)[:N_TRAIN].astype("float32") / np.float32(255)
    return x, np.concatenate(labels)[:N_TRAIN].astype("int32")


def keras_layer(keras, config):
    """Inkling's fields have Keras' names."""
    fields = {
        "Dense": ["units", "activation"],
        "Conv2D": ["filters", "kernel_size", "strides", "padding", "activation"],
        "MaxPooling2D": ["pool_size"],
        "AveragePooling2D": ["pool_size"],
        "GlobalAveragePooling2D": [],
        "Flatten": [],
        "Dropout": ["rate"],
        "BatchNormalization": ["momentum", "epsilon"],
    }[config["type"]]
    return getattr(keras.layers, config["type"])(**{name: config[name] for name in fields if name in config})


def batches(n_samples, batch_size):
    """Shuffled indices of one batch after the other, epoch by epoch."""
    import numpy as np

    random = np.random.default_rng(1)
    while True:
        order = random.permutation(n_samples)
        for start in range(0, n_samples, batch_size):
            yield order[start : start + batch_size]


def time_steps(step, samples, seconds):
    """Images per second of `step(indices)`."""
    for _ in range(N_WARM_UP):
        step(next(samples))
    start, n_images = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        indices = next(samples)
        step(indices)
        n_images += len(indices)
    return n_images / (time.perf_counter() - start)


def time_keras(keras, experiment, seconds, x, y):
    training = experiment["training"]
    layers = [keras_layer(keras, config) for config in experiment["network"]]
    model = keras.Sequential([keras.Input((28, 28, 1)), *layers])
    optimizer = keras.optimizers.Adam(training["learning_rate"])
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    images = x.reshape(-1, 28, 28, 1)
    samples = batches(len(images), training["batch_size"])
    speed = time_steps(lambda indices: model.train_on_batch(images[indices], y[indices]), samples, seconds)
    keras.backend.clear_session()
    return speed


def time_scikit_learn(classifier, experiment, seconds, x, y):
    """The faster of batches by `partial_fit` and whole epochs by `fit`."""
    training = experiment["training"]
    hidden = [layer for layer in experiment["network"] if layer["type"] == "Dense"][:-1]

    def new():
        return classifier(
            hidden_layer_sizes=[layer["units"] for layer in hidden],
            activation=hidden[0]["activation"],
            solver="adam",
            alpha=0,
            batch_size=training["batch_size"],
            learning_rate_init=training["learning_rate"],
            max_iter=1,
        )

    model = new()
    samples = batches(len(x), training["batch_size"])
    by_batches = time_steps(
        lambda indices: model.partial_fit(x[indices], y[indices], classes=range(10)), samples, seconds / 2
    )
    start, n_images = time.perf_counter(), 0
    while time.perf_counter() - start < seconds / 2:
        new().fit(x, y)
        n_images += len(x)
    return max(by_batches, n_images / (time.perf_counter() - start))


def main():
    warnings.filterwarnings("ignore")
    (keras, keras_version), (classifier, scikit_learn_version) = load_keras(), load_scikit_learn()
    libraries = {"keras": (keras, time_keras), "scikit-learn": (classifier, time_scikit_learn)}
    is_there = {"keras": keras is not None, "scikit-learn": classifier is not None}
    versions = {"keras": keras_version, "scikit-learn": scikit_learn_version}
    print(json.dumps({"isThere": is_there, "versions": versions}), flush=True)
    mnist = None
    for line in sys.stdin:
        request = json.loads(line)
        library, time_it = libraries[request["library"]]
        try:
            mnist = mnist or load_mnist(Path(sys.argv[1]))
            answer = {"imagesPerSecond": time_it(library, request["experiment"], request["seconds"], *mnist)}
        except Exception as error:  # The bench goes on with the next network.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
