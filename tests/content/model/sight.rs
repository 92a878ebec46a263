//! How far what is served may have come, in the model.

use async_graphql::Request;
use masthead::access::{Previewed, Role};
use masthead::graphql::context::Asker;
use masthead_entities::{article, issue};
use proptest::prelude::Strategy;
use proptest::sample::subsequence;
use proptest::strategy::Union;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use support::{Answer, TestApp, key};

use super::corpus::{Kind, World};

/// Later than any time that things are published at.
pub const NEVER: &str = "9999-12-31T23:59:59Z";

/// How far what is served may have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    #[default]
    Public,
    /// In one of the states of which each is named or not.
    States([Option<&'static str>; 3]),
    /// With a preview of the issue at this place among issues.
    Issue(usize),
    /// With a preview of the article at this place among articles.
    Article(usize),
}

/// More than readers see.
pub fn sight() -> impl Strategy<Value = Sight> {
    let states = subsequence(vec!["DRAFT", "IN_REVIEW", "PUBLISHED"], 1..=3).prop_map(|states| {
        let mut each = states.into_iter();
        Sight::States([each.next(), each.next(), each.next()])
    });
    Union::new_weighted(vec![
        (4, states.boxed()),
        (1, (0..6_usize).prop_map(Sight::Issue).boxed()),
        (1, (0..36_usize).prop_map(Sight::Article).boxed()),
    ])
}

impl World {
    /// The same world, of which that is seen.
    #[must_use]
    pub fn seen_by(mut self, sight: Sight) -> Self {
        let all: Vec<usize> = (0..self.things.len()).collect();
        for thing in all {
            let written = self.things[thing].written.iter();
            let seen =
                written.filter(|(_, words)| self.sees(sight, thing, words.state, words.is_public));
            let seen = seen
                .map(|(locale, words)| (*locale, words.fields.clone()))
                .collect();
            self.things[thing].words = seen;
        }
        self.sight = sight;
        self
    }

    fn sees(&self, sight: Sight, thing: usize, state: &str, is_public: bool) -> bool {
        let of = &self.things[thing];
        match (sight, of.kind) {
            (_, Kind::Topic | Kind::Author | Kind::Translation) | (Sight::Public, _) => is_public,
            (Sight::States(states), Kind::Article) => states.contains(&Some(state)),
            (Sight::States(states), Kind::Issue) => match is_public {
                true => states.contains(&Some("PUBLISHED")),
                false => states.contains(&Some("DRAFT")) || states.contains(&Some("IN_REVIEW")),
            },
            (Sight::Issue(place), kind) => {
                let issue = self.place(Kind::Issue, place);
                is_public
                    || issue
                        == if kind == Kind::Issue {
                            thing
                        } else {
                            of.links["issue"][0]
                        }
            }
            (Sight::Article(place), kind) => {
                let article = self.place(Kind::Article, place);
                let issue = self.things[article].links["issue"][0];
                is_public || thing == if kind == Kind::Issue { issue } else { article }
            }
        }
    }

    /// Ask a query, as somebody who sees what this world shows.
    pub async fn ask(&self, app: &TestApp, text: &str) -> Answer {
        let preview = match self.sight {
            Sight::Public => return app.query(text).await,
            Sight::States(states) => {
                let states: Vec<&str> = states.into_iter().flatten().collect();
                let states = format!("states: [{}], locales: [", states.join(", "));
                let text = text.replace("locales: [", &states);
                return app.query_as(&key(Role::Translator), &text).await;
            }
            Sight::Issue(place) => {
                let name = self.name(Kind::Issue, place);
                let issue = issue::Entity::find().filter(issue::Column::Slug.eq(name));
                let issue = issue.one(app.database().reader()).await.unwrap().unwrap();
                Previewed::Issue(issue.id)
            }
            Sight::Article(place) => {
                let name = self.name(Kind::Article, place);
                let article = article::Entity::find().filter(article::Column::Key.eq(name));
                let article = article.one(app.database().reader()).await.unwrap().unwrap();
                Previewed::Article(article.id)
            }
        };
        let asker = Asker {
            preview: Some(preview),
            ..Asker::default()
        };
        app.ask(Request::new(text), asker).await
    }

    fn name(&self, kind: Kind, place: usize) -> &str {
        &self.things[self.place(kind, place)].name
    }
}
