//! Purges: caches in front of this process are told what changed.
//!
//! For each cache a worker of its own follows the change log, by a position that
//! is saved, turns entries into the tags of `crate::cache::tag`, and tells the
//! cache to forget whatever holds them. At least once: a purge that is sent again
//! costs an answer anew, one that is lost shows an old answer for as long as the
//! cache keeps it.
//!
//! Every process tells every cache. One that has not heard of a change yet may
//! have answered the cache with what was before; it purges that itself, once it
//! has heard.

mod store;
mod tags;
mod target;
mod worker;

pub use tags::tags_of;
pub use target::Target;
pub use worker::{keep_purging, settle};
