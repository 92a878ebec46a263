//! How well search finds, by labelled queries: recall (how much of what is to
//! be found is found) and precision (how much of what is found is to be found).

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use masthead::database::Engine;
use support::seed::{Content, article};
use support::{TestApp, cluster};

use super::found;

/// A query, and the keys of what is to be found.
type Labelled<'a> = (&'a str, BTreeSet<String>);

/// How often search was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Score {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Score {
    fn add(&mut self, found: &BTreeSet<String>, wanted: &BTreeSet<String>) {
        self.right += found.intersection(wanted).count();
        self.found += found.len();
        self.wanted += wanted.len();
    }

    /// In thousandths.
    fn recall(self) -> usize {
        self.right * 1000 / self.wanted.max(1)
    }

    fn precision(self) -> usize {
        self.right * 1000 / self.found.max(1)
    }
}

/// The lines of a list, parted at tabs.
fn lines(list: &str) -> impl Iterator<Item = Vec<&str>> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').collect())
}

/// Measure search in one locale on one engine; what was wrong is told.
async fn measure(app: &TestApp, locale: &str, queries: &[Labelled<'_>]) -> Score {
    let mut score = Score::default();
    let mut wrong = String::new();
    for (query, wanted) in queries {
        let found: BTreeSet<String> = found(app, query, &[locale]).await.into_iter().collect();
        score.add(&found, wanted);
        if found != *wanted {
            let missing: Vec<_> = wanted.difference(&found).collect();
            let strange: Vec<_> = found.difference(wanted).collect();
            let _ = write!(wrong, "\n  {query:?}: misses {missing:?}, adds {strange:?}");
        }
    }
    say(&format!(
        "{locale}, {} queries: recall {}/1000, precision {}/1000{wrong}",
        queries.len(),
        score.recall(),
        score.precision(),
    ));
    score
}

#[expect(clippy::print_stdout, reason = "figures for whoever asks for them")]
fn say(text: &str) {
    println!("{text}");
}

/// The same figures on each engine, at least these, in thousandths.
fn assert_scores(scores: &[(Engine, &str, Score)], recall: usize, precision: usize) {
    for (engine, locale, score) in scores {
        let same = scores.iter().filter(|(_, other, _)| other == locale);
        for (_, _, other) in same {
            assert_eq!(score, other, "{locale}");
        }
        let name = cluster::name(*engine);
        assert!(score.recall() >= recall, "{locale} on {name}: {score:?}");
        assert!(
            score.precision() >= precision,
            "{locale} on {name}: {score:?}"
        );
    }
}

#[tokio::test]
async fn the_sample_publication_is_searched_with_high_recall_and_precision() {
    let mut scores = Vec::new();
    for engine in cluster::engines() {
        let app = TestApp::on(engine).await;
        let sample = include_str!("../../../api/demo/publication.jsonl");
        app.import(sample).await.unwrap();
        for (locale, list) in [
            ("en", include_str!("labelled/sample.en.tsv")),
            ("be", include_str!("labelled/sample.be.tsv")),
            ("ru", include_str!("labelled/sample.ru.tsv")),
        ] {
            let queries: Vec<Labelled<'_>> = lines(list)
                .map(|line| {
                    let keys = line[1].split(',').filter(|key| *key != "-");
                    (line[0], keys.map(str::to_owned).collect())
                })
                .collect();
            assert!(queries.len() >= 60, "{locale}");
            scores.push((engine, locale, measure(&app, locale, &queries).await));
        }
        app.end().await;
    }

    assert_scores(&scores, 950, 950);
}

/// Texts of concepts in any form, and the queries that are to find them.
struct Generated<'a> {
    locale: &'static str,
    /// All forms of each concept.
    concepts: HashMap<&'a str, Vec<&'a str>>,
    filler: Vec<&'a str>,
    /// Each with the concepts that an article must hold.
    queries: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> Generated<'a> {
    fn of(locale: &'static str, [forms, filler, queries]: [&'a str; 3]) -> Self {
        let concepts = lines(forms).map(|line| (line[0], line[1].split(',').collect()));
        let queries = lines(queries).map(|line| (line[0], line[1].split(',').collect()));
        Self {
            locale,
            concepts: concepts.collect(),
            filler: lines(filler).map(|line| line[0]).collect(),
            queries: queries.collect(),
        }
    }

    /// Articles that hold what each query asks for, and more; each concept in
    /// a form that no query has, so that inflection alone leads to it.
    fn articles(&self) -> Vec<(String, BTreeSet<&'a str>, String)> {
        let mut names: Vec<&str> = self.concepts.keys().copied().collect();
        names.sort_unstable();
        let asked: BTreeSet<String> = self
            .queries
            .iter()
            .flat_map(|(query, _)| query.split_whitespace())
            .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
            .map(str::to_lowercase)
            .collect();
        let articles = self.queries.iter().enumerate().map(|(place, (_, held))| {
            let mut held: BTreeSet<&str> = held.iter().copied().collect();
            held.insert(names[place * 7 % names.len()]);
            let mut words = Vec::new();
            for (turn, concept) in held.iter().enumerate() {
                let forms = self.concepts[concept].iter();
                let unasked: Vec<&&str> = forms
                    .filter(|form| !asked.contains(&form.to_lowercase()))
                    .collect();
                words.push(*unasked[(place + turn) % unasked.len()]);
                words.push(self.filler[(place * 5 + turn) % self.filler.len()]);
            }
            let key = format!("{}-{place}", self.locale);
            (key, held, words.join(" "))
        });
        articles.collect()
    }

    fn content(&self) -> Content {
        let articles = self.articles().into_iter().enumerate();
        let articles = articles.map(|(place, (key, _, words))| {
            let article = article(&key).only_in([self.locale]);
            let blank = article
                .title(self.locale, "0")
                .lead(self.locale, "")
                .body(self.locale, "");
            match place % 3 {
                0 => blank.title(self.locale, &words),
                1 => blank.lead(self.locale, &words),
                _ => blank.body(self.locale, &words),
            }
        });
        articles.collect::<Vec<_>>().into()
    }

    fn labelled(&self) -> Vec<Labelled<'a>> {
        let articles = self.articles();
        let labelled = self.queries.iter().map(|(query, concepts)| {
            let meeting = articles
                .iter()
                .filter(|(_, held, _)| concepts.iter().all(|concept| held.contains(concept)));
            (*query, meeting.map(|(key, _, _)| key.clone()).collect())
        });
        labelled.collect()
    }
}

#[tokio::test]
async fn a_generated_publication_is_searched_with_high_recall_and_precision() {
    let all = [
        Generated::of(
            "en",
            [
                include_str!("generated/en.tsv"),
                include_str!("generated/filler.en.tsv"),
                include_str!("labelled/generated.en.tsv"),
            ],
        ),
        Generated::of(
            "be",
            [
                include_str!("generated/be.tsv"),
                include_str!("generated/filler.be.tsv"),
                include_str!("labelled/generated.be.tsv"),
            ],
        ),
        Generated::of(
            "ru",
            [
                include_str!("generated/ru.tsv"),
                include_str!("generated/filler.ru.tsv"),
                include_str!("labelled/generated.ru.tsv"),
            ],
        ),
    ];
    let mut scores = Vec::new();
    for engine in cluster::engines() {
        let app = TestApp::on(engine).await;
        for generated in &all {
            app.seed(generated.content()).await;
        }
        for generated in &all {
            let score = measure(&app, generated.locale, &generated.labelled()).await;
            scores.push((engine, generated.locale, score));
        }
        app.end().await;
    }

    assert_scores(&scores, 950, 950);
}
