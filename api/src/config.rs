//! Settings: one list, read from flags, then the environment, then a file.
//!
//! [`SETTINGS`] is the list. A setting's flag, variable and place in the file
//! follow from its name, so that nothing can be set in one way only.

mod origins;
mod purge;
mod setting;
mod source;
mod value;
mod websub;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use url::Url;

use crate::access::{Rates, TrustedProxies};
use crate::cache::{self, Policy, Told};
use crate::client::Guard;
use crate::database;
use crate::graphql::limits::Limits;
use crate::graphql::persisted;

pub use origins::{Origins, origin};
pub use purge::{Cloudflare, Fastly, Purge, Secret};
pub use setting::{SETTINGS, Setting, without_password};
pub use source::{CONFIG_VARIABLE, DEFAULT_FILE, Place, Sources};
pub use websub::WebSub;

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    pub database: database::Options,
    pub listen: SocketAddr,
    /// Where others reach this server; `None`: where it listens, on this
    /// machine.
    pub public_url: Option<Url>,
    pub limits: Limits,
    pub rate_limit: Rates,
    /// Whether what is published can be read without a key.
    pub anonymous_reading: bool,
    /// The proxies that are believed about the addresses of clients.
    pub trusted_proxies: TrustedProxies,
    /// The pages elsewhere that may read answers.
    pub cors_origins: Origins,
    pub documents: persisted::Options,
    /// How many connections are served at the same time; more wait.
    pub max_connections: u32,
    /// How long a client may take to send the head of a request, and how long
    /// a connection is kept without one.
    pub header_timeout: Duration,
    /// How long requests that run may take to end once the server stops.
    pub shutdown_grace: Duration,
    /// How many bytes of answers are kept in memory, about.
    pub cache_bytes: usize,
    /// What caches in front are told of answers.
    pub caching: Policy,
    /// Whether answers have tags; none: if a cache is told what changed.
    pub cache_tags: Option<bool>,
    pub purge: Purge,
    /// Which addresses may be asked that others name.
    pub guard: Guard,
    pub websub: WebSub,
    pub log: Log,
}

/// What is logged, and how.
#[derive(Clone, Debug)]
pub struct Log {
    /// Which events, in the syntax of `tracing_subscriber::EnvFilter`.
    pub filter: String,
    pub format: LogFormat,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: database::Options::new("sqlite://masthead.db?mode=rwc"),
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8000),
            public_url: None,
            limits: Limits::default(),
            rate_limit: Rates::default(),
            anonymous_reading: true,
            trusted_proxies: TrustedProxies::default(),
            cors_origins: Origins::default(),
            documents: persisted::Options::default(),
            // Below the 1,024 files that a process may usually have open.
            max_connections: 900,
            header_timeout: Duration::from_secs(30),
            shutdown_grace: Duration::from_secs(30),
            cache_bytes: cache::BYTES,
            caching: Policy::default(),
            cache_tags: None,
            purge: Purge::default(),
            guard: Guard::default(),
            websub: WebSub::default(),
            log: Log {
                // Migrations are named by the command that applies them, and
                // notices of PostgreSQL are about what it did not have to do.
                filter: "info,sea_orm_migration=warn,sqlx::postgres::notice=warn".into(),
                format: LogFormat::default(),
            },
        }
    }
}

/// Why there are no settings to work with.
#[derive(thiserror::Error, Debug)]
pub enum ConfigError {
    #[error("{place} has no setting \"{name}\"{}", nearest.as_ref().map(|name| format!("; did you mean \"{name}\"?")).unwrap_or_default())]
    Unknown {
        place: Place,
        name: String,
        nearest: Option<String>,
    },
    #[error("the setting \"{name}\" ({place}) can't be \"{value}\": {wanted}")]
    Wrong {
        name: &'static str,
        place: Place,
        value: String,
        wanted: String,
    },
    #[error("the setting \"{of}\" needs \"{name}\", which is not set")]
    Missing {
        name: &'static str,
        of: &'static str,
    },
    #[error("the variable {0} is not UTF-8")]
    NotUtf8(String),
    #[error("the configuration file {file} can't be read: {cause}")]
    Unreadable { file: String, cause: std::io::Error },
    #[error("the configuration file {file} is not TOML: {cause}")]
    NotToml { file: String, cause: String },
}

impl Config {
    /// The settings that `sources` give, the defaults for all others.
    ///
    /// # Errors
    /// If a source has an unknown setting, a value is not of its form, or one is
    /// missing that another needs.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        for (setting, place, value) in sources.settings()? {
            (setting.apply)(&mut config, &value).map_err(|wanted| ConfigError::Wrong {
                name: setting.name,
                place,
                value: setting.shown(&value),
                wanted,
            })?;
        }
        purge::check(&config)?;
        config.caching.told = Told {
            by_standard: !config.purge.varnish.is_empty() || config.purge.cloudflare.zone.is_some(),
            fastly: config.purge.fastly.service.is_some(),
        };
        let is_told = config.caching.told != Told::default();
        config.caching.has_tags = config.cache_tags.unwrap_or(is_told);
        Ok(config)
    }
}
