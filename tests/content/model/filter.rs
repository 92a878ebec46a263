//! Filters made up at random: as GraphQL writes them, and what they keep.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any};
use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Union};

use super::corpus::{DAYS, Kind, LOCALES, TEXTS, TIMES, TRENDS, Value, World};

/// Clauses of which each must hold, no two on the same field.
#[derive(Clone, Debug)]
pub struct Filter(Vec<Clause>);

#[derive(Clone, Debug)]
enum Clause {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Filter),
    Is(&'static str, Vec<Test>),
    AvailableIn(Vec<&'static str>),
    One(&'static str, Filter),
    Many(&'static str, &'static str, Filter),
}

#[derive(Clone, Debug)]
enum Test {
    Compare(&'static str, Value),
    In(Vec<Value>),
    IsNull(bool),
}

impl Filter {
    /// Whether it keeps a thing that the reader is served.
    pub fn keeps(&self, world: &World, thing: usize, reader: &[&'static str]) -> bool {
        let keeps = |filter: &Self| filter.keeps(world, thing, reader);
        let linked = |link| world.linked(thing, link, reader).into_iter();
        let locale = world.served(thing, reader).unwrap();
        self.0.iter().all(|clause| match clause {
            Clause::And(filters) => filters.iter().all(keeps),
            Clause::Or(filters) => filters.iter().any(keeps),
            Clause::Not(filter) => !keeps(filter),
            Clause::Is(field, tests) => {
                let value = compared(field, world.field(thing, locale, field));
                tests.iter().all(|test| test.passes(field, &value))
            }
            Clause::AvailableIn(tags) => {
                let words = &world.things[thing].words;
                tags.iter().all(|tag| words.contains_key(tag))
            }
            Clause::One(link, filter) => {
                linked(link).any(|thing| filter.keeps(world, thing, reader))
            }
            Clause::Many(link, quantifier, filter) => {
                let mut kept = linked(link).map(|thing| filter.keeps(world, thing, reader));
                match *quantifier {
                    "some" => kept.any(|kept| kept),
                    "every" => kept.all(|kept| kept),
                    _ => !kept.any(|kept| kept),
                }
            }
        })
    }

    /// How often it asks for things other than those that it keeps.
    fn relations(&self) -> usize {
        let of_all = |filters: &[Self]| filters.iter().map(Self::relations).sum();
        let each = self.0.iter().map(|clause| match clause {
            Clause::And(filters) | Clause::Or(filters) => of_all(filters),
            Clause::Not(filter) => filter.relations(),
            Clause::Is(..) => 0,
            Clause::AvailableIn(_) => 1,
            Clause::One(_, filter) | Clause::Many(.., filter) => 1 + filter.relations(),
        });
        each.sum()
    }

    /// As GraphQL writes it.
    pub fn text(&self) -> String {
        let all = |filters: &[Self]| {
            let texts: Vec<String> = filters.iter().map(Self::text).collect();
            format!("[{}]", texts.join(", "))
        };
        let clauses = self.0.iter().map(|clause| match clause {
            Clause::And(filters) => format!("and: {}", all(filters)),
            Clause::Or(filters) => format!("or: {}", all(filters)),
            Clause::Not(filter) => format!("not: {}", filter.text()),
            Clause::Is(field, tests) => {
                let tests: Vec<String> = tests.iter().map(|test| test.text(field)).collect();
                format!("{field}: {{{}}}", tests.join(", "))
            }
            Clause::AvailableIn(tags) => format!("availableIn: {tags:?}"),
            Clause::One(link, filter) => format!("{link}: {}", filter.text()),
            Clause::Many(link, quantifier, filter) => {
                format!("{link}: {{{quantifier}: {}}}", filter.text())
            }
        });
        let clauses: Vec<String> = clauses.collect();
        format!("{{{}}}", clauses.join(", "))
    }
}

impl Clause {
    const fn name(&self) -> &'static str {
        match self {
            Self::And(_) => "and",
            Self::Or(_) => "or",
            Self::Not(_) => "not",
            Self::AvailableIn(_) => "availableIn",
            Self::Is(name, _) | Self::One(name, _) | Self::Many(name, ..) => name,
        }
    }
}

impl Test {
    const fn name(&self) -> &'static str {
        match self {
            Self::Compare(name, _) => name,
            Self::In(_) => "in",
            Self::IsNull(_) => "isNull",
        }
    }

    fn passes(&self, field: &str, value: &Value) -> bool {
        match self {
            Self::In(others) => others
                .iter()
                .any(|other| *value == compared(field, other.clone())),
            Self::IsNull(null) => (*value == Value::Absent) == *null,
            Self::Compare(comparison, other) => {
                let other = compared(field, other.clone());
                match (*comparison, value, &other) {
                    ("eq", ..) => *value == other,
                    ("gt", ..) => *value > other,
                    ("gte", ..) => *value >= other,
                    ("lt", ..) => *value < other,
                    ("lte", ..) => *value <= other,
                    ("startsWith", Value::Text(text), Value::Text(other)) => {
                        text.starts_with(other)
                    }
                    ("contains", Value::Text(text), Value::Text(other)) => text.contains(other),
                    _ => unreachable!("{comparison} of {value:?}"),
                }
            }
        }
    }

    fn text(&self, field: &str) -> String {
        let literal = |value: &Value| match value {
            Value::Absent => "null".to_owned(),
            Value::Number(number) => number.to_string(),
            // Enums stand without quotes.
            Value::Text(text) if matches!(field, "trend" | "state" | "type") => text.clone(),
            Value::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        };
        match self {
            Self::Compare(comparison, value) => format!("{comparison}: {}", literal(value)),
            Self::In(values) => {
                let values: Vec<String> = values.iter().map(literal).collect();
                format!("in: [{}]", values.join(", "))
            }
            Self::IsNull(null) => format!("isNull: {null}"),
        }
    }
}

/// What is compared of a field: titles and names whatever their case, and an
/// absent title as the empty text.
pub fn compared(field: &str, value: Value) -> Value {
    match value {
        Value::Absent if field == "title" => Value::Text(String::new()),
        Value::Text(text) if matches!(field, "title" | "name") => Value::Text(text.to_lowercase()),
        value => value,
    }
}

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
        _ => (0..8_i64).prop_map(Value::Number).boxed(),
    }
}

fn is(field: &'static str, values: BoxedStrategy<Value>) -> BoxedStrategy<Clause> {
    let comparisons: &[&str] = match field {
        "title" | "name" => &["eq", "startsWith", "contains"],
        "position" | "number" | "startsOn" | "endsOn" | "publishedAt" | "updatedAt" => {
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
