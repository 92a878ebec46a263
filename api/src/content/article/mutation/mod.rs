//! Changing articles: their facts, their words in each locale, and how far
//! these have come.

mod change;
mod create;
mod facts;
mod input;
mod reference;
mod restore;
mod review;
mod state;
mod translation;
mod words;

use async_graphql::{Context, MergedObject, Result};

use crate::content::article::loader::ArticleById;
use crate::content::article::object::Article;
use crate::content::publication::writer;
use crate::content::writing::Writing;
use crate::graphql::context::ContextExt as _;
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{Refused, UserError, refused};
use facts::FactsMutation;
use state::StateMutation;
use translation::TranslationMutation;

/// All that is changed of articles.
#[derive(Debug, Default, MergedObject)]
pub struct ArticleMutation(FactsMutation, TranslationMutation, StateMutation);

/// End a change: the article as it is then, and what was wrong.
async fn end(
    ctx: &Context<'_>,
    writing: Writing,
    outcome: Result<(), Refused>,
    (id, locale): (i64, Option<&Locale>),
) -> Result<(Option<Article>, Vec<UserError>)> {
    let errors = refused(writing.end(outcome).await?);
    Ok((now(ctx, id, locale).await?, errors))
}

/// The article as whoever wrote it is served it, in `locale` first.
async fn now(ctx: &Context<'_>, id: i64, locale: Option<&Locale>) -> Result<Option<Article>> {
    let reader = writer(ctx, locale.map(|locale| locale.0.as_str())).await?;
    let locales = reader.locales.clone();
    let row = ctx.batches().load_one(ArticleById { id, locales }).await?;
    Ok(row.map(|row| Article::new(row, reader)))
}
