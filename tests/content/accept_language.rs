//! Who the reader is when a query does not say: the `Accept-Language` header
//! (RFC 9110, looked up as RFC 4647 says), else the publication's default.

use support::TestApp;
use support::seed::{article, publication};

#[tokio::test]
async fn the_header_is_looked_up_among_the_publications_locales() {
    TestApp::on_each_engine(async |app| {
        let locales = ["en", "be", "ru", "sr-Latn", "be-tarask"];
        app.seed(publication().locales(locales).with(article("ice")))
            .await;

        for (header, locale) in [
            ("be", "be"),
            ("BE", "be"),
            ("be-BY", "be"),
            ("ru-RU, be;q=0.9", "ru"),
            ("en;q=0.2, be;q=0.7, ru;q=0.5", "be"),
            ("be;q=0.5,ru;q=0.5", "be"),
            ("ru;Q=0.4, be;Q=0.8", "be"),
            (" ru ; q=0.3 , be ; q=0.4 ", "be"),
            ("fr, de;q=0.9, ru;q=0.1", "ru"),
            ("fr-CH, fr;q=0.9, *;q=0.5", "en"),
            ("*", "en"),
            ("be;q=0, ru;q=0.1", "ru"),
            ("be;q=0", "en"),
            ("sr-Latn-RS", "sr-Latn"),
            ("sr", "en"),
            ("be-tarask", "be-tarask"),
            ("be-tarask-x-secret", "be-tarask"),
            ("be-a-b", "be"),
            ("fr", "en"),
            ("", "en"),
            (",,;;q=", "en"),
            ("be;q=much", "en"),
            ("be;q=2", "en"),
            ("be;q=NaN, ru;q=inf", "en"),
            ("\u{1F600}, ru", "ru"),
            ("-, --, be-", "be"),
        ] {
            let answer = app
                .query_in(header, "{ articles { nodes { locale isFallback } } }")
                .await;

            assert_eq!(*answer.at("/articles/nodes/0/locale"), locale, "{header:?}");
            assert_eq!(
                *answer.at("/articles/nodes/0/isFallback"),
                false,
                "{header:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn the_header_is_an_order_of_preference() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("both").only_in(["ru", "be"]),
            article("belarusian").only_in(["be"]),
            article("english").only_in(["en"]),
        ])
        .await;

        let answer = app
            .query_in(
                "ru-RU, be;q=0.5",
                "{ articles(orderBy: [{field: TITLE}]) { totalCount nodes { title isFallback } } }",
            )
            .await;

        assert_eq!(*answer.at("/articles/totalCount"), 2);
        assert_eq!(
            answer.texts("/articles/nodes", "title"),
            ["belarusian be", "both ru"]
        );
        assert_eq!(*answer.at("/articles/nodes/0/isFallback"), true);
    })
    .await;
}

#[tokio::test]
async fn an_argument_wins_over_the_header() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;

        let query =
            "{ asked: articles(locales: [ru]) { nodes { locale } } not: latestIssue { locale } }";
        let answer = app.query_in("be", query).await;

        assert_eq!(*answer.at("/asked/nodes/0/locale"), "ru");
        assert_eq!(*answer.at("/not/locale"), "be");
    })
    .await;
}

#[tokio::test]
async fn without_a_header_the_reader_has_the_publications_default() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            publication()
                .default_locale("ru")
                .with([article("ice"), article("wells").only_in(["en"])]),
        )
        .await;

        let answer = app.query("{ articles { nodes { title } } }").await;

        assert_eq!(answer.texts("/articles/nodes", "title"), ["ice ru"]);
    })
    .await;
}

#[tokio::test]
async fn a_header_without_end_costs_no_more_than_its_beginning() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let header = format!("{}be", "fr, ".repeat(10_000));

        let answer = app.query_in(&header, "{ latestIssue { locale } }").await;

        assert_eq!(*answer.at("/latestIssue/locale"), "en");
    })
    .await;
}
