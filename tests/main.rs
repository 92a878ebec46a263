//! What Masthead does, asked from outside.
