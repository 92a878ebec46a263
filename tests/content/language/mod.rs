//! The one rule of language: a thing exists for a reader if it is published in
//! one of the reader's locales; it is served in the first such.

mod collation;
mod dates;
mod drafts;
mod locales;
mod serving;
mod tags;
mod translations;
mod unpublished;
