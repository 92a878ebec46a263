//! Where articles were before.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use crate::change_log::Position;
use crate::database::Database;

/// An issue and a topic that a visible article was in, and went out of one of
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Left {
    pub issue_id: i64,
    pub topic_id: i64,
}

/// What the articles left that are told, after a position and up to another, to
/// have moved: an entry tells where its article is by then.
///
/// # Errors
/// If the database does not answer.
pub async fn left(
    database: &Database,
    after: Position,
    until: Position,
) -> Result<Vec<Left>, DbErr> {
    let sql = "SELECT DISTINCT former.issue_id, former.topic_id
               FROM change_log AS moved JOIN change_log AS former ON former.position = (
                   SELECT MAX(earlier.position) FROM change_log AS earlier
                   WHERE earlier.thing = moved.thing AND earlier.thing_id = moved.thing_id
                     AND earlier.locale = moved.locale AND earlier.position < moved.position
               )
               WHERE moved.position > $1 AND moved.position <= $2 AND moved.thing = 'ARTICLE'
                 AND (former.issue_id <> moved.issue_id OR former.topic_id <> moved.topic_id)";
    let values = [after.get().into(), until.get().into()];
    let statement = Statement::from_sql_and_values(database.engine().backend(), sql, values);
    let rows = database.reader().query_all_raw(statement).await?;
    rows.iter()
        .map(|row| Left::from_query_result(row, ""))
        .collect()
}
