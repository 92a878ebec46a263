//! What may stand where: SQL, GraphQL, HTTP, names.

use super::super::source::Source;
use super::{Broken, Tree, at};

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

/// `store.rs`, or a file in a folder `store`.
fn is_store(source: &Source) -> bool {
    source.module.iter().any(|part| part == "store")
}

pub(super) fn stores_without_graphql(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    for source in tree.api().filter(|source| is_store(source)) {
        for path in source.naming(&["async_graphql"]) {
            broken.push(at(source, path, &path.what.join("::")));
        }
    }
    broken
}

pub(super) fn sql_in_stores(tree: &Tree) -> Broken {
    /// What others may hold of the database: a connection to pass on, the
    /// values of a row, and that it failed.
    const HARMLESS: [&str; 12] = [
        "ActiveEnum",
        "DatabaseConnection",
        "DatabaseTransaction",
        "DbErr",
        "Iterable",
        "NotSet",
        "RuntimeErr",
        "Set",
        "SqlErr",
        "SqlxError",
        "error",
        "strum",
    ];
    /// What they may pass on and not make.
    const PASSED: [&str; 2] = ["Condition", "sea_query::Condition"];
    const STATEMENTS: [&str; 6] = [
        "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "PRAGMA ",
    ];
    let may = |source: &Source| {
        let within = |kit: &str| {
            let module = source.module.join("::");
            module == kit || module.starts_with(&format!("{kit}::"))
        };
        let part = |name: &str| source.module.iter().any(|part| part == name);
        // `language` says who sees what, as a condition.
        is_store(source)
            || part("filter")
            || part("language")
            || part("search")
            || within("crate::database")
            || within("crate::graphql::keyset")
    };
    let mut broken = Vec::new();
    for source in tree.api().filter(|source| !may(source)) {
        for path in source.naming(&["sea_orm"]) {
            let name = path.what.get(1).map_or("", String::as_str);
            if !HARMLESS.contains(&name) && !PASSED.contains(&path.what[1..].join("::").as_str()) {
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

/// One that is begun elsewhere may be left open by who hangs up.
pub(super) fn transactions_begun_by_the_database(tree: &Tree) -> Broken {
    let outside = |source: &&Source| source.module.get(1).is_none_or(|part| part != "database");
    let mut broken = Vec::new();
    for source in tree.api().filter(outside) {
        for path in source.naming(&["sea_orm", "TransactionTrait"]) {
            broken.push(at(source, path, &path.what.join("::")));
        }
    }
    broken
}

pub(super) fn features_without_http(tree: &Tree) -> Broken {
    let mut broken = Vec::new();
    // What is delivered is spelled for HTTP where it leaves.
    let groups = ["administration", "content"];
    let within = |source: &&Source| {
        let group = source.module.get(1);
        group.is_some_and(|group| groups.contains(&group.as_str()))
    };
    for source in tree.api().filter(within) {
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
            .chain(source.naming(&["crate", "administration"]))
            .chain(source.naming(&["sea_orm"]))
        {
            broken.push(at(source, path, &path.what.join("::")));
        }
    }
    broken
}

pub(super) fn tables_alone(tree: &Tree) -> Broken {
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

pub(super) fn thin_schema(tree: &Tree) -> Broken {
    tree.api()
        .filter(|source| source.file == "api/src/schema.rs" && source.lines >= 100)
        .map(|source| format!("{}: {} lines", source.file, source.lines))
        .collect()
}

pub(super) fn plain_names(tree: &Tree) -> Broken {
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
