//! Those who make the week, and what they make first.

use masthead::access::Role;
use serde_json::{Value, json};
use support::{Client, TestApp};

use super::stories::{AUTHORS, LOCALES, STORIES, TOPICS, names};
use crate::content::writing::desk::Desk;

/// A desk for each key, and a reader without one.
pub struct Team {
    pub client: Client,
    pub admin: Desk,
    pub editor: Desk,
    pub publisher: Desk,
    /// The translator into Belarusian.
    pub be: Desk,
    /// The translator into Russian.
    pub ru: Desk,
    pub reader: Desk,
}

/// What the week is made of, by ids.
pub struct Week {
    pub issue: String,
    /// In the order of [`STORIES`].
    pub articles: Vec<String>,
}

impl Team {
    /// An admin, whose key alone was not made by the API, makes the publication
    /// and a key for each of the others.
    pub async fn open(app: &TestApp) -> Self {
        let client = app.client();
        let key = app.make_key("chief", Role::Admin, &[]).await;
        let admin = Desk::with_key(&client, &key);
        let publication = json!({
            "locales": [
                {"tag": "en", "name": "Week on the Talva"},
                {"tag": "be", "name": "Тыдзень на Талве"},
                {"tag": "ru", "name": "Неделя на Талве"},
            ],
            "defaultLocale": "en", "timeZone": "Europe/Minsk", "url": "https://example.org",
        });
        let selection = "publication { version }";
        admin
            .change("publicationCreate", publication, selection)
            .await;
        let hire = async |name: &str, role: &str, locales: Value| {
            let input = json!({"name": name, "role": role, "locales": locales});
            let made = admin.change("apiKeyCreate", input, "secret").await;
            Desk::with_key(&client, made["secret"].as_str().unwrap())
        };
        Self {
            editor: hire("editor", "EDITOR", json!([])).await,
            publisher: hire("publisher", "PUBLISHER", json!([])).await,
            be: hire("be", "TRANSLATOR", json!(["be"])).await,
            ru: hire("ru", "TRANSLATOR", json!(["ru"])).await,
            reader: Desk::reader(&client),
            admin,
            client,
        }
    }

    /// Who writes in a locale.
    pub fn desk(&self, locale: &str) -> &Desk {
        match locale {
            "be" => &self.be,
            "ru" => &self.ru,
            _ => &self.editor,
        }
    }

    /// All that the audit log tells an admin, newest first.
    pub async fn deeds(&self) -> Vec<Value> {
        let mut deeds = Vec::new();
        let mut after = json!(null);
        loop {
            let query = "query($after: String) { auditLog(first: 100, after: $after) {
                nodes { actor operation note } pageInfo { hasNextPage endCursor } } }";
            let reply = self.admin.send(query, json!({"after": after})).await;
            let page = reply.json()["data"]["auditLog"].take();
            deeds.extend(page["nodes"].as_array().unwrap().iter().cloned());
            if page["pageInfo"]["hasNextPage"] == false {
                return deeds;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }

    /// Each desk translates what was written in another locale.
    pub async fn translate(&self, week: &Week) {
        for (article, story) in week.articles.iter().zip(&STORIES) {
            for locale in LOCALES
                .into_iter()
                .filter(|&locale| locale != story.original)
            {
                let mut input = story.words(locale);
                input["article"] = json!(article);
                let name = "articleTranslationCreate";
                let selection = "article { locale state }";
                let made = self.desk(locale).change(name, input, selection).await;
                assert_eq!(made["article"], json!({"locale": locale, "state": "DRAFT"}));
            }
        }
    }
}

impl Week {
    /// The editor makes the topics, the authors, the issue, and each article
    /// with its original words.
    pub async fn lay_out(team: &Team) -> Self {
        let editor = &team.editor;
        let (mut topics, mut authors, mut articles) = (Vec::new(), Vec::new(), Vec::new());
        for topic in TOPICS {
            let input = json!({"translations": names(topic)});
            topics.push(editor.make("topic", input).await);
        }
        for author in AUTHORS {
            let input = json!({"translations": names(author)});
            authors.push(editor.make("author", input).await);
        }
        let titles = LOCALES.map(|locale| json!({"locale": locale}));
        let days =
            json!({"startsOn": "2021-03-01", "endsOn": "2021-03-07", "translations": titles});
        let issue = editor.make("issue", days).await;
        for story in &STORIES {
            let byline: Vec<&String> = story.authors.iter().map(|&place| &authors[place]).collect();
            let input = json!({
                "issue": issue, "topic": topics[story.topic], "authors": byline,
                "trend": story.trend, "originalLocale": story.original,
                "translations": [story.words(story.original)],
            });
            articles.push(editor.make("article", input).await);
        }
        Self { issue, articles }
    }

    /// How many articles are in a state, in each of the [`LOCALES`]: a field of
    /// the issue's completeness.
    pub async fn count(&self, team: &Team, field: &str) -> [i64; 3] {
        let issue = self
            .read(team, &format!("completeness {{ {field} }}"))
            .await;
        let counts = LOCALES.iter().enumerate();
        let count = |place: usize| issue["completeness"][place][field].as_i64();
        let counts = counts.map(|(place, _)| count(place).unwrap());
        counts.collect::<Vec<i64>>().try_into().unwrap()
    }

    /// The version of the issue's facts.
    pub async fn facts_version(&self, team: &Team) -> Value {
        self.read(team, "factsVersion").await["factsVersion"].clone()
    }

    async fn read(&self, team: &Team, fields: &str) -> Value {
        let lookup = format!("by: {{id: \"{}\"}}, states: [DRAFT, PUBLISHED]", self.issue);
        let data = team
            .editor
            .ask(&format!("{{ issue({lookup}) {{ {fields} }} }}"))
            .await;
        data["issue"].clone()
    }
}
