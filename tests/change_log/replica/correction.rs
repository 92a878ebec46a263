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
        select(vec!["Create", "Create", "Update", "Delete"]),
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
        let Some(input) = self.input(app).await else {
            return false;
        };
        let name = format!("correction{}", self.change);
        let selection = "userErrors { code }";
        let answer = app
            .mutate_as(&key(Role::Publisher), &name, input, selection)
            .await;
        assert_eq!(answer.at(&format!("/{name}/userErrors")), &json!([]));
        true
    }

    /// `None` where there is nothing to change.
    async fn input(&self, app: &TestApp) -> Option<Value> {
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
        let article = (!articles.is_empty()).then(|| self.article.get(articles))?;
        if self.change == "Create" {
            return Some(json!({
                "article": article["id"], "locale": locale, "text": text,
                "expectedVersion": article["version"],
            }));
        }
        let corrections = article["corrections"].as_array()?;
        let correction = (!corrections.is_empty()).then(|| self.which.get(corrections))?;
        let mut input = json!({
            "id": correction["id"], "expectedVersion": correction["version"],
        });
        if self.change == "Update" {
            input["text"] = (*text).into();
            if correction["text"] == *text {
                return None;
            }
        }
        Some(input)
    }
}
