//! Searching, beside the same hits by plain SQL on the same index.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use bytes::Bytes;
use masthead::content::search::Analyser;
use masthead::database::Engine;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use support::TestApp;

use crate::client::{Connection, post};
use crate::load::{Exchange, Load, UNLIKE};
use crate::process::Server;
use crate::questions::two_words;
use crate::random::Random;
use crate::scene::Scene;
use crate::table::{Table, milliseconds, say};

/// The server and the database take turns.
const TURNS: u32 = 3;

/// How many different searches there are where they vary.
const VARIED: usize = 100;

const TEXT: &str = "query($query: String!) { search(query: $query, locales: [\"en\"], first: 20) {
    edges { score node { id slug title lead } } } }";

/// Search again and again: one query, then many, none from the cache, each time beside plain
/// SQL.
///
/// # Errors
/// If the server finds other articles than the SQL, or does not start.
pub(crate) async fn measure(scene: &Scene<'_>) -> anyhow::Result<()> {
    let Scene { app, options, .. } = scene;
    let masthead = scene.masthead().await?;
    let mut random = Random::of("search");
    let varied: Vec<String> = (0..VARIED).map(|_| two_words(&mut random)).collect();
    let mut table = Table::of(&HEADS);
    for (name, queries) in [("one", &varied[..1]), ("varied", &varied[..])] {
        let searches = prepared(app, &masthead, queries).await?;
        let exchanges = searches.iter().map(|search| search.exchange.clone());
        let exchanges = Arc::new(exchanges.collect());
        let mut server = Load::default();
        let mut plain = Load::default();
        let time = options.seconds / TURNS;
        for _ in 0..TURNS {
            server.add(Load::run(masthead.address, &exchanges, 1, time).await?);
            plain.add(ask_plainly(app, &searches, time).await?);
        }
        let [ours, theirs] = [&mut server, &mut plain].map(|load| load.within(50));
        let hits: usize = searches.iter().map(|search| search.hits).sum();
        table.push(vec![
            name.to_owned(),
            (hits / searches.len()).to_string(),
            milliseconds(ours),
            milliseconds(theirs),
            format!("{:.2}", ours.as_secs_f64() / theirs.as_secs_f64()),
        ]);
    }
    say("\nSearches by two words, over one connection, beside the same 20 hits by plain SQL:\n")?;
    table.say()
}

const HEADS: [&str; 5] = [
    "searches",
    "hits",
    "p50, ms",
    "plain SQL: p50, ms",
    "times plain SQL",
];

/// A search, ready to be sent to the server and to the database.
struct Search {
    exchange: Exchange,
    statement: Statement,
    /// How many articles it finds in all.
    hits: usize,
}

async fn prepared(
    app: &TestApp,
    masthead: &Server,
    queries: &[String],
) -> anyhow::Result<Vec<Search>> {
    let mut client = Connection::open(masthead.address).await?;
    let mut searches = Vec::new();
    for query in queries {
        let variables = json!({ "query": query, "unlike": UNLIKE });
        let body = |text: &str| json!({ "query": text, "variables": variables });
        let request = post("/graphql", &body(TEXT).to_string());
        let reply = client.send(&request).await?;
        let found = reply.data()?;
        let answer = Bytes::copy_from_slice(reply.body);
        let counting =
            "query($query: String!) { search(query: $query, locales: [\"en\"]) { totalCount } }";
        let counted = client.ask(&body(counting).to_string()).await?;
        let statement = plain(app.database().engine(), query);
        ensure!(
            slugs(&found) == plain_slugs(app, &statement).await?,
            "plain SQL finds other articles by {query:?}"
        );
        searches.push(Search {
            exchange: Exchange::new(request, 200, answer),
            statement,
            hits: counted["search"]["totalCount"].as_u64().unwrap_or_default() as usize,
        });
    }
    Ok(searches)
}

fn slugs(found: &Value) -> Vec<String> {
    let edges = found["search"]["edges"].as_array().into_iter().flatten();
    edges
        .filter_map(|edge| edge["node"]["slug"].as_str())
        .map(str::to_owned)
        .collect()
}

/// The first 20 hits by hand-written SQL.
fn plain(engine: Engine, query: &str) -> Statement {
    let sql = match engine {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let values = terms(engine, query).map(Into::into);
    Statement::from_sql_and_values(engine.backend(), sql, values)
}

/// What hand-written SQL is told of a query of two words.
pub(crate) fn terms(engine: Engine, query: &str) -> [String; 5] {
    let terms = Analyser::of("en").terms(query);
    let [one, other] = [&terms[0].stem, &terms[1].stem];
    match engine {
        Engine::Sqlite => {
            let within = |column: &str, stem: &str| format!("{column} : \"{stem}\"");
            [
                within("title", one),
                within("lead", one),
                within("title", other),
                within("lead", other),
                format!("\"{one}\" AND \"{other}\""),
            ]
        }
        Engine::Postgres => [
            format!("'{one}':A"),
            format!("'{one}':B"),
            format!("'{other}':A"),
            format!("'{other}':B"),
            format!("'{one}' & '{other}'"),
        ],
    }
}

const SQLITE: &str = "
SELECT at.id, at.slug, at.title, at.lead, s.score
FROM (
    SELECT +rowid AS id,
        CASE WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?1) THEN 8
             WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?2) THEN 4
             ELSE 1 END
      + CASE WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?3) THEN 8
             WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?4) THEN 4
             ELSE 1 END AS score
    FROM article_search WHERE article_search MATCH ?5
) s
JOIN article_translations at ON at.id = s.id
WHERE at.locale = 'en' AND at.public_at IS NOT NULL
ORDER BY s.score DESC, at.public_at DESC, at.article_id DESC
LIMIT 20";

const POSTGRES: &str = "
SELECT at.id, at.slug, at.title, at.lead, s.score
FROM (
    SELECT translation_id AS id,
        CASE WHEN heading @@ $1::tsquery THEN 8 WHEN heading @@ $2::tsquery THEN 4 ELSE 1 END
      + CASE WHEN heading @@ $3::tsquery THEN 8 WHEN heading @@ $4::tsquery THEN 4 ELSE 1 END AS score
    FROM article_search WHERE terms @@ $5::tsquery
) s
JOIN article_translations at ON at.id = s.id
WHERE at.locale = 'en' AND at.public_at IS NOT NULL
ORDER BY s.score DESC, at.public_at DESC, at.article_id DESC
LIMIT 20";

async fn plain_slugs(app: &TestApp, statement: &Statement) -> anyhow::Result<Vec<String>> {
    let rows = app
        .database()
        .reader()
        .query_all_raw(statement.clone())
        .await?;
    let mut slugs = Vec::new();
    for row in rows {
        // All columns are read, as the server does.
        let _: (i64, String, String) = (
            row.try_get("", "id")?,
            row.try_get("", "title")?,
            row.try_get("", "lead")?,
        );
        slugs.push(row.try_get("", "slug")?);
    }
    Ok(slugs)
}

async fn ask_plainly(app: &TestApp, searches: &[Search], time: Duration) -> anyhow::Result<Load> {
    let mut load = Load::default();
    let start = Instant::now();
    for search in searches.iter().cycle() {
        let began = Instant::now();
        if began >= start + time {
            break;
        }
        plain_slugs(app, &search.statement).await?;
        load.times.push(began.elapsed());
    }
    load.took = start.elapsed();
    Ok(load)
}
