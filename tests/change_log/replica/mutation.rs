//! Writes by mutations, of whatever there is at the time.

use masthead::access::Role;
use masthead::graphql::id::encode;
use proptest::prelude::{Strategy, any};
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use support::{TestApp, key};

use super::draft::LOCALES;

/// A change of anything that mutations change.
#[derive(Clone, Debug)]
pub struct Mutation {
    kind: &'static str,
    /// Which of those that there are.
    which: Index,
    locale: &'static str,
    text: &'static str,
    change: Change,
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Create,
    Facts,
    MoveToIssue,
    MoveToTopic,
    Byline,
    Rename,
    AddWords,
    Reword,
    RemoveWords,
    Publish,
    Unpublish,
    Reorder,
    Delete,
}

pub fn mutation() -> impl Strategy<Value = Mutation> {
    let changes = vec![
        Change::Create,
        Change::Facts,
        Change::MoveToIssue,
        Change::MoveToTopic,
        Change::Byline,
        Change::Rename,
        Change::AddWords,
        Change::Reword,
        Change::RemoveWords,
        Change::Publish,
        Change::Unpublish,
        Change::Reorder,
        Change::Delete,
    ];
    (
        select(vec![
            "topic",
            "author",
            "issue",
            "issue",
            "article",
            "article",
            "article",
            "publication",
        ]),
        any::<Index>(),
        select(&LOCALES[..]),
        select(vec!["Ice", "Wells", "Snow"]),
        select(changes),
    )
        .prop_map(|(kind, which, locale, text, change)| Mutation {
            kind,
            which,
            locale,
            text,
            change,
        })
}

impl Mutation {
    /// Do it; whether it was done.
    pub async fn make(&self, app: &TestApp) -> bool {
        let all = self.all(app).await;
        let Some((change, rest)) = self.asked(&all) else {
            return false;
        };
        let name = format!("{}{change}", self.kind);
        let selection = "userErrors { code }";
        let answer = app
            .mutate_as(&key(Role::Admin), &name, rest, selection)
            .await;
        answer.at(&format!("/{name}/userErrors")) == &json!([])
    }

    /// All of the kind, whatever their state.
    async fn all(&self, app: &TestApp) -> Vec<Value> {
        if self.kind == "publication" {
            let answer = app.query("{ publication { version } }").await;
            return vec![answer.at("/publication").clone()];
        }
        let known = app.query("{ publication { locales { tag } } }").await;
        let known = json!(known.texts("/publication/locales", "tag")).to_string();
        let states = "states: [DRAFT, IN_REVIEW, PUBLISHED]";
        let (states, articles) = match self.kind {
            "article" => (states, ""),
            "issue" => (states, "articles(first: 100) { nodes { id } }"),
            _ => ("", ""),
        };
        let query = format!(
            "{{
                {}s(first: 100, locales: {known}, {states}) {{
                    nodes {{ id factsVersion translations {{ locale version }} {articles} }}
                }}
            }}",
            self.kind
        );
        let answer = app.query_as(&key(Role::Admin), &query).await;
        let nodes = answer.at(&format!("/{}s/nodes", self.kind));
        nodes.as_array().unwrap().clone()
    }

    /// The rest of the mutation's name, and its input; `None` where there is
    /// nothing to change.
    fn asked(&self, all: &[Value]) -> Option<(&'static str, Value)> {
        let Self {
            kind,
            locale,
            text,
            change,
            ..
        } = *self;
        let heading = if matches!(kind, "topic" | "author") {
            "name"
        } else {
            "title"
        };
        if matches!(change, Change::Create) {
            let input = json!({"translations": [{"locale": locale, heading: text}]});
            return matches!(kind, "topic" | "author").then_some(("Create", input));
        }
        let thing = (!all.is_empty()).then(|| self.which.get(all))?;
        if kind == "publication" {
            let url = format!("https://{}.example", text.to_lowercase());
            let input = json!({"expectedVersion": thing["version"], "url": url});
            return Some(("Update", input));
        }
        let id = &thing["id"];
        let facts = |id_field: &str, more: Value| {
            merged(
                json!({id_field: id, "expectedVersion": thing["factsVersion"]}),
                &more,
            )
        };
        let all_words = thing["translations"].as_array().unwrap();
        let in_locale = all_words.iter().find(|words| words["locale"] == locale);
        let words = |more: Value| {
            let version = &in_locale?["version"];
            let words = json!({kind: id, "locale": locale, "expectedVersion": version});
            Some(merged(words, &more))
        };
        let slug = json!({"slug": text.to_lowercase()});
        // One of the first few, which may be there.
        let one = |kind: &str, of: usize| {
            let number = i64::try_from(self.which.index(of)).unwrap() + 1;
            encode(kind, number).to_string()
        };
        Some(match (change, kind) {
            (Change::Facts, "article") => ("Update", facts("id", json!({"trend": "IMPROVED"}))),
            (Change::MoveToIssue, "article") => {
                ("Update", facts("id", json!({"issue": one("Issue", 2)})))
            }
            (Change::MoveToTopic, "article") => {
                ("Update", facts("id", json!({"topic": one("Topic", 3)})))
            }
            (Change::Byline, "article") => (
                "Update",
                facts("id", json!({"authors": [one("Author", 3)]})),
            ),
            (Change::Facts, "topic") => ("Update", facts("id", json!({"position": 7}))),
            (Change::Facts, "issue") => ("Update", facts("id", json!({"endsOn": "2021-02-15"}))),
            (Change::Rename, "article") => ("TranslationUpdate", words(slug)?),
            (Change::Rename, _) => ("Update", facts("id", slug)),
            (Change::AddWords, _) => (
                "TranslationCreate",
                json!({kind: id, "locale": locale, heading: text}),
            ),
            (Change::Reword, _) => ("TranslationUpdate", words(json!({heading: text}))?),
            // What articles refer to goes on being named in some locale.
            (Change::RemoveWords, _) if all_words.len() > 1 => {
                ("TranslationDelete", words(json!({}))?)
            }
            (Change::Publish, "article") => ("TranslationPublish", words(json!({}))?),
            (Change::Unpublish, "article") => ("TranslationUnpublish", words(json!({}))?),
            (Change::Publish, "issue") => ("Publish", facts("issue", json!({}))),
            (Change::Unpublish, "issue") => ("Unpublish", facts("issue", json!({}))),
            (Change::Reorder, "issue") => {
                let articles = thing["articles"]["nodes"].as_array().unwrap();
                let backwards: Vec<&Value> = articles
                    .iter()
                    .rev()
                    .map(|article| &article["id"])
                    .collect();
                (
                    "ArticlesReorder",
                    facts("issue", json!({"articles": backwards})),
                )
            }
            (Change::Delete, _) => ("Delete", facts("id", json!({}))),
            _ => return None,
        })
    }
}

/// `input` with `more` fields.
fn merged(mut input: Value, more: &Value) -> Value {
    for (field, value) in more.as_object().unwrap() {
        input[field] = value.clone();
    }
    input
}
