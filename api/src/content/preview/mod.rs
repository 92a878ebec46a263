//! Previews: tokens that show one issue or article before readers see it.

mod mutation;

pub use mutation::PreviewMutation;
