//! The publication: its name, its locales, its time zone, and where its
//! website shows things.

mod address;
mod object;
mod query;
mod reader;
mod settings;
mod store;

pub use address::{Place, Shown};
pub use object::{Publication, PublicationLocale};
pub use query::PublicationQuery;
pub use reader::{Reader, reader};
pub use settings::{Settings, SettingsCache};
pub use store::exists;
