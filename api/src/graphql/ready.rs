//! Fields that are at hand.
//!
//! async-graphql makes a future for each field of each object, in a box of its
//! own, and waits for all of them: some thousand instructions to read a column
//! that is there. [`Ready`] objects tell what they have without a future; the
//! others of their fields take the usual way.

use std::borrow::Cow;

use async_graphql::indexmap::map::{Entry, IndexMap};
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::ContainerType;
use async_graphql::{
    Context, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
};
use futures_util::future::{BoxFuture, try_join_all};

/// An object that has some of its fields at hand.
pub trait Ready: ContainerType {
    /// The value of the field that `ctx` is at, as resolving it would make it;
    /// `None`: it has to be resolved. No field that is ready can fail.
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let _ = ctx;
        None
    }
}

impl<T: Ready> Ready for &T {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        T::ready(self, ctx)
    }
}

/// An object whose fields that are at hand take the short way.
#[derive(Clone, Copy, Debug)]
pub struct Quick<T>(pub T);

/// A list of such objects.
#[derive(Clone, Debug)]
pub struct QuickList<T>(pub Vec<T>);

/// The whole of `object`, if all that is selected of it is at hand.
#[must_use]
pub fn now<T: Ready>(ctx: &ContextSelectionSet<'_>, object: &T) -> Option<Value> {
    let mut fields = IndexMap::with_capacity(ctx.item.node.items.len());
    collect(ctx, object, &mut fields)?;
    Some(Value::Object(fields))
}

/// The object that the field of `ctx` leads to, if all that is selected of it
/// is at hand.
#[must_use]
pub fn below<T: Ready>(ctx: &Context<'_>, object: &T) -> Option<Value> {
    now(
        &ctx.with_selection_set(&ctx.item.node.selection_set),
        object,
    )
}

/// The same for a list.
#[must_use]
pub fn all_below<T: Ready>(
    ctx: &Context<'_>,
    objects: impl IntoIterator<Item = T>,
) -> Option<Value> {
    let ctx = ctx.with_selection_set(&ctx.item.node.selection_set);
    let items = objects.into_iter().map(|object| now(&ctx, &object));
    Some(Value::List(items.collect::<Option<_>>()?))
}

impl<T: Ready> OutputType for Quick<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        resolve(ctx, field, &self.0, is_plain(&ctx.item.node)).await
    }
}

impl<T: Ready> OutputType for QuickList<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let mut items = Vec::with_capacity(self.0.len());
        // What one of them has not at hand, the others seldom have.
        items.extend(self.0.iter().map_while(|item| now(ctx, item)));
        let waiting = self.0.iter().enumerate().skip(items.len());
        let is_plain = is_plain(&ctx.item.node);
        let waiting = waiting.map(|(place, item)| {
            let ctx = ctx.with_index(place);
            async move {
                let resolved = resolve(&ctx, field, item, is_plain).await;
                resolved.map_err(|error| ctx.set_error_path(error))
            }
        });
        if waiting.len() > 0 {
            items.extend(try_join_all(waiting).await?);
        }
        Ok(Value::List(items))
    }
}

/// Resolve an object, in a box: objects hold objects of any type.
fn resolve<'a, T: Ready>(
    ctx: &'a ContextSelectionSet<'_>,
    field: &'a Positioned<Field>,
    object: &'a T,
    is_plain: bool,
) -> BoxFuture<'a, ServerResult<Value>> {
    if is_plain {
        Box::pin(resolve_rest(ctx, object))
    } else {
        Box::pin(object.resolve(ctx, field))
    }
}

/// Whether a selection has only fields, none of them twice.
fn is_plain(selection: &SelectionSet) -> bool {
    let mut keys: Vec<&Name> = Vec::with_capacity(selection.items.len());
    selection.items.iter().all(|item| {
        let Selection::Field(field) = &item.node else {
            return false;
        };
        let key = &field.node.response_key().node;
        let is_new = field.node.directives.is_empty() && !keys.contains(&key);
        keys.push(key);
        is_new
    })
}

/// Resolve a selection that is plain: what is at hand now, all else together.
async fn resolve_rest<T: Ready>(ctx: &ContextSelectionSet<'_>, object: &T) -> ServerResult<Value> {
    let mut fields = IndexMap::with_capacity(ctx.item.node.items.len());
    let mut waiting = Vec::new();
    for item in &ctx.item.node.items {
        let Selection::Field(field) = &item.node else {
            continue;
        };
        let key = field.node.response_key().node.clone();
        let value = field_now(ctx, object, field);
        if value.is_none() {
            let key = key.clone();
            let resolved: BoxFuture<'_, ServerResult<_>> = Box::pin(async move {
                let ctx = ctx.with_field(field);
                let value = object.resolve_field(&ctx).await?;
                Ok((key, value.unwrap_or_default()))
            });
            waiting.push(resolved);
        }
        // Its place is kept, so that fields are in the order asked.
        fields.insert(key, value.unwrap_or_default());
    }
    if !waiting.is_empty() {
        for (key, value) in try_join_all(waiting).await? {
            fields.insert(key, value);
        }
    }
    Ok(Value::Object(fields))
}

fn field_now<T: Ready>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    field: &Positioned<Field>,
) -> Option<Value> {
    if field.node.name.node == "__typename" {
        let name = object.introspection_type_name();
        return Some(Value::String(name.into_owned()));
    }
    object.ready(&ctx.with_field(field))
}

/// Add what is selected to `fields`; `None`: some of it is not at hand.
fn collect<T: Ready>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    fields: &mut IndexMap<Name, Value>,
) -> Option<()> {
    for item in &ctx.item.node.items {
        match &item.node {
            Selection::Field(field) if field.node.directives.is_empty() => {
                let value = field_now(ctx, object, field)?;
                match fields.entry(field.node.response_key().node.clone()) {
                    Entry::Vacant(place) => drop(place.insert(value)),
                    // The selections of both would have to be merged.
                    Entry::Occupied(_) if has_fields(&value) => return None,
                    // The same field once more: validation sees to that.
                    Entry::Occupied(_) => {}
                }
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let fragment = &ctx.query_env.fragments.get(name)?.node;
                let on = &fragment.type_condition.node.on.node;
                applies(ctx, object, on).then_some(())?;
                let ctx = ctx.with_selection_set(&fragment.selection_set);
                collect(&ctx, object, fields)?;
            }
            Selection::InlineFragment(fragment) => {
                if let Some(condition) = &fragment.node.type_condition {
                    applies(ctx, object, &condition.node.on.node).then_some(())?;
                }
                let ctx = ctx.with_selection_set(&fragment.node.selection_set);
                collect(&ctx, object, fields)?;
            }
            Selection::Field(_) => return None,
        }
    }
    Some(())
}

/// Whether `object` is surely of the type that a fragment is on.
fn applies<T: Ready>(ctx: &ContextSelectionSet<'_>, object: &T, on: &str) -> bool {
    let name = object.introspection_type_name();
    let implemented = &ctx.schema_env.registry.implements;
    name == on
        || implemented
            .get(&*name)
            .is_some_and(|interfaces| interfaces.contains(on))
}

fn has_fields(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::List(items) => items.iter().any(has_fields),
        _ => false,
    }
}
