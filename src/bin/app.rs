//! Entry point of the page.

fn main() {
    inkling::app::mount();
}
