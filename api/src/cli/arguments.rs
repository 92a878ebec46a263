//! The command line. Flags of settings are made from the list of settings.

pub(super) mod keys;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::config::{CONFIG_VARIABLE, DEFAULT_FILE, SETTINGS, Setting, Sources};

/// What was asked for, and the settings given with it.
#[derive(Debug)]
pub(super) struct Arguments {
    pub(super) command: Command,
    pub(super) sources: Sources,
}

#[derive(Debug, Parser)]
#[command(
    name = "masthead",
    version,
    about = "A headless GraphQL content API for weekly publications in several languages",
    subcommand_required = true,
    arg_required_else_help = true
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Bring the database up to date, then answer queries
    Serve(Serve),
    /// Bring the database up to date
    Migrate(Migrate),
    /// Take in content: all of it, or none if a record is wrong
    Import(Import),
    /// Give out all content, in the form that import takes
    Export(Export),
    /// Make anew all that is made of words: the forms of texts, search, sort keys
    Rebuild,
    /// Say which locales the publication has, or change that
    #[command(subcommand)]
    Locale(Locale),
    /// Make, list, rotate and revoke API keys
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Say what is wrong with trusted documents
    #[command(subcommand)]
    Documents(Documents),
    /// Print the GraphQL schema
    Schema,
    /// Say whether the configuration is right and the database answers
    Check,
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Serve {
    /// Fill an empty database with the sample publication
    #[arg(long)]
    pub(super) demo: bool,
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Migrate {
    /// Say what is pending, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Import {
    /// JSON Lines, plain or gzip; - is standard input
    #[arg(default_value = "-", value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Remove what the input does not name
    #[arg(long)]
    pub(super) prune: bool,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Export {
    /// Where to write; - is standard output
    #[arg(default_value = "-", value_name = "FILE")]
    pub(super) file: PathBuf,
}

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Locale {
    /// Say which locales there are, in the publication's order
    List,
    /// Add a locale; content in it comes by import
    Add(NewLocale),
    /// Remove a locale that nothing is in
    Remove {
        /// Its BCP 47 tag
        tag: String,
    },
    /// Choose the locale of readers who prefer none
    Default {
        /// Its BCP 47 tag
        tag: String,
    },
}

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Documents {
    /// Hold documents to the schema and the limits; no database is needed
    Check {
        /// A manifest, or a folder of manifests and .graphql files; documents.path unless told
        path: Option<PathBuf>,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct NewLocale {
    /// Its BCP 47 tag, such as lt, be-tarask or sr-Latn
    pub(super) tag: String,
    /// The publication's name in it
    #[arg(long, value_name = "TEXT")]
    pub(super) name: Option<String>,
    /// What the publication says of itself in it
    #[arg(long, value_name = "TEXT")]
    pub(super) description: Option<String>,
    /// Its place among the locales, from 1; the last unless told
    #[arg(long, value_name = "N")]
    pub(super) position: Option<usize>,
}

impl Arguments {
    /// The arguments of the process.
    ///
    /// # Errors
    /// If they are not understood, or ask for help.
    pub(super) fn parse() -> Result<Self, clap::Error> {
        Self::of(&command().try_get_matches()?)
    }

    fn of(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let command = CommandLine::from_arg_matches(matches)?.command;
        let flags: BTreeMap<_, _> = with_flags()
            .filter_map(|setting| {
                let value = matches.get_one::<String>(setting.name)?;
                Some((setting.name, value.clone()))
            })
            .collect();
        let file = matches.get_one::<PathBuf>("config").cloned();
        Ok(Self {
            command,
            sources: Sources::of_process(flags, file),
        })
    }
}

fn command() -> clap::Command {
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help(format!(
            "The configuration, in TOML [env: {CONFIG_VARIABLE}] [default: {DEFAULT_FILE} in the working folder, if there is one]"
        ));
    let settings = with_flags().map(flag);
    let command = CommandLine::command().after_help(after_help());
    let command = command.mut_subcommands(|command| command.after_help(after_help()));
    command.args(
        std::iter::once(config)
            .chain(settings)
            .map(|argument| argument.global(true).help_heading("Settings")),
    )
}

/// The settings that have flags.
fn with_flags() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| !setting.is_secret())
}

fn after_help() -> String {
    let mut text = "A setting is taken from its flag, else from its variable, else from the file, else it has its default.\n\nSecrets have no flag:\n".to_owned();
    for setting in SETTINGS.iter().filter(|setting| setting.is_secret()) {
        let (name, variable) = (setting.name, setting.variable());
        text.push_str(&format!("  {variable}: {} [file: {name}]\n", setting.help));
    }
    text
}

fn flag(setting: &'static Setting) -> Arg {
    Arg::new(setting.name)
        .long(setting.flag())
        .value_name(setting.form)
        .help(format!(
            "{} [file: {}] [env: {}] [default: {}]",
            setting.help,
            setting.name,
            setting.variable(),
            setting.default_value()
        ))
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Command, command};
    use crate::config::SETTINGS;

    #[test]
    fn the_command_line_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn a_setting_may_stand_before_or_after_the_command() {
        for line in [
            ["masthead", "--listen", "[::1]:1", "serve"],
            ["masthead", "serve", "--listen", "[::1]:1"],
        ] {
            let matches = command().try_get_matches_from(line).unwrap();

            let arguments = Arguments::of(&matches).unwrap();

            assert!(matches!(arguments.command, Command::Serve(_)));
            assert_eq!(arguments.sources.flags["listen"], "[::1]:1");
        }
    }

    #[test]
    fn the_help_of_every_command_names_every_setting() {
        for line in [["masthead", "serve"], ["masthead", "export"]] {
            let help = command()
                .try_get_matches_from(line.into_iter().chain(["--help"]))
                .unwrap_err()
                .to_string();

            for setting in SETTINGS {
                let has_flag = help.contains(&format!("--{} ", setting.flag()));
                assert_eq!(has_flag, !setting.is_secret(), "{}", setting.name);
                assert!(help.contains(&setting.variable()));
            }
        }
    }
}
