//! Search: articles by the words that they hold.

mod analyser;
