//! Rich text as clients see it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::{
    Context, InputValueError, InputValueResult, Lookahead, Object, Result, Scalar, ScalarType,
    Value,
};

use super::address::Reference;
use super::excerpt::{DEFAULT_LENGTH, MAX_LENGTH, Unit, excerpt};
use super::forms::{Form, Forms, Texts};
use super::link::{in_blocks, in_html, resolve_blocks, resolve_html};
use super::loader::FormOf;
use super::render::Heading;
use crate::cache::tag::Tag;
use crate::content::article::{Address, AddressOf};
use crate::content::language::Translated;
use crate::content::publication::{Reader, Shown};
use crate::error::Error;
use crate::graphql::batch::Batches;
use crate::graphql::context::ContextExt as _;
use crate::graphql::ready::Ready;

/// A text with its forms, made of one source.
#[derive(Clone, Debug)]
pub struct RichText {
    translation: i64,
    /// What was read of it already.
    texts: Arc<Texts>,
    /// Whom its links are resolved for.
    reader: Reader,
}

/// HTML that can stand within a page as it is. It is sanitized: no scripts, no
/// styles, no forms or frames; links lead to `http`, `https`, `mailto`, `tel`
/// or within the site, images to `http`, `https` or the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html(pub String);

/// Any JSON value.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(pub Value);

impl RichText {
    /// The body of these words of an article, of which `texts` was read
    /// already, for `reader`.
    #[must_use]
    pub const fn new(translation: i64, texts: Arc<Texts>, reader: Reader) -> Self {
        Self {
            translation,
            texts,
            reader,
        }
    }

    /// Its beginning; see [`RichText::excerpt`].
    ///
    /// # Errors
    /// If the length is out of bounds, or the database does not answer.
    pub async fn begin(
        &self,
        ctx: &Context<'_>,
        length: Option<i32>,
        unit: Option<Unit>,
    ) -> Result<String> {
        let asked = length.unwrap_or(DEFAULT_LENGTH);
        let length = usize::try_from(asked)
            .ok()
            .filter(|length| (1..=MAX_LENGTH).contains(length))
            .ok_or_else(|| Error::InvalidValue {
                argument: "length",
                what: format!("a number from 1 to {MAX_LENGTH}, not {asked}"),
            })?;
        let unit = unit.unwrap_or_default();
        if length > unit.most_of_a_summary() {
            self.reader
                .locales
                .sight()
                .check_text("excerpt as long as that")?;
        }
        let texts = self.read(ctx.batches(), Form::Text).await?;
        let text = texts.text.as_deref().unwrap_or_default();
        Ok(excerpt(text, length, unit))
    }

    /// Its beginning as plain words, as long as one is unless told.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn usual_excerpt(&self, batches: &Batches) -> Result<String, Arc<Error>> {
        let texts = self.read(batches, Form::Text).await?;
        let text = texts.text.as_deref().unwrap_or_default();
        let length = usize::try_from(DEFAULT_LENGTH).unwrap_or_default();
        Ok(excerpt(text, length, Unit::default()))
    }

    /// It as HTML whose links to articles are resolved for the reader; see
    /// [`RichText::html`].
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn resolved_html(&self, batches: &Batches) -> Result<String, Arc<Error>> {
        let texts = self.read(batches, Form::Html).await?;
        let html = texts.html.as_deref().unwrap_or_default();
        let links = in_html(html);
        if links.is_empty() {
            return Ok(html.to_owned());
        }
        let addresses = self.addresses(batches, links).await?;
        Ok(resolve_html(html, |link| address(&addresses, link)))
    }

    /// How many words it has.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn count_words(&self, batches: &Batches) -> Result<i32, Arc<Error>> {
        let texts = self.read(batches, Form::WordCount).await?;
        Ok(texts.word_count.unwrap_or_default())
    }

    /// Its texts, with `form` among them; without, where it is gone since.
    async fn read(&self, batches: &Batches, form: Form) -> Result<Arc<Texts>, Arc<Error>> {
        if self.texts.has(form) {
            return Ok(Arc::clone(&self.texts));
        }
        let translation = self.translation;
        let texts = batches.load_one(FormOf { translation, form }).await?;
        Ok(texts.unwrap_or_else(|| Arc::new(Texts::made(String::new()))))
    }

    /// Where the website shows the articles that it links to, for the reader.
    async fn addresses(
        &self,
        batches: &Batches,
        links: Vec<Reference>,
    ) -> Result<HashMap<String, String>, Arc<Error>> {
        let keys: HashSet<AddressOf> = links
            .into_iter()
            .map(|link| AddressOf {
                key: link.key,
                locales: self.reader.locales.clone(),
            })
            .collect();
        let asked = keys.len();
        let found = batches.load_many(keys).await?;
        if found.len() < asked {
            // Any article may come to have a key that none has.
            self.reader.notes.tag(Tag::Articles);
        }
        for of in found.values() {
            let (issue, topic) = (Tag::Issue(of.issue_id), Tag::Topic(of.topic_id));
            self.reader.notes.tags([Tag::Article(of.id), issue, topic]);
        }
        let address = |key: AddressOf, of: &Address| {
            let shown = Shown {
                what: Translated::Article,
                locale: &of.locale,
                slug: &of.slug,
                place: Some(&of.place),
            };
            (key.key, self.reader.url(shown))
        };
        Ok(found
            .into_iter()
            .map(|(key, of)| address(key, &of))
            .collect())
    }
}

impl Ready for RichText {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let texts = &*self.texts;
        match ctx.item.node.name.node.as_str() {
            "markdown" => texts.markdown.as_deref().map(Value::from),
            "text" => texts.text.as_deref().map(Value::from),
            "html" => {
                let html = texts.html.as_deref()?;
                in_html(html).is_empty().then(|| html.into())
            }
            _ => None,
        }
    }
}

/// A text with its forms, made of one source.
#[Object]
impl RichText {
    /// The source, as it was written: CommonMark with the tables,
    /// strikethrough and footnotes of GitHub Flavored Markdown. A link to an
    /// article is `article:KEY`, with an anchor after `#` or without.
    async fn markdown(&self, ctx: &Context<'_>) -> Result<String> {
        let texts = self.read(ctx.batches(), Form::Markdown).await?;
        Ok(texts.markdown.clone().unwrap_or_default())
    }

    /// As HTML. Headings have the anchors of `headings` as ids. Links to
    /// articles lead to where the website shows them to the reader; those to
    /// articles that the reader has none of are their words alone.
    async fn html(&self, ctx: &Context<'_>) -> Result<Html> {
        Ok(Html(self.resolved_html(ctx.batches()).await?))
    }

    /// As plain words: a block a line, without markup; images are what they
    /// say, footnotes come last.
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        let texts = self.read(ctx.batches(), Form::Text).await?;
        Ok(texts.text.clone().unwrap_or_default())
    }

    /// As a tree, for programs that render without HTML. The JSON Schema at
    /// `/schemas/blocks-1.json` of this server describes it, and its `version`
    /// says that it does. Links are resolved as in `html`.
    async fn blocks(&self, ctx: &Context<'_>) -> Result<Json> {
        let texts = self.read(ctx.batches(), Form::Blocks).await?;
        let blocks = texts.blocks.as_deref().unwrap_or_default();
        let mut blocks: Value =
            serde_json::from_str(blocks).map_err(|error| Error::Internal(error.into()))?;
        let links = in_blocks(&blocks);
        if !links.is_empty() {
            let addresses = self.addresses(ctx.batches(), links).await?;
            resolve_blocks(&mut blocks, &|link| address(&addresses, link));
        }
        Ok(Json(blocks))
    }

    /// Its headings in order, for a table of contents.
    async fn headings(&self, ctx: &Context<'_>) -> Result<Vec<Heading>> {
        let texts = self.read(ctx.batches(), Form::Headings).await?;
        let headings = texts.headings.as_deref().unwrap_or_default();
        Ok(serde_json::from_str(headings).map_err(|error| Error::Internal(error.into()))?)
    }

    /// Its beginning as plain words, in one line. No word is cut; it ends in
    /// `…` where something is left out. A first word that has no room is given
    /// whole.
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
        self.begin(ctx, length, unit).await
    }
}

/// The forms that the selection of something with a body asks for.
#[must_use]
pub fn asked(selection: &Lookahead<'_>) -> Forms {
    let has = |name| selection.field(name).exists();
    let mut forms = Forms::NONE
        .with_if(
            Form::WordCount,
            has("wordCount") || has("readingMinutes") || has("jsonLd"),
        )
        .with_if(Form::Text, has("excerpt"));
    let body = selection.field("body");
    if body.exists() {
        for (name, form) in [
            ("markdown", Form::Markdown),
            ("html", Form::Html),
            ("text", Form::Text),
            ("excerpt", Form::Text),
            ("blocks", Form::Blocks),
            ("headings", Form::Headings),
        ] {
            forms = forms.with_if(form, body.field(name).exists());
        }
    }
    forms
}

fn address(addresses: &HashMap<String, String>, link: &Reference) -> Option<String> {
    let address = addresses.get(&link.key)?;
    Some(format!("{address}{}", link.fragment()))
}

/// HTML that can stand within a page as it is. It is sanitized: no scripts, no
/// styles, no forms or frames; links lead to `http`, `https`, `mailto`, `tel`
/// or within the site, images to `http`, `https` or the site.
#[Scalar(specified_by_url = "https://html.spec.whatwg.org/")]
impl ScalarType for Html {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(html) => Ok(Self(html)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// Any JSON value.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value))
    }

    fn to_value(&self) -> Value {
        self.0.clone()
    }
}
