//! Filters: as GraphQL writes them, and what they keep.

use super::corpus::{Value, World};

/// Clauses of which each must hold, no two on the same field.
#[derive(Clone, Debug)]
pub struct Filter(pub Vec<Clause>);

#[derive(Clone, Debug)]
pub enum Clause {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Filter),
    Is(&'static str, Vec<Test>),
    AvailableIn(Vec<&'static str>),
    One(&'static str, Filter),
    Many(&'static str, &'static str, Filter),
}

#[derive(Clone, Debug)]
pub enum Test {
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
    pub fn relations(&self) -> usize {
        let of_all = |filters: &[Self]| filters.iter().map(Self::relations).sum();
        let each = self.0.iter().map(|clause| match clause {
            Clause::And(filters) | Clause::Or(filters) => of_all(filters),
            Clause::Not(filter) => filter.relations(),
            Clause::AvailableIn(_) | Clause::Is("year", _) => 1,
            Clause::Is(..) => 0,
            Clause::One(_, filter) | Clause::Many(.., filter) => 1 + filter.relations(),
        });
        each.sum()
    }

    /// The same without what it asks of a field, here and in `and`.
    pub fn without(&self, field: &str) -> Self {
        let kept = self.0.iter().filter(|clause| clause.name() != field);
        let clauses = kept.map(|clause| match clause {
            Clause::And(filters) => {
                Clause::And(filters.iter().map(|filter| filter.without(field)).collect())
            }
            other => other.clone(),
        });
        Self(clauses.collect())
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
    pub const fn name(&self) -> &'static str {
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
    pub const fn name(&self) -> &'static str {
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
