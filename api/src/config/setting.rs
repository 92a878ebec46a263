//! The list of settings.

use super::purge;
use super::value::{
    age, base, bytes, bytes_or_none, duration, list, log_filter, number, show_duration, show_list,
    show_switch, switch,
};
use super::websub;
use super::{Config, LogFormat};
use crate::access::TrustedProxies;
use crate::database::Engine;
use crate::graphql::persisted::Mode;

/// One thing that can be set.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file; a dot goes into a table.
    pub name: &'static str,
    /// What it means, for `--help`.
    pub help: &'static str,
    /// What its value looks like, for `--help`.
    pub form: &'static str,
    /// Its value in a configuration, as text.
    pub show: fn(&Config) -> String,
    /// Put a value into a configuration; the error says what would be right.
    pub(super) apply: fn(&mut Config, &str) -> Result<(), String>,
}

impl Setting {
    /// `--` and this sets it on the command line.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace(['.', '_'], "-")
    }

    /// The variable that sets it.
    #[must_use]
    pub fn variable(&self) -> String {
        if self.name == "database.url" {
            return "DATABASE_URL".to_owned();
        }
        format!(
            "MASTHEAD_{}",
            self.name.replace('.', "_").to_ascii_uppercase()
        )
    }

    /// Whether its value is a secret. One has no flag, for what a process was
    /// started with is seen by all who use the machine.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.name.ends_with(".token")
    }

    /// `value` as it may be shown: an URL could hold a password.
    pub(super) fn shown(&self, value: &str) -> String {
        if self.is_secret() {
            return SECRET.to_owned();
        }
        if self.name == "database.url" {
            return without_password(value);
        }
        value.to_owned()
    }
}

/// What is shown of a secret.
const SECRET: &str = "(secret)";

/// `url` with its password, if it has one, left out.
#[must_use]
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (address, query) = rest
        .split_once('?')
        .map_or((rest, None), |(address, query)| (address, Some(query)));
    // A password may hold an unescaped `@` or `/`: the last `@` ends it.
    let address = match address.rsplit_once('@') {
        Some((user, host)) => {
            let name = user.split_once(':').map_or(user, |(name, _)| name);
            format!("{name}@{host}")
        }
        None => address.to_owned(),
    };
    let query = query.map(|query| {
        query
            .split('&')
            .filter(|pair| !pair.starts_with("password=") && !pair.starts_with("sslpassword="))
            .collect::<Vec<_>>()
            .join("&")
    });
    match query {
        Some(query) if !query.is_empty() => format!("{scheme}://{address}?{query}"),
        _ => format!("{scheme}://{address}"),
    }
}

/// Everything that can be set, in the order of `--help`.
pub static SETTINGS: &[Setting] = &[
    Setting {
        name: "database.url",
        help: "The database: an SQLite file, or PostgreSQL 15 or later",
        form: "sqlite://FILE?mode=rwc|postgres://USER:PASSWORD@HOST/NAME",
        show: |config| without_password(&config.database.url),
        apply: |config, text| {
            Engine::of(text).map_err(|error| error.to_string())?;
            text.clone_into(&mut config.database.url);
            Ok(())
        },
    },
    Setting {
        name: "database.readers",
        help: "Connections that read at the same time; twice the number of cores unless told",
        form: "COUNT",
        show: |config| config.database.readers.to_string(),
        apply: |config, text| set(&mut config.database.readers, number(text, 1)),
    },
    Setting {
        name: "database.statement_timeout",
        help: "How long a statement may take; PostgreSQL only",
        form: "TIME",
        show: |config| show_duration(config.database.statement_timeout),
        apply: |config, text| set(&mut config.database.statement_timeout, duration(text)),
    },
    Setting {
        name: "database.busy_timeout",
        help: "How long to wait for a lock or a free connection",
        form: "TIME",
        show: |config| show_duration(config.database.busy_timeout),
        apply: |config, text| set(&mut config.database.busy_timeout, duration(text)),
    },
    Setting {
        name: "listen",
        help: "Where to listen; port 0 takes a free one",
        form: "ADDRESS:PORT",
        show: |config| config.listen.to_string(),
        apply: |config, text| {
            let address = text.parse().map_err(|_| {
                "give an address and a port, such as 127.0.0.1:8000 or [::]:8000".to_owned()
            });
            set(&mut config.listen, address)
        },
    },
    Setting {
        name: "public_url",
        help: "Where others reach this server: what the addresses of its feeds and sitemaps begin with; http://localhost and the port unless told",
        form: "URL",
        show: |config| {
            let url = config.public_url.as_ref();
            url.map(ToString::to_string).unwrap_or_default()
        },
        apply: |config, text| {
            let url = Some(text).filter(|text| !text.is_empty());
            set(&mut config.public_url, url.map(base).transpose())
        },
    },
    Setting {
        name: "max_connections",
        help: "How many connections are served at the same time; when more come, idle ones are closed",
        form: "COUNT",
        show: |config| config.max_connections.to_string(),
        apply: |config, text| set(&mut config.max_connections, number(text, 1)),
    },
    Setting {
        name: "header_timeout",
        help: "How long a connection may take to send the head of its next request",
        form: "TIME",
        show: |config| show_duration(config.header_timeout),
        apply: |config, text| set(&mut config.header_timeout, duration(text)),
    },
    Setting {
        name: "shutdown_grace",
        help: "How long requests may take to end once the server is told to stop",
        form: "TIME",
        show: |config| show_duration(config.shutdown_grace),
        apply: |config, text| set(&mut config.shutdown_grace, duration(text)),
    },
    Setting {
        name: "limits.body_bytes",
        help: "The largest body of a request, and the longest query string of a GET",
        form: "SIZE",
        show: |config| config.limits.body_bytes.to_string(),
        apply: |config, text| set(&mut config.limits.body_bytes, bytes(text)),
    },
    Setting {
        name: "limits.write_body_bytes",
        help: "The largest body of a request whose key may write",
        form: "SIZE",
        show: |config| config.limits.write_body_bytes.to_string(),
        apply: |config, text| set(&mut config.limits.write_body_bytes, bytes(text)),
    },
    Setting {
        name: "limits.tokens",
        help: "The most tokens of a GraphQL document",
        form: "COUNT",
        show: |config| config.limits.tokens.to_string(),
        apply: |config, text| set(&mut config.limits.tokens, number(text, 1)),
    },
    Setting {
        name: "limits.depth",
        help: "How deep the fields of a GraphQL document may be nested",
        form: "COUNT",
        show: |config| config.limits.depth.to_string(),
        apply: |config, text| set(&mut config.limits.depth, number(text, 1)),
    },
    Setting {
        name: "limits.complexity",
        help: "How many fields an answer may hold, pages counted at their full size",
        form: "COUNT",
        show: |config| config.limits.complexity.to_string(),
        apply: |config, text| set(&mut config.limits.complexity, number(text, 1)),
    },
    Setting {
        name: "limits.aliases",
        help: "The most aliases of a GraphQL document",
        form: "COUNT",
        show: |config| config.limits.aliases.to_string(),
        apply: |config, text| set(&mut config.limits.aliases, number(text, 0)),
    },
    Setting {
        name: "limits.root_fields",
        help: "The most fields at the root of an operation",
        form: "COUNT",
        show: |config| config.limits.root_fields.to_string(),
        apply: |config, text| set(&mut config.limits.root_fields, number(text, 1)),
    },
    Setting {
        name: "limits.directives",
        help: "The most directives of a GraphQL document",
        form: "COUNT",
        show: |config| config.limits.directives.to_string(),
        apply: |config, text| set(&mut config.limits.directives, number(text, 0)),
    },
    Setting {
        name: "limits.introspection",
        help: "Whether the schema can be asked for by __schema and __type",
        form: "on|off",
        show: |config| show_switch(config.limits.introspection),
        apply: |config, text| set(&mut config.limits.introspection, switch(text)),
    },
    Setting {
        name: "limits.timeout",
        help: "How long a request may take to arrive, and again to be answered",
        form: "TIME",
        show: |config| show_duration(config.limits.timeout),
        apply: |config, text| set(&mut config.limits.timeout, duration(text)),
    },
    Setting {
        name: "documents.path",
        help: "Trusted documents: a manifest of Apollo's or Relay's tools, or a folder of manifests and .graphql files",
        form: "FILE|FOLDER",
        show: |config| {
            let path = config.documents.path.as_deref();
            path.map(|path| path.display().to_string())
                .unwrap_or_default()
        },
        apply: |config, text| {
            config.documents.path = (!text.is_empty()).then(|| text.into());
            Ok(())
        },
    },
    Setting {
        name: "documents.mode",
        help: "Which documents are answered: all, or trusted ones alone, but to editors",
        form: "open|trusted",
        show: |config| match config.documents.mode {
            Mode::Open => "open".to_owned(),
            Mode::Trusted => "trusted".to_owned(),
        },
        apply: |config, text| {
            config.documents.mode = match text {
                "open" => Mode::Open,
                "trusted" => Mode::Trusted,
                _ => return Err("give open or trusted".to_owned()),
            };
            Ok(())
        },
    },
    Setting {
        name: "rate_limit",
        help: "Whether clients are held to rates; off for benchmarks",
        form: "on|off",
        show: |config| show_switch(config.rate_limit.limited),
        apply: |config, text| set(&mut config.rate_limit.limited, switch(text)),
    },
    Setting {
        name: "rate_limit.address",
        help: "The units of cost that an address without a key may ask for in a minute",
        form: "COUNT",
        show: |config| config.rate_limit.address.to_string(),
        apply: |config, text| set(&mut config.rate_limit.address, number(text, 1)),
    },
    Setting {
        name: "rate_limit.key",
        help: "The units of cost that a key may ask for in a minute",
        form: "COUNT",
        show: |config| config.rate_limit.key.to_string(),
        apply: |config, text| set(&mut config.rate_limit.key, number(text, 1)),
    },
    Setting {
        name: "anonymous_reading",
        help: "Whether what is published, and its feeds, can be read without a key",
        form: "on|off",
        show: |config| show_switch(config.anonymous_reading),
        apply: |config, text| set(&mut config.anonymous_reading, switch(text)),
    },
    Setting {
        name: "trusted_proxies",
        help: "Networks of proxies that are believed when they say whom they ask for",
        form: "NETWORK,…",
        show: |config| show_list(config.trusted_proxies.networks()),
        apply: |config, text| {
            let networks = list(
                text,
                "give networks such as 10.0.0.0/8,fd00::/8, or nothing",
            )?;
            config.trusted_proxies = TrustedProxies::new(networks);
            Ok(())
        },
    },
    Setting {
        name: "cors.origins",
        help: "The pages elsewhere that may read answers: their origins, * for all, or nothing",
        form: "ORIGIN,…|*",
        show: |config| config.cors_origins.to_string(),
        apply: |config, text| set(&mut config.cors_origins, text.parse()),
    },
    Setting {
        name: "cache.bytes",
        help: "How many bytes of answers are kept in memory, about; 0 keeps none",
        form: "SIZE",
        show: |config| config.cache_bytes.to_string(),
        apply: |config, text| set(&mut config.cache_bytes, bytes_or_none(text)),
    },
    Setting {
        name: "cache.entity_bytes",
        help: "How much memory rows may take that many answers hold; 0 for none",
        form: "SIZE",
        show: |config| config.database.entity_bytes.to_string(),
        apply: |config, text| set(&mut config.database.entity_bytes, bytes_or_none(text)),
    },
    Setting {
        name: "cache.max_age",
        help: "How long browsers keep an answer that the next publication may change",
        form: "TIME",
        show: |config| show_duration(config.caching.max_age),
        apply: |config, text| set(&mut config.caching.max_age, age(text)),
    },
    Setting {
        name: "cache.archived_max_age",
        help: "How long browsers keep an answer about what came out long ago alone",
        form: "TIME",
        show: |config| show_duration(config.caching.archived_max_age),
        apply: |config, text| set(&mut config.caching.archived_max_age, age(text)),
    },
    Setting {
        name: "cache.archived_after",
        help: "How long ago that is",
        form: "TIME",
        show: |config| show_duration(config.caching.archived_after),
        apply: |config, text| set(&mut config.caching.archived_after, age(text)),
    },
    Setting {
        name: "cache.stale_while_revalidate",
        help: "How long after that an old answer is shown while a new one is fetched",
        form: "TIME",
        show: |config| show_duration(config.caching.stale_while_revalidate),
        apply: |config, text| set(&mut config.caching.stale_while_revalidate, age(text)),
    },
    Setting {
        name: "cache.stale_if_error",
        help: "How long an old answer is given where there is no other",
        form: "TIME",
        show: |config| show_duration(config.caching.stale_if_error),
        apply: |config, text| set(&mut config.caching.stale_if_error, age(text)),
    },
    Setting {
        name: "cache.cdn_max_age",
        help: "How long caches keep an answer that are told what changed",
        form: "TIME",
        show: |config| show_duration(config.caching.cdn_max_age),
        apply: |config, text| set(&mut config.caching.cdn_max_age, age(text)),
    },
    Setting {
        name: "cache.tags",
        help: "Whether answers have the tags that caches are purged by; auto: if one is told what changed",
        form: "auto|on|off",
        show: |config| config.cache_tags.map_or("auto".to_owned(), show_switch),
        apply: |config, text| {
            let wanted = |_| "give auto, on or off".to_owned();
            let tags = if text == "auto" {
                Ok(None)
            } else {
                switch(text).map(Some).map_err(wanted)
            };
            set(&mut config.cache_tags, tags)
        },
    },
    Setting {
        name: "purge.varnish",
        help: "Where each Varnish in front takes a BAN of what changed, with commas between them",
        form: "URL,…",
        show: |config| purge::show_urls(&config.purge.varnish),
        apply: |config, text| set(&mut config.purge.varnish, purge::urls(text)),
    },
    Setting {
        name: "purge.fastly.service",
        help: "The service of Fastly that is told what changed",
        form: "ID",
        show: |config| config.purge.fastly.service.clone().unwrap_or_default(),
        apply: |config, text| set(&mut config.purge.fastly.service, purge::segment(text)),
    },
    Setting {
        name: "purge.fastly.token",
        help: "A token of Fastly that may purge that service",
        form: "TOKEN",
        show: |config| show_secret(config.purge.fastly.token.as_ref()),
        apply: |config, text| set(&mut config.purge.fastly.token, purge::secret(text)),
    },
    Setting {
        name: "purge.fastly.url",
        help: "Where the API of Fastly is",
        form: "URL",
        show: |config| config.purge.fastly.url.to_string(),
        apply: |config, text| set(&mut config.purge.fastly.url, purge::url(text)),
    },
    Setting {
        name: "purge.cloudflare.zone",
        help: "The zone of Cloudflare that is told what changed",
        form: "ID",
        show: |config| config.purge.cloudflare.zone.clone().unwrap_or_default(),
        apply: |config, text| set(&mut config.purge.cloudflare.zone, purge::segment(text)),
    },
    Setting {
        name: "purge.cloudflare.token",
        help: "A token of Cloudflare that may purge that zone",
        form: "TOKEN",
        show: |config| show_secret(config.purge.cloudflare.token.as_ref()),
        apply: |config, text| set(&mut config.purge.cloudflare.token, purge::secret(text)),
    },
    Setting {
        name: "purge.cloudflare.url",
        help: "Where the API of Cloudflare is",
        form: "URL",
        show: |config| config.purge.cloudflare.url.to_string(),
        apply: |config, text| set(&mut config.purge.cloudflare.url, purge::url(text)),
    },
    Setting {
        name: "outgoing.allow_http",
        help: "Whether webhooks may be sent without TLS",
        form: "on|off",
        show: |config| show_switch(config.guard.allows_http),
        apply: |config, text| set(&mut config.guard.allows_http, switch(text)),
    },
    Setting {
        name: "outgoing.allowed_networks",
        help: "Networks that webhooks may be sent to although they are not public",
        form: "NETWORK,…",
        show: |config| show_list(&config.guard.networks),
        apply: |config, text| {
            let networks = list(
                text,
                "give networks such as 10.0.0.0/8,fd00::/8, or nothing",
            );
            set(&mut config.guard.networks, networks)
        },
    },
    Setting {
        name: "websub.hubs",
        help: "The hubs that are told when feeds change, by WebSub",
        form: "URL,…",
        show: |config| websub::show_hubs(&config.websub),
        apply: |config, text| set(&mut config.websub.hubs, websub::hubs(text)),
    },
    Setting {
        name: "websub.editions",
        help: "Whose feeds hubs are told of, as be,ru;en; of each locale alone unless told",
        form: "LOCALE,…;…",
        show: |config| websub::show_editions(&config.websub),
        apply: |config, text| set(&mut config.websub.editions, websub::editions(text)),
    },
    Setting {
        name: "log",
        help: "What is logged: error, warn, info, debug (with a line for each request) or trace; or by module",
        form: "FILTER",
        show: |config| config.log.filter.clone(),
        apply: |config, text| set(&mut config.log.filter, log_filter(text)),
    },
    Setting {
        name: "log_format",
        help: "How a line of the log looks",
        form: "text|json",
        show: |config| match config.log.format {
            LogFormat::Text => "text".to_owned(),
            LogFormat::Json => "json".to_owned(),
        },
        apply: |config, text| {
            config.log.format = match text {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                _ => return Err("give text or json".to_owned()),
            };
            Ok(())
        },
    },
];

fn set<T>(place: &mut T, value: Result<T, String>) -> Result<(), String> {
    *place = value?;
    Ok(())
}

fn show_secret(secret: Option<&purge::Secret>) -> String {
    secret.map_or_else(String::new, |_| SECRET.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{SETTINGS, without_password};
    use crate::config::Config;

    #[test]
    fn every_setting_takes_what_it_shows() {
        for setting in SETTINGS {
            let mut config = Config::default();
            let shown = (setting.show)(&config);

            let applied = (setting.apply)(&mut config, &shown);

            assert_eq!(applied, Ok(()), "{}", setting.name);
            assert_eq!((setting.show)(&config), shown);
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            (
                "postgres://me:se:c@r/et@db:5432/a",
                "postgres://me@db:5432/a",
            ),
            (
                "postgres://me@db/a?password=x&sslmode=require",
                "postgres://me@db/a?sslmode=require",
            ),
            ("postgres://db/a?password=x", "postgres://db/a"),
            (
                "sqlite://masthead.db?mode=rwc",
                "sqlite://masthead.db?mode=rwc",
            ),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
