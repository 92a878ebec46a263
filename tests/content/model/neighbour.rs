//! Neighbours of articles and the archive of issues, held to lists that are
//! sorted the plain way.

use std::cmp::Reverse;

use serde_json::{Value as Json, json};
use support::TestApp;

use super::corpus::{Kind, Value, World};

/// Hold the neighbours of every article, in every scope, to the model.
///
/// # Errors
/// If one is not what it should be; says how, and the query.
pub async fn check_neighbours(
    app: &TestApp,
    world: &World,
    reader: &Vec<&'static str>,
) -> Result<(), String> {
    const SCOPES: [&str; 4] = ["ISSUE", "TOPIC", "AUTHOR", "ALL"];
    let steps = SCOPES.map(|scope| {
        format!(
            "next{scope}: next(scope: {scope}) {{ key locale }}
             previous{scope}: previous(scope: {scope}) {{ key locale }}"
        )
    });
    let query = format!(
        "{{ articles(locales: {reader:?}, first: 100) {{ nodes {{ key {} }} }} }}",
        steps.join(" ")
    );
    let answer = world.ask(app, &query).await;
    if !answer.errors.is_empty() {
        return Err(format!("{:?}: {query}", answer.errors));
    }

    let said = |article: Option<&usize>| {
        article.map_or(Json::Null, |article| {
            let locale = world.served(*article, reader);
            json!({"key": world.things[*article].name, "locale": locale})
        })
    };
    for node in answer.at("/articles/nodes").as_array().unwrap() {
        let mut articles = world.existing(Kind::Article, reader).into_iter();
        let article = articles.find(|article| node["key"] == *world.things[*article].name);
        let article = article.ok_or_else(|| format!("{node} does not exist"))?;
        for scope in SCOPES {
            let list = list(world, article, scope, reader);
            let place = list.iter().position(|other| *other == article);
            let (next, previous) = match place {
                Some(place) => (
                    list.get(place + 1),
                    place.checked_sub(1).map(|at| &list[at]),
                ),
                None => (None, None),
            };
            for (step, due) in [("next", next), ("previous", previous)] {
                let found = &node[format!("{step}{scope}")];
                if *found != said(due) {
                    return Err(format!(
                        "{step} of {node} in {scope} should be {}",
                        said(due)
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Hold the archive, with its issues and without, to the model.
///
/// # Errors
/// If it is not what it should be; says how, and the query.
pub async fn check_archive(
    app: &TestApp,
    world: &World,
    reader: &Vec<&'static str>,
) -> Result<(), String> {
    let mut issues = world.existing(Kind::Issue, reader);
    issues.sort_by_key(|issue| Reverse((day(world, *issue), *issue)));
    let mut years: Vec<Json> = Vec::new();
    for issue in issues {
        let day = day(world, issue);
        let (year, month): (i32, i32) = (day[..4].parse().unwrap(), day[5..7].parse().unwrap());
        let of_year = entry(
            &mut years,
            json!({"year": year, "count": 0, "months": []}),
            "year",
        );
        increase(of_year);
        let Json::Array(months) = &mut of_year["months"] else {
            unreachable!("months are a list")
        };
        let of_month = entry(
            months,
            json!({"month": month, "count": 0, "issues": []}),
            "month",
        );
        increase(of_month);
        let slug = json!({"slug": world.things[issue].name, "locale": world.served(issue, reader)});
        of_month["issues"].as_array_mut().unwrap().push(slug);
    }

    for issues in ["issues { slug locale }", ""] {
        let query = format!(
            "{{ archive(locales: {reader:?}) {{ years {{ year count months {{ month count {issues} }} }} }} }}"
        );
        let answer = world.ask(app, &query).await;
        if issues.is_empty() {
            for year in &mut years {
                for month in year["months"].as_array_mut().unwrap() {
                    month.as_object_mut().unwrap().remove("issues");
                }
            }
        }
        if answer.statements != 1 || answer.data["archive"]["years"] != Json::from(years.clone()) {
            return Err(format!("{answer:?} should have {years:?}: {query}"));
        }
    }
    Ok(())
}

/// The articles of a scope in order.
fn list(world: &World, article: usize, scope: &str, reader: &[&'static str]) -> Vec<usize> {
    let link = |link: &str| &world.things[article].links[link];
    let mut articles = match scope {
        "ISSUE" => world.linked(link("issue")[0], "articles", reader),
        "TOPIC" => world.linked(link("topic")[0], "articles", reader),
        "AUTHOR" => match world.linked(article, "authors", reader).first() {
            Some(author) => world.linked(*author, "articles", reader),
            None => Vec::new(),
        },
        _ => world.existing(Kind::Article, reader),
    };
    articles.sort_by_key(|article| {
        let field = if scope == "ISSUE" {
            "position"
        } else {
            "publishedAt"
        };
        let locale = world.served(*article, reader).unwrap();
        (world.field(*article, locale, field), *article)
    });
    articles
}

fn day(world: &World, issue: usize) -> String {
    match &world.things[issue].facts["startsOn"] {
        Value::Text(day) => day.clone(),
        _ => unreachable!("a day is a text"),
    }
}

/// The last of a list, if it has the same key as `new`, else that.
fn entry<'a>(list: &'a mut Vec<Json>, new: Json, key: &str) -> &'a mut Json {
    if list.last().is_none_or(|last| last[key] != new[key]) {
        list.push(new);
    }
    list.last_mut().unwrap()
}

fn increase(counted: &mut Json) {
    counted["count"] = (counted["count"].as_u64().unwrap() + 1).into();
}
