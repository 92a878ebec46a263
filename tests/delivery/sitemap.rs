//! Sitemaps tell search engines what the website shows, in every language.

use support::seed::{article, author, issue, publication, topic};
use support::{Reply, TestApp};

async fn get(app: &TestApp, path: &str) -> Reply {
    let reply = app.client().get(path, &[]).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    assert_eq!(
        reply.header("content-type"),
        "application/xml; charset=utf-8"
    );
    reply
}

/// The addresses that a sitemap lists.
fn locs(reply: &Reply) -> Vec<&str> {
    let parts = reply.text().split("<loc>").skip(1);
    parts
        .map(|part| part.split("</loc>").next().unwrap())
        .collect()
}

#[tokio::test]
async fn the_index_lists_a_sitemap_for_each_year_and_kind() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1)
                .dates("2020-12-28", "2021-01-03")
                .with(article("ice").by(["anna"])),
            issue(2)
                .dates("2021-01-04", "2021-01-10")
                .with(article("wells")),
        ])
        .await;

        let index = get(app, "/sitemap.xml").await;

        let listed = locs(&index);
        let names = [
            "articles-2021",
            "articles-2020",
            "issues",
            "topics",
            "authors",
        ];
        let expected = names.map(|name| format!("http://localhost:8000/sitemaps/{name}.xml"));
        assert_eq!(listed, expected);
        for address in listed {
            let path = address.strip_prefix("http://localhost:8000").unwrap();
            assert!(!locs(&get(app, path).await).is_empty(), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_language_of_a_thing_is_listed_with_all_others() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").only_in(["be", "ru"]).slug("ru", "лёд-1"),
            article("wells").only_in(["en"]).draft("be"),
        ])
        .await;

        let sitemap = get(app, "/sitemaps/articles-2020.xml").await;

        let russian = "https://example.org/ru/articles/%D0%BB%D1%91%D0%B4-1";
        assert_eq!(
            locs(&sitemap),
            [
                "https://example.org/be/articles/ice",
                russian,
                "https://example.org/en/articles/wells",
            ]
        );
        let text = sitemap.text();
        for (language, address) in [
            ("be", "https://example.org/be/articles/ice"),
            ("ru", russian),
            // Not in the default language: the first of the publication's.
            ("x-default", "https://example.org/be/articles/ice"),
        ] {
            let link =
                format!(r#"<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>"#);
            assert_eq!(text.matches(&link).count(), 2, "{link} in {text}");
        }
        assert_eq!(text.matches("xhtml:link").count(), 6);
    })
    .await;
}

#[tokio::test]
async fn addresses_follow_the_paths_of_the_publication() {
    TestApp::on_each_engine(async |app| {
        let paths = publication()
            .locales(["en"])
            .path("article", "/{week}/{topic}/{slug}")
            .path("issue", "/{number}")
            .path("topic", "/on/{slug}")
            .path("author", "/by/{slug}");
        app.seed(
            paths.with([
                support::seed::Content::from(topic("water")),
                author("anna").into(),
                issue(7)
                    .dates("2021-02-08", "2021-02-14")
                    .with(article("ice").topic("water").by(["anna"])),
            ]),
        )
        .await;
        for (name, address) in [
            ("articles-2021", "https://example.org/2021-W06/water/ice"),
            ("issues", "https://example.org/7"),
            ("topics", "https://example.org/on/water"),
            ("authors", "https://example.org/by/anna"),
        ] {
            let sitemap = get(app, &format!("/sitemaps/{name}.xml")).await;
            assert_eq!(locs(&sitemap), [address]);
        }
    })
    .await;
}

#[tokio::test]
async fn news_are_what_came_out_in_the_last_two_days() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("old").published_at("2021-03-08T11:59:00Z"),
            article("new")
                .title("en", "Ice & \u{8}<wells>")
                .published_at("2021-03-09T09:00:00Z"),
            article("late")
                .only_in(["en", "be"])
                .published_in_at("en", "2021-02-01T09:00:00Z")
                .published_in_at("be", "2021-03-10T11:00:00Z"),
        ])
        .await;

        let news = get(app, "/sitemaps/news.xml").await;

        assert_eq!(
            locs(&news),
            [
                "https://example.org/be/articles/late",
                "https://example.org/be/articles/new",
                "https://example.org/en/articles/new",
                "https://example.org/ru/articles/new",
            ]
        );
        let told = "<news:news><news:publication><news:name>Week in View en</news:name>\
            <news:language>en</news:language></news:publication>\
            <news:publication_date>2021-03-09T09:00:00Z</news:publication_date>\
            <news:title>Ice &amp; &lt;wells&gt;</news:title></news:news>";
        assert!(news.text().contains(told), "{}", news.text());

        app.clock()
            .advance(chrono::Duration::seconds(2 * 24 * 3600));
        assert!(locs(&get(app, "/sitemaps/news.xml").await).is_empty());
    })
    .await;
}

#[tokio::test]
async fn sitemaps_are_kept_until_something_is_published() {
    let told = |app: &mut masthead::app::App| {
        app.policy.told.by_standard = true;
    };
    TestApp::on_each_engine_with(told, async |app| {
        app.seed(article("ice")).await;
        let client = app.client();
        for path in [
            "/sitemap.xml",
            "/sitemaps/articles-2020.xml",
            "/sitemaps/news.xml",
        ] {
            let first = client.get(path, &[]).await;
            let again = client.get(path, &[]).await;

            assert_eq!(first.header("cache-status"), "masthead; fwd=miss; stored");
            assert_eq!(again.header("cache-status"), "masthead; hit");
            assert_eq!(
                again.header("surrogate-key"),
                "publication articles issues topics authors"
            );
            // No purge tells that time has passed.
            let is_timely = path.contains("news");
            assert_eq!(
                again.header("cdn-cache-control").is_empty(),
                is_timely,
                "{path}"
            );
            let etag = [("if-none-match", first.header("etag"))];
            assert_eq!(client.get(path, &etag).await.status, 304);
        }

        app.seed(article("ice").draft("en")).await;
        let sitemap = client.get("/sitemaps/articles-2020.xml", &[]).await;
        assert!(!sitemap.text().contains("/en/"), "{}", sitemap.text());
    })
    .await;
}

#[tokio::test]
async fn what_there_is_no_sitemap_of_is_told_in_words() {
    TestApp::on_each_engine(async |app| {
        let client = app.client();
        let empty = client.get("/sitemap.xml", &[]).await;
        assert_eq!(empty.status, 404);
        assert!(empty.text().contains("no publication"), "{}", empty.text());

        app.seed(article("ice")).await;
        for path in [
            "/sitemaps/articles-1999.xml",
            "/sitemaps/issues-2.xml",
            "/sitemaps/authors.xml",
            "/sitemaps/things.xml",
            "/sitemaps/articles-4294967297.xml",
        ] {
            let reply = client.get(path, &[]).await;
            assert_eq!(reply.status, 404, "{path}");
            assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
            assert!(reply.text().contains("/sitemap.xml"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn robots_are_told_where_the_sitemaps_are() {
    TestApp::on_each_engine_with(
        |app| app.public_url = "https://api.example.org/v1".into(),
        async |app| {
            app.seed(article("ice")).await;

            let robots = app.client().get("/robots.txt", &[]).await;

            let text = robots.text();
            assert!(text.contains("\nSitemap: https://api.example.org/v1/sitemap.xml\n"));
            assert!(text.contains("Disallow: /graphql\n"));
            let index = get(app, "/sitemap.xml").await;
            assert!(locs(&index)[0].starts_with("https://api.example.org/v1/sitemaps/"));
        },
    )
    .await;
}
