//! Related articles held to points that are counted the plain way.

use std::cmp::Reverse;

use chrono::DateTime;
use masthead::content::search::key_terms;
use serde_json::Value as Json;
use support::TestApp;

use super::corpus::{Kind, Value, World};

/// Hold the related articles of every article to the model.
///
/// # Errors
/// If they are not what they should be; says how, and the query.
pub async fn check_related(
    app: &TestApp,
    world: &World,
    reader: &Vec<&'static str>,
) -> Result<(), String> {
    let query = format!(
        "{{ articles(locales: {reader:?}, first: 100) {{ nodes {{ key
             related(first: 20) {{ key locale }} few: related(first: 2) {{ key locale }} }} }} }}"
    );
    let answer = world.ask(app, &query).await;
    if !answer.errors.is_empty() {
        return Err(format!("{:?}: {query}", answer.errors));
    }

    for node in answer.at("/articles/nodes").as_array().unwrap() {
        let mut articles = world.existing(Kind::Article, reader).into_iter();
        let article = articles.find(|article| node["key"] == *world.things[*article].name);
        let article = article.ok_or_else(|| format!("{node} does not exist"))?;
        let due = due(world, article, reader);
        for (field, most) in [("related", 20), ("few", 2)] {
            let due: Vec<Json> = due.iter().take(most).cloned().collect();
            if node[field] != Json::from(due.clone()) {
                return Err(format!("{field} of {node} should be {due:?}: {query}"));
            }
        }
    }
    Ok(())
}

fn due(world: &World, article: usize, reader: &[&'static str]) -> Vec<Json> {
    let mut related: Vec<(u64, u64, usize)> = world
        .existing(Kind::Article, reader)
        .into_iter()
        .filter(|other| *other != article)
        .map(|other| {
            let distance = seconds(world, article, reader).abs_diff(seconds(world, other, reader));
            (points(world, article, other, reader), distance, other)
        })
        .filter(|(points, ..)| *points > 0)
        .collect();
    related.sort_by_key(|(points, distance, other)| (Reverse(*points), *distance, *other));
    let each = related.into_iter().map(|(_, _, other)| {
        let (key, locale) = (&world.things[other].name, world.served(other, reader));
        serde_json::json!({"key": key, "locale": locale})
    });
    each.collect()
}

fn points(world: &World, one: usize, other: usize, reader: &[&'static str]) -> u64 {
    let links = |thing: usize, link: &str| world.things[thing].links[link].clone();
    let authors = shared(&links(one, "authors"), &links(other, "authors"));
    let locale = world.served(one, reader).unwrap();
    let terms = shared(&terms(world, one, locale), &terms(world, other, locale));
    let topic = if links(one, "topic") == links(other, "topic") {
        4
    } else {
        0
    };
    topic + 2 * authors.min(2) + terms.min(8)
}

fn shared<T: PartialEq>(one: &[T], other: &[T]) -> u64 {
    let shared = one.iter().filter(|value| other.contains(value));
    shared.count().try_into().unwrap()
}

/// The key terms of an article's words in a locale, if it is published there.
fn terms(world: &World, article: usize, locale: &str) -> Vec<String> {
    let words = world.things[article].words.get(locale);
    match words.and_then(|words| words.get("title")) {
        Some(Value::Text(title)) => key_terms(locale, title, "", ""),
        _ => Vec::new(),
    }
}

fn seconds(world: &World, article: usize, reader: &[&'static str]) -> i64 {
    let locale = world.served(article, reader).unwrap();
    match world.field(article, locale, "publishedAt") {
        Value::Text(time) => DateTime::parse_from_rfc3339(&time).unwrap().timestamp(),
        _ => unreachable!("what exists was published"),
    }
}
