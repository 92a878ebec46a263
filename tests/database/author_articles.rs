//! What an author signed, as readers see it, follows bylines and words whatever
//! is written, and whoever writes it.

use proptest::sample::select;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use sea_orm::{ConnectionTrait, Statement};
use support::TestApp;

use super::{fill, translation};

/// How many statements are run, each drawn out of all.
const STEPS: usize = 400;

#[tokio::test]
async fn what_an_author_signed_follows_bylines_and_words() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let mut runner = TestRunner::deterministic();
        let statements = select(statements());
        let (mut most, mut done) = (0, 0);
        for _ in 0..STEPS {
            let sql = statements.new_tree(&mut runner).unwrap().current();
            // Some of them break a rule, and then change nothing.
            let run = app.database().writer().execute_unprepared(&sql).await;
            done += usize::from(run.is_ok());

            let [kept, due, right] = counts(app).await;

            assert_eq!((kept, right), (due, due), "after {sql}");
            most = most.max(due);
        }
        assert!(most >= 6 && done >= STEPS / 2, "{most} rows, {done} steps");
    })
    .await;
}

/// All that can happen to the bylines and the words of two articles.
fn statements() -> Vec<String> {
    let mut all = vec![
        translation("slug", "en", "'wells'"),
        translation("slug", "be", "'lyod'"),
        "DELETE FROM article_translations WHERE article_id = 2".to_owned(),
        "DELETE FROM bylines WHERE article_id = 1".to_owned(),
        "DELETE FROM bylines".to_owned(),
        "UPDATE article_translations SET title = 'Ice'".to_owned(),
        "UPDATE bylines SET author_id = 3 - author_id WHERE article_id = 2".to_owned(),
        "UPDATE bylines SET position = position + 2".to_owned(),
        "UPDATE article_translations SET locale = 'be' WHERE article_id = 1".to_owned(),
        "UPDATE article_translations SET locale = 'en' WHERE article_id = 1".to_owned(),
        "INSERT INTO bylines (article_id, position, author_id) VALUES (1, 1, 1), (2, 1, 2)"
            .to_owned(),
        // Words that are public from the first.
        "INSERT INTO article_translations
            (article_id, topic_id, locale, slug, title, folded_title, lead, state, public_at,
             updated_at, body)
         VALUES (2, 1, 'en', 'late', '', '', '', 'PUBLISHED', '2021-02-16 09:00:00+00:00',
            '2021-01-01 00:00:00+00:00', '')"
            .to_owned(),
    ];
    for article in [1, 2] {
        all.push(format!(
            "UPDATE article_translations SET public_at = NULL WHERE article_id = {article}"
        ));
        for day in [15, 22] {
            all.push(format!(
                "UPDATE article_translations
                 SET state = 'PUBLISHED', public_at = '2021-02-{day} 09:00:00+00:00'
                 WHERE article_id = {article}"
            ));
        }
        for author in [1, 2] {
            all.push(format!(
                "INSERT INTO bylines (article_id, position, author_id)
                 VALUES ({article}, {author}, {author})"
            ));
        }
    }
    all
}

/// How many rows there are, how many there should be, and how many of those
/// there are say what they should.
async fn counts(app: &TestApp) -> [i64; 3] {
    let select = "SELECT
        (SELECT COUNT(*) FROM author_articles) AS kept,
        (SELECT COUNT(*) FROM bylines b
            JOIN article_translations at ON at.article_id = b.article_id
            WHERE at.public_at IS NOT NULL) AS due,
        (SELECT COUNT(*) FROM author_articles s
            JOIN bylines b ON b.author_id = s.author_id AND b.article_id = s.article_id
            JOIN article_translations at ON at.id = s.translation_id
            WHERE (at.article_id, at.locale, at.public_at)
                = (s.article_id, s.locale, s.public_at)) AS meant";
    let select = Statement::from_string(app.engine().backend(), select);
    let row = app.database().writer().query_one_raw(select).await.unwrap();
    let row = row.unwrap();
    ["kept", "due", "meant"].map(|column| row.try_get("", column).unwrap())
}
