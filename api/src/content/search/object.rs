//! What search tells about its hits.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use super::highlight::{self, Piece};
use super::question::{IN_TITLE, Question, Reading};
use crate::content::article::Found;
use crate::content::language::Sight;
use crate::content::rich_text::{Form, FormOf};
use crate::error::Error;
use crate::graphql::context::ContextExt as _;

/// What an edge of search tells beside its article.
#[derive(Clone, Debug)]
pub struct SearchEdgeFields {
    found: Found,
    sight: Sight,
    question: Arc<Question>,
}

impl SearchEdgeFields {
    pub(super) const fn new(found: Found, sight: Sight, question: Arc<Question>) -> Self {
        Self {
            found,
            sight,
            question,
        }
    }
}

/// What an edge of search tells beside its article.
#[Object]
impl SearchEdgeFields {
    /// How well the article fits, above 0 and at most 1: the mean of all words
    /// and phrases that are looked for, each counting 1 if it is in the title, else
    /// 1/2 if it is in the lead, else 1/8.
    async fn score(&self) -> f64 {
        let best = IN_TITLE * self.question.clauses() as i64;
        self.found.score as f64 / best as f64
    }

    /// Where the article's words hold what was looked for, as they are served.
    async fn highlights(&self) -> Highlights<'_> {
        Highlights {
            found: &self.found,
            sight: self.sight,
            reading: self.question.reading(&self.found.row.locale),
        }
    }
}

/// Where an article's words hold what was looked for.
#[derive(Debug)]
pub struct Highlights<'a> {
    found: &'a Found,
    sight: Sight,
    reading: Option<&'a Reading>,
}

/// Where an article's words hold what was looked for.
#[Object]
impl Highlights<'_> {
    /// The title, its hits marked; `null` when it has none.
    async fn title(&self) -> Option<Highlight> {
        self.whole(&self.found.row.title)
    }

    /// The lead, its hits marked; `null` when it has none.
    async fn lead(&self) -> Option<Highlight> {
        self.whole(&self.found.row.lead)
    }

    /// Places of the body that hold hits, in its order, each of about thirty
    /// words; none where its first 200,000 characters have no hit.
    async fn body(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many at most, from 0 to 10: the best ones.",
            default_with = "Some(FRAGMENTS)"
        )]
        first: Option<i32>,
    ) -> Result<Vec<Highlight>> {
        self.sight.check_text("highlight of the body")?;
        let first = first.unwrap_or(FRAGMENTS);
        let most = usize::try_from(first)
            .ok()
            .filter(|most| *most <= MAX_FRAGMENTS);
        let most = most.ok_or_else(|| Error::InvalidValue {
            argument: "first",
            what: format!("a number from 0 to {MAX_FRAGMENTS}, not {first}"),
        })?;
        let (Some(reading), 1..) = (self.reading, most) else {
            return Ok(Vec::new());
        };
        let text = plain_text(ctx, self.found).await?;
        let end = text.char_indices().nth(MAX_SEARCHED);
        let text = &text[..end.map_or(text.len(), |(end, _)| end)];
        let fragments = highlight::fragments(text, &self.found.row.locale, reading, most);
        Ok(fragments.into_iter().map(Highlight::of).collect())
    }
}

/// How many places of a body are shown unless told.
const FRAGMENTS: i32 = 3;

/// How many characters of a body are searched for places to show.
const MAX_SEARCHED: usize = 200_000;

/// The most places of a body that can be asked for.
const MAX_FRAGMENTS: usize = 10;

impl Highlights<'_> {
    fn whole(&self, text: &str) -> Option<Highlight> {
        highlight::whole(text, &self.found.row.locale, self.reading?).map(Highlight::of)
    }
}

/// A text, or a piece of one, with its hits marked. Where it was cut out of a
/// longer text it has `…`.
#[derive(Clone, Debug, SimpleObject)]
pub struct Highlight {
    /// As HTML: escaped text, hits within `<mark>`, and no other markup.
    html: String,
    /// Piece by piece, unescaped, for those who do not show HTML.
    parts: Vec<HighlightPart>,
}

/// A piece of a highlight.
#[derive(Clone, Debug, SimpleObject)]
pub struct HighlightPart {
    /// Its text.
    text: String,
    /// Whether it is what was looked for.
    is_hit: bool,
}

impl Highlight {
    fn of(pieces: Vec<Piece>) -> Self {
        let mut html = String::new();
        for piece in &pieces {
            if piece.is_hit {
                html.push_str("<mark>");
            }
            escape(&piece.text, &mut html);
            if piece.is_hit {
                html.push_str("</mark>");
            }
        }
        let parts = pieces.into_iter().map(|piece| HighlightPart {
            text: piece.text,
            is_hit: piece.is_hit,
        });
        Self {
            html,
            parts: parts.collect(),
        }
    }
}

fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            letter => html.push(letter),
        }
    }
}

/// The body's plain text.
async fn plain_text(ctx: &Context<'_>, found: &Found) -> Result<String> {
    let key = FormOf {
        translation: found.row.translation_id,
        form: Form::Text,
    };
    let texts = ctx.batches().load_one(key).await?;
    // Gone since the article was found: an empty text.
    let text = texts.as_ref().and_then(|texts| texts.text.clone());
    Ok(text.unwrap_or_default())
}
