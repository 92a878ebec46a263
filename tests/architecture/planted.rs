//! Each rule, seen to fail: a source that keeps it, and one that breaks it.

use super::rules::{RULES, Tree};
use super::source::Source;

/// The rules that these files break, by the start of their names.
fn broken(files: &[(&str, &str)]) -> Vec<&'static str> {
    let sources = files.iter().map(|(file, text)| Source::read(file, text));
    let tree = Tree {
        sources: sources.collect(),
    };
    let broken = RULES.iter().filter(|(_, rule)| !rule(&tree).is_empty());
    broken.map(|(name, _)| *name).collect()
}

#[track_caller]
fn kept(files: &[(&str, &str)]) {
    assert_eq!(broken(files), Vec::<&str>::new());
}

#[track_caller]
fn breaks(files: &[(&str, &str)], start: &str) {
    let broken = broken(files);
    assert!(
        broken.len() == 1 && broken[0].starts_with(start),
        "{broken:?}"
    );
}

#[test]
fn a_module_that_is_none_of_the_three_is_found() {
    kept(&[("api/src/cache/mod.rs", "")]);
    breaks(&[("api/src/misc.rs", "")], "every module is");
}

#[test]
fn an_import_upwards_is_found_however_it_is_written() {
    let query = "api/src/content/article/query.rs";

    kept(&[(query, "use crate::{error::Error, graphql::page::Page};")]);
    kept(&[("api/src/http/graphql.rs", "use crate::schema::Schema;")]);
    // Neither a comment nor a text imports.
    kept(&[(
        query,
        "// use crate::http;\nconst A: &str = \"crate::http\";",
    )]);
    for text in [
        "use crate::http::answer;",
        "use crate::{error::Error, http::{self, body}};",
        "fn f() { crate::http::answer() }",
        "use super::super::super::http;",
        "fn f() { join!(crate::schema::build()) }",
        "use crate as all; fn f() { all::http::answer() }",
    ] {
        breaks(&[(query, text)], "edges import features");
    }
    breaks(
        &[(
            "api/src/graphql/page.rs",
            "use crate::content::topic::Topic;",
        )],
        "edges import",
    );
    breaks(
        &[("api/src/app.rs", "pub use crate::cli::run;")],
        "edges import",
    );
}

#[test]
fn what_another_feature_keeps_to_itself_is_found() {
    let given = (
        "api/src/content/topic/mod.rs",
        "mod object; pub mod store; pub use object::Topic;",
    );
    let with = |text: &'static str| [given, ("api/src/content/article/object.rs", text)];

    kept(&with("use crate::content::topic::{Topic, store};"));
    kept(&[
        (
            "api/src/content/topic/mod.rs",
            "mod object; mod find; pub(crate) use object::object; pub async fn find() {}",
        ),
        (
            "api/src/content/article/object.rs",
            "use crate::content::topic::{find, object}; fn f() { object() }",
        ),
    ]);
    kept(&with(
        "use crate::content::topic; fn f() { topic::store::by_slug() }",
    ));
    breaks(
        &with("use crate::content::topic::object::Topic;"),
        "of another feature",
    );
    breaks(
        &with("use crate::content::topic; fn f() { topic::object::name() }"),
        "of another feature",
    );
    breaks(
        &with("use super::super::topic::object;"),
        "of another feature",
    );
    breaks(
        &[
            (
                "api/src/content/topic/mod.rs",
                "mod find; impl A { pub fn find() {} }",
            ),
            (
                "api/src/content/article/object.rs",
                "use crate::content::topic::find;",
            ),
        ],
        "of another feature",
    );
    // At home it is no secret.
    kept(&[
        given,
        (
            "api/src/content/topic/query.rs",
            "use super::object::Topic;",
        ),
    ]);
}

#[test]
fn an_open_query_module_is_found() {
    let file = "api/src/content/topic/mod.rs";

    kept(&[(file, "mod query; mod mutation; mod filter; pub mod store;")]);
    breaks(&[(file, "pub mod query;")], "query, mutation and filter");
    breaks(
        &[(file, "pub(crate) mod filter;")],
        "query, mutation and filter",
    );
    breaks(
        &[(file, "pub(in crate::content) mod mutation;")],
        "query, mutation and filter",
    );
}

#[test]
fn a_store_that_looks_up_is_found() {
    kept(&[(
        "api/src/content/topic/query.rs",
        "use super::{filter::TopicFilter, store};",
    )]);
    breaks(
        &[(
            "api/src/content/topic/store.rs",
            "use super::loader::TopicOf;",
        )],
        "query, mutation, object",
    );
    breaks(
        &[("api/src/content/topic/loader.rs", "use super::filter;")],
        "query, mutation, object",
    );
    breaks(
        &[(
            "api/src/content/topic/filter.rs",
            "use super::object::Topic;",
        )],
        "query, mutation, object",
    );
}

#[test]
fn graphql_in_a_store_is_found() {
    kept(&[(
        "api/src/content/topic/object.rs",
        "use async_graphql::Object;",
    )]);
    kept(&[(
        "api/src/content/topic/store.rs",
        "use sea_orm::EntityTrait;",
    )]);
    breaks(
        &[("api/src/content/topic/store.rs", "use async_graphql::ID;")],
        "a store knows",
    );
    breaks(
        &[(
            "api/src/content/topic/store/rows.rs",
            "fn f(_: async_graphql::ID) {}",
        )],
        "a store knows",
    );
}

#[test]
fn sql_outside_of_stores_is_found() {
    let object = "api/src/content/topic/object.rs";

    kept(&[("api/src/content/topic/filter.rs", "use sea_orm::Condition;")]);
    for kit in ["api/src/database.rs", "api/src/database/kept.rs"] {
        kept(&[(kit, "fn f() { g(\"SELECT 1\") }")]);
    }
    kept(&[(
        object,
        "use sea_orm::DbErr; const A: &str = \"Select one\";",
    )]);
    for text in [
        "use sea_orm::{DbErr, EntityTrait};",
        "use sea_orm::QueryFilter as _;",
        "use sea_orm::Condition; fn f() { Condition::all() }",
        "fn f() { sea_orm::Statement::from_string(a, b) }",
        "fn f() { g(\"SELECT 1\") }",
        "fn f() { g(r#\"\n  DELETE FROM topics\"#) }",
    ] {
        breaks(&[(object, text)], "SQL is in stores");
    }
    breaks(
        &[("api/src/cli/check.rs", "use sea_orm::ConnectionTrait;")],
        "SQL is in stores",
    );
}

#[test]
fn a_transaction_that_is_begun_outside_of_the_database_is_found() {
    let text = "use sea_orm::{DbErr, TransactionTrait};";
    kept(&[("api/src/database/transaction.rs", text)]);
    for text in [text, "use sea_orm::TransactionTrait as _;"] {
        breaks(
            &[("api/src/content/topic/store.rs", text)],
            "transactions are begun by the database",
        );
    }
}

#[test]
fn a_feature_that_knows_http_is_found() {
    kept(&[("api/src/delivery/feed/route.rs", "use axum::Router;")]);
    breaks(
        &[("api/src/content/topic/object.rs", "use axum::Json;")],
        "features and http",
    );
    breaks(
        &[(
            "api/src/http/health.rs",
            "use crate::content::topic::store;",
        )],
        "features and http",
    );
    breaks(
        &[(
            "api/src/administration/api_key/query.rs",
            "use axum::http::StatusCode;",
        )],
        "features and http",
    );
    breaks(
        &[(
            "api/src/http/caller.rs",
            "use crate::administration::api_key::all;",
        )],
        "features and http",
    );
}

#[test]
fn an_entity_that_knows_graphql_is_found() {
    kept(&[("entities/src/topic.rs", "use sea_orm::entity::prelude::*;")]);
    breaks(
        &[(
            "entities/src/topic.rs",
            "#[derive(async_graphql::Enum)] enum A {}",
        )],
        "entities and",
    );
    breaks(
        &[("migration/src/lib.rs", "use masthead::app::App;")],
        "entities and",
    );
}

#[test]
fn a_swollen_schema_is_found() {
    kept(&[("api/src/schema.rs", &"\n".repeat(99))]);
    breaks(
        &[("api/src/schema.rs", &"\n".repeat(100))],
        "schema.rs merges",
    );
    kept(&[("api/src/config.rs", &"\n".repeat(100))]);
}

#[test]
fn a_name_that_says_nothing_and_a_print_are_found() {
    let file = "api/src/config.rs";

    kept(&[(
        file,
        "mod common_names; fn f() { writeln!(out, \"println!\") }",
    )]);
    // Tests may print.
    kept(&[(file, "mod tests { fn f() { println!() } }")]);
    breaks(&[(file, "mod utils;")], "modules are named");
    breaks(
        &[("entities/src/lib.rs", "pub mod common;")],
        "modules are named",
    );
    breaks(&[(file, "fn f() { println!(\"a\") }")], "modules are named");
    breaks(&[(file, "fn f() { std::dbg!(1) }")], "modules are named");
}
