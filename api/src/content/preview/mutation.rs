//! Making preview tokens.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::DateTime;

use crate::access::{Operation, Previewed, preview_token};
use crate::audit::Deed;
use crate::content::language::Translated;
use crate::content::writing::{Writing, check_facts};
use crate::error::Error;
use crate::graphql::id::decode;
use crate::graphql::scalar::Moment;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode, payload};

/// A preview token that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct PreviewTokenCreateInput {
    /// The id of what is to be previewed: an issue, with all words of its
    /// articles, or an article, with all of its words.
    pub id: ID,
    /// For how many minutes: from 1 to 43,200, which are thirty days.
    #[graphql(default_with = "Some(DEFAULT_MINUTES)")]
    pub expires_in_minutes: Option<i32>,
}

/// A token that shows one issue or article before readers see it.
#[derive(Clone, Debug, SimpleObject)]
pub struct PreviewToken {
    /// What a frontend sends as the header `Masthead-Preview`, or as the
    /// parameter `preview` of a GET. Whoever has it needs no key, and sees
    /// nothing else that readers don't. It can't be taken back: it ends by
    /// itself, with what it shows, and when an issue gets another number.
    token: String,
    /// When it ends.
    expires_at: Moment,
}

payload! {
    /// The token that was made.
    PreviewTokenCreatePayload {
        /// The token; `null` where none was made.
        preview_token: PreviewToken
    }
}

#[derive(Debug, Default)]
pub struct PreviewMutation;

#[Object]
impl PreviewMutation {
    /// Make a token that shows one issue or article before readers see it. It
    /// reads; it never writes.
    async fn preview_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to show, and for how long.")] input: PreviewTokenCreateInput,
    ) -> Result<PreviewTokenCreatePayload> {
        let mut writing =
            Writing::begin_as_caller(ctx, Operation::PreviewTokenCreate, None).await?;
        let outcome = create(&mut writing, &input).await;
        let (token, errors) = match writing.end(outcome).await? {
            Ok(token) => (Some(token), Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(PreviewTokenCreatePayload::new(token, errors))
    }
}

/// A day, unless told.
const DEFAULT_MINUTES: i32 = 1440;

/// Thirty days.
const MAX_MINUTES: i32 = 43_200;

async fn create(
    writing: &mut Writing,
    input: &PreviewTokenCreateInput,
) -> Result<PreviewToken, Refused> {
    let (what, shown) = previewed(&input.id)?;
    let minutes = input.expires_in_minutes.unwrap_or(DEFAULT_MINUTES);
    if !(1..=MAX_MINUTES).contains(&minutes) {
        let message = format!("is {minutes}; it is from 1 to {MAX_MINUTES}");
        let code = UserErrorCode::Invalid;
        return Err(UserError::new(code, "expiresInMinutes", message).into());
    }
    let (Previewed::Issue(id) | Previewed::Article(id)) = shown;
    let facts = check_facts(writing.tx(), what, ("id", id), None).await?;
    // In whole seconds, as the token has it.
    let end = writing.now().timestamp() + 60 * i64::from(minutes);
    let expires_at = DateTime::from_timestamp(end, 0).unwrap_or_else(|| writing.now());
    let token = preview_token(writing.tx(), (shown, &facts.name), expires_at).await?;
    writing.note(Deed {
        operation: Operation::PreviewTokenCreate.as_str(),
        thing: Some((what.type_name(), id)),
        name: Some(facts.name),
        ..Deed::default()
    });
    Ok(PreviewToken {
        token,
        expires_at: Moment(expires_at),
    })
}

/// What an id names that can be previewed.
fn previewed(id: &ID) -> Result<(Translated, Previewed), Error> {
    let named = decode(id)?;
    match named.type_name.as_str() {
        "Issue" => Ok((Translated::Issue, Previewed::Issue(named.key))),
        "Article" => Ok((Translated::Article, Previewed::Article(named.key))),
        _ => Err(Error::OtherId {
            id: id.to_string(),
            found: named.type_name,
            wanted: "Issue or Article",
        }),
    }
}
