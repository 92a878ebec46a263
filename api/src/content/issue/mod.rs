//! Issues: a week each, and the articles in it.

mod address;
mod archive;
mod completeness;
mod filter;
mod loader;
mod mutation;
mod object;
mod publishing;
mod query;
mod store;

pub use address::{issue_place, issue_url};
pub use archive::ArchiveQuery;
pub use filter::{IssueFilter, begun_in};
pub use loader::{IssueById, IssueByNumber, NeighbourOf as IssueNeighbourOf};
pub use mutation::IssueMutation;
pub use object::Issue;
pub use publishing::{publish_issue, unpublish_issue};
pub use query::IssueQuery;
pub use store::{
    Row as IssueRow, Step as IssueStep, latest as latest_issue, started_in as issue_started_in,
};
