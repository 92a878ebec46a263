//! Which translations to keep, and how to sort them.

use async_graphql::{Enum, InputObject};
use masthead_entities::article_translation::State as StoredState;
use sea_orm::ActiveEnum as _;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::content::filter::{Filter, Size, combined, combined_size};
use crate::content::language::{Locales, Translated};
use crate::content::translation::freshness::Freshness;
use crate::content::translation::state::State;
use crate::content::translation::store::{is_outdated_in_union, tag};
use crate::error::Error;
use crate::graphql::filter::{LocaleFilter, MomentFilter, always, any_of, within};
use crate::graphql::id::decode;
use crate::graphql::keyset::{Direction, KeyType, Order, SortKey, check_keys};

/// What has translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Translated")]
pub enum TranslatedType {
    /// An article.
    Article,
    /// An issue.
    Issue,
    /// A topic.
    Topic,
    /// An author.
    Author,
}

/// What the state of a translation must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TranslationStateFilter {
    /// Exactly this.
    eq: Option<State>,
    /// One of these; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<State>>,
}

/// Whether a translation must keep up with its original. Fields combine with
/// AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct FreshnessFilter {
    /// Exactly this.
    eq: Option<Freshness>,
    /// One of these; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Freshness>>,
}

/// What the type of a translation must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TranslatedTypeFilter {
    /// Exactly this.
    eq: Option<TranslatedType>,
    /// One of these; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<TranslatedType>>,
}

/// Whose words a translation must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TranslationParentFilter {
    /// Those of the thing with this id: an issue, an article, a topic or an
    /// author.
    eq: Option<async_graphql::ID>,
    /// Those of the things with these ids, at most 100; of none, nothing
    /// matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<async_graphql::ID>>,
}

/// Which translations to keep, of those that exist for the reader. Fields
/// combine with AND; an absent one keeps all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TranslationFilter {
    /// All of these; of none, everything matches.
    and: Option<Vec<TranslationFilter>>,
    /// At least one of these; of none, nothing matches.
    or: Option<Vec<TranslationFilter>>,
    /// Not this.
    not: Option<Box<TranslationFilter>>,
    /// The locale that it is in.
    locale: Option<LocaleFilter>,
    /// How far it has come.
    state: Option<TranslationStateFilter>,
    /// What it is a translation of.
    #[graphql(name = "type")]
    translated_type: Option<TranslatedTypeFilter>,
    /// Whose words it is.
    parent: Option<TranslationParentFilter>,
    /// When it was last changed.
    updated_at: Option<MomentFilter>,
    /// Whether it keeps up with its original. What is no article's always does.
    freshness: Option<FreshnessFilter>,
}

/// What translations can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum TranslationOrderField {
    /// When it was last changed.
    UpdatedAt,
    /// The tag of the locale.
    Locale,
    /// The slug of the thing.
    Slug,
    /// How often it was written.
    Version,
}

/// One key to sort translations by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, InputObject)]
pub struct TranslationOrder {
    /// What to sort by.
    field: TranslationOrderField,
    /// Which way.
    #[graphql(default_with = "Direction::Asc")]
    direction: Direction,
}

impl TranslationFilter {
    /// Whether it goes by freshness, which may change without an entry in the
    /// change log.
    pub fn is_volatile(&self) -> bool {
        let any = |filters: &Option<Vec<Self>>| filters.iter().flatten().any(Self::is_volatile);
        self.freshness.is_some()
            || any(&self.and)
            || any(&self.or)
            || self.not.as_deref().is_some_and(Self::is_volatile)
    }
}

impl Filter for TranslationFilter {
    fn condition(&self, locales: &Locales) -> Result<Condition, Error> {
        let Self {
            and,
            or,
            not,
            locale,
            state,
            translated_type,
            parent,
            updated_at,
            freshness,
        } = self;
        let mut all = combined(and.as_deref(), or.as_deref(), not.as_deref(), locales)?;
        if let Some(filter) = locale {
            all = all.add(filter.condition(&Expr::col(("w", "locale")))?);
        }
        if let Some(TranslationStateFilter { eq, one_of }) = state {
            let state = Expr::col(("w", "state"));
            let word = |state: &State| StoredState::from(*state).to_value();
            all = all.add_option(eq.as_ref().map(|eq| state.clone().eq(word(eq))));
            if let Some(states) = one_of {
                all = all.add(state.is_in(within("in", states)?.iter().map(word)));
            }
        }
        if let Some(TranslatedTypeFilter { eq, one_of }) = translated_type {
            let kind = Expr::col(("w", "kind"));
            let number = |kind: &TranslatedType| tag(Translated::from(*kind));
            all = all.add_option(eq.as_ref().map(|eq| kind.clone().eq(number(eq))));
            if let Some(kinds) = one_of {
                all = all.add(kind.is_in(within("in", kinds)?.iter().map(number)));
            }
        }
        if let Some(TranslationParentFilter { eq, one_of }) = parent {
            if let Some(id) = eq {
                all = all.add(words_of(id)?);
            }
            if let Some(ids) = one_of {
                let each: Result<_, _> = within("in", ids)?.iter().map(words_of).collect();
                all = all.add(any_of(each?));
            }
        }
        if let Some(filter) = updated_at {
            all = all.add(filter.condition(&Expr::col(("w", "updated_at")))?);
        }
        if let Some(FreshnessFilter { eq, one_of }) = freshness {
            let outdated = is_outdated_in_union(locales.sight());
            let is = |freshness: &Freshness| match freshness {
                Freshness::Current => outdated.clone().not(),
                Freshness::Outdated => outdated.clone(),
            };
            all = all.add_option(eq.as_ref().map(is));
            if let Some(wanted) = one_of {
                all = all.add(any_of(within("in", wanted)?.iter().map(is).collect()));
            }
        }
        Ok(all)
    }

    fn size(&self) -> Size {
        let combined = combined_size(self.and.as_deref(), self.or.as_deref(), self.not.as_deref());
        Size::holding([combined])
    }
}

/// Of those that are `kept`, the ones that exist for a reader of `locales`, to
/// be counted: each translation is published in one locale, its own.
pub(super) fn counted(kept: Condition, locales: &Locales) -> Condition {
    always()
        .add(Expr::col(("w", "locale")).is_in(locales.iter()))
        .add(kept)
}

/// The same, to be listed: by rank, which no index answers, so that the list is
/// walked in its order and not gathered by locale and sorted.
pub(super) fn listed(kept: Condition, locales: &Locales) -> Condition {
    always().add(locales.rank("w").is_not_null()).add(kept)
}

/// The order that `keys` ask for; the last changed first where they ask for
/// none.
///
/// # Errors
/// If there are too many keys.
pub(super) fn order(keys: &[TranslationOrder], locales: &Locales) -> Result<Order, Error> {
    check_keys(keys)?;
    let last_changed = [TranslationOrder {
        field: TranslationOrderField::UpdatedAt,
        direction: Direction::Desc,
    }];
    let keys = if keys.is_empty() { &last_changed } else { keys };
    let sort_keys = keys.iter().map(|TranslationOrder { field, direction }| {
        let (column, key_type) = match field {
            TranslationOrderField::UpdatedAt => ("updated_at", KeyType::Time),
            TranslationOrderField::Locale => ("locale", KeyType::Text),
            TranslationOrderField::Slug => ("slug", KeyType::Text),
            TranslationOrderField::Version => ("version", KeyType::Integer),
        };
        SortKey::new(("w", column), key_type, *direction)
    });
    let mut sort_keys: Vec<SortKey> = sort_keys.collect();
    // Two kinds may share a number: ties go by the number, then by the kind.
    // In this order, for within a kind an index has the number next.
    let direction = keys.last().map_or(Direction::Asc, |key| key.direction);
    sort_keys.push(SortKey::new(("w", "id"), KeyType::Integer, direction));
    Ok(Order::new(
        &format!("translations {keys:?} {locales:?}"),
        sort_keys,
        ("w", "kind"),
    ))
}

fn words_of(id: &async_graphql::ID) -> Result<Condition, Error> {
    let parent = decode(id)?;
    let what = match parent.type_name.as_str() {
        "Article" => Translated::Article,
        "Issue" => Translated::Issue,
        "Topic" => Translated::Topic,
        "Author" => Translated::Author,
        _ => {
            return Err(Error::OtherId {
                id: id.to_string(),
                found: parent.type_name,
                wanted: "Issue, Article, Topic or Author",
            });
        }
    };
    Ok(always()
        .add(Expr::col(("w", "kind")).eq(tag(what)))
        .add(Expr::col(("w", "parent")).eq(parent.key)))
}
