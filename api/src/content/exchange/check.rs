//! What the records of one input must keep between them: no natural key
//! twice, no slug twice in a locale, no position twice in an issue, and
//! locales that the publication has.
//!
//! Of each key only a hash and a line are kept: some fifty bytes a key.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_128;

use super::fields::Problem;
use super::parse::Parsed;
use super::record::{Article, ByLocale, Issue, Name, Record};
use super::value;

/// What has been read so far.
#[derive(Default)]
pub(super) struct Checker {
    /// `None` until a publication came that could be read.
    locales: Option<Vec<String>>,
    /// The line of the first record.
    first: Option<u64>,
    /// The line of each name, slug and position, by hash.
    lines: HashMap<u128, u64>,
}

impl Checker {
    /// Add to `parsed` what is wrong with it beside the records before it, and
    /// take away the record if anything is.
    pub(super) fn check(&mut self, line: u64, parsed: &mut Parsed) {
        let mut problems = Vec::new();
        let is_first = self.first.is_none();
        self.first.get_or_insert(line);
        if is_first && parsed.name != Some(Name::Publication) {
            problems.push(Problem::new("", "the first record must be the publication"));
        }
        if let Some(name) = &parsed.name {
            self.check_name(line, name, &mut problems);
        }
        if self.locales.is_none() {
            self.locales = parsed.locales.take();
        }
        match &parsed.record {
            Some(Record::Topic(topic)) => self.check_locales(&topic.translations, &mut problems),
            Some(Record::Author(author)) => self.check_locales(&author.translations, &mut problems),
            Some(Record::Issue(issue)) => self.check_issue(line, issue, &mut problems),
            Some(Record::Article(article)) => self.check_article(line, article, &mut problems),
            Some(Record::Publication(_)) | None => {}
        }
        parsed.problems.append(&mut problems);
        if !parsed.problems.is_empty() {
            parsed.record = None;
        }
    }

    fn check_name(&mut self, line: u64, name: &Name, problems: &mut Vec<Problem>) {
        let (field, what) = match name {
            Name::Publication => ("", "there is one publication"),
            Name::Topic(_) => ("slug", "name each topic once"),
            Name::Author(_) => ("slug", "name each author once"),
            Name::Issue(_) => ("number", "name each issue once"),
            Name::Article(_) => ("key", "name each article once"),
        };
        if let Some(other) = self.claim(&["name", &name.to_string()], line) {
            problems.push(Problem::new(
                field,
                format!("is on line {other} too; {what}"),
            ));
        }
    }

    fn check_issue(&mut self, line: u64, issue: &Issue, problems: &mut Vec<Problem>) {
        if let Some(slug) = &issue.slug
            && let Some(other) = self.claim(&["issue", slug], line)
        {
            let what = format!("{slug:?} is the slug of the issue on line {other}");
            problems.push(Problem::new("slug", format!("{what}; give each its own")));
        }
        self.check_locales(&issue.translations, problems);
    }

    fn check_article(&mut self, line: u64, article: &Article, problems: &mut Vec<Problem>) {
        let position = format!("{}:{}", article.issue, article.position);
        if let Some(other) = self.claim(&["position", &position], line) {
            let (issue, position) = (article.issue, article.position);
            problems.push(Problem::new(
                "position",
                format!("{position} is taken in issue {issue} by the article on line {other}"),
            ));
        }
        for (locale, words) in &article.translations {
            if let Some(slug) = &words.slug
                && let Some(other) = self.claim(&["article", locale, slug], line)
            {
                let what = format!("{slug:?} is used in {locale:?} on line {other}");
                problems.push(Problem::new(
                    format!("translations.{locale}.slug"),
                    format!("{what}; give each article its own slug in a locale"),
                ));
            }
        }
        self.check_locales(&article.translations, problems);
    }

    fn check_locales<T>(&self, translations: &ByLocale<T>, problems: &mut Vec<Problem>) {
        let Some(locales) = &self.locales else {
            return;
        };
        for (locale, _) in translations {
            if !locales.contains(locale) {
                let what = value::no_locale(locale, locales);
                problems.push(Problem::new(format!("translations.{locale}"), what));
            }
        }
    }

    /// Note that `line` uses a key; answer with the line that uses it already.
    fn claim(&mut self, key: &[&str], line: u64) -> Option<u64> {
        let hash = xxh3_128(key.join("\0").as_bytes());
        match self.lines.entry(hash) {
            std::collections::hash_map::Entry::Occupied(taken) => Some(*taken.get()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(line);
                None
            }
        }
    }
}
