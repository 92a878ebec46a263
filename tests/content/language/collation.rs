//! Titles and names in the order of their language's alphabet.

use masthead::content::collation::sort_key;
use masthead::content::derived::rebuild;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use support::TestApp;
use support::seed::{Article, Content, article, author, issue, topic};

#[tokio::test]
async fn titles_are_listed_by_the_alphabet_of_the_language_that_is_served() {
    TestApp::on_each_engine(async |app| {
        app.seed(titled("ўсход яма Ель іней ёлка йод зіма фарба улей ельнік"))
            .await;

        let belarusian = titles(app, "be", "ASC").await;
        let backwards = titles(app, "be", "DESC").await;
        let russian = titles(app, "ru", "ASC").await;

        let expected = "Ель ельнік ёлка зіма іней йод улей ўсход фарба яма";
        assert_eq!(belarusian.join(" "), expected);
        assert!(backwards.iter().rev().eq(&belarusian));
        // In Russian ё is a kind of е; і and ў are strangers beside и and у.
        let expected = "ёлка Ель ельнік зіма іней йод улей ўсход фарба яма";
        assert_eq!(russian.join(" "), expected);
    })
    .await;
}

#[tokio::test]
async fn names_and_the_titles_of_issues_are_listed_so_too() {
    TestApp::on_each_engine(async |app| {
        for (number, name) in (1..).zip(["ўсход", "іней", "йод", "улей"]) {
            app.seed(topic(&format!("t{number}")).name("be", name))
                .await;
            app.seed(author(&format!("u{number}")).name("be", name))
                .await;
            app.seed(issue(number).title("be", name)).await;
        }

        let answer = app
            .query(
                "{ topics(locales: [be], orderBy: [{field: NAME}]) { nodes { name } }
                   authors(locales: [be]) { nodes { name } }
                   issues(locales: [be], orderBy: [{field: TITLE}]) { nodes { name: title } } }",
            )
            .await;

        let expected = ["іней", "йод", "улей", "ўсход"].map(|name| json!({"name": name}));
        for list in ["/topics/nodes", "/authors/nodes", "/issues/nodes"] {
            assert_eq!(*answer.at(list), json!(expected), "{list}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_walk_by_title_passes_every_article_once_even_where_titles_tie() {
    TestApp::on_each_engine(async |app| {
        app.seed(titled("ёлка ель ёлка Ёлка іней йод іней ўлей улей ўлей"))
            .await;
        let whole = titles(app, "be", "ASC").await;

        let mut walked = Vec::new();
        let mut after = String::new();
        loop {
            let query = format!(
                "{{ articles(locales: [be], orderBy: [{{field: TITLE}}], first: 3{after}) {{
                    nodes {{ title }} pageInfo {{ hasNextPage endCursor }} }} }}"
            );
            let page = app.query(&query).await;
            walked.extend(
                page.texts("/articles/nodes", "title")
                    .into_iter()
                    .map(str::to_owned),
            );
            if page.at("/articles/pageInfo/hasNextPage") == false {
                break;
            }
            after = format!(", after: {}", page.at("/articles/pageInfo/endCursor"));
        }

        assert_eq!(walked.len(), 10);
        assert_eq!(walked, whole);
    })
    .await;
}

#[tokio::test]
async fn keys_of_words_that_were_stored_without_them_are_made_by_a_rebuild() {
    TestApp::on_each_engine(async |app| {
        app.seed(Content::from(titled("ўсход іней")).with(author("anna").name("be", "Ганна")))
            .await;
        let tables = [
            ("article_translations", "sort_title"),
            ("issue_translations", "sort_title"),
            ("topic_translations", "sort_name"),
            ("author_translations", "sort_name"),
        ];
        for (table, key) in tables {
            let update = format!("UPDATE {table} SET {key} = ''");
            let writer = app.database().writer();
            writer.execute_unprepared(&update).await.unwrap();
        }

        rebuild(app.database(), |_| ()).await.unwrap();

        for (table, key) in tables {
            let heading = key.replace("sort_", "");
            let select = format!("SELECT locale, {heading} AS heading, {key} AS key FROM {table}");
            let select = Statement::from_string(app.engine().backend(), select);
            let rows = app.database().reader().query_all_raw(select).await.unwrap();
            assert!(!rows.is_empty());
            for row in rows {
                let text = |name: &str| row.try_get::<String>("", name).unwrap();
                assert_eq!(
                    text("key"),
                    sort_key(&text("locale"), &text("heading")),
                    "{table}"
                );
            }
        }
    })
    .await;
}

/// Articles with these titles in Belarusian and in Russian.
fn titled(titles: &str) -> Vec<Article> {
    let articles = titles.split(' ').enumerate().map(|(place, title)| {
        article(&format!("a{place}"))
            .title("be", title)
            .title("ru", title)
    });
    articles.collect()
}

async fn titles(app: &TestApp, locale: &str, direction: &str) -> Vec<String> {
    let query = format!(
        "{{ articles(locales: [{locale}], orderBy: [{{field: TITLE, direction: {direction}}}]) {{
            nodes {{ title }} }} }}"
    );
    let answer = app.query(&query).await;
    let titles = answer.texts("/articles/nodes", "title");
    titles.into_iter().map(str::to_owned).collect()
}
