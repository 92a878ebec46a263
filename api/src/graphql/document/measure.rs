//! How large a document is, with its fragments spread.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};

/// What a selection holds. Each field counts as often as it is spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// How deep fields are nested.
    pub depth: usize,
    pub fields: usize,
    pub aliases: usize,
    pub directives: usize,
    /// Fields of this level that answer something: all but `__typename`.
    pub level: usize,
    /// `__schema` and `__type`.
    pub introspection: usize,
}

/// One of what is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Depth,
    Fields,
    Aliases,
    Directives,
    RootFields,
    Introspection,
}

impl Count {
    pub(super) const fn of(self, size: &Size) -> usize {
        match self {
            Self::Depth => size.depth,
            Self::Fields => size.fields,
            Self::Aliases => size.aliases,
            Self::Directives => size.directives,
            Self::RootFields => size.level,
            Self::Introspection => size.introspection,
        }
    }
}

impl Size {
    pub(super) fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            level: self.level.saturating_add(other.level),
            ..self.with(other)
        }
    }

    /// A field of this size, with what is selected of it.
    fn above(self, below: Self) -> Self {
        Self {
            depth: self.depth + below.depth,
            ..self.with(below)
        }
    }

    fn with(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            introspection: self.introspection.saturating_add(other.introspection),
            ..self
        }
    }
}

/// Measures selections, each fragment once however often it is spread.
pub(super) struct Measure<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while a fragment is being measured.
    known: HashMap<&'a str, Option<Size>>,
    /// A fragment that was met while it was being measured.
    pub(super) endless: Option<&'a str>,
}

impl<'a> Measure<'a> {
    pub(super) fn of(document: &'a ExecutableDocument) -> Self {
        Self {
            fragments: &document.fragments,
            known: HashMap::new(),
            endless: None,
        }
    }

    pub(super) fn fragment(&self, name: &Name) -> Option<&'a FragmentDefinition> {
        self.fragments.get(name).map(|fragment| &fragment.node)
    }

    pub(super) fn selection(&mut self, selection: &'a SelectionSet) -> Size {
        let sizes = selection.items.iter().map(|item| self.item(&item.node));
        sizes.fold(Size::default(), Size::beside)
    }

    pub(super) fn item(&mut self, item: &'a Selection) -> Size {
        let own = own(item);
        match item {
            Selection::Field(field) => own.above(self.selection(&field.node.selection_set.node)),
            Selection::InlineFragment(fragment) => {
                own.beside(self.selection(&fragment.node.selection_set.node))
            }
            Selection::FragmentSpread(spread) => {
                own.beside(self.spread(&spread.node.fragment_name.node))
            }
        }
    }

    fn spread(&mut self, name: &'a Name) -> Size {
        if let Some(known) = self.known.get(name.as_str()) {
            if known.is_none() {
                self.endless = Some(name);
            }
            return known.unwrap_or_default();
        }
        let Some(fragment) = self.fragment(name) else {
            // One that is not there is walked to as often as any.
            return Size {
                fields: 1,
                ..Size::default()
            };
        };
        self.known.insert(name, None);
        let own = directives(&fragment.directives);
        let size = own.beside(self.selection(&fragment.selection_set.node));
        self.known.insert(name, Some(size));
        size
    }
}

/// What an item counts without what is selected of it.
pub(super) fn own(item: &Selection) -> Size {
    match item {
        Selection::Field(field) => own_of_field(&field.node),
        Selection::InlineFragment(fragment) => directives(&fragment.node.directives),
        Selection::FragmentSpread(spread) => directives(&spread.node.directives),
    }
}

pub(super) fn directives(directives: &[Positioned<Directive>]) -> Size {
    Size {
        directives: directives.len(),
        ..Size::default()
    }
}

fn own_of_field(field: &Field) -> Size {
    let name = field.name.node.as_str();
    Size {
        depth: 1,
        fields: 1,
        aliases: usize::from(field.alias.is_some()),
        directives: field.directives.len(),
        level: usize::from(name != "__typename"),
        introspection: usize::from(matches!(name, "__schema" | "__type")),
    }
}
