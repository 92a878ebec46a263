//! The rules, one function each: where is it broken?

mod contents;
mod layers;

use std::fs;
use std::path::Path;

use super::source::{Place, Source};
use contents::{
    features_without_http, plain_names, sql_in_stores, stores_without_graphql, tables_alone,
    thin_schema, transactions_begun_by_the_database,
};
use layers::{downwards, only_what_is_given, placed, private_roles, roles_downwards};

/// All sources that the rules are about.
pub(super) struct Tree {
    pub(super) sources: Vec<Source>,
}

/// Where a rule is broken, for people.
type Broken = Vec<String>;

/// Finds where the sources break it.
type Rule = fn(&Tree) -> Broken;

/// Every rule, by what it asks for.
pub(super) const RULES: [(&str, Rule); 12] = [
    (
        "every module is an edge, a feature or part of the kit",
        placed,
    ),
    (
        "edges import features, features import the kit, never upwards",
        downwards,
    ),
    (
        "of another feature only what its mod.rs gives",
        only_what_is_given,
    ),
    (
        "query, mutation and filter are private modules",
        private_roles,
    ),
    (
        "query, mutation, object → filter → loader → store",
        roles_downwards,
    ),
    ("a store knows no GraphQL", stores_without_graphql),
    ("SQL is in stores", sql_in_stores),
    (
        "transactions are begun by the database",
        transactions_begun_by_the_database,
    ),
    ("features and http are separate", features_without_http),
    (
        "entities and migrations know neither the API nor GraphQL",
        tables_alone,
    ),
    ("schema.rs merges, in under 100 lines", thin_schema),
    (
        "modules are named by what they hold; output goes through the log or a writer",
        plain_names,
    ),
];

/// Folders of features.
const FEATURES: [&str; 3] = ["administration", "content", "delivery"];

impl Tree {
    /// Read the crates below `root`.
    pub(super) fn read(root: &Path) -> Self {
        let mut sources = Vec::new();
        for folder in ["api/src", "entities/src", "migration/src"] {
            read_folder(root, &root.join(folder), &mut sources);
        }
        Self { sources }
    }

    fn api(&self) -> impl Iterator<Item = &Source> {
        self.sources
            .iter()
            .filter(|source| source.file.starts_with("api/src/"))
    }

    /// May others use `name` of `feature`? A file of its own has no secrets.
    fn gives(&self, feature: &[String], name: &str) -> bool {
        let Some(source) = self.api().find(|source| source.module == feature) else {
            return true;
        };
        let declared = source
            .modules
            .iter()
            .find(|module| module.what.name == name);
        source.given.contains(name) || declared.is_none_or(|module| module.what.open)
    }
}

fn read_folder(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read_folder(root, &path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            sources.push(Source::read(&file, &fs::read_to_string(&path).unwrap()));
        }
    }
}

fn at<T>(source: &Source, place: &Place<T>, what: &str) -> String {
    format!("{}:{}: {what}", source.file, place.line)
}
