//! Where settings come from: flags, the environment, a file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::setting::{SETTINGS, Setting};
use super::{Config, ConfigError};

/// The file that is read when there is one in the working folder and no other
/// is named.
pub const DEFAULT_FILE: &str = "masthead.toml";

/// The variable that names another file.
pub const CONFIG_VARIABLE: &str = "MASTHEAD_CONFIG";

/// What was given, before it is looked at.
#[derive(Debug, Default)]
pub struct Sources {
    /// Values of flags, by the names of settings.
    pub flags: BTreeMap<&'static str, String>,
    /// The environment; only `MASTHEAD_…` and `DATABASE_URL` matter.
    pub environment: BTreeMap<OsString, OsString>,
    /// The file, if one is named by a flag.
    pub file: Option<PathBuf>,
}

/// Where a setting was found, as people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

type Found = (&'static Setting, Place, String);

impl Sources {
    /// Flags as given, and the environment of the process.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the configuration")]
    pub fn of_process(flags: BTreeMap<&'static str, String>, file: Option<PathBuf>) -> Self {
        Self {
            flags,
            environment: std::env::vars_os().collect(),
            file,
        }
    }

    /// What is set, the weakest source first: a later one overrides.
    pub(super) fn settings(&self) -> Result<Vec<Found>, ConfigError> {
        let mut found = self.of_file()?;
        found.extend(self.of_environment()?);
        found.extend(SETTINGS.iter().filter_map(|setting| {
            let value = self.flags.get(setting.name)?;
            Some((
                setting,
                Place(format!("--{}", setting.flag())),
                value.clone(),
            ))
        }));
        Ok(found)
    }

    fn of_environment(&self) -> Result<Vec<Found>, ConfigError> {
        let mut found = Vec::new();
        for (name, value) in &self.environment {
            let name = name.to_string_lossy();
            let ours = name.starts_with("MASTHEAD_") || name == "DATABASE_URL";
            if !ours || name == CONFIG_VARIABLE {
                continue;
            }
            let setting = SETTINGS
                .iter()
                .find(|setting| setting.variable() == name)
                .ok_or_else(|| ConfigError::Unknown {
                    place: Place("the environment".into()),
                    nearest: nearest_variable(&name),
                    name: name.to_string(),
                })?;
            let value = value
                .to_str()
                .ok_or_else(|| ConfigError::NotUtf8(name.to_string()))?;
            found.push((setting, Place(name.to_string()), value.to_owned()));
        }
        Ok(found)
    }

    fn of_file(&self) -> Result<Vec<Found>, ConfigError> {
        let variable = self.environment.get(&OsString::from(CONFIG_VARIABLE));
        let named = self.file.clone().or_else(|| variable.map(PathBuf::from));
        let file = named.as_deref().unwrap_or(Path::new(DEFAULT_FILE));
        let shown = file.display().to_string();
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(cause) if named.is_none() && cause.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            Err(cause) => return Err(ConfigError::Unreadable { file: shown, cause }),
        };
        let table = text
            .parse::<Table>()
            .map_err(|cause| ConfigError::NotToml {
                file: shown.clone(),
                cause: cause.message().to_owned(),
            })?;
        let mut found = Vec::new();
        collect("", &table, &Place(shown), &mut found)?;
        Ok(found)
    }
}

/// Add what `table` sets, and the tables in it.
fn collect(
    prefix: &str,
    table: &Table,
    place: &Place,
    found: &mut Vec<Found>,
) -> Result<(), ConfigError> {
    for (key, value) in table {
        let name = format!("{prefix}{key}");
        let is_table = SETTINGS
            .iter()
            .any(|setting| setting.name.starts_with(&format!("{name}.")));
        if let (true, Value::Table(inner)) = (is_table, value) {
            collect(&format!("{name}."), inner, place, found)?;
            continue;
        }
        let setting = SETTINGS
            .iter()
            .find(|setting| setting.name == name)
            .ok_or_else(|| ConfigError::Unknown {
                place: place.clone(),
                nearest: nearest_name(&name),
                name: name.clone(),
            })?;
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        found.push((setting, place.clone(), text));
    }
    Ok(())
}

fn nearest_name(name: &str) -> Option<String> {
    nearest(name, SETTINGS.iter().map(|setting| setting.name.to_owned()))
}

/// `MASTHEAD_DATABASE_URL` is near to `DATABASE_URL`: the prefix says nothing.
fn nearest_variable(name: &str) -> Option<String> {
    let bare = |variable: &str| variable.trim_start_matches("MASTHEAD_").to_owned();
    let variables = || SETTINGS.iter().map(Setting::variable);
    let found = nearest(&bare(name), variables().map(|variable| bare(&variable)))?;
    variables().find(|variable| bare(variable) == found)
}

/// The candidate that is most like `name`, if one is like it at all.
fn nearest(name: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(name, &candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, candidate)| candidate)
}

impl Setting {
    /// Its value when nothing sets it.
    #[must_use]
    pub fn default_value(&self) -> String {
        (self.show)(&Config::default())
    }
}
