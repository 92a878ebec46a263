//! What an article has at hand: its row, and what is in memory around it.

use async_graphql::resolver_utils::enum_value;
use async_graphql::{Context, ScalarType as _, Value};

use crate::cache::tag::Tag;
use crate::content::article::filter::Trend;
use crate::content::article::object::Article;
use crate::content::author::{Author, AuthorsOf};
use crate::content::entity::public;
use crate::content::issue::{Issue, IssueById};
use crate::content::language::{Sight, since};
use crate::content::script::direction;
use crate::content::topic::{Topic, TopicById};
use crate::graphql::batch::known;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::ready::{Ready, below};
use crate::graphql::scalar::Moment;

impl Ready for Article {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let field = &ctx.item.node;
        let row = &*self.row;
        Some(match field.name.node.as_str() {
            "id" => encode("Article", row.id).0.into(),
            "key" => row.key.as_str().into(),
            "slug" => row.slug.as_str().into(),
            "title" => row.title.as_str().into(),
            "lead" => row.lead.as_str().into(),
            "trend" => row
                .trend
                .map_or(Value::Null, |trend| enum_value(Trend::from(trend))),
            "position" => row.position.into(),
            "publishedAt" => moment(since(row.public_at).map(Moment)),
            "updatedAt" => Moment(row.updated_at).to_value(),
            "locale" => row.locale.as_str().into(),
            "originalLocale" => row.original_locale.as_str().into(),
            "isOriginal" => (row.locale == row.original_locale).into(),
            "direction" => enum_value(direction(&row.locale)),
            "isFallback" => self.reader.locales.is_fallback(&row.locale).into(),
            "body" if !matches!(self.reader.locales.sight(), Sight::Scoped(_)) => {
                below(ctx, &self.rich_text())?
            }
            "topic" if field.arguments.is_empty() => self.topic_now(ctx)?,
            "issue" if field.arguments.is_empty() => self.issue_now(ctx)?,
            "authors" if field.arguments.is_empty() => self.authors_now(ctx)?,
            _ => return None,
        })
    }
}

impl Article {
    fn topic_now(&self, ctx: &Context<'_>) -> Option<Value> {
        let locales = public(&self.reader.locales)?;
        self.reader.notes.tag(Tag::Topic(self.row.topic_id));
        let Some(row) = known::<TopicById>(ctx.batches(), locales, &self.row.topic_id)? else {
            return Some(Value::Null);
        };
        below(ctx, &Topic::new(row, self.reader.clone()))
    }

    fn issue_now(&self, ctx: &Context<'_>) -> Option<Value> {
        let locales = public(&self.reader.locales)?;
        self.reader.notes.tag(Tag::Issue(self.row.issue_id));
        let Some(row) = known::<IssueById>(ctx.batches(), locales, &self.row.issue_id)? else {
            return Some(Value::Null);
        };
        below(ctx, &Issue::new(row, self.reader.clone()))
    }

    fn authors_now(&self, ctx: &Context<'_>) -> Option<Value> {
        let locales = public(&self.reader.locales)?;
        let rows = known::<AuthorsOf>(ctx.batches(), locales, &self.row.id)?;
        let authors = rows.into_iter().flatten();
        let authors = authors.map(|row| below(ctx, &Author::new(row, self.reader.clone())));
        Some(Value::List(authors.collect::<Option<_>>()?))
    }
}

fn moment(moment: Option<Moment>) -> Value {
    moment.map_or(Value::Null, |moment| moment.to_value())
}
