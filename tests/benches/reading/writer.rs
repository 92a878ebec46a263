//! An editor who corrects words through the API, one after the other.

use std::collections::HashMap;
use std::net::SocketAddr;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::client::{Connection, post_with};
use crate::random::Random;

/// Corrects what was given to it, and knows what all of that is called now.
pub(crate) struct Writer {
    address: SocketAddr,
    connection: Connection,
    authorization: String,
    things: Vec<Thing>,
    random: Random,
    /// What each is called, by its slug.
    words: HashMap<String, String>,
    written: u32,
}

/// What can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Article,
    Topic,
    Author,
}

/// Something that is corrected.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) kind: Kind,
    pub(crate) slug: String,
    id: String,
    version: Value,
    /// What it was called at first.
    called: String,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Topic => "topic",
            Self::Author => "author",
        }
    }

    /// The field that says what it is called.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Article => "title",
            Self::Topic | Self::Author => "name",
        }
    }
}

impl Writer {
    /// Who has this key, and is to correct these.
    ///
    /// # Errors
    /// If one of them is not there.
    pub(crate) async fn of(
        address: SocketAddr,
        key: &str,
        slugs: impl IntoIterator<Item = (Kind, String)>,
    ) -> anyhow::Result<Self> {
        let mut connection = Connection::open(address).await?;
        let mut things = Vec::new();
        for (kind, slug) in slugs {
            things.push(Thing::read(&mut connection, kind, slug).await?);
        }
        let words = things
            .iter()
            .map(|thing| (thing.slug.clone(), thing.called.clone()));
        Ok(Self {
            address,
            connection,
            authorization: format!("authorization: Bearer {key}\r\n"),
            words: words.collect(),
            things,
            random: Random::of("writer"),
            written: 0,
        })
    }

    /// Connect again: a connection that was idle for long may be closed.
    ///
    /// # Errors
    /// If nobody listens.
    pub(crate) async fn connect_anew(&mut self) -> anyhow::Result<()> {
        self.connection = Connection::open(self.address).await?;
        Ok(())
    }

    /// Correct one of the things; gives which. When this is done the server
    /// has acknowledged it.
    ///
    /// # Errors
    /// If the server refuses.
    pub(crate) async fn correct(&mut self) -> anyhow::Result<Thing> {
        // Articles mostly, as editors do.
        let place = loop {
            let place = self.random.below(self.things.len() as u32) as usize;
            if self.things[place].kind == Kind::Article || self.random.below(4) == 0 {
                break place;
            }
        };
        self.written += 1;
        let thing = &self.things[place];
        let words = format!("{} {}", thing.called, self.written);
        let body = thing.correction(&words);
        let request = post_with(&self.authorization, "/graphql", &body);
        let data = self.connection.send(&request).await?.data()?;
        let payload = data.as_object().and_then(|data| data.values().next());
        let payload = payload.context("a mutation has a payload")?;
        ensure!(payload["userErrors"] == json!([]), "{payload}");
        let now = &payload[thing.kind.name()];
        ensure!(now[thing.kind.words()] == json!(words), "{payload}");

        let thing = &mut self.things[place];
        thing.version = now["version"].clone();
        self.words.insert(thing.slug.clone(), words);
        Ok(thing.clone())
    }

    /// What the thing of a slug is called, if it is one of those that are
    /// corrected.
    pub(crate) fn called(&self, slug: &str) -> Option<&str> {
        self.words.get(slug).map(String::as_str)
    }

    /// One of the articles.
    pub(crate) fn article(&mut self) -> Thing {
        let is_article = |thing: &&Thing| thing.kind == Kind::Article;
        let articles: Vec<Thing> = self.things.iter().filter(is_article).cloned().collect();
        self.random.one(&articles).clone()
    }

    pub(crate) const fn written(&self) -> u32 {
        self.written
    }
}

impl Thing {
    async fn read(connection: &mut Connection, kind: Kind, slug: String) -> anyhow::Result<Self> {
        let (name, words) = (kind.name(), kind.words());
        let query = format!(
            "{{ {name}(by: {{slug: {slug:?}}}, locales: [\"en\"]) {{ id version {words} }} }}"
        );
        let mut data = connection
            .ask(&json!({ "query": query }).to_string())
            .await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(Self {
            kind,
            slug,
            id: text(&data[name]["id"]),
            called: text(&data[name][words]),
            version: data[name]["version"].take(),
        })
    }

    fn correction(&self, words: &str) -> String {
        let (name, field) = (self.kind.name(), self.kind.words());
        let kind = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation($input: {kind}TranslationUpdateInput!) {{
                {name}TranslationUpdate(input: $input) {{
                    {name} {{ version {field} }} userErrors {{ code message }} }} }}"
        );
        let input = json!({
            name: self.id, "locale": "en", "expectedVersion": self.version, field: words,
        });
        json!({ "query": query, "variables": { "input": input } }).to_string()
    }
}
