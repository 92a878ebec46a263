//! The publication: its name, its locales, its time zone, and where its
//! website shows things.

mod address;
mod locales;
mod mutation;
mod object;
mod query;
mod reader;
mod settings;
mod store;
mod web_address;

pub use address::{Place, Shown, placeholders};
pub use locales::{
    Listed, LocaleError, NewLocale, add_locale, locales, make_default, remove_locale,
};
pub use mutation::PublicationMutation;
pub use object::{Publication, PublicationLocale, PublicationPaths};
pub use query::PublicationQuery;
pub use reader::{Reader, locales_in_force, reader, reader_of, writer};
pub use settings::{Settings, SettingsCache};
pub use store::{exists, remove_unused_locale, uses_of_locale};
pub use web_address::{Named, WebAddress};
