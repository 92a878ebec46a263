//! Which forms of a text are asked for, and what is read of them.

use super::render::{Rendered, render};

/// A form that is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The source.
    Markdown,
    WordCount,
    Headings,
    /// Plain words.
    Text,
    Html,
    Blocks,
}

/// A set of forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Forms(u8);

/// What was read of a text. `None`: not read, or not made yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    pub markdown: Option<String>,
    pub word_count: Option<i32>,
    /// JSON.
    pub headings: Option<String>,
    pub text: Option<String>,
    pub html: Option<String>,
    /// JSON.
    pub blocks: Option<String>,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 6] = [
        Self::Markdown,
        Self::WordCount,
        Self::Headings,
        Self::Text,
        Self::Html,
        Self::Blocks,
    ];

    /// What it is called in a statement.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "body",
            Self::WordCount => "word_count",
            Self::Headings => "headings",
            Self::Text => "text",
            Self::Html => "html",
            Self::Blocks => "blocks",
        }
    }
}

impl Forms {
    /// None at all.
    pub const NONE: Self = Self(0);

    /// These, and `form` if `wanted`.
    #[must_use]
    pub const fn with_if(self, form: Form, wanted: bool) -> Self {
        if wanted {
            Self(self.0 | 1 << form as u8)
        } else {
            self
        }
    }

    /// Those of both.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether `form` is one of them.
    #[must_use]
    pub const fn contains(self, form: Form) -> bool {
        self.0 & 1 << form as u8 != 0
    }

    /// Whether there is one that is made of the source.
    #[must_use]
    pub fn is_any_made(self) -> bool {
        self.iter().any(|form| form != Form::Markdown)
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Form> {
        Form::ALL
            .into_iter()
            .filter(move |form| self.contains(*form))
    }
}

impl From<Form> for Forms {
    fn from(form: Form) -> Self {
        Self::NONE.with_if(form, true)
    }
}

impl Texts {
    /// All forms of `markdown`, made now.
    #[must_use]
    pub fn made(markdown: String) -> Self {
        let Rendered {
            html,
            text,
            blocks,
            headings,
            word_count,
            links: _,
        } = render(&markdown);
        Self {
            markdown: Some(markdown),
            word_count: Some(i32::try_from(word_count).unwrap_or(i32::MAX)),
            headings: Some(headings),
            text: Some(text),
            html: Some(html),
            blocks: Some(blocks),
        }
    }

    /// Whether `form` was read.
    #[must_use]
    pub const fn has(&self, form: Form) -> bool {
        match form {
            Form::Markdown => self.markdown.is_some(),
            Form::WordCount => self.word_count.is_some(),
            Form::Headings => self.headings.is_some(),
            Form::Text => self.text.is_some(),
            Form::Html => self.html.is_some(),
            Form::Blocks => self.blocks.is_some(),
        }
    }

    /// Whether all of `forms` were read.
    #[must_use]
    pub fn has_all(&self, forms: Forms) -> bool {
        forms.iter().all(|form| self.has(form))
    }
}
