//! Writing by mutations.

<<<<<<< HEAD
mod articles;
=======
mod issues;
>>>>>>> issues
mod named;
