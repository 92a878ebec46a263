//! How far words come, held to a naive model: steps at random, by callers of
//! each role, on two translations of an article, whose issue comes and goes.
//!
//! A failure names the seed; `MASTHEAD_TEST_SEED` runs it again.

use std::hash::{BuildHasher, RandomState};

use masthead::access::{Caller, Role};
use masthead::content::issue::{publish_issue, unpublish_issue};
use masthead::graphql::id::decode;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::select;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{TestApp, key, translator};

use super::{ALL, ARTICLE, article_id, id_of, is_public, which, with, wrong};

/// The original and another.
const LOCALES: [&str; 2] = ["en", "be"];

const STEPS: [&str; 6] = [
    "Submit",
    "Approve",
    "SendBack",
    "Publish",
    "Unpublish",
    "Update",
];

/// Something that is tried.
#[derive(Clone, Debug)]
enum Step {
    /// A change of the words in a locale.
    Words {
        name: &'static str,
        role: Role,
        locale: usize,
        is_stale: bool,
        /// What a change of the text makes of the title.
        title: u8,
    },
    /// The issue is published, or withdrawn.
    Issue { published: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Draft,
    InReview { approved: bool },
    Published,
}

/// The words of an article in a locale.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    state: State,
    version: i64,
    title: String,
    /// Whether it came out later than its issue.
    is_late: bool,
}

#[derive(Clone, Debug)]
struct Model {
    issue_published: bool,
    words: [Words; 2],
}

/// What becomes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Forbidden,
    Stale,
    WrongState,
}

impl Model {
    /// Take a step of words.
    fn take(&mut self, step: &Step) -> Outcome {
        let Step::Words {
            name,
            role,
            locale,
            is_stale,
            title,
        } = step
        else {
            return Outcome::Done;
        };
        if !may(*role, name, *locale) {
            return Outcome::Forbidden;
        }
        if *is_stale {
            return Outcome::Stale;
        }
        let words = &mut self.words[*locale];
        let state = match (*name, words.state) {
            ("Submit", State::Draft) => State::InReview { approved: false },
            ("Approve", State::InReview { approved: false }) => State::InReview { approved: true },
            ("SendBack", State::InReview { .. }) => State::Draft,
            ("Publish", State::InReview { approved: true }) => State::Published,
            ("Publish", State::Published) => return Outcome::Done,
            ("Unpublish", State::Published) => State::Draft,
            ("Update", State::Published) if *role < Role::Publisher => return Outcome::WrongState,
            ("Update", state) => return words.retitle(*title, state),
            _ => return Outcome::WrongState,
        };
        words.state = state;
        words.version += 1;
        words.is_late = state == State::Published && self.issue_published;
        Outcome::Done
    }

    /// Take a step of the issue.
    fn publish_issue(&mut self, published: bool) -> Outcome {
        let is_ready = self.words.iter().any(|words| {
            let approved = State::InReview { approved: true };
            words.state == approved || words.state == State::Published
        });
        let can = match published {
            true => self.issue_published || is_ready,
            false => self.issue_published,
        };
        if !can {
            return Outcome::WrongState;
        }
        for words in &mut self.words {
            if published && words.state == (State::InReview { approved: true }) {
                words.state = State::Published;
                words.version += 1;
                words.is_late = self.issue_published;
            }
            // Its own time goes, which is a write.
            if !published && words.is_late {
                words.is_late = false;
                words.version += 1;
            }
        }
        self.issue_published = published;
        Outcome::Done
    }
}

impl Words {
    fn retitle(&mut self, title: u8, state: State) -> Outcome {
        let title = format!("Title {title}");
        if self.title != title {
            self.title = title;
            self.version += 1;
            if let State::InReview { .. } = state {
                self.state = State::InReview { approved: false };
            }
        }
        Outcome::Done
    }
}

fn may(role: Role, name: &str, locale: usize) -> bool {
    match name {
        "Submit" | "Update" => role > Role::Translator || role == Role::Translator && locale == 1,
        "Approve" | "SendBack" => role >= Role::Editor,
        _ => role >= Role::Publisher,
    }
}

fn step() -> impl Strategy<Value = Step> {
    let roles = [
        Role::Reader,
        Role::Translator,
        Role::Editor,
        Role::Publisher,
        Role::Publisher,
    ];
    let stale = (0..8_u8).prop_map(|one| one == 0);
    let words = (
        select(&STEPS[..]),
        select(roles.to_vec()),
        0..2_usize,
        stale,
        0..3_u8,
    );
    let words = words.prop_map(|(name, role, locale, is_stale, title)| Step::Words {
        name,
        role,
        locale,
        is_stale,
        title,
    });
    let issue = any::<bool>().prop_map(|published| Step::Issue { published });
    proptest::prop_oneof![10 => words, 1 => issue]
}

#[tokio::test]
async fn words_come_as_far_as_the_model_lets_them() {
    let given = std::env::var_os("MASTHEAD_TEST_SEED");
    let given = given.and_then(|seed| seed.to_str()?.parse().ok());
    let seed: u64 = given.unwrap_or_else(|| RandomState::new().hash_one(0));
    TestApp::on_each_engine(async |app| {
        let bytes = [seed.to_le_bytes(); 4].concat();
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        for number in 1..=4 {
            let steps = vec(step(), 60).new_tree(&mut runner).unwrap().current();
            let mut desk = Desk::new(app, number).await;
            for (place, step) in steps.iter().enumerate() {
                let context = format!("MASTHEAD_TEST_SEED={seed}, step {place}: {step:?}");
                desk.take(step, &context).await;
            }
        }
    })
    .await;
}

/// An article as it is, beside what the model says of it.
struct Desk<'a> {
    app: &'a TestApp,
    article: Value,
    issue: i64,
    model: Model,
}

impl<'a> Desk<'a> {
    async fn new(app: &'a TestApp, number: u32) -> Self {
        let slug = format!("ice-{number}");
        let article = article(&slug).only_in(LOCALES).draft("en").draft("be");
        app.seed(issue(number).unpublished().with(article)).await;
        let id = id_of(app, &format!("issue(by: {{number: {number}}}")).await;
        let words = LOCALES.map(|locale| Words {
            state: State::Draft,
            version: 1,
            title: format!("{slug} {locale}"),
            is_late: false,
        });
        Self {
            app,
            article: article_id(app, &slug).await,
            issue: decode(&id.as_str().unwrap().into()).unwrap().key,
            model: Model {
                issue_published: false,
                words,
            },
        }
    }

    async fn take(&mut self, step: &Step, context: &str) {
        match step {
            Step::Issue { published } => {
                let outcome = self.publish_issue(*published).await;
                assert_eq!(outcome, self.model.publish_issue(*published), "{context}");
            }
            Step::Words { .. } => {
                let outcome = self.try_step(step).await;
                assert_eq!(outcome, self.model.take(step), "{context}");
            }
        }
        self.check(context).await;
    }

    async fn try_step(&self, step: &Step) -> Outcome {
        let Step::Words {
            name,
            role,
            locale,
            is_stale,
            title,
        } = step
        else {
            return Outcome::Done;
        };
        let caller: Caller = match role {
            Role::Translator => translator(&["be"]),
            role => key(*role),
        };
        let version = self.model.words[*locale].version - i64::from(*is_stale);
        let mut input = which(&self.article, LOCALES[*locale], version);
        if *name == "Update" {
            input = with(input, json!({"title": format!("Title {title}")}));
        }
        let field = format!("articleTranslation{name}");
        let answer = self.app.mutate_as(&caller, &field, input, ARTICLE).await;
        if answer.code() == Some("FORBIDDEN") {
            return Outcome::Forbidden;
        }
        match wrong(&answer).first().map(String::as_str) {
            None => Outcome::Done,
            Some("STALE_VERSION expectedVersion") => Outcome::Stale,
            Some("WRONG_STATE locale") => Outcome::WrongState,
            Some(other) => panic!("{other}"),
        }
    }

    async fn publish_issue(&self, published: bool) -> Outcome {
        let mut writing = self.app.writing().await;
        let outcome = match published {
            true => publish_issue(&mut writing, self.issue, None, None).await,
            false => unpublish_issue(&mut writing, self.issue, None).await,
        };
        match writing.end(outcome).await.unwrap() {
            Ok(_) => Outcome::Done,
            Err(_) => Outcome::WrongState,
        }
    }

    async fn check(&self, context: &str) {
        let query = format!(
            "{{ article(by: {{id: {}}}, {ALL}, locales: [en, be]) {{
                translations {{ locale state isApproved version title }} }} }}",
            self.article
        );
        let answer = self.app.query_as(&key(Role::Editor), &query).await;
        for (place, locale) in LOCALES.into_iter().enumerate() {
            let found = answer.at(&format!("/article/translations/{place}"));
            let words = &self.model.words[place];
            assert_eq!(found["locale"], locale);
            let version = found["version"].as_i64().unwrap();
            let state = match (found["state"].as_str().unwrap(), &found["isApproved"]) {
                ("DRAFT", Value::Bool(false)) => State::Draft,
                ("IN_REVIEW", Value::Bool(approved)) => State::InReview {
                    approved: *approved,
                },
                ("PUBLISHED", Value::Bool(false)) => State::Published,
                other => panic!("{context}: {other:?}"),
            };
            let title = found["title"].as_str().unwrap().to_owned();
            let is_late = words.is_late;
            let found = Words {
                state,
                version,
                title,
                is_late,
            };
            assert_eq!(found, *words, "{context}");

            let seen = self.model.issue_published && words.state == State::Published;
            let public = is_public(self.app, &self.article, locale).await;
            assert_eq!(public, seen, "{context}");
        }
    }
}
