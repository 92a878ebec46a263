//! What the documents say is true: the README's examples run, its tables are
//! those of the code, and what ARCHITECTURE.md names is there.

mod document;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use masthead::access::{Operation, Role};
use masthead::config::{Config, SETTINGS, Setting, Sources};
use masthead::content::demo;
use masthead::error::Code;
use masthead::http;
use serde_json::{Value, json};
use support::{Reply, TestApp};

use document::{Block, blocks, code, document, only, root, rows};

#[tokio::test]
async fn every_query_of_the_readme_is_answered_as_it_says() {
    let blocks = blocks(&document("README.md"));
    let asked = blocks.iter().filter_map(Asked::of).count();
    assert!(asked >= 8, "{asked} queries were found");

    TestApp::on_each_engine(async |app| {
        let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
        app.import(sample).await.unwrap();
        let keys = keys(app).await;

        for (place, block) in blocks.iter().enumerate() {
            let Some(asked) = Asked::of(block) else {
                continue;
            };
            let reply = asked.ask(app, &keys).await;

            let answer = reply.json();
            assert_eq!(reply.status, 200, "{}\n{answer:#}", block.text);
            if let Some(next) = blocks.get(place + 1).filter(|next| next.language == "json") {
                let told: Value = serde_json::from_str(&next.text).unwrap();
                assert_eq!(answer, told, "{}", block.text);
            }
        }
    })
    .await;
}

#[test]
fn the_readme_has_every_code_with_its_status() {
    let expected: Vec<[String; 2]> = Code::ALL
        .iter()
        .map(|code| {
            let status = http::status(*code).as_u16();
            [format!("`{}`", code.as_str()), status.to_string()]
        })
        .collect();

    let told: Vec<[String; 2]> = rows(&document("README.md"), "| Code |")
        .into_iter()
        .map(|row| [row[0].clone(), row[1].clone()])
        .collect();

    assert_eq!(told, expected);
}

#[test]
fn the_readme_has_every_setting_with_its_default() {
    let expected: Vec<Vec<String>> = SETTINGS.iter().map(row).collect();

    let told = rows(&document("README.md"), "| Flag |");

    let table = table(&expected);
    assert_eq!(told, expected, "the table should be\n{table}");
}

#[test]
fn the_readme_says_who_may_do_what() {
    let expected: Vec<Vec<String>> = Operation::ALL.iter().copied().map(permission).collect();

    let told = rows(&document("README.md"), "| Operation |");

    let table = table(&expected);
    assert_eq!(told, expected, "the table should be\n{table}");
}

#[test]
fn the_configuration_of_the_readme_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("masthead.toml");
    fs::write(&file, only(&document("README.md"), "toml")).unwrap();
    let sources = Sources {
        file: Some(file),
        ..Sources::default()
    };

    let config = Config::load(&sources).unwrap();

    assert_eq!(config.listen.port(), 8000);
    assert_eq!(config.limits.depth, 12);
    assert!(config.database.url.starts_with("postgres://"));
}

#[tokio::test]
async fn the_records_of_the_readme_are_taken() {
    let records = only(&document("README.md"), "jsonl");

    TestApp::on_each_engine(async |app| {
        let first = app.import(&records).await.unwrap();
        let again = app.import(&records).await.unwrap();

        assert_eq!(first.articles.created, 1);
        assert!(again.changed_nothing(), "{again}");
    })
    .await;
}

#[tokio::test]
async fn the_webhook_message_of_the_readme_is_as_the_schema_says() {
    TestApp::on_each_engine(async |app| {
        let schema = app.client().get("/schemas/webhook-1.json", &[]).await;
        let schema = jsonschema::validator_for(&schema.json()).unwrap();
        let shown = only(&document("README.md"), "http");
        let (_, body) = shown.split_once("\n\n").unwrap();

        let message: Value = serde_json::from_str(body).unwrap();

        schema.validate(&message).unwrap();
        assert_eq!(message["type"], "article.published");
    })
    .await;
}

#[test]
fn every_path_that_the_documents_name_is_there() {
    let root = root();
    let documents = ["README.md", "ARCHITECTURE.md"].map(document).concat();

    let lost: Vec<&str> = code(&documents)
        .into_iter()
        .filter(|text| is_path(text))
        .filter(|path| {
            let places = [root.join(path), root.join("api/src").join(path)];
            !places.iter().any(|place| place.exists())
        })
        .collect();

    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_test_that_the_architecture_names_is_there() {
    let mut sources = String::new();
    for folder in ["tests", "api/src"] {
        read_sources(&root().join(folder), &mut sources);
    }

    let architecture = document("ARCHITECTURE.md");
    let lost: Vec<&str> = code(&architecture)
        .into_iter()
        .filter(|text| is_sentence(text))
        .filter(|name| !sources.contains(&format!("fn {name}(")))
        .collect();

    assert!(lost.is_empty(), "{lost:#?}");
}

/// A request that a block shows.
struct Asked {
    /// What is got; `None`: a query is posted.
    path: Option<String>,
    headers: Vec<(String, String)>,
    body: String,
}

impl Asked {
    /// A query by itself, or one that curl sends.
    fn of(block: &Block) -> Option<Self> {
        if block.language == "graphql" {
            return Some(Self {
                path: None,
                headers: vec![("content-type".to_owned(), "application/json".to_owned())],
                body: json!({ "query": block.text }).to_string(),
            });
        }
        if !block.text.starts_with("curl ") {
            return None;
        }
        // The arguments in quotes, each after its option.
        let parts: Vec<&str> = block.text.split('\'').collect();
        let mut asked = Self {
            path: None,
            headers: Vec::new(),
            body: String::new(),
        };
        for pair in parts.chunks_exact(2) {
            match pair[0].split_whitespace().last() {
                Some("-H") => {
                    let (name, value) = pair[1].split_once(": ").unwrap();
                    asked.headers.push((name.to_owned(), value.to_owned()));
                }
                Some("curl") => {
                    let path = pair[1].strip_prefix("http://127.0.0.1:8000");
                    asked.path = path.map(str::to_owned);
                }
                Some("-d") => pair[1].clone_into(&mut asked.body),
                other => panic!("{other:?} is no option that is known here"),
            }
        }
        Some(asked)
    }

    async fn ask(mut self, app: &TestApp, keys: &[(Role, String)]) -> Reply {
        let with = |role: &Role| {
            self.body.contains(&format!("# With the key of a {role}."))
                || self.body.contains(&format!("# With the key of an {role}."))
        };
        if let Some((_, key)) = keys.iter().find(|(role, _)| with(role)) {
            let bearer = format!("Bearer {key}");
            self.headers.push(("authorization".to_owned(), bearer));
        }
        let headers = self.headers.iter();
        let headers: Vec<(&str, &str)> = headers
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        match &self.path {
            Some(path) => app.client().get(path, &headers).await,
            None => app.client().post("/graphql", &headers, self.body).await,
        }
    }
}

/// A key of each role, as examples ask for them.
async fn keys(app: &TestApp) -> Vec<(Role, String)> {
    let mut keys = Vec::new();
    for role in Role::ALL {
        let locales: &[&str] = match role {
            Role::Translator => &["be"],
            _ => &[],
        };
        keys.push((role, app.make_key(role.as_str(), role, locales).await));
    }
    keys
}

/// A setting as the README tells it.
fn row(setting: &Setting) -> Vec<String> {
    let default = match setting.name {
        // It depends on the machine.
        "database.readers" => "2 a core".to_owned(),
        _ => match setting.default_value() {
            none if none.is_empty() => "none".to_owned(),
            value => format!("`{value}`"),
        },
    };
    // What others on the machine may see is no place for a secret.
    let flag = if setting.is_secret() {
        "none".to_owned()
    } else {
        format!("`--{}`", setting.flag())
    };
    vec![
        flag,
        format!("`{}`", setting.variable()),
        format!("`{}`", setting.name),
        default,
        setting.help.to_owned(),
    ]
}

/// Who may do this, as the README tells it.
fn permission(operation: Operation) -> Vec<String> {
    let roles = Role::ALL
        .into_iter()
        .filter(|role| *role >= operation.least());
    let roles: Vec<String> = roles
        .map(|role| match role {
            Role::Translator if operation.in_own_locales() => {
                format!("{role} in the key's locales")
            }
            _ => role.to_string(),
        })
        .collect();
    vec![format!("`{operation}`"), roles.join(", ")]
}

/// Rows as a document has them.
fn table(rows: &[Vec<String>]) -> String {
    rows.iter().fold(String::new(), |mut table, row| {
        writeln!(table, "| {} |", row.join(" | ")).unwrap();
        table
    })
}

/// Whether it means something in the repository: by its ending, or by where
/// it begins.
fn is_path(text: &str) -> bool {
    let first = text.split('/').next().unwrap_or_default();
    let ends = [".rs", ".md", ".toml", ".graphql", ".sh", ".jsonl"];
    let named = ends.iter().any(|end| text.ends_with(end)) || root().join(first).is_dir();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./".contains(letter);
    named && text.contains('/') && !text.starts_with('/') && text.chars().all(plain)
}

/// Whether it is the name of a test: a sentence.
fn is_sentence(text: &str) -> bool {
    let letter = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    text.chars().all(letter) && text.matches('_').count() >= 3
}

fn read_sources(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_sources(&path, sources);
        } else if path.extension().is_some_and(|end| end == "rs") {
            sources.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}
