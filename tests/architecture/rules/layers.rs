//! What may know what: edges, features, the kit, and the roles in a feature.

use super::{Broken, FEATURES, Tree, at};

const EDGES: [&str; 4] = ["cli", "http", "schema", "main"];
const KIT: [&str; 13] = [
    "access",
    "app",
    "audit",
    "cache",
    "change_log",
    "client",
    "clock",
    "compression",
    "config",
    "database",
    "error",
    "graphql",
    "telemetry",
];

pub(super) fn placed(tree: &Tree) -> Broken {
    tree.api()
        .filter(|source| source.module.len() == 2 && height(&source.module).is_none())
        .map(|source| format!("{}: which of the three is it?", source.file))
        .collect()
}

pub(super) fn downwards(tree: &Tree) -> Broken {
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

pub(super) fn only_what_is_given(tree: &Tree) -> Broken {
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

pub(super) fn private_roles(tree: &Tree) -> Broken {
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

pub(super) fn roles_downwards(tree: &Tree) -> Broken {
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
