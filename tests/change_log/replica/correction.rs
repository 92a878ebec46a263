//! Corrections of whatever is published at the time.

use masthead::access::Role;
use proptest::prelude::{Strategy, any};
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use support::{TestApp, key};

use super::draft::LOCALES;

/// A change of the corrections of an article in a locale.
#[derive(Clone, Debug)]
pub struct Correcting {
    article: Index,
    locale: &'static str,
    /// Which of its corrections, where one is changed.
    which: Index,
    change: &'static str,
    text: &'static str,
}

pub fn correcting() -> impl Strategy<Value = Correcting> {
    (
        any::<Index>(),
        select(&LOCALES[..]),
        any::<Index>(),
        select(vec!["Create", "Update", "Update", "Delete"]),
        select(vec!["It was ice.", "It was snow."]),
    )
        .prop_map(|(article, locale, which, change, text)| Correcting {
            article,
            locale,
            which,
            change,
            text,
        })
}

impl Correcting {
    /// Do it; whether anything was changed.
    pub async fn make(&self, app: &TestApp) -> bool {
        let Some((change, input)) = self.asked(app).await else {
            return false;
        };
        let name = format!("correction{change}");
        let selection = "userErrors { code }";
        let answer = app
            .mutate_as(&key(Role::Publisher), &name, input, selection)
            .await;
        assert_eq!(answer.at(&format!("/{name}/userErrors")), &json!([]));
        true
    }

    /// What is to be done, and its input; `None` where there is nothing to
    /// correct.
    async fn asked(&self, app: &TestApp) -> Option<(&str, Value)> {
        let Self { locale, text, .. } = self;
        let query = format!(
            "{{ articles(locales: [{locale}], first: 100) {{
                nodes {{ id version corrections {{ id version text }} }} }} }}"
        );
        let answer = app.query(&query).await;
        if answer.code().is_some() {
            // The publication has no such locale.
            return None;
        }
        let articles = answer.at("/articles/nodes").as_array()?;
        let corrections: Vec<&Value> = articles
            .iter()
            .flat_map(|article| article["corrections"].as_array().unwrap())
            .collect();
        if self.change == "Create" || corrections.is_empty() {
            let article = (!articles.is_empty()).then(|| self.article.get(articles))?;
            let input = json!({
                "article": article["id"], "locale": locale, "text": text,
                "expectedVersion": article["version"],
            });
            return Some(("Create", input));
        }
        let correction = self.which.get(&corrections);
        let mut input = json!({
            "id": correction["id"], "expectedVersion": correction["version"],
        });
        if self.change == "Update" {
            if correction["text"] == *text {
                return None;
            }
            input["text"] = (*text).into();
        }
        Some((self.change, input))
    }
}
