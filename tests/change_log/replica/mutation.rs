//! Writes by mutations, of whatever there is at the time.

use masthead::access::Role;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use support::{TestApp, key};

use super::draft::LOCALES;

/// A change of a topic or an author.
#[derive(Clone, Debug)]
pub struct Mutation {
    kind: &'static str,
    /// Which of those that there are.
    which: Index,
    locale: &'static str,
    text: &'static str,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Create,
    Rename,
    AddWords,
    Reword,
    RemoveWords,
    Delete,
}

pub fn mutation() -> impl Strategy<Value = Mutation> {
    let change = prop_oneof![
        Just(Change::Create),
        Just(Change::Rename),
        Just(Change::AddWords),
        Just(Change::Reword),
        Just(Change::RemoveWords),
        Just(Change::Delete),
    ];
    (
        select(vec!["topic", "author"]),
        any::<Index>(),
        select(&LOCALES[..]),
        select(vec!["Ice", "Wells", "Snow"]),
        change,
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
        let Some((name, input)) = self.asked(&all) else {
            return false;
        };
        let publisher = key(Role::Admin);
        let selection = "userErrors { code }";
        let answer = app.mutate_as(&publisher, &name, input, selection).await;
        answer.at(&format!("/{name}/userErrors")) == &json!([])
    }

    /// All of the kind.
    async fn all(&self, app: &TestApp) -> Vec<Value> {
        let query = format!(
            "query($all: [Locale!]) {{
                {}s(first: 100, locales: $all) {{
                    nodes {{ id factsVersion translations {{ locale version }} }}
                }}
            }}",
            self.kind
        );
        let known = app.query("{ publication { locales { tag } } }").await;
        let known = known.texts("/publication/locales", "tag");
        let answer = app.query_with(&query, json!({"all": known})).await;
        let nodes = answer.at(&format!("/{}s/nodes", self.kind));
        nodes.as_array().unwrap().clone()
    }

    /// The mutation and its input; `None` where there is nothing to change.
    fn asked(&self, all: &[Value]) -> Option<(String, Value)> {
        let Self {
            kind, locale, text, ..
        } = self;
        if matches!(self.change, Change::Create) {
            let input = json!({"translations": [{"locale": locale, "name": text}]});
            return Some((format!("{kind}Create"), input));
        }
        let thing = (!all.is_empty()).then(|| self.which.get(all))?;
        let (id, version) = (&thing["id"], &thing["factsVersion"]);
        let words = thing["translations"].as_array().unwrap();
        let in_locale = words.iter().find(|words| words["locale"] == *locale);
        Some(match self.change {
            Change::Create => return None,
            Change::Rename => {
                let slug = text.to_lowercase();
                let input = json!({"id": id, "expectedVersion": version, "slug": slug});
                (format!("{kind}Update"), input)
            }
            Change::Delete => {
                let input = json!({"id": id, "expectedVersion": version});
                (format!("{kind}Delete"), input)
            }
            Change::AddWords => {
                let input = json!({*kind: id, "locale": locale, "name": text});
                (format!("{kind}TranslationCreate"), input)
            }
            Change::Reword => {
                let version = &in_locale?["version"];
                let input =
                    json!({*kind: id, "locale": locale, "expectedVersion": version, "name": text});
                (format!("{kind}TranslationUpdate"), input)
            }
            // What articles refer to goes on being named in some locale.
            Change::RemoveWords if words.len() < 2 => return None,
            Change::RemoveWords => {
                let version = &in_locale?["version"];
                let input = json!({*kind: id, "locale": locale, "expectedVersion": version});
                (format!("{kind}TranslationDelete"), input)
            }
        })
    }
}
