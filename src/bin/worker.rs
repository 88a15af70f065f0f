//! Entry point of the training worker.

fn main() {
    inkling::worker::run();
}
