//! Who asks for more than the share of a minute.

use std::time::Duration;

use chrono::TimeDelta;
use masthead::access::{Limiter, Rates, Role, TrustedProxies};
use masthead::app::App;
use support::TestApp;

use super::Server;
use super::wire::Listening;

/// It costs 41: the list, and a page of 20 with two fields each.
const QUERY: &str = "{ topics { nodes { slug } } }";

fn limited(app: &mut App) {
    app.clock = std::sync::Arc::new(masthead::clock::Clock::at(
        "2021-03-10T12:00:00Z".parse().unwrap(),
    ));
    app.limiter = Limiter::new(Rates {
        limited: true,
        address: 200,
        key: 1000,
    });
    app.proxies = TrustedProxies::new(vec!["127.0.0.9/32".parse().unwrap()]);
}

async fn start(server: &Server) -> Listening {
    Listening::start(server.site.clone(), 100, Duration::from_secs(5)).await
}

/// `QUERY` in words that were not asked before: in no cache.
fn new_words(number: u32) -> String {
    format!("{{ topics {{ nodes {{ slug }} totalCount }} }} # {number}")
}

fn field<'a>(answer: &'a str, name: &str) -> &'a str {
    let mut lines = answer.lines().take_while(|line| !line.is_empty());
    let start = format!("{name}: ");
    lines
        .find_map(|line| line.strip_prefix(&start))
        .unwrap_or_default()
}

#[tokio::test]
async fn an_address_that_asks_for_too_much_is_told_when_to_ask_again() {
    let server = Server::with(|_, app| limited(app)).await;
    let listening = start(&server).await;

    let first = listening
        .query("127.0.0.1", "", "{ topics(first: 60) { nodes { slug } } }")
        .await;
    let second = listening
        .query("127.0.0.1", "", "{ topics(first: 61) { nodes { slug } } }")
        .await;
    let other = listening
        .query("127.0.0.2", "", "{ topics(first: 62) { nodes { slug } } }")
        .await;

    assert!(first.starts_with("HTTP/1.1 200 "), "{first}");
    assert_eq!(
        field(&first, "ratelimit-policy"),
        "\"address\";q=200;w=60;qu=\"cost\""
    );
    assert!(second.starts_with("HTTP/1.1 429 "), "{second}");
    assert!(second.contains("RATE_LIMITED"), "{second}");
    assert_eq!(field(&second, "cache-control"), "no-store");
    let wait: i64 = field(&second, "retry-after").parse().unwrap();
    assert!((1..60).contains(&wait), "{wait}");
    assert!(other.starts_with("HTTP/1.1 200 "), "{other}");

    server.app.clock.advance(TimeDelta::seconds(wait));
    let later = listening
        .query("127.0.0.1", "", "{ topics(first: 61) { nodes { slug } } }")
        .await;
    assert!(later.starts_with("HTTP/1.1 200 "), "{later}");
}

#[tokio::test]
async fn what_comes_from_the_cache_costs_nothing() {
    let server = Server::with(|_, app| limited(app)).await;
    let listening = start(&server).await;
    let paid = listening.query("127.0.0.1", "", QUERY).await;

    for _ in 0..20 {
        let hit = listening.query("127.0.0.1", "", QUERY).await;

        assert!(field(&hit, "cache-status").contains("hit"), "{hit}");
        assert_eq!(field(&hit, "ratelimit"), "");
    }
    assert!(!field(&paid, "ratelimit").is_empty(), "{paid}");
}

#[tokio::test]
async fn reading_new_documents_costs_something_even_if_they_are_wrong() {
    let server = Server::with(|_, app| limited(app)).await;
    let listening = start(&server).await;
    let wrong = |number| format!("{{ nonsense{number} }} # {}", "x".repeat(300));

    let mut last = String::new();
    for number in 0..12 {
        last = listening.query("127.0.0.1", "", &wrong(number)).await;
    }

    assert!(last.starts_with("HTTP/1.1 429 "), "{last}");
}

#[tokio::test]
async fn asking_again_for_what_can_not_be_answered_costs_something() {
    let server = Server::with(|_, app| limited(app)).await;
    let listening = start(&server).await;
    let wrong = format!("{{ nonsense }} # {}", "x".repeat(300));

    let mut last = String::new();
    for _ in 0..12 {
        last = listening.query("127.0.0.1", "", &wrong).await;
    }

    assert!(last.starts_with("HTTP/1.1 429 "), "{last}");
}

#[tokio::test]
async fn a_trusted_proxy_is_believed_about_addresses_and_nobody_else_is() {
    let server = Server::with(|_, app| limited(app)).await;
    let listening = start(&server).await;
    let ask = async |from: &str, head: &str, number: u32| {
        let query = format!("{{ topics(first: 70) {{ nodes {{ slug }} }} }} # {number}");
        let answer = listening.query(from, head, &query).await;
        answer.split(' ').nth(1).unwrap().to_owned()
    };

    let clients = [
        ask("127.0.0.9", "x-forwarded-for: 198.51.100.1\r\n", 1).await,
        ask("127.0.0.9", "x-forwarded-for: 198.51.100.2\r\n", 2).await,
        ask(
            "127.0.0.9",
            "forwarded: for=\"[2001:db8::1]:80\";proto=https\r\n",
            3,
        )
        .await,
        ask("127.0.0.9", "forwarded: for=\"[2001:db8::2]:80\"\r\n", 4).await,
        ask("127.0.0.9", "x-forwarded-for: 7.7.7.7, 198.51.100.1\r\n", 5).await,
        ask("127.0.0.1", "x-forwarded-for: 198.51.100.3\r\n", 6).await,
        ask("127.0.0.1", "x-forwarded-for: 198.51.100.4\r\n", 7).await,
    ];

    assert_eq!(clients, ["200", "200", "200", "429", "429", "200", "429"]);
}

#[tokio::test]
async fn a_key_has_an_allowance_of_its_own() {
    TestApp::on_each_engine_with(limited, async |app| {
        let secret = app.make_key("shop", Role::Partner, &[]).await;
        let site = masthead::http::site(app.app().clone(), app.schema());
        let listening = Listening::start(site, 100, Duration::from_secs(5)).await;
        let head = format!("authorization: Bearer {secret}\r\n");

        let mut answers = Vec::new();
        for number in 0..6 {
            let from = format!("127.0.0.{}", number + 1);
            let query = format!("{{ topics(first: 90) {{ nodes {{ slug }} }} }} # {number}");
            answers.push(listening.query(&from, &head, &query).await);
        }

        assert_eq!(
            field(&answers[0], "ratelimit-policy"),
            "\"key\";q=1000;w=60;qu=\"cost\""
        );
        let status = |answer: &String| answer.split(' ').nth(1).unwrap().to_owned();
        let statuses: Vec<String> = answers.iter().map(status).collect();
        assert_eq!(statuses, ["200", "200", "200", "200", "200", "429"]);
    })
    .await;
}

#[tokio::test]
async fn switched_off_nobody_is_limited() {
    let server = Server::with(|_, app| {
        limited(app);
        app.limiter = Limiter::new(Rates {
            limited: false,
            address: 1,
            key: 1,
        });
    })
    .await;
    let listening = start(&server).await;

    for number in 0..5 {
        let answer = listening.query("127.0.0.1", "", &new_words(number)).await;

        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert_eq!(field(&answer, "ratelimit"), "");
    }
}
