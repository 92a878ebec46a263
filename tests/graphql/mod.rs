//! What the GraphQL kit answers for.

mod known;
mod pin;
