//! A text as a tree of blocks: what `blocks` serves, and what all other forms
//! are written from. `api/assets/rich_text/blocks.schema.json` describes it.

use serde::Serialize;

/// The version of the tree that [`Document`] is.
pub const VERSION: u8 = 1;

/// A whole text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    pub version: u8,
    pub blocks: Vec<Block>,
    /// In the order in which the text first refers to them.
    pub footnotes: Vec<Footnote>,
}

/// What stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Block {
    Paragraph {
        content: Vec<Inline>,
    },
    Heading {
        /// From 1 to 6.
        level: u8,
        /// Unique in the text.
        anchor: String,
        content: Vec<Inline>,
    },
    List(List),
    Quote {
        blocks: Vec<Block>,
    },
    Code {
        /// As the source names it; `None` where it does not.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// Without the last line's end.
        text: String,
    },
    Table(Table),
    /// An image that is a paragraph by itself.
    Image(Image),
    ThematicBreak,
}

/// Items, numbered or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct List {
    pub ordered: bool,
    /// The first number; `None` where it is not ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// Whether nothing stands between the items but a line's end.
    pub tight: bool,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    pub blocks: Vec<Block>,
}

/// Every row has a cell for each column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    pub columns: Vec<Column>,
    pub header: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// `None`: as the frontend likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alignment: Option<Alignment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Alignment {
    Left,
    Center,
    Right,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub content: Vec<Inline>,
}

/// A note to the text, which refers to it by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Footnote {
    /// From 1.
    pub number: usize,
    pub blocks: Vec<Block>,
    /// How often the text refers to it.
    #[serde(skip)]
    pub references: usize,
}

/// What stands within a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Inline {
    Text {
        text: String,
    },
    Emphasis {
        content: Vec<Inline>,
    },
    Strong {
        content: Vec<Inline>,
    },
    Strikethrough {
        content: Vec<Inline>,
    },
    Code {
        text: String,
    },
    Link(Link),
    Image(Image),
    LineBreak,
    FootnoteReference {
        number: usize,
        /// Which reference to that footnote it is, from 1.
        #[serde(skip)]
        nth: usize,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it leads. Of a link to an article it is stored as
    /// `article:KEY#ANCHOR`, percent-encoded, and resolved for each reader.
    pub href: String,
    /// The key of the article that it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub content: Vec<Inline>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Image {
    pub src: String,
    /// What it shows, in words; empty where nothing is said.
    pub alt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}
