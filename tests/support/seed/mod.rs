//! Builders of content, rendered in the content format.
//!
//! A test says only what it is about. Whatever it leaves out has a default:
//! three locales, everything translated and published, articles in issue 1 on
//! the topic `general` by nobody. What is referred to and not described is
//! made up.
//!
//! ```ignore
//! app.seed(topic("water").with([
//!     article("ice").by(["anna"]),
//!     article("wells").draft("en").trend(Trend::Improved),
//! ])).await;
//! ```

mod article;
mod author;
mod content;
mod issue;
mod publication;
mod topic;
mod words;

pub use article::{Article, article};
pub use author::{Author, author};
pub use content::Content;
pub use issue::{Issue, issue};
pub use masthead_entities::article::Trend;
pub use publication::{Publication, publication};
pub use topic::{Topic, topic};
