//! Random queries over random texts: both engines find, order and score as a
//! model does that knows no index.

use std::cmp::Reverse;

use masthead::content::search::{Analyser, Term, is_stop_word};
use proptest::prelude::{Strategy, any};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use proptest::{collection::vec, option};
use serde_json::{Value, json};
use support::seed::{Content, article};
use support::{TestApp, cluster};

const LOCALES: [&str; 3] = ["en", "be", "ru"];

/// Words that share stems, beginnings and letters across the locales.
const WORDS: [&str; 30] = [
    "water",
    "waters",
    "watering",
    "wat",
    "ice",
    "icy",
    "the",
    "of",
    "road",
    "roads",
    "café",
    "cafe",
    "can't",
    "cant",
    "вада",
    "вады",
    "вадзе",
    "вода",
    "воды",
    "рака",
    "рацэ",
    "река",
    "реки",
    "і",
    "и",
    "ў",
    "у",
    "дарога",
    "дорога",
    "2021",
];

/// A text of an article in one locale.
#[derive(Clone, Debug)]
struct Text {
    key: String,
    locale: &'static str,
    fields: [Vec<&'static str>; 3],
    /// The hour of its publication.
    hour: u32,
}

/// One of the parts of a query.
#[derive(Clone, Debug)]
enum Part {
    Word(&'static str),
    Phrase(Vec<&'static str>),
    NotWord(&'static str),
    NotPhrase(Vec<&'static str>),
    /// The beginning of a word, so many letters long; only at the end.
    Beginning(&'static str, usize),
}

fn words(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(&WORDS[..]), 0..=most)
}

fn texts() -> impl Strategy<Value = Vec<Text>> {
    let one = (
        select(&LOCALES[..]),
        [words(3), words(4), words(12)],
        0..4_u32,
        any::<bool>(),
    );
    vec(one, 14).prop_map(|texts| {
        let texts = texts.into_iter().enumerate();
        texts
            .map(|(place, (locale, fields, hour, with_next))| Text {
                // Some articles have texts in two locales.
                key: format!("a{}", if with_next { place / 2 * 2 } else { place }),
                locale,
                fields,
                hour,
            })
            .collect()
    })
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let phrase = || vec(select(&WORDS[..]), 1..3);
    let part = proptest::prop_oneof![
        4 => select(&WORDS[..]).prop_map(Part::Word),
        2 => phrase().prop_map(Part::Phrase),
        1 => select(&WORDS[..]).prop_map(Part::NotWord),
        1 => phrase().prop_map(Part::NotPhrase),
    ];
    let last =
        (select(&WORDS[..]), 1..4_usize).prop_map(|(word, letters)| Part::Beginning(word, letters));
    (vec(part, 0..3), option::of(last)).prop_map(|(mut parts, last)| {
        parts.extend(last);
        parts
    })
}

/// The query as a reader types it.
fn typed(parts: &[Part]) -> String {
    let mut query = String::new();
    for part in parts {
        query.push_str(&match part {
            Part::Word(word) => format!("{word} "),
            Part::Phrase(words) => format!("\"{}\" ", words.join(" ")),
            Part::NotWord(word) => format!("-{word} "),
            Part::NotPhrase(words) => format!("-\"{}\" ", words.join(" ")),
            Part::Beginning(word, letters) => word.chars().take(*letters).collect(),
        });
    }
    query
}

/// What a part asks of a field: is it there?
fn holds(part: &Part, locale: &str, field: &[Term]) -> bool {
    let mut analyser = Analyser::of(locale);
    let asked = match part {
        Part::Word(word) | Part::NotWord(word) => analyser.terms(word),
        Part::Phrase(words) | Part::NotPhrase(words) => analyser.terms(&words.join(" ")),
        Part::Beginning(word, letters) => {
            let begun: String = word.chars().take(*letters).collect();
            let asked = analyser.terms(&begun);
            if asked[0].form.chars().count() > 1 {
                return field.iter().any(|term| {
                    term.stem == asked[0].stem
                        || term.stem.starts_with(&*asked[0].form)
                        || term.form.starts_with(&*asked[0].form)
                });
            }
            asked
        }
    };
    field.windows(asked.len()).any(|window| {
        let mut pairs = window.iter().zip(&asked);
        pairs.all(|(term, asked)| term.stem == asked.stem)
    })
}

/// Whether a part is a word that says too little.
fn says_nothing(part: &Part, locales: &[&str]) -> bool {
    let word = match part {
        Part::Word(word) => (*word).to_owned(),
        Part::Beginning(word, letters) => word.chars().take(*letters).collect(),
        _ => return false,
    };
    let mut locales = locales.iter();
    locales.any(|locale| {
        let terms = Analyser::of(locale).terms(&word);
        terms.iter().any(|term| is_stop_word(locale, &term.form))
    })
}

/// What a search answers, by the rules as they are told.
fn model(texts: &[Text], parts: &[Part], locales: &[&str]) -> Vec<(String, f64)> {
    let is_wanted = |part: &&Part| !matches!(part, Part::NotWord(_) | Part::NotPhrase(_));
    let all: Vec<&Part> = parts.iter().filter(is_wanted).collect();
    let telling = all.iter().filter(|part| !says_nothing(part, locales));
    let telling: Vec<&Part> = telling.copied().collect();
    let wanted = if telling.is_empty() { all } else { telling };
    let unwanted: Vec<&Part> = parts.iter().filter(|part| !is_wanted(part)).collect();
    let mut found: Vec<(Text, usize, f64)> = Vec::new();
    for (number, text) in served(texts, locales) {
        let mut analyser = Analyser::of(text.locale);
        let fields = text
            .fields
            .each_ref()
            .map(|words| analyser.terms(&words.join(" ")));
        let place = |part: &Part| {
            fields
                .iter()
                .position(|field| holds(part, text.locale, field))
        };
        let places: Option<Vec<usize>> =
            distinct(&wanted, locales).into_iter().map(place).collect();
        let (Some(places), false) = (places, unwanted.iter().any(|part| place(part).is_some()))
        else {
            continue;
        };
        if places.is_empty() {
            continue;
        }
        let counts: usize = places.iter().map(|place| [8, 4, 1][*place]).sum();
        let score = counts as f64 / (8 * places.len()) as f64;
        found.push((text.clone(), number, score));
    }
    found.sort_by_key(|(text, number, score)| {
        (
            Reverse((score * 1e9) as i64),
            Reverse(text.hour),
            Reverse(*number),
        )
    });
    found
        .into_iter()
        .map(|(text, _, score)| (text.key, score))
        .collect()
}

/// Parts that ask for the same in all of the locales count once.
fn distinct<'a>(parts: &[&'a Part], locales: &[&str]) -> Vec<&'a Part> {
    let mut known: Vec<String> = Vec::new();
    let mut distinct = Vec::new();
    for part in parts {
        let (words, begun) = match part {
            Part::Word(word) => ((*word).to_owned(), false),
            Part::Phrase(words) => (words.join(" "), false),
            Part::Beginning(word, letters) => {
                let begun: String = word.chars().take(*letters).collect();
                (begun, *letters > 1)
            }
            Part::NotWord(_) | Part::NotPhrase(_) => continue,
        };
        let asked = locales.iter().map(|locale| {
            let terms = Analyser::of(locale).terms(&words);
            let stems: Vec<&str> = terms.iter().map(|term| &*term.stem).collect();
            let begun = begun && terms[0].form.chars().count() > 1;
            format!("{stems:?} {:?}", begun.then(|| &terms[0].form))
        });
        let asked: String = asked.collect();
        if !known.contains(&asked) {
            known.push(asked);
            distinct.push(*part);
        }
    }
    distinct
}

/// What each article is served in, with its number in the order of arrival.
fn served<'a>(texts: &'a [Text], locales: &[&str]) -> Vec<(usize, &'a Text)> {
    let mut keys: Vec<&str> = texts.iter().map(|text| text.key.as_str()).collect();
    keys.dedup();
    let served = keys.into_iter().enumerate().filter_map(|(number, key)| {
        locales.iter().find_map(|locale| {
            let of_article = texts.iter().filter(|text| text.key == key);
            // The last one written in a locale is what it has.
            let mut of_locale = of_article.filter(|text| text.locale == *locale);
            of_locale.next_back().map(|text| (number, text))
        })
    });
    served.collect()
}

/// The same as records.
fn content(texts: &[Text]) -> Content {
    let mut keys: Vec<&str> = texts.iter().map(|text| text.key.as_str()).collect();
    keys.dedup();
    let articles = keys.into_iter().map(|key| {
        let own: Vec<&Text> = texts.iter().filter(|text| text.key == key).collect();
        let locales = own.iter().map(|text| text.locale);
        let mut written = article(key).only_in(locales);
        for text in own {
            let [title, lead, body] = text.fields.each_ref().map(|words| words.join(" "));
            // A title can't be empty; a sign is no word.
            let title = format!("{title} .");
            let time = format!("2021-01-01T{:02}:00:00Z", text.hour);
            written = written
                .title(text.locale, &title)
                .lead(text.locale, &lead)
                .body(text.locale, &body)
                .published_in_at(text.locale, &time);
        }
        written
    });
    articles.collect::<Vec<_>>().into()
}

async fn answer(app: &TestApp, query: &str, locales: &[&str]) -> Vec<(String, f64)> {
    let text = "query($query: String!, $locales: [Locale!]) { search(query: $query, locales: $locales, first: 100) {
        totalCount edges { score node { key } } } }";
    let answer = app
        .query_with(text, json!({"query": query, "locales": locales}))
        .await;
    let edges = answer.at("/search/edges").as_array().unwrap();
    assert_eq!(*answer.at("/search/totalCount"), Value::from(edges.len()));
    let edges = edges.iter().map(|edge| {
        let key = edge["node"]["key"].as_str().unwrap().to_owned();
        (key, edge["score"].as_f64().unwrap())
    });
    edges.collect()
}

#[tokio::test]
async fn any_search_finds_what_the_model_finds_on_both_engines() {
    let mut runner = TestRunner::new(Config::default());
    let mut hits = 0;
    for _ in 0..4 {
        let texts = new(&mut runner, &texts());
        let mut apps = Vec::new();
        for engine in cluster::engines() {
            let app = TestApp::on(engine).await;
            app.seed(content(&texts)).await;
            apps.push(app);
        }
        for _ in 0..60 {
            let parts = new(&mut runner, &parts());
            let query = typed(&parts);
            for locales in [
                &["en"][..],
                &["be"],
                &["ru"],
                &["be", "ru"],
                &["ru", "en", "be"],
            ] {
                let expected = model(&texts, &parts, locales);
                hits += expected.len();
                for app in &apps {
                    let engine = cluster::name(app.engine());
                    let answer = answer(app, &query, locales).await;
                    assert_eq!(
                        answer, expected,
                        "{query:?} in {locales:?} on {engine} of {texts:#?}"
                    );
                }
            }
        }
        for app in apps {
            app.end().await;
        }
    }
    assert!(hits > 500, "{hits} hits: the texts tell little");
}

fn new<T>(runner: &mut TestRunner, strategy: &impl Strategy<Value = T>) -> T {
    use proptest::strategy::ValueTree as _;
    strategy.new_tree(runner).unwrap().current()
}
