//! Facets held to the counts of the lists that they are of.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use support::TestApp;

use super::corpus::{TRENDS, Value, World};
use super::list::{List, collated};

/// A facet: its field, what tells its values apart, and the field of the
/// filter that it ignores.
const FACETS: [(&str, &str, &str); 5] = [
    ("topics", "topic { slug }", "topic"),
    ("authors", "author { slug }", "authors"),
    ("trends", "trend", "trend"),
    ("years", "year", "year"),
    ("locales", "locale", "locale"),
];

/// Hold the facets of `list` to the lists without the facet's own filter.
///
/// # Errors
/// If a facet is not what it should be; says how, and the query.
pub async fn check_facets(app: &TestApp, world: &World, list: &List) -> Result<(), String> {
    let first = list.sizes[0];
    let fields = FACETS.map(|(field, value, _)| {
        let few = match field {
            "topics" | "authors" | "years" => {
                format!("few_{field}: {field}(first: {first}) {{ count }}")
            }
            _ => String::new(),
        };
        format!("{field} {{ {value} count }} {few}")
    });
    let selected = format!("facets {{ {} }}", fields.join(" "));
    let query = list.query_for("articles", ", first: 1", &selected);
    let answer = world.ask(app, &query).await;
    if !answer.errors.is_empty() {
        return Err(format!("{:?}: {query}", answer.errors));
    }
    let connection = match list.below {
        None => &answer.data["list"],
        Some(_) => &answer.data["parent"]["list"],
    };

    for (field, _, own) in FACETS {
        let facets = &connection["facets"];
        let due = Json::from(counts(
            world,
            list,
            field,
            &list.without(own).expected(world),
        ));
        if facets[field] != due {
            return Err(format!(
                "{field}: {} should be {due}: {query}",
                facets[field]
            ));
        }
        if let Some(few) = facets.get(format!("few_{field}")) {
            let due: Vec<Json> = each(&due)
                .take(first)
                .map(|facet| json!({"count": facet["count"]}))
                .collect();
            if *few != Json::from(due) {
                return Err(format!("the first {first} of {field} are {few}: {query}"));
            }
        }
    }
    Ok(())
}

/// What a facet of these articles should say.
fn counts(world: &World, list: &List, field: &str, articles: &[usize]) -> Vec<Json> {
    // By what comes first among those that count as much; then the value.
    let mut counts: BTreeMap<(Value, i64), (Json, u64)> = BTreeMap::new();
    for article in articles {
        for (place, value) in values(world, list, field, *article) {
            counts.entry(place).or_insert((value, 0)).1 += 1;
        }
    }
    let mut counts: Vec<(Json, u64)> = counts.into_values().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let facets = counts.into_iter().map(|(mut facet, count)| {
        facet["count"] = count.into();
        facet
    });
    facets.collect()
}

/// The values of an article, each with its place.
fn values(world: &World, list: &List, field: &str, article: usize) -> Vec<((Value, i64), Json)> {
    let number = |number: usize| (Value::Absent, i64::try_from(number).unwrap());
    let served = world.served(article, &list.reader).unwrap();
    match field {
        "trends" => {
            let trend = match world.field(article, served, "trend") {
                Value::Text(trend) => Some(trend),
                _ => None,
            };
            let place = trend
                .as_deref()
                .and_then(|trend| TRENDS.iter().position(|known| *known == trend));
            vec![(
                number(place.unwrap_or(TRENDS.len())),
                json!({"trend": trend}),
            )]
        }
        "years" => {
            let year = world.year(article);
            vec![((Value::Absent, -year), json!({"year": year}))]
        }
        "locales" => {
            let place = list.reader.iter().position(|tag| *tag == served);
            vec![(number(place.unwrap()), json!({"locale": served}))]
        }
        things => {
            let (link, key) = match things {
                "topics" => ("topic", "position"),
                _ => ("authors", "name"),
            };
            let linked = world.linked(article, link, &list.reader).into_iter();
            let each = linked.map(|thing| {
                let locale = world.served(thing, &list.reader).unwrap();
                let place = collated(key, locale, world.field(thing, locale, key));
                let slug = &world.things[thing].name;
                let value = match link {
                    "topic" => json!({"topic": {"slug": slug}}),
                    _ => json!({"author": {"slug": slug}}),
                };
                ((place, i64::try_from(thing).unwrap()), value)
            });
            each.collect()
        }
    }
}

fn each(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}
