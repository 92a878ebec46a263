//! Where a document passes a limit.

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Pos, Positioned};

use super::measure::{Count, Measure, directives, own};

/// The first place beyond a limit, and the response keys that lead there.
#[derive(Debug, Default)]
pub(super) struct Place<'a> {
    pub(super) at: Option<Pos>,
    pub(super) field: Vec<&'a str>,
}

/// Where `document` first has more than `limit`. It is not for one that has
/// not.
pub(super) fn find<'a>(
    document: &'a ExecutableDocument,
    measure: &mut Measure<'a>,
    count: Count,
    limit: usize,
) -> Place<'a> {
    let mut search = Search {
        measure,
        count,
        left: limit,
        place: Place::default(),
    };
    let mut operations: Vec<_> = document
        .operations
        .iter()
        .map(|(_, operation)| operation)
        .collect();
    operations.sort_by_key(|operation| operation.pos);
    for operation in operations {
        let own = directives(&operation.node.directives);
        if search.takes(count.of(&own), operation.pos)
            || search.selection(&operation.node.selection_set)
        {
            break;
        }
        if matches!(count, Count::Depth | Count::RootFields) {
            search.left = limit;
        }
    }
    search.place
}

struct Search<'s, 'a> {
    measure: &'s mut Measure<'a>,
    count: Count,
    /// How much may still come.
    left: usize,
    place: Place<'a>,
}

impl<'a> Search<'_, 'a> {
    /// Whether the place is in `selection`. Only what holds it is walked into.
    fn selection(&mut self, selection: &'a Positioned<SelectionSet>) -> bool {
        for item in &selection.node.items {
            let many = self.count.of(&self.measure.item(&item.node));
            if many > self.left {
                self.item(item);
                return true;
            }
            // Depths are beside each other, all else adds up.
            if self.count != Count::Depth {
                self.left -= many;
            }
        }
        false
    }

    fn item(&mut self, item: &'a Positioned<Selection>) {
        if let Selection::Field(field) = &item.node {
            self.place
                .field
                .push(field.node.response_key().node.as_str());
        }
        if self.takes(self.count.of(&own(&item.node)), item.pos) {
            return;
        }
        match &item.node {
            Selection::Field(field) => self.selection(&field.node.selection_set),
            Selection::InlineFragment(inline) => self.selection(&inline.node.selection_set),
            Selection::FragmentSpread(spread) => {
                match self.measure.fragment(&spread.node.fragment_name.node) {
                    Some(fragment) => {
                        self.takes(self.count.of(&directives(&fragment.directives)), item.pos)
                            || self.selection(&fragment.selection_set)
                    }
                    None => false,
                }
            }
        };
        // What is counted and not found below is of the item itself.
        self.place.at.get_or_insert(item.pos);
    }

    /// Take so many; whether that passes the limit.
    fn takes(&mut self, many: usize, at: Pos) -> bool {
        if many > self.left {
            self.place.at = Some(at);
            return true;
        }
        self.left -= many;
        false
    }
}
