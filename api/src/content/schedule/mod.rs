//! Schedules: issues and words of articles that are published, or taken back,
//! at a time on the publication's clocks.

mod filter;
mod firing;
mod local_time;
mod mutation;
mod object;
mod query;
mod revocation;
mod store;
mod worker;

pub use filter::{ScheduleAct, ScheduleState};
pub use firing::{Run, run_due};
pub use local_time::{moment, refresh};
pub use mutation::ScheduleMutation;
pub use object::Schedule;
pub use query::ScheduleQuery;
pub use revocation::cancel_of_key;
pub use worker::keep_schedules;
