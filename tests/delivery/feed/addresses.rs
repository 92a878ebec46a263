//! What a feed is of goes by its address.

use masthead::access::Role;
use serde_json::json as value;
use support::seed::{article, issue, topic};
use support::{TestApp, key};

use super::{atom, each, get, json, rss};

async fn seed(app: &TestApp) {
    app.seed(
        issue(1).with([
            article("ice")
                .topic("water")
                .by(["anna", "boris"])
                .published_at("2021-02-01T09:00:00Z"),
            article("wells")
                .topic("water")
                .by(["boris"])
                .published_at("2021-02-02T09:00:00Z"),
        ]),
    )
    .await;
    app.seed(
        issue(2).with([
            article("tar")
                .topic("roads")
                .by(["anna"])
                .published_at("2021-02-08T09:00:00Z"),
            article("thaw")
                .topic("water")
                .by(["anna"])
                .published_at("2021-02-09T09:00:00Z"),
        ]),
    )
    .await;
}

#[tokio::test]
async fn everything_a_topic_an_author_an_issue_and_a_search_have_feeds() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        for (path, title, titles) in [
            (
                "articles",
                "Week in View en",
                vec!["thaw en", "tar en", "wells en", "ice en"],
            ),
            (
                "topics/water",
                "water en – Week in View en",
                vec!["thaw en", "wells en", "ice en"],
            ),
            (
                "authors/boris",
                "boris en – Week in View en",
                vec!["wells en", "ice en"],
            ),
            (
                "issues/1",
                "Issue 1 en – Week in View en",
                vec!["ice en", "wells en"],
            ),
            (
                "issues/issue-2",
                "Issue 2 en – Week in View en",
                vec!["tar en", "thaw en"],
            ),
            (
                "issues/latest",
                "Issue 2 en – Week in View en",
                vec!["tar en", "thaw en"],
            ),
            ("search", "Week in View en", vec![]),
        ] {
            let (json, rss, atom) = (
                json(app, &format!("en/{path}.json")).await,
                rss(app, &format!("en/{path}.rss")).await,
                atom(app, &format!("en/{path}.atom")).await,
            );

            assert_eq!(each(&json, "title"), titles, "{path}");
            assert_eq!(json["title"], title);
            assert_eq!((rss.title(), &*atom.title.value), (title, title));
            let of_rss: Vec<&str> = rss.items().iter().filter_map(|item| item.title()).collect();
            let of_atom: Vec<&str> = atom
                .entries()
                .iter()
                .map(|entry| &*entry.title.value)
                .collect();
            assert_eq!((&of_rss, &of_atom), (&titles, &titles), "{path}");
        }
        let found = json(app, "en/search.json?q=tar").await;
        assert_eq!(each(&found, "title"), ["tar en"]);
        assert_eq!(found["title"], "tar – Week in View en");
    })
    .await;
}

#[tokio::test]
async fn a_feed_shows_the_locales_of_its_address_and_no_other() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").only_in(["en"]),
            article("wells").only_in(["ru", "en"]),
            article("tar").only_in(["be", "ru"]),
        ])
        .await;

        let edition = json(app, "be,ru/articles.json").await;
        assert_eq!(each(&edition, "title"), ["tar be", "wells ru"]);
        assert_eq!(each(&edition, "language"), ["be", "ru"]);
        assert_eq!(edition["language"], "be");
        let other = json(app, "RU,be/articles.json").await;
        assert_eq!(each(&other, "title"), ["tar ru", "wells ru"]);
        let atom = atom(app, "be,ru/articles.atom").await;
        let languages = atom
            .entries()
            .iter()
            .map(|entry| entry.title.lang.as_deref().unwrap());
        assert_eq!(languages.collect::<Vec<_>>(), ["be", "ru"]);
        let rss = rss(app, "be,ru/articles.rss").await;
        let languages = rss.items().iter();
        let languages = languages.map(|item| &*item.dublin_core_ext().unwrap().languages()[0]);
        assert_eq!(languages.collect::<Vec<_>>(), ["be", "ru"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_unknown_is_not_found_in_the_type_that_was_asked_for() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").by(["anna"]).draft("be")).await;
        let client = app.client();
        for (path, status, told) in [
            ("fr/articles", 404, "UNKNOWN_LOCALE"),
            ("en,fr/articles", 404, "UNKNOWN_LOCALE"),
            ("/articles", 404, "UNKNOWN_LOCALE"),
            ("en/topics/none", 404, "NOT_FOUND"),
            ("en/authors/none", 404, "NOT_FOUND"),
            ("en/issues/none", 404, "NOT_FOUND"),
            ("en/issues/99", 404, "NOT_FOUND"),
            ("en/nothing", 404, "NOT_FOUND"),
            ("en/topics/a/b", 404, "NOT_FOUND"),
        ] {
            for (kind, media_type) in [
                ("rss", "application/rss+xml; charset=utf-8"),
                ("atom", "application/atom+xml; charset=utf-8"),
                ("json", "application/feed+json; charset=utf-8"),
            ] {
                let path = format!("/feeds/{path}.{kind}");
                let reply = client.get(&path, &[]).await;

                assert_eq!(reply.status, status, "{path}");
                assert_eq!(reply.header("content-type"), media_type, "{path}");
                assert_eq!(reply.header("cache-control"), "no-store");
                assert!(reply.text().contains(told), "{path}: {}", reply.text());
                match kind {
                    "rss" => drop(rss::Channel::read_from(&*reply.body).unwrap()),
                    "atom" => drop(atom_syndication::Feed::read_from(&*reply.body).unwrap()),
                    _ => assert_eq!(reply.json()["version"], "https://jsonfeed.org/version/1.1"),
                }
            }
        }
        let other = client.get("/feeds/en/articles.xml", &[]).await;
        assert_eq!(
            (other.status.as_u16(), other.code().as_deref()),
            (404, Some("NOT_FOUND"))
        );
        let posted = client.post("/feeds/en/articles.rss", &[], "").await;
        assert_eq!(posted.status, 405);
    })
    .await;
}

#[tokio::test]
async fn before_the_first_content_there_is_no_feed() {
    TestApp::on_each_engine(async |app| {
        let reply = app.client().get("/feeds/en/articles.rss", &[]).await;

        assert_eq!(reply.status, 404);
        assert!(reply.text().contains("no publication"), "{}", reply.text());
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_was_left_leads_to_the_present_address() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").topic("water").by(["anna"])).await;
        for (thing, slug) in [("topic", "lakes"), ("author", "anna-k"), ("issue", "first")] {
            let query = format!("{{ {thing}s {{ nodes {{ id factsVersion }} }} }}");
            let answer = app.query(&query).await;
            let node = answer.at(&format!("/{thing}s/nodes/0"));
            let input = value!({
                "id": node["id"], "expectedVersion": node["factsVersion"], "slug": slug,
            });
            let name = format!("{thing}Update");
            let selection = "userErrors { message }";
            let done = app
                .mutate_as(&key(Role::Editor), &name, input, selection)
                .await;
            assert_eq!(done.at(&format!("/{name}/userErrors")), &value!([]));
        }
        let client = app.client();

        for (former, present) in [
            ("topics/water", "topics/lakes"),
            ("authors/anna", "authors/anna-k"),
            ("issues/issue-1", "issues/first"),
        ] {
            let reply = client
                .get(&format!("/feeds/en/{former}.atom?content=full"), &[])
                .await;

            assert_eq!(reply.status, 301, "{former}: {}", reply.text());
            let location = format!("http://localhost:8000/feeds/en/{present}.atom?content=full");
            assert_eq!(reply.header("location"), location);
            get(app, &format!("en/{present}.atom")).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_feed_takes_a_statement_for_each_kind_of_thing_whatever_its_length() {
    TestApp::on_each_engine_without_memory(async |app| {
        let statements = async |count: usize| {
            let articles = (0..count).map(|place| {
                article(&format!("a{place}"))
                    .topic(["water", "roads"][place % 2])
                    .by([["anna", "boris"][place % 2]])
                    .body("en", "[Ice](article:a0) and ice")
            });
            app.seed(articles.collect::<Vec<_>>()).await;
            get(app, "en/articles.json?content=full").await;
            let before = app.database().statements();
            get(app, "en/articles.atom?content=full").await;
            app.database().statements() - before
        };

        let few = statements(2).await;
        assert_eq!(statements(20).await, few);
        assert!(few <= 8, "{few}");
    })
    .await;
}

#[tokio::test]
async fn entries_say_who_wrote_them_on_what_and_where_they_are() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").with(article("ice").by(["anna", "boris"])))
            .await;

        let item = &json(app, "en/articles.json").await["items"][0];

        assert_eq!(item["url"], "https://example.org/en/articles/ice");
        assert_eq!(item["tags"][0], "water en");
        assert_eq!(item["authors"][0]["name"], "anna en");
        assert_eq!(
            item["authors"][1]["url"],
            "https://example.org/en/authors/boris"
        );
        assert_eq!(item["content_text"], "The lead of ice in en");
        let rss = rss(app, "en/articles.rss").await;
        let item = &rss.items()[0];
        assert_eq!(item.link(), Some("https://example.org/en/articles/ice"));
        assert_eq!(
            item.dublin_core_ext().unwrap().creators(),
            ["anna en", "boris en"]
        );
        assert_eq!(item.categories()[0].name(), "water en");
        let atom = atom(app, "en/articles.atom").await;
        let entry = &atom.entries()[0];
        assert_eq!(entry.authors()[1].name(), "boris en");
        assert_eq!(entry.categories()[0].term(), "water");
        assert_eq!(entry.categories()[0].label(), Some("water en"));
        assert_eq!(
            entry.links()[0].href(),
            "https://example.org/en/articles/ice"
        );
    })
    .await;
}
