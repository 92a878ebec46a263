//! Lists made up at random: as GraphQL asks for them, and what they hold.

use std::cmp::Ordering;

use icu_collator::Collator;
use icu_collator::options::CollatorOptions;
use icu_locale::locale;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any};
use proptest::sample::{select, subsequence};
use proptest::strategy::BoxedStrategy;

use super::corpus::{Kind, LOCALES, Value, World};
use super::filter::Filter;
use super::random_filter::filter;

/// A list as a reader asks for it.
#[derive(Clone, Debug)]
pub struct List {
    pub kind: Kind,
    pub below: Option<Parent>,
    /// The reader's locales in order.
    pub reader: Vec<&'static str>,
    filter: Option<Filter>,
    order: Vec<Key>,
    /// The sizes of the pages of a walk, again and again.
    pub sizes: Vec<usize>,
}

/// The thing whose articles are listed: the kind and the index among those of
/// its kind.
#[derive(Clone, Copy, Debug)]
pub struct Parent {
    pub kind: Kind,
    pub index: usize,
}

/// What to sort by: as GraphQL calls it, and the path of the field.
#[derive(Clone, Copy, Debug)]
struct Key {
    field: (&'static str, &'static str),
    descending: bool,
}

impl List {
    /// The same list below another thing.
    pub fn below_other(&self, parent: Parent) -> Self {
        let mut list = self.clone();
        list.below = Some(parent);
        list
    }

    /// The same list without what its filter asks of a field, at the top and in
    /// `and`.
    pub fn without(&self, field: &str) -> Self {
        let mut list = self.clone();
        list.filter = self.filter.as_ref().map(|filter| filter.without(field));
        list
    }

    /// The things that it holds, in order.
    pub fn expected(&self, world: &World) -> Vec<usize> {
        let mut things = match self.below {
            None => world.existing(self.kind, &self.reader),
            Some(parent) => world.linked(parent.thing(world), "articles", &self.reader),
        };
        if let Some(filter) = &self.filter {
            things.retain(|thing| filter.keeps(world, *thing, &self.reader));
        }
        things.sort_by(|one, other| self.compare(world, *one, *other, true));
        things
    }

    /// How two of its things are ordered; with ties, by the order in which
    /// they came in, in the direction of the last key.
    pub fn compare(&self, world: &World, one: usize, other: usize, ties: bool) -> Ordering {
        let keys = self.keys();
        let value = |thing: usize, path: &str| {
            let locale = world.served(thing, &self.reader).unwrap();
            collated(path, locale, world.field(thing, locale, path))
        };
        let turned = |ordering: Ordering, key: &Key| {
            if key.descending {
                ordering.reverse()
            } else {
                ordering
            }
        };
        for key in &keys {
            let (_, path) = key.field;
            let ordering = value(one, path).cmp(&value(other, path));
            if ordering != Ordering::Equal {
                return turned(ordering, key);
            }
        }
        if !ties {
            return Ordering::Equal;
        }
        turned(one.cmp(&other), &keys[keys.len() - 1])
    }

    /// A query for one page of it, under the name `list`.
    pub fn query(&self, page: &str) -> String {
        let (field, node) = match self.kind {
            Kind::Article => ("articles", "name: key locale isFallback"),
            Kind::Issue => ("issues", "name: slug locale isFallback"),
            Kind::Topic => ("topics", "name: slug locale isFallback"),
            Kind::Author => ("authors", "name: slug locale isFallback"),
            Kind::Translation => ("translations", "name: slug locale type: __typename"),
        };
        let selected = format!(
            "edges {{ cursor node {{ {node} }} }} nodes {{ {node} }} totalCount \
             pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}"
        );
        self.query_for(field, page, &selected)
    }

    /// A query for what is `selected` of one page of it, under the name `list`.
    pub fn query_for(&self, field: &str, page: &str, selected: &str) -> String {
        let (reader, arguments) = (&self.reader, self.arguments(page));
        let connection = format!("{{ {selected} }}");
        match self.below {
            None => format!("{{ list: {field}(locales: {reader:?}{arguments}) {connection} }}"),
            Some(parent) => {
                let (field, index) = (parent.field(), parent.index);
                format!(
                    "{{ parent: {field}(by: {{slug: \"{field}-{index}\"}}, locales: {reader:?}) \
                     {{ list: articles{} {connection} }} }}",
                    bracketed(&arguments)
                )
            }
        }
    }

    /// A query for the first page below each parent of the kind at once.
    pub fn query_below_all(&self, page: &str) -> Option<String> {
        let field = self.below?.field();
        let arguments = bracketed(&self.arguments(page));
        Some(format!(
            "{{ {field}s(locales: {:?}, first: 100) {{ nodes {{ slug articles{arguments} \
             {{ nodes {{ name: key }} totalCount pageInfo {{ hasNextPage }} }} }} }} }}",
            self.reader
        ))
    }

    fn arguments(&self, page: &str) -> String {
        let filter = self
            .filter
            .as_ref()
            .map(|filter| format!(", filter: {}", filter.text()));
        let keys = self.order.iter().map(|Key { field, descending }| {
            let (field, _) = field;
            match descending {
                true => format!("{{field: {field}, direction: DESC}}"),
                false => format!("{{field: {field}}}"),
            }
        });
        let keys: Vec<String> = keys.collect();
        let order = match keys.as_slice() {
            [] => String::new(),
            keys => format!(", orderBy: [{}]", keys.join(", ")),
        };
        format!("{}{order}{page}", filter.unwrap_or_default())
    }

    fn keys(&self) -> Vec<Key> {
        if !self.order.is_empty() {
            return self.order.clone();
        }
        let (field, descending) = match (self.kind, self.below) {
            (
                Kind::Article,
                Some(Parent {
                    kind: Kind::Issue, ..
                }),
            ) => ("position", false),
            (Kind::Article, _) => ("publishedAt", true),
            (Kind::Issue, _) => ("startsOn", true),
            (Kind::Topic, _) => ("position", false),
            (Kind::Author, _) => ("name", false),
            (Kind::Translation, _) => ("updatedAt", true),
        };
        vec![Key {
            field: ("", field),
            descending,
        }]
    }
}

impl Parent {
    /// Its place among all things.
    pub fn thing(self, world: &World) -> usize {
        let mut of_kind = (0..world.things.len()).filter(|at| world.things[*at].kind == self.kind);
        of_kind.nth(self.index).unwrap()
    }

    const fn field(self) -> &'static str {
        match self.kind {
            Kind::Issue => "issue",
            Kind::Topic => "topic",
            _ => "author",
        }
    }
}

/// A list of things of a kind.
pub fn root(kind: Kind) -> BoxedStrategy<List> {
    let depth = if kind == Kind::Article { 3 } else { 2 };
    let parts = (
        reader(),
        option::weighted(0.7, filter(kind, depth)),
        order(kind),
        vec(1..=9_usize, 1..=3),
    );
    parts
        .prop_map(move |(reader, filter, order, sizes)| List {
            kind,
            below: None,
            reader,
            filter,
            order,
            sizes,
        })
        .boxed()
}

/// A list of articles with a filter, in one page.
pub fn filtered() -> BoxedStrategy<List> {
    let filter = filter(Kind::Article, 2).prop_map(Some);
    (root(Kind::Article), filter)
        .prop_map(|(list, filter)| List {
            filter,
            sizes: vec![100],
            ..list
        })
        .boxed()
}

/// A list of the articles below something.
pub fn below() -> BoxedStrategy<List> {
    let parents = select(vec![Kind::Issue, Kind::Topic, Kind::Author]);
    (root(Kind::Article), parents, 0..4_usize)
        .prop_map(|(list, kind, index)| List {
            below: Some(Parent { kind, index }),
            sizes: list.sizes.iter().map(|size| size.div_ceil(2)).collect(),
            ..list
        })
        .boxed()
}

/// Some locales in some order.
pub fn reader() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(LOCALES.to_vec(), 1..=3).prop_shuffle()
}

fn order(kind: Kind) -> impl Strategy<Value = Vec<Key>> {
    let fields: &'static [(&'static str, &'static str)] = match kind {
        Kind::Article => &[
            ("PUBLISHED_AT", "publishedAt"),
            ("UPDATED_AT", "updatedAt"),
            ("TITLE", "title"),
            ("POSITION", "position"),
            ("ISSUE_NUMBER", "issue.number"),
            ("ISSUE_STARTS_ON", "issue.startsOn"),
            ("TOPIC_POSITION", "topic.position"),
        ],
        Kind::Issue => &[
            ("STARTS_ON", "startsOn"),
            ("ENDS_ON", "endsOn"),
            ("NUMBER", "number"),
            ("PUBLISHED_AT", "publishedAt"),
            ("TITLE", "title"),
        ],
        Kind::Topic => &[("POSITION", "position"), ("NAME", "name"), ("SLUG", "slug")],
        Kind::Author => &[("NAME", "name"), ("SLUG", "slug")],
        Kind::Translation => &[
            ("UPDATED_AT", "updatedAt"),
            ("LOCALE", "locale"),
            ("SLUG", "slug"),
            ("VERSION", "version"),
        ],
    };
    let key =
        (select(fields), any::<bool>()).prop_map(|(field, descending)| Key { field, descending });
    vec(key, 0..=3)
}

/// What is sorted by: of titles and names the key that ICU gives them in
/// their language; an absent title comes first.
pub fn collated(field: &str, tag: &str, value: Value) -> Value {
    match value {
        Value::Absent if field == "title" => Value::Text(String::new()),
        Value::Text(text) if matches!(field, "title" | "name") => {
            let locale = match tag {
                "be" => locale!("be"),
                "ru" => locale!("ru"),
                _ => locale!("en"),
            };
            let collator = Collator::try_new(locale.into(), CollatorOptions::default()).unwrap();
            let mut key = Vec::new();
            let Ok(()) = collator.write_sort_key_to(&text, &mut key);
            let hexadecimal = key.iter().map(|byte| format!("{byte:02x}"));
            Value::Text(hexadecimal.collect())
        }
        value => value,
    }
}

/// Arguments of a field whose first is not known to be there.
fn bracketed(arguments: &str) -> String {
    match arguments.trim_start_matches(", ") {
        "" => String::new(),
        arguments => format!("({arguments})"),
    }
}
