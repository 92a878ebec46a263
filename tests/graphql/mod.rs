//! What the GraphQL kit answers for.

mod pin;
