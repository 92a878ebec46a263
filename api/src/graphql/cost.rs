//! What a request costs: how many fields its answer could hold, each page
//! counted at its full size.
//!
//! A field costs 1 and what is selected of it; a list costs 1 and its items at
//! what each costs (`page::cost`). Fields that need more work say so where they
//! are declared, by `#[graphql(complexity = …)]`. It is known before execution,
//! and goes by the document and by the variables that say how long lists are.

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Variables};
use xxhash_rust::xxh3::Xxh3;

/// The arguments that a cost goes by; no declared one names another.
pub const COUNTED_ARGUMENTS: [&str; 6] = ["first", "last", "days", "ids", "from", "to"];

/// The variables that the cost of a document goes by, in one order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizing(Vec<Name>);

impl Sizing {
    /// Those of `document`.
    #[must_use]
    pub fn of(document: &ExecutableDocument) -> Self {
        let operations = document.operations.iter();
        let operations = operations.map(|(_, operation)| &operation.node.selection_set.node);
        let fragments = document.fragments.values();
        let fragments = fragments.map(|fragment| &fragment.node.selection_set.node);
        let mut names = Vec::new();
        for selection in operations.chain(fragments) {
            collect(selection, &mut names);
        }
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    /// What the cost of a document is known by: its hash, and the values of
    /// those variables.
    #[must_use]
    pub fn key(&self, document: u128, variables: &Variables) -> u128 {
        if self.0.is_empty() {
            return document;
        }
        let mut hasher = Xxh3::new();
        hasher.update(&document.to_le_bytes());
        for name in &self.0 {
            let value = variables.get(name).map(ToString::to_string);
            // A length before each value: none can pass for two.
            let text = value.as_deref().unwrap_or_default();
            let length = value.as_ref().map_or(u64::MAX, |text| text.len() as u64);
            hasher.update(&length.to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.digest128()
    }
}

fn collect(selection: &SelectionSet, names: &mut Vec<Name>) {
    for item in &selection.items {
        match &item.node {
            Selection::Field(field) => {
                collect_of_field(&field.node, names);
                collect(&field.node.selection_set.node, names);
            }
            Selection::InlineFragment(inline) => collect(&inline.node.selection_set.node, names),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn collect_of_field(field: &Field, names: &mut Vec<Name>) {
    let counted = field.arguments.iter();
    for (_, value) in counted.filter(|(name, _)| COUNTED_ARGUMENTS.contains(&name.node.as_str())) {
        // Each variable in the value is asked for; none is given.
        let asked = value.node.clone().into_const_with(|name| {
            names.push(name);
            Ok::<_, ()>(async_graphql::Value::Null)
        });
        drop(asked);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Variables;
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::Sizing;

    fn key(document: &str, variables: serde_json::Value) -> u128 {
        let sizing = Sizing::of(&parse_query(document).unwrap());
        sizing.key(7, &Variables::from_json(variables))
    }

    #[test]
    fn a_cost_goes_by_the_variables_that_say_how_long_lists_are() {
        let document = "query($size: Int, $slug: Slug) {
            topic(by: {slug: $slug}) { ...list } }
            fragment list on Topic { ... on Topic { articles(first: $size) { totalCount } } }";

        let one = key(document, json!({"size": 1, "slug": "a"}));

        assert_eq!(one, key(document, json!({"size": 1, "slug": "b"})));
        assert_ne!(one, key(document, json!({"size": 2, "slug": "a"})));
        assert_ne!(one, key(document, json!({"slug": "a"})));
        assert_ne!(one, key(document, json!({"size": null, "slug": "a"})));
    }

    #[test]
    fn values_are_told_from_their_neighbours() {
        let document = "query($a: [ID!]!, $b: [ID!]!) {
            a: nodes(ids: $a) { id } b: nodes(ids: $b) { id } }";

        let split = [
            json!({"a": ["1", "2"], "b": []}),
            json!({"a": ["1"], "b": ["2"]}),
            json!({"a": [], "b": ["1", "2"]}),
        ]
        .map(|variables| key(document, variables));

        assert!(split[0] != split[1] && split[1] != split[2] && split[0] != split[2]);
        assert_eq!(key("{ articles { totalCount } }", json!({"a": 1})), 7);
    }
}
