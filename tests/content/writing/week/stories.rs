//! The eight articles of the week.

use serde_json::{Value, json};

pub const LOCALES: [&str; 3] = ["en", "be", "ru"];

/// An article, in the words that each desk has for it.
pub struct Story {
    /// The locale that it is written in.
    pub original: &'static str,
    /// By its place in [`TOPICS`].
    pub topic: usize,
    /// By their places in [`AUTHORS`].
    pub authors: &'static [usize],
    pub trend: &'static str,
    /// In the order of [`LOCALES`].
    pub titles: [&'static str; 3],
}

impl Story {
    /// The title in a locale.
    pub fn title(&self, locale: &str) -> &'static str {
        self.titles[place(locale)]
    }

    /// The words in a locale, as inputs have them.
    pub fn words(&self, locale: &str) -> Value {
        let title = self.title(locale);
        json!({"locale": locale, "title": title, "lead": format!("{title}."), "body": body(title)})
    }
}

/// A text that only the articles of this week have.
pub fn body(title: &str) -> String {
    format!("## {title}\n\n*{title}*, and nothing else.")
}

fn place(locale: &str) -> usize {
    let place = LOCALES.iter().position(|&known| known == locale);
    place.unwrap()
}

/// Names in the order of [`LOCALES`].
pub const TOPICS: [[&str; 3]; 3] = [
    ["Water", "Вада", "Вода"],
    ["Transport", "Транспарт", "Транспорт"],
    ["Schools", "Школы", "Школы"],
];

/// Names in the order of [`LOCALES`].
pub const AUTHORS: [[&str; 3]; 3] = [
    ["Z. Krynitsa", "З. Крыніца", "З. Криница"],
    ["V. Paromnik", "В. Паромнік", "В. Паромник"],
    ["A. Lipen", "А. Ліпень", "А. Липень"],
];

/// What a topic or an author is called in each locale.
pub fn names(names: [&str; 3]) -> Value {
    let words = LOCALES.iter().zip(names);
    words
        .map(|(locale, name)| json!({"locale": locale, "name": name}))
        .collect()
}

pub const STORIES: [Story; 8] = [
    story(
        "en",
        0,
        &[0],
        "UNCHANGED",
        [
            "The ice holds for another week",
            "Лёд трымаецца яшчэ тыдзень",
            "Лёд держится ещё неделю",
        ],
    ),
    story(
        "be",
        1,
        &[1],
        "IMPROVED",
        [
            "The ferry is painted before its season",
            "Паром фарбуюць перад сезонам",
            "Паром красят перед сезоном",
        ],
    ),
    story(
        "ru",
        2,
        &[2],
        "UNCHANGED",
        [
            "A school of nine counts its firewood",
            "Школа з дзевяці вучняў лічыць дровы",
            "Школа из девяти учеников считает дрова",
        ],
    ),
    story(
        "en",
        0,
        &[0, 1],
        "DETERIORATED",
        [
            "Two wells fall silent",
            "Два калодзежы змаўкаюць",
            "Два колодца умолкают",
        ],
    ),
    story(
        "be",
        1,
        &[1],
        "DETERIORATED",
        [
            "The last bus leaves earlier",
            "Апошні аўтобус адыходзіць раней",
            "Последний автобус уходит раньше",
        ],
    ),
    story(
        "ru",
        2,
        &[2, 0],
        "IMPROVED",
        [
            "Lessons move to the library",
            "Урокі пераязджаюць у бібліятэку",
            "Уроки переезжают в библиотеку",
        ],
    ),
    story(
        "en",
        0,
        &[],
        "UNCHANGED",
        [
            "What the gauge at the mill says",
            "Што кажа рэйка ля млына",
            "Что говорит рейка у мельницы",
        ],
    ),
    story(
        "en",
        1,
        &[1],
        "IMPROVED",
        [
            "A road learns to bend",
            "Дарога вучыцца гнуцца",
            "Дорога учится сгибаться",
        ],
    ),
];

const fn story(
    original: &'static str,
    topic: usize,
    authors: &'static [usize],
    trend: &'static str,
    titles: [&'static str; 3],
) -> Story {
    Story {
        original,
        topic,
        authors,
        trend,
        titles,
    }
}
