//! Filters made up at random.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any};
use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Union};

use super::corpus::{DAYS, Kind, LOCALES, TEXTS, TIMES, TRENDS, Value};
use super::filter::{Clause, Filter, Test};

/// A filter of things of a kind, nested at most `depth` deep, within the limits
/// of the API.
pub fn filter(kind: Kind, depth: u32) -> BoxedStrategy<Filter> {
    let filter = nested(kind, depth);
    let within_limits = |filter: &Filter| filter.relations() <= 10;
    filter
        .prop_filter("too many relations", within_limits)
        .boxed()
}

fn nested(kind: Kind, depth: u32) -> BoxedStrategy<Filter> {
    let clauses = vec(clause(kind, depth), 0..=2);
    let distinct = clauses.prop_map(|mut clauses| {
        let mut names = Vec::new();
        clauses.retain(|clause| {
            let new = !names.contains(&clause.name());
            names.push(clause.name());
            new
        });
        Filter(clauses)
    });
    distinct.boxed()
}

fn clause(kind: Kind, depth: u32) -> BoxedStrategy<Clause> {
    let mut options: Vec<BoxedStrategy<Clause>> = fields(kind)
        .iter()
        .map(|field| is(field, values(kind, field)))
        .collect();
    if kind != Kind::Translation {
        let tags = subsequence(&LOCALES, 0..=2);
        options.push(tags.prop_map(Clause::AvailableIn).boxed());
    }
    if depth == 0 {
        return Union::new(options).boxed();
    }
    let below = |kind| nested(kind, depth - 1);
    let several = move || vec(below(kind), 0..=2);
    let mut nested = vec![
        several().prop_map(Clause::And).boxed(),
        several().prop_map(Clause::Or).boxed(),
        below(kind).prop_map(Clause::Not).boxed(),
    ];
    let quantifier = || select(vec!["some", "every", "none"]);
    let many = |link, kind| {
        (quantifier(), below(kind))
            .prop_map(move |(quantifier, filter)| Clause::Many(link, quantifier, filter))
            .boxed()
    };
    let one = |link, kind| {
        let filter = below(kind);
        filter
            .prop_map(move |filter| Clause::One(link, filter))
            .boxed()
    };
    match kind {
        Kind::Article => nested.extend([
            one("issue", Kind::Issue),
            one("topic", Kind::Topic),
            many("authors", Kind::Author),
            many("authors", Kind::Author),
        ]),
        Kind::Translation => {}
        _ => nested.extend([
            many("articles", Kind::Article),
            many("articles", Kind::Article),
        ]),
    }
    Union::new([Union::new(options).boxed(), Union::new(nested).boxed()]).boxed()
}

const fn fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Article => &[
            "slug",
            "title",
            "title",
            "title",
            "locale",
            "originalLocale",
            "trend",
            "trend",
            "position",
            "publishedAt",
            "updatedAt",
            "year",
            "year",
        ],
        Kind::Issue => &[
            "number",
            "slug",
            "title",
            "startsOn",
            "endsOn",
            "publishedAt",
        ],
        Kind::Topic => &["slug", "name", "position"],
        Kind::Author => &["slug", "name"],
        Kind::Translation => &["locale", "state", "type", "updatedAt"],
    }
}

/// Values that things have in a field, and some that none has.
fn values(kind: Kind, field: &'static str) -> BoxedStrategy<Value> {
    let texts = |texts: &'static [&'static str]| {
        let text = select(texts);
        text.prop_map(|text| Value::Text(text.to_owned())).boxed()
    };
    match field {
        "slug" => match kind {
            Kind::Article => (15..40_usize, select(&LOCALES))
                .prop_map(|(index, locale)| Value::Text(format!("article-{index}-{locale}")))
                .boxed(),
            Kind::Issue => texts(&["issue-0", "issue-3", "ISSUE-3"]),
            Kind::Topic => texts(&["topic-0", "topic-1", "Topic-1"]),
            _ => texts(&["author-0", "author-1", "nobody"]),
        },
        "title" | "name" => words().prop_map(Value::Text).boxed(),
        "locale" | "originalLocale" => texts(&LOCALES),
        "trend" => texts(&TRENDS),
        "state" => texts(&["PUBLISHED", "DRAFT"]),
        "type" => texts(&["ARTICLE", "ISSUE", "TOPIC", "AUTHOR"]),
        "startsOn" | "endsOn" => texts(&DAYS),
        "publishedAt" | "updatedAt" => texts(&TIMES),
        "year" => select(vec![-1, 0, 2018, 2019, 2020, 2021, 2022, 2023, 10_000])
            .prop_map(Value::Number)
            .boxed(),
        _ => (0..8_i64).prop_map(Value::Number).boxed(),
    }
}

fn is(field: &'static str, values: BoxedStrategy<Value>) -> BoxedStrategy<Clause> {
    let comparisons: &[&str] = match field {
        "title" | "name" => &["eq", "startsWith", "contains"],
        "position" | "number" | "startsOn" | "endsOn" | "publishedAt" | "updatedAt" | "year" => {
            &["eq", "gt", "gte", "lt", "lte"]
        }
        _ => &["eq"],
    };
    let compare = (select(comparisons), values.clone())
        .prop_map(|(comparison, value)| Test::Compare(comparison, value));
    let one_of = vec(values, 0..=3).prop_map(Test::In);
    let test = if field == "trend" {
        let is_null = any::<bool>().prop_map(Test::IsNull);
        Union::new([compare.boxed(), one_of.boxed(), is_null.boxed()])
    } else {
        Union::new([compare.boxed(), one_of.boxed()])
    };
    let tests = vec(test, 1..=2).prop_map(move |mut tests| {
        if tests.len() == 2 && tests[0].name() == tests[1].name() {
            tests.truncate(1);
        }
        Clause::Is(field, tests)
    });
    tests.boxed()
}

/// Whole texts and parts of texts, in this case or that.
fn words() -> impl Strategy<Value = String> {
    let part = (select(&TEXTS), option::of((0..6_usize, 1..4_usize))).prop_map(|(text, part)| {
        let Some((start, count)) = part else {
            return text.to_owned();
        };
        text.chars().skip(start).take(count).collect()
    });
    let wildcards = vec![
        "%", "_", "\\", "\\\\", "%%", "", "e%", "0_", "100_", "0%", "_%",
    ];
    let wildcard = select(wildcards).prop_map(str::to_owned);
    let word = Union::new([part.boxed(), wildcard.boxed()]);
    (word, 0..3_u8).prop_map(|(word, case)| match case {
        0 => word.to_uppercase(),
        1 => word.to_lowercase(),
        _ => word,
    })
}
