//! The rules, one function each: where is it broken?

use std::fs;
use std::path::Path;

use super::source::{Place, Source};

/// All sources that the rules are about.
pub(super) struct Tree {
    pub(super) sources: Vec<Source>,
}

/// Where a rule is broken, for people.
type Broken = Vec<String>;

/// Every rule, by what it asks for.
pub(super) const RULES: [(&str, fn(&Tree) -> Broken); 11] = [
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
    ("content and http are separate", content_without_http),
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

const EDGES: [&str; 4] = ["cli", "http", "schema", "main"];
const FEATURES: [&str; 2] = ["content", "delivery"];
const KIT: [&str; 10] = [
    "access",
    "app",
    "cache",
    "change_log",
    "clock",
    "config",
    "database",
    "error",
    "graphql",
    "telemetry",
];
const NO_NAMES: [&str; 9] = [
    "common", "core", "helpers", "manager", "service", "services", "types", "util", "utils",
];
const NO_MACROS: [&str; 7] = [
    "dbg",
    "eprint",
    "eprintln",
    "print",
    "println",
    "todo",
    "unimplemented",
];

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

    /// Does the module that `path` leads to stand in `mod.rs` as open?
    fn gives(&self, feature: &[String], name: &str) -> bool {
        let Some(source) = self.api().find(|source| source.module == feature) else {
            return true;
        };
        let declared = source
            .modules
            .iter()
            .find(|module| module.what.name == name);
        declared.is_none_or(|module| module.what.open)
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

/// How high a module stands: edges above features above the kit.
fn height(module: &[String]) -> Option<usize> {
    let name = module.get(1)?.as_str();
    [&KIT[..], &FEATURES[..], &EDGES[..]]
        .iter()
        .position(|names| names.contains(&name))
}

/// The feature that a path is of: `crate::content::article`.
fn feature(path: &[String]) -> Option<&[String]> {
    let inside = FEATURES.contains(&path.get(1)?.as_str()) && path.len() > 2;
    (path[0] == "crate" && inside).then(|| &path[..3])
}

fn at<T>(source: &Source, place: &Place<T>, what: &str) -> String {
    format!("{}:{}: {what}", source.file, place.line)
}

fn placed(tree: &Tree) -> Broken {
    tree.api()
        .filter(|source| source.module.len() == 2 && height(&source.module).is_none())
        .map(|source| format!("{}: which of the three is it?", source.file))
        .collect()
}

fn downwards(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    for source in tree.api() {
        let Some(own) = height(&source.module) else {
            continue;
        };
        for path in source.naming(&["crate"]) {
            if height(&path.what).is_some_and(|other| other > own) {
                broken.push(at(source, path, &path.what.join("::")));
            }
        }
    }
    broken
}

fn only_what_is_given(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    for source in tree.api() {
        for path in source.naming(&["crate"]) {
            let Some(other) = feature(&path.what) else {
                continue;
            };
            let Some(name) = path.what.get(3) else {
                continue;
            };
            if feature(&source.module) != Some(other) && !tree.gives(other, name) {
                broken.push(at(source, path, &path.what.join("::")));
            }
        }
    }
    broken
}

fn private_roles(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    for source in tree
        .api()
        .filter(|source| feature(&source.module) == Some(&source.module))
    {
        for module in &source.modules {
            let name = module.what.name.as_str();
            if module.what.open && ["query", "mutation", "filter"].contains(&name) {
                broken.push(at(source, module, &format!("mod {name} is open")));
            }
        }
    }
    broken
}

fn roles_downwards(tree: &Tree) -> Broken {
    let roles: [&[&str]; 4] = [
        &["store"],
        &["loader"],
        &["filter"],
        &["query", "mutation", "object"],
    ];
    let role = |name: &str| roles.iter().position(|names| names.contains(&name));
    let mut broken = Vec::new();
    for source in tree.api() {
        let (Some(feature), Some(own)) = (feature(&source.module), source.module.get(3)) else {
            continue;
        };
        for path in &source.paths {
            let Some(other) = path
                .what
                .strip_prefix(feature)
                .and_then(|inside| inside.first())
            else {
                continue;
            };
            if let (Some(own), Some(other)) = (role(own), role(other))
                && other > own
            {
                broken.push(at(source, path, &path.what.join("::")));
            }
        }
    }
    broken
}

/// `store.rs`, or a file in a folder `store`.
fn is_store(source: &Source) -> bool {
    source.module.iter().any(|part| part == "store")
}

fn stores_without_graphql(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    for source in tree.api().filter(|source| is_store(source)) {
        for path in source.naming(&["async_graphql"]) {
            broken.push(at(source, path, &path.what.join("::")));
        }
    }
    broken
}

fn sql_in_stores(tree: &Tree) -> Broken {
    /// What others may know of the database: that it failed, and the values
    /// of columns.
    const HARMLESS: [&str; 5] = ["ActiveEnum", "DbErr", "RuntimeErr", "SqlErr", "SqlxError"];
    const STATEMENTS: [&str; 6] = [
        "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "PRAGMA ",
    ];
    let may = |source: &Source| {
        let part = |name: &str| source.module.iter().any(|part| part == name);
        let kit = ["crate::database", "crate::graphql::keyset"].map(str::to_owned);
        is_store(source)
            || part("filter")
            || part("search")
            || kit.contains(&source.module.join("::"))
    };
    let mut broken = Vec::new();
    for source in tree.api().filter(|source| !may(source)) {
        for path in source.naming(&["sea_orm"]) {
            let harmless = path
                .what
                .get(1)
                .is_none_or(|name| HARMLESS.contains(&name.as_str()));
            if !harmless {
                broken.push(at(source, path, &path.what.join("::")));
            }
        }
        for text in &source.texts {
            if STATEMENTS
                .iter()
                .any(|start| text.what.trim_start().starts_with(start))
            {
                broken.push(at(source, text, &text.what));
            }
        }
    }
    broken
}

fn content_without_http(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    let content = |source: &&Source| source.module.get(1).is_some_and(|part| part == "content");
    for source in tree.api().filter(content) {
        for name in ["axum", "http", "hyper", "hyper_util", "tower", "tower_http"] {
            for path in source.naming(&[name]) {
                broken.push(at(source, path, &path.what.join("::")));
            }
        }
    }
    let http = |source: &&Source| source.module.get(1).is_some_and(|part| part == "http");
    for source in tree.api().filter(http) {
        for path in source
            .naming(&["crate", "content"])
            .chain(source.naming(&["sea_orm"]))
        {
            broken.push(at(source, path, &path.what.join("::")));
        }
    }
    broken
}

fn tables_alone(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    for source in tree
        .sources
        .iter()
        .filter(|source| !source.file.starts_with("api/"))
    {
        for name in ["async_graphql", "axum", "masthead"] {
            for path in source.naming(&[name]) {
                broken.push(at(source, path, &path.what.join("::")));
            }
        }
    }
    broken
}

fn thin_schema(tree: &Tree) -> Broken {
    tree.api()
        .filter(|source| source.file == "api/src/schema.rs" && source.lines >= 100)
        .map(|source| format!("{}: {} lines", source.file, source.lines))
        .collect()
}

fn plain_names(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    for source in &tree.sources {
        for module in &source.modules {
            if NO_NAMES.contains(&module.what.name.as_str()) {
                broken.push(at(source, module, &format!("mod {}", module.what.name)));
            }
        }
        for call in &source.macros {
            if NO_MACROS.contains(&call.what.as_str()) {
                broken.push(at(source, call, &format!("{}!", call.what)));
            }
        }
    }
    broken
}
