//! What the mutations of issues answer.

use async_graphql::{Context, ID, Result, SimpleObject};

use crate::content::issue::loader::IssueById;
use crate::content::issue::object::Issue;
use crate::content::issue::publishing::Place;
use crate::content::issue::store::article_ids;
use crate::content::publication::writer;
use crate::content::translation::{ArticleTranslation, State, words_of_articles};
use crate::graphql::context::ContextExt as _;
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{UserError, payload};

payload! {
    /// The issue that was made.
    IssueCreatePayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue whose facts were changed.
    IssueUpdatePayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue whose articles were put in another order.
    IssueArticlesReorderPayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue that was taken back.
    IssueUnpublishPayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue whose words were added.
    IssueTranslationCreatePayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue whose words were changed.
    IssueTranslationUpdatePayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue whose words read again as they did.
    IssueTranslationRestorePayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue whose words were removed.
    IssueTranslationDeletePayload {
        /// The issue as it is now; `null` where there is none.
        issue: Issue
    }
}

payload! {
    /// The issue that was removed.
    IssueDeletePayload {
        /// The id that it had; `null` where it is still there.
        deleted: ID
    }
}

/// The issue that was published.
#[derive(Debug, SimpleObject)]
pub struct IssuePublishPayload {
    /// The issue as it is now; `null` where there is none.
    pub(super) issue: Option<Issue>,
    /// The translations of its articles that readers see from now on, and did
    /// not before.
    pub(super) published: Vec<ArticleTranslation>,
    /// The translations of its articles that were left out, as they are not
    /// ready: not approved.
    pub(super) not_ready: Vec<ArticleTranslation>,
    /// What is wrong with the input; empty where it was done.
    pub(super) user_errors: Vec<UserError>,
}

/// The issue as whoever wrote it is served it, once it is written.
pub(super) async fn now(
    ctx: &Context<'_>,
    id: Option<i64>,
    locale: Option<&Locale>,
) -> Result<Option<Issue>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let reader = writer(ctx, locale.map(|locale| locale.0.as_str())).await?;
    let locales = reader.locales.clone();
    let row = ctx.batches().load_one(IssueById { id, locales }).await?;
    Ok(row.map(|row| Issue::new(row, reader)))
}

/// Of the translations of an issue's articles, by their positions: these, and
/// those that are not ready.
pub(super) async fn of_articles(
    ctx: &Context<'_>,
    issue: i64,
    these: &[Place],
) -> Result<(Vec<ArticleTranslation>, Vec<ArticleTranslation>)> {
    let reader = writer(ctx, None).await?;
    let articles = article_ids(ctx.db(), issue).await?;
    let (mut found, mut not_ready) = (Vec::new(), Vec::new());
    for words in words_of_articles(ctx, &articles, &reader).await? {
        if these
            .iter()
            .any(|(article, locale)| words.is(*article, locale))
        {
            found.push(words);
        } else if words.stored_state() != State::Published {
            not_ready.push(words);
        }
    }
    Ok((found, not_ready))
}
