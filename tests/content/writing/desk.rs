//! Someone who works through the API: a key, or none, and what it is used for.

use serde_json::{Value, json};
use support::{Client, Reply};

/// What every step asks of the words that it was taken with.
const STEP: &str = "article { id slug state version } userErrors { code field message }";

/// A caller over HTTP.
#[derive(Clone, Debug)]
pub struct Desk {
    client: Client,
    headers: Vec<(&'static str, String)>,
}

impl Desk {
    /// A caller without a key.
    pub fn reader(client: &Client) -> Self {
        let json = ["content-type", "accept"].map(|name| (name, "application/json".to_owned()));
        Self {
            client: client.clone(),
            headers: json.to_vec(),
        }
    }

    /// The holder of a key.
    pub fn with_key(client: &Client, key: &str) -> Self {
        let mut desk = Self::reader(client);
        desk.headers
            .push(("authorization", format!("Bearer {key}")));
        desk
    }

    /// A caller without a key to whom somebody gave a preview token.
    pub fn with_preview(client: &Client, token: &str) -> Self {
        let mut desk = Self::reader(client);
        desk.headers.push(("masthead-preview", token.to_owned()));
        desk
    }

    /// Ask, whatever comes of it.
    pub async fn send(&self, query: &str, variables: Value) -> Reply {
        let headers = self.headers.iter();
        let headers: Vec<(&str, &str)> = headers
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let body = json!({"query": query, "variables": variables}).to_string();
        self.client.post("/graphql", &headers, body).await
    }

    /// Ask, and be answered without an error: the data.
    pub async fn ask(&self, query: &str) -> Value {
        let reply = self.send(query, json!({})).await;
        data(&reply)
    }

    /// Ask for a change, whatever comes of it.
    pub async fn send_change(&self, name: &str, input: Value, selection: &str) -> Reply {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query =
            format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ {selection} }} }}");
        self.send(&query, json!({"input": input})).await
    }

    /// Ask for a change: its payload, whether it was done or refused.
    pub async fn try_change(&self, name: &str, input: Value, selection: &str) -> Value {
        let reply = self.send_change(name, input, selection).await;
        data(&reply)[name].clone()
    }

    /// Ask for a change that is done: its payload.
    pub async fn change(&self, name: &str, input: Value, selection: &str) -> Value {
        let selection = format!("{selection} userErrors {{ code field message }}");
        let payload = self.try_change(name, input.clone(), &selection).await;
        assert_eq!(payload["userErrors"], json!([]), "{name} {input}");
        payload
    }

    /// Make a topic, an author, an issue, an article; its id.
    pub async fn make(&self, thing: &str, input: Value) -> String {
        let selection = format!("{thing} {{ id }}");
        let payload = self
            .change(&format!("{thing}Create"), input, &selection)
            .await;
        payload[thing]["id"].as_str().unwrap().to_owned()
    }

    /// Read a field of an article's words in a locale, whatever their state.
    pub async fn read(&self, article: &str, locale: &str, field: &str) -> Value {
        let states = "states: [DRAFT, IN_REVIEW, PUBLISHED]";
        let lookup = format!("by: {{id: \"{article}\"}}, locales: [{locale}], {states}");
        let data = self
            .ask(&format!("{{ article({lookup}) {{ {field} }} }}"))
            .await;
        data["article"][field].clone()
    }

    /// Take a step with an article's words, at the version that they have, and
    /// with what else is to be said: `Submit`, `Approve`, `Update` and the like.
    pub async fn step(&self, step: &str, article: &str, locale: &str, more: Value) -> Value {
        let payload = self.try_step(step, article, locale, more).await;
        assert_eq!(payload["userErrors"], json!([]), "{step} {locale}");
        payload["article"].clone()
    }

    /// The same, done or refused: the payload.
    pub async fn try_step(&self, step: &str, article: &str, locale: &str, more: Value) -> Value {
        let version = self.read(article, locale, "version").await;
        let mut input = json!({"article": article, "locale": locale, "expectedVersion": version});
        let Value::Object(more) = more else {
            panic!("it has no fields: {more}");
        };
        input.as_object_mut().unwrap().extend(more);
        self.try_change(&format!("articleTranslation{step}"), input, STEP)
            .await
    }
}

/// The data of an answer that has no errors.
#[track_caller]
fn data(reply: &Reply) -> Value {
    let mut answer = reply.json();
    assert_eq!(answer.get("errors"), None, "{answer:#}");
    answer["data"].take()
}
