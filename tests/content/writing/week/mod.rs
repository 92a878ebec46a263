//! A week, from an empty database to what readers are left with, by the API
//! alone: each of those who make it has a key, and asks over HTTP.

mod reader;
mod stories;
mod team;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::json;
use support::TestApp;

use super::desk::Desk;
use crate::change_log;
use reader::Watching;
use stories::{LOCALES, STORIES, body};
use team::{Team, Week};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_week_is_made_by_the_api_alone() {
    TestApp::on_each_engine(async |app| {
        let team = Team::open(app).await;
        let week = Week::lay_out(&team).await;
        team.translate(&week).await;
        keep_up_with_the_original(&team, &week).await;
        review(&team, &week).await;
        preview(&team, &week).await;
        app.clock().advance(TimeDelta::days(1));

        publish(&team, &week).await;
        app.clock().advance(TimeDelta::hours(5));
        correct(app, &team, &week).await;
        rename(&team, &week).await;
        withdraw(&team, &week).await;
        restore(&team, &week).await;

        change_log::rebuilds_what_is_published(app).await;
        who_did_what_is_told(&team).await;
    })
    .await;
}

/// The editor changes a text that was translated already.
async fn keep_up_with_the_original(team: &Team, week: &Week) {
    let article = &week.articles[3];
    let longer = json!({"body": "The wells at the mill and at the ford gave no water."});
    team.editor.step("Update", article, "en", longer).await;
    assert_eq!(week.count(team, "outdated").await, [0, 1, 1]);

    for (desk, locale) in [(&team.be, "be"), (&team.ru, "ru")] {
        let words = json!({"body": body(STORIES[3].title(locale)) + " Wells."});
        desk.step("Update", article, locale, words).await;
    }

    assert_eq!(week.count(team, "outdated").await, [0, 0, 0]);
    assert_eq!(week.count(team, "draft").await, [8, 8, 8]);
}

/// Each desk hands in what it wrote; the editor sends one text back.
async fn review(team: &Team, week: &Week) {
    for article in &week.articles {
        for locale in LOCALES {
            team.desk(locale)
                .step("Submit", article, locale, json!({}))
                .await;
        }
    }
    let (article, note) = (&week.articles[0], json!({"note": "Which ice?"}));
    team.editor.step("SendBack", article, "be", note).await;
    let not_theirs = json!({"article": article, "locale": "be", "expectedVersion": 3});
    let refused = team
        .ru
        .send_change("articleTranslationUpdate", not_theirs, "article { id }")
        .await;
    assert_eq!(refused.code().as_deref(), Some("FORBIDDEN"));
    let more = json!({"lead": "Лёд на Талве трымаецца яшчэ тыдзень."});
    team.be.step("Update", article, "be", more).await;
    team.be.step("Submit", article, "be", json!({})).await;
    assert_eq!(week.count(team, "inReview").await, [8, 8, 8]);

    for article in &week.articles {
        for locale in LOCALES {
            team.editor
                .step("Approve", article, locale, json!({}))
                .await;
        }
    }

    assert_eq!(week.count(team, "approved").await, [8, 8, 8]);
}

/// A translator shows the issue to somebody who has no key.
async fn preview(team: &Team, week: &Week) {
    let input = json!({"id": week.issue, "expiresInMinutes": 60});
    let made = team
        .be
        .change("previewTokenCreate", input, "previewToken { token }")
        .await;
    let token = made["previewToken"]["token"].as_str().unwrap();
    let friend = Desk::with_preview(&team.client, token);
    let query = "{ latestIssue { number state articles(locales: [en, be, ru]) { totalCount
        nodes { translations { locale } } } } articles { totalCount } }";

    let shown = friend.send(query, json!({})).await;
    let hidden = team.reader.ask(query).await;

    let issue = &shown.json()["data"]["latestIssue"];
    assert_eq!(
        (&issue["state"], &issue["articles"]["totalCount"]),
        (&json!("DRAFT"), &json!(8))
    );
    let nodes = issue["articles"]["nodes"].as_array().unwrap();
    let words = nodes
        .iter()
        .map(|article| article["translations"].as_array().unwrap().len());
    assert_eq!(words.sum::<usize>(), 24);
    assert_eq!(shown.header("cache-control"), "private, no-store");
    assert_eq!(
        hidden,
        json!({"latestIssue": null, "articles": {"totalCount": 0}})
    );
}

/// All of the issue comes out in one moment, also for whoever looks all the
/// time.
async fn publish(team: &Team, week: &Week) {
    let mut watching = Watching::begin(team.reader.clone()).await;
    let version = week.facts_version(team).await;
    let input = json!({"issue": week.issue, "expectedVersion": version});
    let selection = "published { locale } notReady { locale }";

    let payload = team
        .publisher
        .change("issuePublish", input, selection)
        .await;
    watching.asks_again().await;

    assert_eq!(payload["published"].as_array().unwrap().len(), 24);
    assert_eq!(payload["notReady"], json!([]));
    let shown = watching.end().await;
    // Where both questions were not asked on the same side of it, the first
    // one was on the other.
    let parts: Vec<_> = shown
        .iter()
        .filter(|one| ![(0, 0), (0, 24), (8, 24)].contains(one))
        .collect();
    assert_eq!(parts, [&(0, 0); 0]);
    assert!(
        shown.contains(&(0, 0)) && shown.contains(&(8, 24)),
        "{shown:?}"
    );
    assert_eq!(week.count(team, "published").await, [8, 8, 8]);
}

/// What was wrong is told to readers, and to whoever follows the change log.
async fn correct(app: &TestApp, team: &Team, week: &Week) {
    let (article, before) = (&week.articles[6], change_log::position(app).await);
    let version = team.publisher.read(article, "en", "version").await;
    let text = "The gauge is at the ford, not at the mill.";
    let input = json!({
        "article": article, "locale": "en", "expectedVersion": version, "text": text,
    });

    team.publisher
        .change("correctionCreate", input, "correction { id }")
        .await;

    let query = format!(
        "{{ article(by: {{id: \"{article}\"}}, locales: [en]) {{ corrections {{ text at }} }} }}"
    );
    let shown = team.reader.ask(&query).await;
    let corrections = json!([{"text": text, "at": "2021-03-11T17:00:00Z"}]);
    assert_eq!(shown["article"]["corrections"], corrections);
    assert_eq!(
        change_log::told(app, before).await,
        ["CORRECTED ARTICLE 1-7 en"]
    );
}

/// A text gets another slug: the one that it had goes on leading to it, and is
/// given to no other.
async fn rename(team: &Team, week: &Week) {
    let article = &week.articles[0];
    let former = team.publisher.read(article, "en", "slug").await;
    let renamed = json!({"slug": "ice-holds"});
    team.publisher.step("Update", article, "en", renamed).await;

    let lookup = format!("{{ article(by: {{slug: {former}}}, locales: [en]) {{ id slug }} }}");
    let found = team.reader.ask(&lookup).await;
    let taken = json!({"slug": former});
    let taken = team
        .publisher
        .try_step("Update", &week.articles[7], "en", taken)
        .await;

    assert_eq!(
        found["article"],
        json!({"id": article, "slug": "ice-holds"})
    );
    assert_eq!(taken["userErrors"][0]["code"], "TAKEN");
}

/// One translation is taken back: readers of Belarusian, else Russian, are
/// served the Russian one.
async fn withdraw(team: &Team, week: &Week) {
    let article = &week.articles[3];
    let query = format!(
        "{{ both: article(by: {{id: \"{article}\"}}, locales: [be, ru]) {{ locale isFallback title }}
            alone: article(by: {{id: \"{article}\"}}, locales: [be]) {{ locale }} }}"
    );
    let before = team.reader.ask(&query).await;

    team.publisher
        .step("Unpublish", article, "be", json!({}))
        .await;

    assert_eq!(before["both"]["locale"], "be");
    let after = team.reader.ask(&query).await;
    let russian = json!({"locale": "ru", "isFallback": true, "title": STORIES[3].title("ru")});
    assert_eq!(after, json!({"both": russian, "alone": null}));
}

/// A text that was spoilt is as it was again, in a version of its own.
async fn restore(team: &Team, week: &Week) {
    let (article, title) = (&week.articles[5], STORIES[5].title("ru"));
    let version = team.ru.read(article, "ru", "version").await;
    let spoilt = json!({"title": "Уроки отменяются", "body": ""});
    team.publisher.step("Update", article, "ru", spoilt).await;

    let refused = team
        .ru
        .try_step("Restore", article, "ru", json!({"version": version}))
        .await;
    let former = json!({"version": version});
    let restored = team.publisher.step("Restore", article, "ru", former).await;

    // Readers see it, and a translator does not change what they see.
    assert_eq!(refused["userErrors"][0]["code"], "WRONG_STATE");
    assert_eq!(restored["version"], version.as_i64().unwrap() + 2);
    let query = format!(
        "{{ article(by: {{id: \"{article}\"}}, locales: [ru]) {{ title body {{ markdown }} }} }}"
    );
    let shown = team.reader.ask(&query).await;
    assert_eq!(
        shown["article"],
        json!({"title": title, "body": {"markdown": body(title)}})
    );
}

/// The audit log tells the admin who did what, how often, and why.
async fn who_did_what_is_told(team: &Team) {
    let entries = team.deeds().await;

    let mut told: BTreeMap<String, u32> = BTreeMap::new();
    for entry in &entries {
        let [actor, operation] = ["actor", "operation"].map(|field| entry[field].as_str().unwrap());
        *told.entry(format!("{actor} {operation}")).or_default() += 1;
    }
    let told: Vec<String> = told
        .iter()
        .map(|(deed, count)| format!("{count} {deed}"))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    6 be articleTranslationCreate
    9 be articleTranslationSubmit
    2 be articleTranslationUpdate
    1 be previewTokenCreate
    4 chief apiKeyCreate
    1 chief publicationCreate
    1 command line apiKeyCreate
    16 editor articleCreate
    24 editor articleTranslationApprove
    4 editor articleTranslationCreate
    1 editor articleTranslationSendBack
    8 editor articleTranslationSubmit
    1 editor articleTranslationUpdate
    3 editor authorCreate
    1 editor issueCreate
    3 editor topicCreate
    1 publisher articleTranslationRestore
    1 publisher articleTranslationUnpublish
    2 publisher articleTranslationUpdate
    1 publisher correctionCreate
    25 publisher issuePublish
    6 ru articleTranslationCreate
    8 ru articleTranslationSubmit
    1 ru articleTranslationUpdate
    ");
    let notes: Vec<&str> = entries
        .iter()
        .filter_map(|entry| entry["note"].as_str())
        .collect();
    assert!(notes.contains(&"Which ice?"), "{notes:?}");
}
