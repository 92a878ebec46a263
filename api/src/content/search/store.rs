//! All SQL of search. What only one engine says is in a file of its own.

use std::sync::Arc;

use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

use super::document::Document;
use super::question::{IN_LEAD, IN_TITLE, Question};
use super::{postgres, sqlite};
use crate::database::Engine;

/// The translations that hold what a reader looks for, as an engine finds
/// them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Matching {
    engine: Engine,
    question: Arc<Question>,
}

/// A field that is asked about by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Title,
    Lead,
}

/// Put documents into the index, in place of those that are there.
///
/// # Errors
/// If the database does not take them.
pub async fn index(tx: &DatabaseTransaction, documents: &[Document]) -> Result<(), DbErr> {
    if documents.is_empty() {
        return Ok(());
    }
    match tx.get_database_backend() {
        DbBackend::Sqlite => {
            tx.execute_raw(sqlite::insert(documents)).await?;
        }
        _ => {
            tx.execute_raw(postgres::insert(documents)).await?;
            tx.execute_unprepared(postgres::PUT_IN).await?;
        }
    }
    Ok(())
}

impl Matching {
    /// What meets `question`.
    #[must_use]
    pub const fn new(engine: Engine, question: Arc<Question>) -> Self {
        Self { engine, question }
    }

    /// The condition on words of articles.
    #[must_use]
    pub fn condition(&self) -> Condition {
        Condition::all().add(if self.question.is_empty() {
            Expr::cust("1 = 0")
        } else {
            Expr::col(("at", "id")).in_subquery(self.ids())
        })
    }

    /// The translations, each with its `id` and its `score`: for each clause
    /// what it counts in the title, the lead or elsewhere, summed up.
    #[must_use]
    pub fn scored(&self) -> SelectStatement {
        let clauses = self.question.clauses();
        let scores = (0..clauses).map(|clause| {
            let within = |heading| match self.engine {
                Engine::Sqlite => sqlite::within(&self.question, clause, heading),
                Engine::Postgres => postgres::within(&self.question, clause, heading),
            };
            let case: Expr = CaseStatement::new()
                .case(within(Heading::Title), Expr::cust(IN_TITLE.to_string()))
                .case(within(Heading::Lead), Expr::cust(IN_LEAD.to_string()))
                .finally(Expr::cust("1"))
                .into();
            case
        });
        let score = scores.reduce(ExprTrait::add);
        self.ids()
            .expr_as(score.unwrap_or_else(|| Expr::cust("0")), "score")
            .to_owned()
    }

    fn ids(&self) -> SelectStatement {
        let (id, matches) = match self.engine {
            Engine::Sqlite => (sqlite::ID, sqlite::matches(&self.question)),
            Engine::Postgres => (postgres::ID, postgres::matches(&self.question)),
        };
        Query::select()
            .expr_as(Expr::cust(id), "id")
            .from("article_search")
            .and_where(matches)
            .to_owned()
    }
}
