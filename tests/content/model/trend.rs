//! Trends held to what the articles of each issue say.

use proptest::option;
use proptest::prelude::Strategy;
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value as Json, json};
use support::TestApp;

use super::corpus::{DAYS, Kind, Value, World};
use super::list::reader;

/// Who asks, and for which days.
#[derive(Clone, Debug)]
pub struct Asked {
    reader: Vec<&'static str>,
    from: Option<&'static str>,
    to: Option<&'static str>,
}

/// An issue, and the article that speaks for a topic in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    issue: usize,
    article: usize,
}

/// A reader and days in order.
pub fn asked() -> BoxedStrategy<Asked> {
    let days = (option::of(select(&DAYS)), option::of(select(&DAYS)));
    let asked = (reader(), days).prop_map(|(reader, (from, to))| match (from, to) {
        (Some(from), Some(to)) if from > to => Asked {
            reader,
            from: Some(to),
            to: Some(from),
        },
        (from, to) => Asked { reader, from, to },
    });
    asked.boxed()
}

/// Hold all trends of a publication to the model.
///
/// # Errors
/// If one is not what it should be; says how, and the query.
pub async fn check_trends(app: &TestApp, world: &World, asked: &Asked) -> Result<(), String> {
    let Asked { reader, from, to } = asked;
    let day = |name, day: &Option<_>| {
        day.map_or(format!("{name}: null"), |day| format!("{name}: \"{day}\""))
    };
    let (from, to) = (day("from", from), day("to", to));
    let point = "issue { slug } article { key locale } trend";
    let query = format!(
        "{{ topics(locales: {reader:?}, first: 4, orderBy: [{{field: SLUG}}]) {{ nodes {{
             slug trend trendStreak trendSeries({from}, {to}) {{ {point} }} }} }}
           issues(locales: {reader:?}, first: 6, orderBy: [{{field: NUMBER}}]) {{ nodes {{
             slug trends {{ topic {{ slug }} article {{ key locale }} trend previous {{ {point} }} }} }} }} }}"
    );
    let answer = world.ask(app, &query).await;
    if !answer.errors.is_empty() {
        return Err(format!("{:?}: {query}", answer.errors));
    }

    let topics = world.existing(Kind::Topic, reader).into_iter();
    let topics: Vec<Json> = topics
        .map(|topic| due_of_topic(world, topic, asked))
        .collect();
    if answer.data["topics"]["nodes"] != Json::from(topics.clone()) {
        return Err(format!(
            "{} should be {topics:?}: {query}",
            answer.data["topics"]
        ));
    }
    let issues = world.existing(Kind::Issue, reader).into_iter();
    let issues: Vec<Json> = issues
        .map(|issue| due_of_issue(world, issue, reader))
        .collect();
    if answer.data["issues"]["nodes"] != Json::from(issues.clone()) {
        return Err(format!(
            "{} should be {issues:?}: {query}",
            answer.data["issues"]
        ));
    }
    Ok(())
}

fn due_of_topic(world: &World, topic: usize, asked: &Asked) -> Json {
    let reader = &asked.reader;
    let all = points(world, topic, reader);
    let trend_of = |point: &Point| trend(world, point.article);
    let newest = all.last().map_or(Json::Null, trend_of);
    let streak = match newest {
        Json::Null => 0,
        _ => all
            .iter()
            .rev()
            .take_while(|point| trend_of(point) == newest)
            .count(),
    };
    let within = all.iter().filter(|point| {
        let Value::Text(day) = &world.things[point.issue].facts["startsOn"] else {
            return false;
        };
        asked.from.is_none_or(|from| &**day >= from) && asked.to.is_none_or(|to| &**day <= to)
    });
    let series: Vec<Json> = within
        .map(|point| due_of_point(world, *point, reader))
        .collect();
    json!({"slug": world.things[topic].name, "trend": newest, "trendStreak": streak, "trendSeries": series})
}

fn due_of_issue(world: &World, issue: usize, reader: &[&'static str]) -> Json {
    let issues = in_time(world, reader);
    let place = issues.iter().position(|other| *other == issue).unwrap();
    let before = place.checked_sub(1).map(|place| issues[place]);
    let mut topics = world.existing(Kind::Topic, reader);
    topics.sort_by_key(|topic| (world.things[*topic].facts["position"].clone(), *topic));
    let trends = topics.into_iter().filter_map(|topic| {
        let point = point(world, topic, issue, reader)?;
        let previous = before.and_then(|before| self::point(world, topic, before, reader));
        let mut due = due_of_point(world, point, reader);
        due["topic"] = json!({"slug": world.things[topic].name});
        due["previous"] = previous.map_or(Json::Null, |point| due_of_point(world, point, reader));
        due.as_object_mut().unwrap().remove("issue");
        Some(due)
    });
    let trends: Vec<Json> = trends.collect();
    json!({"slug": world.things[issue].name, "trends": trends})
}

fn due_of_point(world: &World, point: Point, reader: &[&'static str]) -> Json {
    json!({
        "issue": {"slug": world.things[point.issue].name},
        "article": {
            "key": world.things[point.article].name,
            "locale": world.served(point.article, reader),
        },
        "trend": trend(world, point.article),
    })
}

/// What a topic's issues say, oldest first.
fn points(world: &World, topic: usize, reader: &[&'static str]) -> Vec<Point> {
    let issues = in_time(world, reader).into_iter();
    issues
        .filter_map(|issue| point(world, topic, issue, reader))
        .collect()
}

/// The article that speaks for a topic in an issue: of those that make an
/// assessment, else of all, the first by position.
fn point(world: &World, topic: usize, issue: usize, reader: &[&'static str]) -> Option<Point> {
    let articles = world.linked(issue, "articles", reader).into_iter();
    let on_topic = articles.filter(|article| world.things[*article].links["topic"] == [topic]);
    let article = on_topic.min_by_key(|article| {
        let position = world.things[*article].facts["position"].clone();
        (trend(world, *article).is_null(), position)
    });
    article.map(|article| Point { issue, article })
}

/// The issues that exist for a reader, as they follow each other.
fn in_time(world: &World, reader: &[&'static str]) -> Vec<usize> {
    let mut issues = world.existing(Kind::Issue, reader);
    issues.sort_by_key(|issue| (world.things[*issue].facts["startsOn"].clone(), *issue));
    issues
}

fn trend(world: &World, article: usize) -> Json {
    match world.things[article].facts.get("trend") {
        Some(Value::Text(trend)) => trend.as_str().into(),
        _ => Json::Null,
    }
}
