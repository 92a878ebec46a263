//! Translations as clients see them.

use std::ops::Deref;
use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object, Result};

use crate::content::article::{Article, ArticleById};
use crate::content::author::{Author, AuthorById};
use crate::content::correction::{Correction, WEIGHT as CORRECTIONS_WEIGHT, corrections_of};
use crate::content::issue::{Issue, IssueById};
use crate::content::language::{Translated, since};
use crate::content::rich_text::{DEFAULT_LENGTH, RichText, Unit, minutes};
use crate::content::script::Direction;
use crate::content::topic::{Topic, TopicById};
use crate::content::translation::state::State;
use crate::content::translation::words::Words;
use crate::content::translation::work::Work;
use crate::graphql::batch::load;
use crate::graphql::context::ContextExt as _;
use crate::graphql::page::cost;
use crate::graphql::ready::Ready;
use crate::graphql::scalar::{Locale, Moment, Slug};

/// The words of an article in one locale.
#[derive(Clone, Debug)]
pub struct ArticleTranslation(Words);

/// The words of an issue in one locale.
#[derive(Clone, Debug)]
pub struct IssueTranslation(Words);

/// The words of a topic in one locale.
#[derive(Clone, Debug)]
pub struct TopicTranslation(Words);

/// The words of an author in one locale.
#[derive(Clone, Debug)]
pub struct AuthorTranslation(Words);

/// The words of an issue, an article, a topic or an author in one locale.
#[expect(
    clippy::duplicated_attributes,
    reason = "two fields may have the same type"
)]
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Its id."),
    field(name = "locale", ty = "Locale", desc = "The locale that it is in."),
    field(name = "direction", ty = "Direction", desc = "Which way it runs."),
    field(
        name = "script",
        ty = "Option<String>",
        desc = "The script that it is in, by its code of ISO 15924, such as `Cyrl`; `null` where the language's is not known."
    ),
    field(
        name = "slug",
        ty = "Slug",
        desc = "The present slug of the thing in this locale."
    ),
    field(
        name = "title",
        ty = "Option<String>",
        desc = "The title or the name of the thing in this locale; `null` for an issue without one."
    ),
    field(name = "state", ty = "State", desc = "How far it has come."),
    field(
        name = "version",
        ty = "i32",
        desc = "How often it was written, from 1."
    ),
    field(name = "updated_at", ty = "Moment", desc = "When it was last changed."),
    field(
        name = "url",
        ty = "String",
        desc = "Where the website shows the thing in this locale."
    )
)]
pub enum Translation {
    Article(ArticleTranslation),
    Issue(IssueTranslation),
    Topic(TopicTranslation),
    Author(AuthorTranslation),
}

impl Ready for Translation {}

impl From<Words> for Translation {
    fn from(words: Words) -> Self {
        match words.row.what {
            Translated::Article => Self::Article(ArticleTranslation(words)),
            Translated::Issue => Self::Issue(IssueTranslation(words)),
            Translated::Topic => Self::Topic(TopicTranslation(words)),
            Translated::Author => Self::Author(AuthorTranslation(words)),
        }
    }
}

impl ArticleTranslation {
    /// The words of an article.
    #[must_use]
    pub const fn new(words: Words) -> Self {
        Self(words)
    }

    /// Whether these are the words of `article` in `locale`.
    #[must_use]
    pub fn is(&self, article: i64, locale: &str) -> bool {
        self.row.parent == article && self.row.locale == locale
    }

    /// How far they have come.
    #[must_use]
    pub fn stored_state(&self) -> State {
        self.row.state.into()
    }

    fn rich_text(&self) -> Result<RichText> {
        let own = Locale(self.row.locale.clone());
        let reader = self.reader.or(Some(vec![own]))?;
        Ok(RichText::new(self.row.id, Arc::default(), reader))
    }

    async fn find_article(
        &self,
        ctx: &Context<'_>,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Article>> {
        let reader = self.reader.or(locales)?;
        let key = ArticleById {
            id: self.row.parent,
            locales: reader.locales.clone(),
        };
        let row = ctx.batches().load_one(key).await?;
        Ok(row.map(|row| Article::new(row, reader)))
    }
}

/// The words of an article in one locale.
#[Object]
impl ArticleTranslation {
    #[graphql(flatten)]
    async fn words(&self) -> &Words {
        &self.0
    }

    #[graphql(flatten)]
    async fn work(&self) -> Work {
        Work(self.0.clone())
    }

    /// Whether the article was written in this locale.
    async fn is_original(&self) -> bool {
        self.row.is_original
    }

    /// When it was published; `null` while readers don't see it.
    async fn published_at(&self) -> Option<Moment> {
        self.row.published_at.and_then(since).map(Moment)
    }

    /// What it said wrongly when it was published, the last corrected first.
    #[graphql(complexity = "cost(CORRECTIONS_WEIGHT, child_complexity)")]
    async fn corrections(&self, ctx: &Context<'_>) -> Result<Vec<Correction>> {
        Ok(corrections_of(ctx, self.row.id).await?)
    }

    /// What the article says in a sentence or two; empty where it has no lead.
    async fn lead(&self, ctx: &Context<'_>) -> Result<String> {
        self.text(ctx, "lead").await
    }

    /// The text of the article. Its links lead to articles in this locale.
    async fn body(&self) -> Result<RichText> {
        self.reader.locales.sight().check_text("body")?;
        self.rich_text()
    }

    /// The beginning of its body as plain words, in one line. No word is cut;
    /// it ends in `…` where something is left out. A first word that has no
    /// room is given whole.
    async fn excerpt(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How long it may be, with its `…`: from 1 to 10,000.",
            default_with = "Some(DEFAULT_LENGTH)"
        )]
        length: Option<i32>,
        #[graphql(
            desc = "What `length` counts.",
            default_with = "Some(Unit::Characters)"
        )]
        unit: Option<Unit>,
    ) -> Result<String> {
        self.rich_text()?.begin(ctx, length, unit).await
    }

    /// How many words its body has.
    async fn word_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.rich_text()?.count_words(ctx.batches()).await?)
    }

    /// How many minutes its body takes to read, at the pace that readers of
    /// the language were measured at; rounded up, and 0 without any words.
    async fn reading_minutes(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(minutes(self.word_count(ctx).await?, &self.row.locale))
    }

    /// The article, as the reader is served it; `null` where it is not
    /// published in any of the reader's locales.
    async fn article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the translation's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Article>> {
        self.find_article(ctx, locales).await.transpose()
    }
}

impl IssueTranslation {
    /// The words of an issue.
    #[must_use]
    pub const fn new(words: Words) -> Self {
        Self(words)
    }

    async fn find_issue(
        &self,
        ctx: &Context<'_>,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Issue>> {
        let reader = self.reader.or(locales)?;
        let key = IssueById {
            id: self.row.parent,
            locales: reader.locales.clone(),
        };
        let row = load(ctx.batches(), key).await?;
        Ok(row.map(|row| Issue::new(row, reader)))
    }
}

/// The words of an issue in one locale.
#[Object]
impl IssueTranslation {
    #[graphql(flatten)]
    async fn words(&self) -> &Words {
        &self.0
    }

    /// The issue, as the reader is served it; `null` where it has no words in
    /// the reader's locales.
    async fn issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the translation's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Issue>> {
        self.find_issue(ctx, locales).await.transpose()
    }
}

impl TopicTranslation {
    /// The words of a topic.
    #[must_use]
    pub const fn new(words: Words) -> Self {
        Self(words)
    }

    async fn find_topic(
        &self,
        ctx: &Context<'_>,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Topic>> {
        let reader = self.reader.or(locales)?;
        let key = TopicById {
            id: self.row.parent,
            locales: reader.locales.clone(),
        };
        let row = load(ctx.batches(), key).await?;
        Ok(row.map(|row| Topic::new(row, reader)))
    }
}

/// The words of a topic in one locale.
#[Object]
impl TopicTranslation {
    #[graphql(flatten)]
    async fn words(&self) -> &Words {
        &self.0
    }

    /// What the topic covers; empty where nothing is said.
    async fn description(&self, ctx: &Context<'_>) -> Result<String> {
        self.text(ctx, "description").await
    }

    /// The topic, as the reader is served it; `null` where it has no words in
    /// the reader's locales.
    async fn topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the translation's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Topic>> {
        self.find_topic(ctx, locales).await.transpose()
    }
}

impl AuthorTranslation {
    /// The words of an author.
    #[must_use]
    pub const fn new(words: Words) -> Self {
        Self(words)
    }

    async fn find_author(
        &self,
        ctx: &Context<'_>,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Author>> {
        let reader = self.reader.or(locales)?;
        let key = AuthorById {
            id: self.row.parent,
            locales: reader.locales.clone(),
        };
        let row = load(ctx.batches(), key).await?;
        Ok(row.map(|row| Author::new(row, reader)))
    }
}

/// The words of an author in one locale.
#[Object]
impl AuthorTranslation {
    #[graphql(flatten)]
    async fn words(&self) -> &Words {
        &self.0
    }

    /// Who the author is; empty where nothing is said.
    async fn bio(&self, ctx: &Context<'_>) -> Result<String> {
        self.text(ctx, "bio").await
    }

    /// The author, as the reader is served them; `null` where there are no
    /// words in the reader's locales.
    async fn author(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the translation's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Author>> {
        self.find_author(ctx, locales).await.transpose()
    }
}

impl Deref for ArticleTranslation {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.0
    }
}

impl Deref for IssueTranslation {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.0
    }
}

impl Deref for TopicTranslation {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.0
    }
}

impl Deref for AuthorTranslation {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.0
    }
}
