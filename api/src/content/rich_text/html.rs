//! A tree to HTML, as CommonMark writes it.

use std::fmt::Write as _;

use super::address::{ARTICLE, is_external};
use super::tree::{Alignment, Block, Cell, Document, Footnote, Image, Inline, Link, List, Table};

/// The HTML of a tree, not sanitized yet. `mark` is part of every footnote's
/// id, so that several texts can stand on one page.
#[must_use]
pub fn write(document: &Document, mark: &str) -> String {
    let mut writer = Writer {
        html: String::new(),
        mark,
    };
    writer.blocks(&document.blocks);
    writer.footnotes(&document.footnotes);
    writer.html
}

struct Writer<'a> {
    html: String,
    mark: &'a str,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.html.push('\n');
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { content } => {
                self.html.push_str("<p>");
                self.inlines(content);
                self.html.push_str("</p>");
            }
            Block::Heading {
                level,
                anchor,
                content,
            } => {
                self.add(format_args!("<h{level}"));
                self.attribute("id", anchor);
                self.html.push('>');
                self.inlines(content);
                self.add(format_args!("</h{level}>"));
            }
            Block::List(list) => self.list(list),
            Block::Quote { blocks } => {
                self.html.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.html.push_str("</blockquote>");
            }
            Block::Code { language, text } => {
                self.html.push_str("<pre><code");
                if let Some(language) = language {
                    self.attribute("class", &format!("language-{language}"));
                }
                self.html.push('>');
                self.text(text);
                self.html.push_str("\n</code></pre>");
            }
            Block::Table(table) => self.table(table),
            Block::Image(image) => {
                self.html.push_str("<p>");
                self.image(image);
                self.html.push_str("</p>");
            }
            Block::ThematicBreak => self.html.push_str("<hr>"),
        }
    }

    fn list(&mut self, list: &List) {
        let tag = if list.ordered { "ol" } else { "ul" };
        self.add(format_args!("<{tag}"));
        if let Some(start) = list.start.filter(|start| *start != 1) {
            self.attribute("start", &start.to_string());
        }
        self.html.push_str(">\n");
        for item in &list.items {
            self.html.push_str("<li>");
            if list.tight {
                self.tight(&item.blocks);
            } else if !item.blocks.is_empty() {
                self.html.push('\n');
                self.blocks(&item.blocks);
            }
            self.html.push_str("</li>\n");
        }
        self.add(format_args!("</{tag}>"));
    }

    /// The blocks of an item that stands close to its neighbours.
    fn tight(&mut self, blocks: &[Block]) {
        for (place, block) in blocks.iter().enumerate() {
            if place > 0 {
                self.html.push('\n');
            }
            match block {
                Block::Paragraph { content } => self.inlines(content),
                Block::Image(image) => self.image(image),
                block => self.block(block),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.html.push_str("<table>\n<thead>\n");
        self.row("th", table, &table.header);
        self.html.push_str("</thead>\n");
        if !table.rows.is_empty() {
            self.html.push_str("<tbody>\n");
            for row in &table.rows {
                self.row("td", table, row);
            }
            self.html.push_str("</tbody>\n");
        }
        self.html.push_str("</table>");
    }

    fn row(&mut self, tag: &str, table: &Table, cells: &[Cell]) {
        self.html.push_str("<tr>\n");
        for (cell, column) in cells.iter().zip(&table.columns) {
            self.add(format_args!("<{tag}"));
            match column.alignment {
                None => {}
                Some(Alignment::Left) => self.attribute("align", "left"),
                Some(Alignment::Center) => self.attribute("align", "center"),
                Some(Alignment::Right) => self.attribute("align", "right"),
            }
            self.html.push('>');
            self.inlines(&cell.content);
            self.add(format_args!("</{tag}>\n"));
        }
        self.html.push_str("</tr>\n");
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text { text } => self.text(text),
                Inline::Emphasis { content } => self.mark_up("em", content),
                Inline::Strong { content } => self.mark_up("strong", content),
                Inline::Strikethrough { content } => self.mark_up("del", content),
                Inline::Code { text } => {
                    self.html.push_str("<code>");
                    self.text(text);
                    self.html.push_str("</code>");
                }
                Inline::Link(link) => self.link(link),
                Inline::Image(image) => self.image(image),
                Inline::LineBreak => self.html.push_str("<br>\n"),
                Inline::FootnoteReference { number, nth } => self.reference(*number, *nth),
            }
        }
    }

    fn mark_up(&mut self, tag: &str, content: &[Inline]) {
        self.add(format_args!("<{tag}>"));
        self.inlines(content);
        self.add(format_args!("</{tag}>"));
    }

    fn link(&mut self, link: &Link) {
        self.html.push_str("<a");
        self.attribute("href", &link.href);
        if let Some(title) = &link.title {
            self.attribute("title", title);
        }
        if !link.href.starts_with(ARTICLE) && is_external(&link.href) {
            self.attribute("rel", "noopener noreferrer");
        }
        self.html.push('>');
        self.inlines(&link.content);
        self.html.push_str("</a>");
    }

    fn image(&mut self, image: &Image) {
        self.html.push_str("<img");
        self.attribute("src", &image.src);
        self.attribute("alt", &image.alt);
        if let Some(title) = &image.title {
            self.attribute("title", title);
        }
        self.html.push('>');
    }

    fn reference(&mut self, number: usize, nth: usize) {
        let note = format!("#fn-{}-{number}", self.mark);
        let own = self.reference_id(number, nth);
        self.html.push_str("<sup class=\"footnote-ref\"><a");
        self.attribute("href", &note);
        self.attribute("id", &own);
        self.add(format_args!(" role=\"doc-noteref\">{number}</a></sup>"));
    }

    fn reference_id(&self, number: usize, nth: usize) -> String {
        match nth {
            1 => format!("fnref-{}-{number}", self.mark),
            _ => format!("fnref-{}-{number}-{nth}", self.mark),
        }
    }

    fn footnotes(&mut self, footnotes: &[Footnote]) {
        if footnotes.is_empty() {
            return;
        }
        self.html
            .push_str("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for footnote in footnotes {
            self.html.push_str("<li");
            let id = format!("fn-{}-{}", self.mark, footnote.number);
            self.attribute("id", &id);
            self.html.push_str(">\n");
            // The way back stands at the end of the note's last paragraph.
            match footnote.blocks.split_last() {
                Some((Block::Paragraph { content }, before)) => {
                    self.blocks(before);
                    self.html.push_str("<p>");
                    self.inlines(content);
                    self.ways_back(footnote);
                    self.html.push_str("</p>\n");
                }
                _ => {
                    self.blocks(&footnote.blocks);
                    self.html.push_str("<p>");
                    self.ways_back(footnote);
                    self.html.push_str("</p>\n");
                }
            }
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ol>\n</section>\n");
    }

    fn ways_back(&mut self, footnote: &Footnote) {
        for nth in 1..=footnote.references {
            let reference = format!("#{}", self.reference_id(footnote.number, nth));
            self.html.push_str(" <a");
            self.attribute("href", &reference);
            self.html
                .push_str(" class=\"footnote-backref\" role=\"doc-backlink\">↩</a>");
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.add(format_args!(" {name}=\""));
        self.text(value);
        self.html.push('"');
    }

    fn text(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    fn add(&mut self, words: std::fmt::Arguments<'_>) {
        // A string always takes more.
        let _ = self.html.write_fmt(words);
    }
}

/// Append `text` so that it is text and nothing else, between tags and within
/// the quotes of an attribute.
pub fn escape(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(place) = rest.find(['&', '<', '>', '"']) {
        let (before, from) = rest.split_at(place);
        html.push_str(before);
        html.push_str(match from.as_bytes() {
            [b'&', ..] => "&amp;",
            [b'<', ..] => "&lt;",
            [b'>', ..] => "&gt;",
            _ => "&quot;",
        });
        rest = from.get(1..).unwrap_or_default();
    }
    html.push_str(rest);
}
