//! Entry point of the page.

fn main() {
    inkling::views::mount();
}
