//! Walks through a list, page by page, held to what it should hold.

use serde_json::Value as Json;
use support::TestApp;

use super::corpus::World;
use super::list::List;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Forward,
    Backward,
}

/// One page, after what is said of the list on it was found right.
#[derive(Debug)]
pub struct Page {
    pub items: Vec<Item>,
    pub cursors: Vec<String>,
    pub more: bool,
}

/// What an answer says of a thing.
pub type Item = (String, String);

/// Walk through `list` to its end.
///
/// # Errors
/// If a page is not what it should be; says how, and the query.
pub async fn walk(
    app: &TestApp,
    world: &World,
    list: &List,
    expected: &[usize],
    way: Way,
) -> Result<(), String> {
    let mut sizes = list.sizes.iter().copied().cycle();
    let mut cursor = None;
    let mut passed = 0;
    loop {
        let size = sizes.next().unwrap();
        let (query, page) = read(
            app,
            world,
            list,
            way,
            size,
            cursor.as_deref(),
            expected.len(),
        )
        .await?;

        let range = expected.len().saturating_sub(passed).min(size);
        let due = match way {
            Way::Forward => &expected[passed..passed + range],
            Way::Backward => {
                let end = expected.len() - passed;
                &expected[end - range..end]
            }
        };
        let due: Vec<Item> = due.iter().map(|thing| item(world, list, *thing)).collect();
        passed += range;
        let more = passed < expected.len();
        if page.items != due || page.more != more {
            return Err(format!(
                "this page holds {:?}, more: {}; it should hold {due:?}, more: {more}: {query}",
                page.items, page.more
            ));
        }
        if !more {
            return Ok(());
        }
        cursor = match way {
            Way::Forward => page.cursors.last().cloned(),
            Way::Backward => page.cursors.first().cloned(),
        };
    }
}

/// Ask for one page, and check all of it but which things it holds.
///
/// # Errors
/// If the answer contradicts itself or `total`.
pub async fn read(
    app: &TestApp,
    world: &World,
    list: &List,
    way: Way,
    size: usize,
    cursor: Option<&str>,
    total: usize,
) -> Result<(String, Page), String> {
    let (count, from) = match way {
        Way::Forward => ("first", "after"),
        Way::Backward => ("last", "before"),
    };
    let from = cursor.map(|cursor| format!(", {from}: \"{cursor}\""));
    let query = list.query(&format!(", {count}: {size}{}", from.unwrap_or_default()));
    let answer = world.ask(app, &query).await;
    if !answer.errors.is_empty() {
        return Err(format!("{:?}: {query}", answer.errors));
    }
    let connection = match list.below {
        None => &answer.data["list"],
        Some(_) => &answer.data["parent"]["list"],
    };
    let wrong = |what: &str| Err(format!("{what}: {query}: {connection}"));

    let nodes: Vec<&Json> = each(&connection["nodes"]).collect();
    let edges: Vec<&Json> = each(&connection["edges"])
        .map(|edge| &edge["node"])
        .collect();
    if nodes != edges {
        return wrong("nodes and edges differ");
    }
    let fallback = |node: &&&Json| node["isFallback"] == (node["locale"] != list.reader[0]);
    if nodes
        .iter()
        .any(|node| node.get("isFallback").is_some() && !fallback(&node))
    {
        return wrong("isFallback is wrong");
    }
    let cursors: Vec<String> = each(&connection["edges"])
        .map(|edge| text(&edge["cursor"]))
        .collect();
    let info = &connection["pageInfo"];
    let ends = (&info["startCursor"], &info["endCursor"]);
    if ends
        != (
            &Json::from(cursors.first().cloned()),
            &Json::from(cursors.last().cloned()),
        )
    {
        return wrong("the first and last cursors are not those of the edges");
    }
    if connection["totalCount"] != total {
        return wrong(&format!("the list has {total}"));
    }
    let (more, behind) = match way {
        Way::Forward => (&info["hasNextPage"], &info["hasPreviousPage"]),
        Way::Backward => (&info["hasPreviousPage"], &info["hasNextPage"]),
    };
    if *behind != cursor.is_some() {
        return wrong("whether it was asked for with a cursor");
    }
    let page = Page {
        items: nodes.iter().map(|node| said(node)).collect(),
        cursors,
        more: *more == true,
    };
    Ok((query, page))
}

/// What an answer should say of a thing.
pub fn item(world: &World, list: &List, thing: usize) -> Item {
    let locale = world.served(thing, &list.reader).unwrap();
    (world.things[thing].name.clone(), locale.to_owned())
}

fn said(node: &Json) -> Item {
    (text(&node["name"]), text(&node["locale"]))
}

fn each(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
