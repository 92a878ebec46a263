//! Relay connections: the shape of every list that can grow.

use std::borrow::Cow;
use std::sync::Arc;

pub use async_graphql::connection::EmptyFields;
use async_graphql::{Context, Object, ObjectType, OutputType, Result, TypeName, Value};
use futures_util::future::BoxFuture;

use crate::error::Error;
use crate::graphql::keyset::{Cursor, Slice};
use crate::graphql::ready::{Quick, QuickList, Ready, all_below, below};

/// Counts what a connection would list without its page.
pub trait Count: Send + Sync {
    /// How many there are.
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>>;
}

/// What a kind of list tells beside what all lists tell.
///
/// The fields are flattened into the connection and its edges. The types that
/// hold them are reached by nothing, and so they are not in the schema.
pub trait Kind: Send + Sync + 'static {
    /// More fields of the connection.
    type Fields: ObjectType;
    /// More fields of each edge.
    type EdgeFields: ObjectType;

    /// What the names of its types begin with, in a list of `T`.
    #[must_use]
    fn name<T: OutputType>() -> Cow<'static, str> {
        T::type_name()
    }
}

/// A list that tells what all lists tell.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Kind for Plain {
    type Fields = EmptyFields;
    type EdgeFields = EmptyFields;
}

/// A list, one page at a time.
#[expect(missing_debug_implementations, reason = "it holds how to count")]
pub struct Connection<T, K: Kind = Plain> {
    slice: Slice<(T, K::EdgeFields)>,
    fields: K::Fields,
    total: Box<dyn Count>,
}

impl<T> Connection<T> {
    /// The page `slice` of a list that `total` counts.
    pub fn new(slice: Slice<T>, total: impl Count + 'static) -> Self {
        Self::telling(EmptyFields, slice, total)
    }
}

impl<T, K: Kind<EdgeFields = EmptyFields>> Connection<T, K> {
    /// The page `slice` of a list that `total` counts and that tells `fields`.
    pub fn telling(fields: K::Fields, slice: Slice<T>, total: impl Count + 'static) -> Self {
        Self::of_edges(fields, slice.map(|node| (node, EmptyFields)), total)
    }
}

impl<T, K: Kind> Connection<T, K> {
    /// The page `slice` of a list that `total` counts and that tells `fields`;
    /// each item with what its edge tells.
    pub fn of_edges(
        fields: K::Fields,
        slice: Slice<(T, K::EdgeFields)>,
        total: impl Count + 'static,
    ) -> Self {
        Self {
            slice,
            fields,
            total: Box::new(total),
        }
    }

    fn list_edges(&self) -> impl Iterator<Item = Edge<'_, T, K>> {
        let items = self.slice.items.iter();
        items.map(|(cursor, (node, fields))| Edge {
            cursor,
            node,
            fields,
        })
    }

    fn page(&self) -> PageInfo<'_> {
        let items = &self.slice.items;
        PageInfo {
            has_next_page: self.slice.has_next,
            has_previous_page: self.slice.has_previous,
            start_cursor: items.first().map(|(cursor, _)| cursor),
            end_cursor: items.last().map(|(cursor, _)| cursor),
        }
    }
}

/// Whether a connection's items are asked for at all, or just their count.
#[must_use]
pub fn wants_items(ctx: &Context<'_>) -> bool {
    let wanted = ctx.look_ahead();
    ["nodes", "edges", "pageInfo"]
        .into_iter()
        .any(|name| wanted.field(name).exists())
}

/// One page of a list, after the Relay cursor connections specification.
#[Object(name_type)]
impl<T: Ready, K: Kind> Connection<T, K> {
    /// The page's items, each with its cursor.
    async fn edges(&self) -> QuickList<Edge<'_, T, K>> {
        QuickList(self.list_edges().collect())
    }

    /// The page's items without their cursors.
    async fn nodes(&self) -> QuickList<&T> {
        let items = self.slice.items.iter();
        QuickList(items.map(|(_, (node, _))| node).collect())
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> PageInfo<'_> {
        self.page()
    }

    /// How many items the whole list has: with its filter, without its page.
    /// Counted only when it is asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = self.total.count(ctx).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    #[graphql(flatten)]
    async fn fields(&self) -> &K::Fields {
        &self.fields
    }
}

impl<T: OutputType, K: Kind> TypeName for Connection<T, K> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", K::name::<T>()).into()
    }
}

impl<T: Ready, K: Kind> Ready for Connection<T, K> {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let items = self.slice.items.iter();
        match ctx.item.node.name.node.as_str() {
            "nodes" => all_below(ctx, items.map(|(_, (node, _))| node)),
            "edges" => all_below(ctx, self.list_edges()),
            "pageInfo" => below(ctx, &self.page()),
            _ => None,
        }
    }
}

/// An item of a list, and where it stands.
#[expect(missing_debug_implementations, reason = "its fields may have none")]
pub struct Edge<'a, T, K: Kind> {
    cursor: &'a Cursor,
    node: &'a T,
    fields: &'a K::EdgeFields,
}

/// An item of a list, and where it stands.
#[Object(name_type)]
impl<T: Ready, K: Kind> Edge<'_, T, K> {
    /// Where the item stands: a value for `after` or `before` of a list in the
    /// same order.
    async fn cursor(&self) -> String {
        self.cursor.encode()
    }

    /// The item.
    async fn node(&self) -> Quick<&T> {
        Quick(self.node)
    }

    #[graphql(flatten)]
    async fn fields(&self) -> &K::EdgeFields {
        self.fields
    }
}

impl<T: OutputType, K: Kind> TypeName for Edge<'_, T, K> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", K::name::<T>()).into()
    }
}

impl<T: Ready, K: Kind> Ready for Edge<'_, T, K> {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        match ctx.item.node.name.node.as_str() {
            "cursor" => Some(self.cursor.encode().into()),
            "node" => below(ctx, self.node),
            _ => None,
        }
    }
}

/// Where a page stands in its list.
#[derive(Debug)]
pub struct PageInfo<'a> {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<&'a Cursor>,
    end_cursor: Option<&'a Cursor>,
}

impl Ready for PageInfo<'_> {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let written =
            |cursor: Option<&Cursor>| cursor.map_or(Value::Null, |cursor| cursor.encode().into());
        Some(match ctx.item.node.name.node.as_str() {
            "hasNextPage" => self.has_next_page.into(),
            "hasPreviousPage" => self.has_previous_page.into(),
            "startCursor" => written(self.start_cursor),
            "endCursor" => written(self.end_cursor),
            _ => return None,
        })
    }
}

/// Where a page stands in its list.
#[Object]
impl PageInfo<'_> {
    /// Whether items follow the page. When paging backward: whether the page
    /// was asked for with a cursor.
    async fn has_next_page(&self) -> bool {
        self.has_next_page
    }

    /// Whether items come before the page. When paging forward: whether the
    /// page was asked for with a cursor.
    async fn has_previous_page(&self) -> bool {
        self.has_previous_page
    }

    /// The cursor of the page's first item; `null` on an empty page.
    async fn start_cursor(&self) -> Option<String> {
        self.start_cursor.map(Cursor::encode)
    }

    /// The cursor of the page's last item; `null` on an empty page.
    async fn end_cursor(&self) -> Option<String> {
        self.end_cursor.map(Cursor::encode)
    }
}
