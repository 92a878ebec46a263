//! Whatever address the publication makes leads to what it is of.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{Content, article, author, issue, publication, topic};
use support::{TestApp, key};

use super::{nothing, told};

/// Where a website shows things, each by its kind.
type Paths = [(&'static str, &'static str); 4];

const DEFAULTS: Paths = [
    ("article", "/{locale}/articles/{slug}"),
    ("issue", "/{locale}/issues/{slug}"),
    ("topic", "/{locale}/topics/{slug}"),
    ("author", "/{locale}/authors/{slug}"),
];

const PATHS: [Paths; 5] = [
    DEFAULTS,
    // One could be taken for another.
    [
        ("article", "/{locale}/{topic}/{slug}"),
        ("issue", "/{locale}/{number}"),
        ("topic", "/{locale}/{slug}"),
        ("author", "/{locale}/by/{slug}"),
    ],
    // Places side by side, which slugs have hyphens in.
    [
        ("article", "/{week}/{topic}-{slug}.{locale}/"),
        ("issue", "/{locale}-{week}"),
        ("topic", "/t-{slug}-{locale}"),
        ("author", "/навіны/{slug}/{locale}"),
    ],
    // Behind the path.
    [
        ("article", "/read?in={locale}&slug={slug}"),
        ("issue", "/#/{locale}/{issue}"),
        ("topic", "/#/{locale}/on/{slug}"),
        ("author", "/who?in={locale}#{slug}"),
    ],
    // All in one place.
    [
        ("article", "/{locale}/{slug}"),
        ("issue", "/{locale}/{slug}"),
        ("topic", "/{locale}/{slug}"),
        ("author", "/{locale}/{slug}"),
    ],
];

/// Things whose slugs are alike, swapped or odd.
fn content(paths: Paths) -> Content {
    let site = paths.iter().fold(publication(), |site, (kind, template)| {
        site.path(kind, template)
    });
    let articles = [
        article("ice").topic("water").by(["anna-k"]),
        article("be").topic("water-level").slug("ru", "ru"),
        article("one").slug("en", "first").slug("be", "second"),
        article("two").slug("en", "second").slug("be", "first"),
        article("odd")
            .slug("be", "лёд-&-\"вада\"'%2F\\.html")
            .slug("ru", "🧊"),
        article("level-ice").topic("water").only_in(["ru"]),
    ];
    site.with([
        Content::from(topic("water")),
        topic("water-level").only_in(["en", "ru"]).into(),
        author("anna-k").only_in(["be"]).into(),
        issue(7).dates("2021-02-08", "2021-02-14").with(articles),
        issue(8)
            .dates("2021-02-15", "2021-02-21")
            .slug("week-eight")
            .into(),
    ])
}

#[tokio::test]
async fn each_address_that_is_made_leads_to_what_it_is_of() {
    TestApp::on_each_engine(async |app| {
        for paths in PATHS {
            app.seed(content(paths)).await;
            app.forget_settings();
            let made = made(app).await;
            assert!(made.len() > 25, "{}", made.len());
            for (url, title) in made {
                for url in [
                    url.clone(),
                    url.replace("https:", "http:"),
                    url.replace("example.org", "EXAMPLE.org:443"),
                ] {
                    // With TLS, that port is the one that goes without saying.
                    if url.starts_with("http:") && url.contains("443") {
                        continue;
                    }
                    let answer = told(app, &url, "").await;

                    assert_eq!(answer["title"], title.as_str(), "{url}");
                }
            }
        }
    })
    .await;
}

/// All addresses with the titles of what they are of.
async fn made(app: &TestApp) -> Vec<(String, String)> {
    let answer = app
        .query("{ translations(locales: [en, be, ru], first: 100) { nodes { url title } } }")
        .await;
    let nodes = answer.at("/translations/nodes").as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    nodes
        .map(|node| (text(&node["url"]), text(&node["title"])))
        .collect()
}

#[tokio::test]
async fn an_address_without_a_language_is_read_in_the_readers_or_in_any() {
    TestApp::on_each_engine(async |app| {
        let site = publication()
            .path("article", "/{slug}")
            .path("topic", "/on/{slug}");
        app.seed(site.with([
            article("ice").slug("be", "lod"),
            article("wells").only_in(["ru"]),
            article("lod").only_in(["ru"]),
        ]))
        .await;
        for (path, locales, title) in [
            ("/ice", "", "ice en"),
            ("/lod", "", "ice be"),
            ("/wells", "", "wells ru"),
            ("/lod", "&locales=ru,be", "lod ru"),
            ("/ice", "&locales=ru", "ice ru"),
            ("/on/general", "", "general en"),
            ("/on/general", "&locales=BE", "general be"),
        ] {
            let answer = told(app, &format!("https://example.org{path}"), locales).await;

            assert_eq!(answer["title"], title, "{path}{locales}");
        }
        let other = super::ask(app, "https://example.org/wells", "&locales=be,en").await;
        assert_eq!(other.status, 404);
    })
    .await;
}

#[tokio::test]
async fn names_are_in_the_languages_that_were_asked_for_and_the_page_in_its_own() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            Content::from(topic("water").only_in(["en"])),
            author("anna").only_in(["ru"]).into(),
            article("ice").topic("water").by(["anna"]).into(),
        ])
        .await;
        let url = "https://example.org/be/articles/ice";

        let own = told(app, url, "").await;
        let more = told(app, url, "&locales=ru,be").await;

        assert_eq!(
            (&own["title"], &own["author_name"]),
            (&json!("ice be"), &Value::Null)
        );
        assert_eq!(
            (&more["title"], &more["author_name"]),
            (&json!("ice be"), &json!("anna ru"))
        );
        for answer in [own, more] {
            assert!(!answer.to_string().contains("water en"), "{answer}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_of_before_is_answered_by_what_is_there_now() {
    TestApp::on_each_engine(async |app| {
        let site = publication()
            .path("article", "/{locale}/{topic}/{slug}")
            .path("issue", "/{locale}/issues/{issue}/{number}");
        app.seed(site.with([
            article("ice").topic("water").by(["anna"]),
            article("wells").topic("roads"),
        ]))
        .await;
        // Once more with another slug.
        app.seed(
            article("ice")
                .topic("water")
                .by(["anna"])
                .slug("en", "thaw"),
        )
        .await;
        for (thing, slug) in [("topic", "lakes"), ("author", "anna-k"), ("issue", "first")] {
            let former = match thing {
                "topic" => "water",
                "author" => "anna",
                _ => "issue-1",
            };
            rename(app, thing, former, slug).await;
        }

        for (former, present) in [
            ("/en/water/ice", "/en/lakes/thaw"),
            ("/en/lakes/ice", "/en/lakes/thaw"),
            ("/be/water/ice", "/be/lakes/ice"),
        ] {
            let answer = told(app, &format!("https://example.org{former}"), "").await;
            assert_eq!(
                answer["json_ld"]["url"],
                format!("https://example.org{present}")
            );
        }
        for (former, present) in [
            ("/en/topics/water", "/en/topics/lakes"),
            ("/en/authors/anna", "/en/authors/anna-k"),
            ("/en/issues/issue-1/1", "/en/issues/first/1"),
        ] {
            let answer = told(app, &format!("https://example.org{former}"), "").await;
            let html = answer["html"].as_str().unwrap();
            assert!(
                html.contains(&format!("\"https://example.org{present}\"")),
                "{html}"
            );
        }
        for never in [
            "/en/roads/ice",
            "/en/nowhere/thaw",
            "/ru/lakes/thaw",
            "/en/issues/first/2",
        ] {
            nothing(app, &format!("https://example.org{never}")).await;
        }
    })
    .await;
}

async fn rename(app: &TestApp, thing: &str, former: &str, slug: &str) {
    let query = format!("{{ {thing}(by: {{slug: \"{former}\"}}) {{ id factsVersion }} }}");
    let answer = app.query(&query).await;
    let node = answer.at(&format!("/{thing}"));
    let input = json!({
        "id": node["id"], "expectedVersion": node["factsVersion"], "slug": slug,
    });
    let name = format!("{thing}Update");
    let editor = key(Role::Editor);
    let done = app
        .mutate_as(&editor, &name, input, "userErrors { message }")
        .await;
    assert_eq!(done.at(&format!("/{name}/userErrors")), &json!([]));
}

#[tokio::test]
async fn two_issues_of_a_week_are_told_apart_by_their_numbers_alone() {
    TestApp::on_each_engine(async |app| {
        let issues = [
            issue(1).dates("2021-02-08", "2021-02-10"),
            issue(2).dates("2021-02-11", "2021-02-14"),
        ];
        app.seed(publication().path("issue", "/{week}").with(issues.clone()))
            .await;
        let by_week = told(app, "https://example.org/2021-W06", "").await;
        app.seed(publication().path("issue", "/{week}/{number}").with(issues))
            .await;
        let by_both = told(app, "https://example.org/2021-W06/1", "").await;

        assert_eq!(by_week["json_ld"]["issueNumber"], 2);
        assert_eq!(by_both["json_ld"]["issueNumber"], 1);
        nothing(app, "https://example.org/2021-W07/1").await;
    })
    .await;
}
