//! Slugs for what comes without one: made of a title, and none that another
//! thing has or had.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, DbErr};

use super::slug_of;
use super::store::{self, Space};
use crate::graphql::scalar::Week;

/// A slug that is to be made.
#[derive(Debug)]
pub struct Wish {
    base: String,
    /// Whether the base will do as it is; else it has a number in any case.
    bare: bool,
    /// The id of the thing that it is for, if that is stored.
    own: Option<i64>,
}

impl Wish {
    /// For an article: of its title, else of its key, else `article-1`,
    /// `article-2` and so on.
    #[must_use]
    pub fn of_article(locale: &str, title: &str, key: &str, own: Option<i64>) -> Self {
        let base = slug_of(locale, title).or_else(|| slug_of(locale, key));
        Self {
            bare: base.is_some(),
            base: base.unwrap_or_else(|| "article".to_owned()),
            own,
        }
    }

    /// For a topic or an author: of its name, else `topic-1` and so on, after
    /// `kind`.
    #[must_use]
    pub fn of_name(locale: &str, name: &str, kind: &str) -> Self {
        let base = slug_of(locale, name);
        Self {
            bare: base.is_some(),
            base: base.unwrap_or_else(|| kind.to_owned()),
            own: None,
        }
    }

    /// For an issue: its week, as `2021-w06`.
    #[must_use]
    pub fn of_issue(starts_on: NaiveDate, own: Option<i64>) -> Self {
        Self {
            base: Week::of(starts_on).to_string().to_lowercase(),
            bare: true,
            own,
        }
    }

    /// What it may become, in order; there is always one more.
    fn candidates(&self) -> impl Iterator<Item = String> {
        let bare = self.bare.then(|| self.base.clone());
        let from = if self.bare { 2_usize } else { 1 };
        let numbered = (from..).map(|number| format!("{}-{number}", self.base));
        bare.into_iter().chain(numbered)
    }
}

/// Who has or had each slug, by id.
#[derive(Default)]
struct Taken {
    owners: HashMap<String, Vec<i64>>,
    /// Bases whose numbered slugs are all among them.
    numbered: HashSet<String>,
}

impl Taken {
    fn add(&mut self, slugs: Vec<(String, i64)>) {
        for (slug, owner) in slugs {
            self.owners.entry(slug).or_default().push(owner);
        }
    }

    fn is_free(&self, slug: &str, own: Option<i64>) -> bool {
        let mut owners = self.owners.get(slug).into_iter().flatten();
        owners.all(|owner| Some(*owner) == own)
    }
}

/// Make a slug for each wish, in order: none of `named`, and none that another
/// thing has or had.
///
/// # Errors
/// If the database does not answer.
pub async fn make(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    mut named: HashSet<String>,
    wishes: &[Wish],
) -> Result<Vec<String>, DbErr> {
    let bases: Vec<String> = wishes.iter().map(|wish| wish.base.clone()).collect();
    let mut taken = Taken::default();
    taken.add(store::taken(tx, space, &bases).await?);
    let mut made = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let will_do = wish.bare && !named.contains(&wish.base);
        let will_do = will_do && taken.is_free(&wish.base, wish.own);
        if !will_do && taken.numbered.insert(wish.base.clone()) {
            taken.add(store::numbered(tx, space, &wish.base).await?);
        }
        let mut candidates = wish.candidates();
        let slug = candidates
            .find(|slug| !named.contains(slug) && taken.is_free(slug, wish.own))
            .unwrap_or_default();
        named.insert(slug.clone());
        made.push(slug);
    }
    Ok(made)
}
