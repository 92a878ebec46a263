//! Issues.

use std::collections::{HashMap, HashSet};

use masthead_entities::issue;
use sea_orm::{DbErr, NotSet, Set};

use super::former::Taker;
use super::{Importer, count};
use crate::content::article::refresh_public_at;
use crate::content::exchange::record::{ByLocale, Issue, Name};
use crate::content::exchange::store::issues;
use crate::content::language::Translated;
use crate::content::slug::{Space, leave};
use crate::content::writing::words::{self, Words};

/// An issue whose slug another one took, until it is known whether it goes.
pub(super) struct ParkedIssue {
    /// The slug that it had.
    pub(super) slug: String,
    /// Who took it, and on which line.
    pub(super) line: u64,
    pub(super) taker: Name,
}

impl Importer<'_> {
    pub(super) async fn apply_issues(
        &mut self,
        mut wanted: Vec<(u64, Issue)>,
    ) -> Result<(), DbErr> {
        if wanted.is_empty() {
            return Ok(());
        }
        let numbers: Vec<i32> = wanted.iter().map(|(_, issue)| issue.number).collect();
        let stored: HashMap<i32, issue::Model> = issues::numbered(self.tx, &numbers)
            .await?
            .into_iter()
            .map(|issue| (issue.number, self.unparked_issue(issue)))
            .collect();
        self.park_issues(&wanted, &stored).await?;
        self.make_issue_slugs(&mut wanted, &stored).await?;
        let differing = wanted
            .iter()
            .filter(|(_, issue)| differs(issue, stored.get(&issue.number)) || self.is_parked(issue))
            .map(|(_, issue)| self.issue_row(issue, stored.get(&issue.number)));
        issues::write(self.tx, differing.collect()).await?;
        let keeping: HashSet<i32> = wanted
            .iter()
            .filter(|(_, issue)| issue.slug.is_none())
            .map(|(_, issue)| issue.number)
            .collect();
        let mut republished = Vec::new();
        for written in issues::numbered(self.tx, &numbers).await? {
            let before = stored.get(&written.number);
            if before != Some(&written) {
                self.touched.one(Translated::Issue, written.id);
            }
            self.settle(&written);
            // One that keeps its slug and lost it to another has none yet.
            if !keeping.contains(&written.number) {
                self.settle_slug(&written, before).await?;
            }
            if before.is_some_and(|before| before.published_at != written.published_at) {
                republished.push(written.id);
            }
        }
        if !republished.is_empty() {
            refresh_public_at(self.tx, &republished).await?;
        }
        self.apply_issue_words(wanted, &stored).await
    }

    /// Note the id and the publication of an issue.
    fn settle(&mut self, written: &issue::Model) {
        self.issues.set_id(written.number, written.id);
        match written.published_at {
            Some(published_at) => self.published.insert(written.id, published_at),
            None => self.published.remove(&written.id),
        };
    }

    /// Keep the slug that an issue had; or tell that another one took it.
    async fn settle_slug(
        &mut self,
        written: &issue::Model,
        before: Option<&issue::Model>,
    ) -> Result<(), DbErr> {
        if let Some(parked) = self.parked_issues.remove(&written.id) {
            let taker = (parked.line, &parked.taker);
            self.tell_former_slug(taker, &parked.slug, None, &Name::Issue(written.number));
            return Ok(());
        }
        match before.filter(|before| before.slug != written.slug) {
            Some(before) => {
                let (left, new) = (&before.slug, &written.slug);
                leave(self.tx, Space::of(Translated::Issue), written.id, left, new).await
            }
            None => Ok(()),
        }
    }

    async fn apply_issue_words(
        &mut self,
        wanted: Vec<(u64, Issue)>,
        stored: &HashMap<i32, issue::Model>,
    ) -> Result<(), DbErr> {
        let mut words = Vec::with_capacity(wanted.len());
        let mut updates = Vec::new();
        for (line, issue) in wanted {
            let Some(id) = self.issues.id(&issue.number) else {
                continue;
            };
            let before = stored.get(&issue.number);
            match before {
                Some(_) => updates.push((id, differs(&issue, before))),
                None => self.report.issues.created += 1,
            }
            self.issues.name(issue.number, line);
            words.push((id, titles(issue)));
        }
        let changed = self.apply_words(&words::ISSUES, words).await?;
        for (id, differs) in updates {
            count(&mut self.report.issues, differs || changed.contains(&id));
        }
        Ok(())
    }

    /// Free the slugs that change hands.
    async fn park_issues(
        &mut self,
        wanted: &[(u64, Issue)],
        stored: &HashMap<i32, issue::Model>,
    ) -> Result<(), DbErr> {
        let takers: HashMap<&str, &(u64, Issue)> = wanted
            .iter()
            .filter_map(|taker| {
                let (_, issue) = taker;
                let slug = issue.slug.as_deref()?;
                let before = stored.get(&issue.number);
                let takes = before.is_none_or(|before| before.slug != slug);
                takes.then_some((slug, taker))
            })
            .collect();
        if takers.is_empty() {
            return Ok(());
        }
        let of_former = takers.iter().map(|(slug, (line, taker))| {
            let taker = Taker {
                own: stored.get(&taker.number).map(|stored| stored.id),
                line: *line,
                name: Name::Issue(taker.number),
            };
            ((*slug).to_owned(), taker)
        });
        let space = Space::of(Translated::Issue);
        self.take_former_slugs(space, of_former.collect()).await?;
        let owners = issues::with_slugs(self.tx, takers.keys().copied()).await?;
        let ids: Vec<i64> = owners.iter().map(|owner| owner.id).collect();
        issues::park(self.tx, &ids).await?;
        for owner in owners {
            let Some((line, taker)) = takers.get(owner.slug.as_str()) else {
                continue;
            };
            let parked = ParkedIssue {
                slug: owner.slug,
                line: *line,
                taker: Name::Issue(taker.number),
            };
            self.parked_issues.insert(owner.id, parked);
        }
        Ok(())
    }

    /// The issue with the slug that it had before another one took it.
    fn unparked_issue(&self, mut issue: issue::Model) -> issue::Model {
        if let Some(parked) = self.parked_issues.get(&issue.id) {
            issue.slug.clone_from(&parked.slug);
        }
        issue
    }

    /// The row of an issue. One that comes without a slug is stored, and keeps
    /// what it has.
    fn issue_row(&self, issue: &Issue, stored: Option<&issue::Model>) -> issue::ActiveModel {
        let kept = || {
            let stored = stored?;
            Some(match self.parked_issues.contains_key(&stored.id) {
                true => issues::parked_slug(stored.id),
                false => stored.slug.clone(),
            })
        };
        issue::ActiveModel {
            number: Set(issue.number),
            slug: issue.slug.clone().or_else(kept).map_or(NotSet, Set),
            starts_on: Set(issue.starts_on),
            ends_on: Set(issue.ends_on),
            published_at: Set(issue.published_at),
            ..Default::default()
        }
    }

    fn is_parked(&self, issue: &Issue) -> bool {
        let id = self.issues.id(&issue.number);
        id.is_some_and(|id| self.parked_issues.contains_key(&id))
    }
}

fn differs(issue: &Issue, stored: Option<&issue::Model>) -> bool {
    stored.is_none_or(|stored| {
        issue.slug.as_ref().is_some_and(|slug| *slug != stored.slug)
            || stored.starts_on != issue.starts_on
            || stored.ends_on != issue.ends_on
            || stored.published_at != issue.published_at
    })
}

fn titles(issue: Issue) -> ByLocale<Words> {
    let titles = issue.translations.into_iter().map(|(locale, words)| {
        let words = Words {
            heading: words.title,
            text: None,
        };
        (locale, words)
    });
    titles.collect()
}
