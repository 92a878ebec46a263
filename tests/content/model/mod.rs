//! Lists held to a naive model: a publication made up at random, kept in
//! memory, and filtered, sorted and paged the plain way.
//!
//! A failure names the seed; `MASTHEAD_TEST_SEED` runs it again.

mod corpus;
mod draft;
mod facet;
mod filter;
mod list;
mod neighbour;
mod random_filter;
mod related;
mod sight;
mod trend;
mod walk;

use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};

use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use support::TestApp;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use corpus::{Kind, World};
use draft::{article, world};
use facet::check_facets;
use list::{List, below, filtered, reader, root};
use neighbour::{check_archive, check_neighbours};
use related::check_related;
use sight::sight;
use trend::{asked, check_trends};
use walk::{Way, item, read, walk};

#[tokio::test(flavor = "multi_thread")]
async fn articles_are_listed_as_the_model_lists_them() {
    hold(60, root(Kind::Article), async |app, world, list| {
        check_walks(app, world, list).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_keep_the_articles_that_the_model_keeps() {
    hold(250, filtered(), async |app, world, list| {
        let expected = list.expected(world);
        walk(app, world, list, &expected, Way::Forward).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_below_something_are_listed_as_the_model_lists_them() {
    hold(40, below(), check_below).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_are_the_counts_of_the_lists_without_their_own_filter() {
    hold(150, root(Kind::Article), check_facets).await;
    hold(150, filtered(), check_facets).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_below_something_are_the_counts_of_its_lists() {
    hold(80, below(), check_facets_below).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trends_are_what_the_articles_of_each_issue_say() {
    for _ in 0..4 {
        hold(25, asked(), check_trends).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_are_those_of_the_sorted_lists() {
    for _ in 0..3 {
        hold(6, reader().boxed(), check_neighbours).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn related_articles_are_those_with_most_points() {
    for _ in 0..3 {
        hold(6, reader().boxed(), check_related).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_holds_all_issues_by_month() {
    for _ in 0..3 {
        hold(6, reader().boxed(), check_archive).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn issues_are_listed_as_the_model_lists_them() {
    hold(25, root(Kind::Issue), check_walks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_are_listed_as_the_model_lists_them() {
    hold(25, root(Kind::Topic), check_walks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn authors_are_listed_as_the_model_lists_them() {
    hold(25, root(Kind::Author), check_walks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn translations_are_listed_as_the_model_lists_them() {
    hold(20, root(Kind::Translation), check_translations).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_listed_as_the_model_lists_them() {
    hold_by_sight(40, root(Kind::Article), check_walks).await;
    hold_by_sight(150, filtered(), check_walks).await;
    hold_by_sight(40, below(), check_below).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_counted_and_compared_as_the_model_does() {
    hold_by_sight(100, filtered(), check_facets).await;
    hold_by_sight(60, below(), check_facets_below).await;
    hold_by_sight(40, asked(), check_trends).await;
    hold_by_sight(20, reader().boxed(), check_neighbours).await;
    hold_by_sight(20, reader().boxed(), check_related).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_drafts_is_listed_as_the_model_lists_it() {
    hold_by_sight(25, root(Kind::Issue), check_walks).await;
    hold_by_sight(25, root(Kind::Topic), check_walks).await;
    hold_by_sight(25, root(Kind::Author), check_walks).await;
    hold_by_sight(25, root(Kind::Translation), check_translations).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_goes_on_rightly_while_articles_come_in() {
    let seed = seed();
    TestApp::on_each_engine(async |app| {
        let mut runner = runner(1, seed);
        let mut world = drawn(&mut runner, world(20));
        import(app, &world, 0).await;

        for way in [Way::Forward, Way::Backward, Way::Forward, Way::Backward] {
            let list = drawn(&mut runner, root(Kind::Article));
            let before = list.expected(&world);
            let mut passed = Vec::new();
            let mut cursor = None;
            loop {
                let expected = list.expected(&world);
                let read = read(
                    app,
                    &world,
                    &list,
                    way,
                    3,
                    cursor.as_deref(),
                    expected.len(),
                )
                .await;
                let (query, page) = read.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
                cursor = match way {
                    Way::Forward => page.cursors.last().cloned(),
                    Way::Backward => page.cursors.first().cloned(),
                };
                let due = after(&world, &list, &expected, passed.last(), way);
                let items: Vec<_> = match way {
                    Way::Forward => page.items,
                    Way::Backward => page.items.into_iter().rev().collect(),
                };
                assert_eq!(items, due[..due.len().min(3)], "seed {seed}: {query}");
                passed.extend(items);
                if !page.more {
                    break;
                }

                if passed.len() < 12 {
                    let start = world.things.len();
                    world.add(&drawn(&mut runner, vec(article(), 3)));
                    import(app, &world, start).await;
                }
            }

            let distinct: HashSet<_> = passed.iter().collect();
            assert_eq!(distinct.len(), passed.len(), "seed {seed}: one came twice");
            let lost = before
                .iter()
                .find(|thing| !passed.contains(&item(&world, &list, **thing)));
            assert_eq!(lost, None, "seed {seed}: one was lost");
        }
    })
    .await;
}

/// What of a list lies beyond the last thing that was passed.
fn after(
    world: &World,
    list: &List,
    expected: &[usize],
    last: Option<&walk::Item>,
    way: Way,
) -> Vec<walk::Item> {
    let mut items: Vec<_> = expected
        .iter()
        .map(|thing| item(world, list, *thing))
        .collect();
    if way == Way::Backward {
        items.reverse();
    }
    let passed = last.and_then(|last| items.iter().position(|item| item == last));
    items.split_off(passed.map_or(0, |place| place + 1))
}

async fn check_below(app: &TestApp, world: &World, list: &List) -> Result<(), String> {
    let parent = list.below.unwrap();
    if world.served(parent.thing(world), &list.reader).is_none() {
        let answer = world.ask(app, &list.query("")).await;
        return match answer.expect_data()["parent"].is_null() {
            true => Ok(()),
            false => Err("the parent does not exist for this reader".to_owned()),
        };
    }
    check_walks(app, world, list).await?;
    check_below_all(app, world, list).await
}

async fn check_facets_below(app: &TestApp, world: &World, list: &List) -> Result<(), String> {
    let parent = list.below.unwrap().thing(world);
    match world.served(parent, &list.reader) {
        Some(_) => check_facets(app, world, list).await,
        None => Ok(()),
    }
}

async fn check_translations(app: &TestApp, world: &World, list: &List) -> Result<(), String> {
    let world = world.clone().with_translations();
    let expected = list.expected(&world);
    let listed = listed(app, &world, list, expected.len()).await?;

    // Which of those that tie comes first is the database's choice, as long as
    // it is always the same.
    let in_order = in_this_order(&world, list, &expected, &listed)?;
    let sorted = in_order
        .windows(2)
        .all(|pair| list.compare(&world, pair[0], pair[1], false).is_le());
    if !sorted {
        return Err(format!("not in order: {listed:?}"));
    }
    walk(app, &world, list, &in_order, Way::Forward).await?;
    walk(app, &world, list, &in_order, Way::Backward).await
}

async fn check_walks(app: &TestApp, world: &World, list: &List) -> Result<(), String> {
    let expected = list.expected(world);
    let (query, none) = read(app, world, list, Way::Forward, 0, None, expected.len()).await?;
    if !none.items.is_empty() || none.more == expected.is_empty() {
        return Err(format!("a page of none is not empty: {query}"));
    }
    walk(app, world, list, &expected, Way::Forward).await?;
    walk(app, world, list, &expected, Way::Backward).await
}

/// The first pages below all parents at once are those below each.
async fn check_below_all(app: &TestApp, world: &World, list: &List) -> Result<(), String> {
    let size = list.sizes[0];
    let Some(query) = list.query_below_all(&format!(", first: {size}")) else {
        return Ok(());
    };
    let answer = world.ask(app, &query).await;
    let parents = answer
        .expect_data()
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    for parent in parents["nodes"].as_array().unwrap() {
        let kind = list.below.unwrap().kind;
        let index = parent["slug"].as_str().unwrap().rsplit('-').next().unwrap();
        let index = index.parse().unwrap();
        let expected = list
            .below_other(list::Parent { kind, index })
            .expected(world);
        let names = expected
            .iter()
            .take(size)
            .map(|thing| world.things[*thing].name.as_str());
        let nodes = parent["articles"]["nodes"].as_array().unwrap().iter();
        let right = nodes.map(|node| node["name"].as_str().unwrap()).eq(names)
            && parent["articles"]["totalCount"] == expected.len()
            && parent["articles"]["pageInfo"]["hasNextPage"] == (expected.len() > size);
        if !right {
            return Err(format!("{parent} should have {expected:?}: {query}"));
        }
    }
    Ok(())
}

async fn listed(
    app: &TestApp,
    world: &World,
    list: &List,
    total: usize,
) -> Result<Vec<walk::Item>, String> {
    let mut items = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let (_, page) = read(
            app,
            world,
            list,
            Way::Forward,
            100,
            cursor.as_deref(),
            total,
        )
        .await?;
        items.extend(page.items);
        cursor = page.cursors.last().cloned();
        if !page.more {
            return Ok(items);
        }
    }
}

/// `things` in the order in which they were listed, each once.
fn in_this_order(
    world: &World,
    list: &List,
    things: &[usize],
    listed: &[walk::Item],
) -> Result<Vec<usize>, String> {
    let mut rest = things.to_vec();
    let ordered = listed.iter().map(|listed| {
        let place = rest
            .iter()
            .position(|thing| item(world, list, *thing) == *listed);
        let place = place.ok_or_else(|| format!("{listed:?} does not belong there"))?;
        Ok(rest.remove(place))
    });
    let ordered: Vec<usize> = ordered.collect::<Result<_, String>>()?;
    match rest.as_slice() {
        [] => Ok(ordered),
        missing => Err(format!("{} are missing", missing.len())),
    }
}

/// Hold the app to the model on `cases` questions about one publication.
async fn hold<Asked: Debug>(
    cases: u32,
    questions: BoxedStrategy<Asked>,
    check: impl AsyncFn(&TestApp, &World, &Asked) -> Result<(), String>,
) {
    let seed = seed();
    TestApp::on_each_engine(async |app| {
        let mut runner = runner(cases, seed);
        let world = drawn(&mut runner, world(36));
        import(app, &world, 0).await;

        let outcome = runner.run(&questions, |asked| {
            let check = check(app, &world, &asked);
            let outcome = block_in_place(|| Handle::current().block_on(check));
            outcome.map_err(TestCaseError::fail)
        });

        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(reason, asked)) => {
                panic!("MASTHEAD_TEST_SEED={seed}: {reason}\n{asked:#?}")
            }
            Err(TestError::Abort(reason)) => panic!("MASTHEAD_TEST_SEED={seed}: {reason}"),
        }
    })
    .await;
}

/// The same for those who may see more than readers do.
async fn hold_by_sight<Asked: Debug + 'static>(
    cases: u32,
    questions: BoxedStrategy<Asked>,
    check: impl AsyncFn(&TestApp, &World, &Asked) -> Result<(), String>,
) {
    let questions = (sight(), questions).boxed();
    hold(cases, questions, async |app, world, (sight, asked)| {
        check(app, &world.clone().seen_by(*sight), asked).await
    })
    .await;
}

async fn import(app: &TestApp, world: &World, start: usize) {
    app.import(&world.records(start)).await.unwrap();
}

fn drawn<S: Strategy>(runner: &mut TestRunner, strategy: S) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}

fn runner(cases: u32, seed: u64) -> TestRunner {
    let config = Config {
        cases,
        max_shrink_iters: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let seed = [seed.to_le_bytes(); 4].concat();
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

/// Another one each time, unless it is given.
fn seed() -> u64 {
    let given = std::env::var_os("MASTHEAD_TEST_SEED");
    let given = given.and_then(|seed| seed.to_str()?.parse().ok());
    given.unwrap_or_else(|| RandomState::new().hash_one(0))
}
