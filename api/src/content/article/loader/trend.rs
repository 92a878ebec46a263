//! What articles say happened to their topics.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::content::article::store::{self, Row, Span, Standing};
use crate::content::language::Locales;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// The most points that a series has.
pub const MOST_POINTS: u32 = 1000;

/// The articles that speak for a topic in each issue, oldest first. One more
/// than [`MOST_POINTS`] tells that there are too many.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeriesOf {
    pub topic: i64,
    pub span: Span,
    pub locales: Locales,
}

/// What happened to a topic of late.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StandingOf {
    pub topic: i64,
    pub locales: Locales,
}

/// The articles that speak for each topic in an issue, by the topics'
/// positions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SpeakingIn {
    pub issue: i64,
    pub locales: Locales,
}

impl Loader<SeriesOf> for Database {
    type Value = Arc<[Arc<Row>]>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[SeriesOf]) -> Result<HashMap<SeriesOf, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((span, locales), topics) in
            grouped(keys, |key| ((key.span, key.locales.clone()), key.topic))
        {
            let most = MOST_POINTS + 1;
            for (topic, rows) in store::series_of(self, &topics, span, most, &locales).await? {
                let locales = locales.clone();
                let key = SeriesOf {
                    topic,
                    span,
                    locales,
                };
                found.insert(key, rows.into_iter().map(Arc::new).collect());
            }
        }
        Ok(found)
    }
}

impl Loader<StandingOf> for Database {
    type Value = Standing;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[StandingOf]) -> Result<HashMap<StandingOf, Standing>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, topics) in grouped(keys, |key| (key.locales.clone(), key.topic)) {
            for (topic, standing) in store::standings(self, &topics, &locales).await? {
                let locales = locales.clone();
                found.insert(StandingOf { topic, locales }, standing);
            }
        }
        Ok(found)
    }
}

impl Loader<SpeakingIn> for Database {
    type Value = Arc<[Arc<Row>]>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[SpeakingIn],
    ) -> Result<HashMap<SpeakingIn, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, issues) in grouped(keys, |key| (key.locales.clone(), key.issue)) {
            for (issue, rows) in store::speaking_in(self, &issues, &locales).await? {
                let locales = locales.clone();
                let key = SpeakingIn { issue, locales };
                found.insert(key, rows.into_iter().map(Arc::new).collect());
            }
        }
        Ok(found)
    }
}
