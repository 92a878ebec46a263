//! Text that has the look of a language: some real words among many made up,
//! the first of them used most.

use crate::random::Random;

const SIZE: u32 = 3000;

/// The words of one locale.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
}

impl Vocabulary {
    pub(crate) fn of(locale: &str) -> Self {
        let (real, syllables) = match locale {
            "be" => (BELARUSIAN.split(' ').collect(), BELARUSIAN_SYLLABLES),
            "ru" => (RUSSIAN.split(' ').collect(), RUSSIAN_SYLLABLES),
            _ => (ENGLISH_WORDS.to_vec(), ENGLISH_SYLLABLES),
        };
        let syllables: Vec<&str> = syllables.split(' ').collect();
        let mut random = Random::of(locale);
        let word = |rank: u32| {
            // Every fortieth is real.
            let place = real.get(rank as usize / 40).filter(|_| rank % 40 == 20);
            place.map_or_else(
                || {
                    (0..random.between(2, 4))
                        .map(|_| *random.one(&syllables))
                        .collect()
                },
                |real| (*real).to_owned(),
            )
        };
        Self {
            words: (0..SIZE).map(word).collect(),
        }
    }

    /// So many words, the first with a capital.
    pub(crate) fn title(&self, random: &mut Random, words: u32) -> String {
        let mut title = String::new();
        for place in 0..words {
            let word = self.word(random);
            if place == 0 {
                let mut letters = word.chars();
                title.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                title.push_str(letters.as_str());
            } else {
                title.push(' ');
                title.push_str(word);
            }
        }
        title
    }

    /// CommonMark of at least so many characters, and at most a paragraph
    /// more: a long one has headings and links.
    pub(crate) fn text(&self, random: &mut Random, characters: usize) -> String {
        let mut text = String::new();
        let mut length = 0;
        while length < characters {
            let mut paragraph = String::new();
            if characters > 1000 && random.below(4) == 0 {
                paragraph = format!("## {}\n\n", self.title(random, 3));
            }
            for _ in 0..random.between(1, 4) {
                let words = random.between(8, 18);
                paragraph.push_str(&self.title(random, words));
                if random.below(8) == 0 {
                    let word = self.word(random);
                    paragraph.push_str(&format!(" [{word}](https://example.org/{words})"));
                }
                paragraph.push_str(". ");
            }
            length += paragraph.chars().count() + 1;
            text.push_str(paragraph.trim_end());
            text.push_str("\n\n");
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Near to Zipf's law: the smaller its rank, the more often a word.
    fn word(&self, random: &mut Random) -> &str {
        let rank = (0..3).fold(SIZE, |bound, _| random.below(bound) + 1) - 1;
        &self.words[rank as usize]
    }
}

/// Those of the English texts that are real.
pub(crate) const ENGLISH_WORDS: [&str; 30] = [
    "harbour",
    "council",
    "budget",
    "bridge",
    "railway",
    "school",
    "hospital",
    "market",
    "ministry",
    "court",
    "election",
    "border",
    "energy",
    "forest",
    "river",
    "archive",
    "newspaper",
    "wage",
    "strike",
    "reform",
    "union",
    "village",
    "museum",
    "weather",
    "harvest",
    "theatre",
    "tax",
    "treaty",
    "factory",
    "teacher",
];
const BELARUSIAN: &str = "прыстань рада бюджэт мост чыгунка школа бальніца рынак міністэрства суд \
    выбары мяжа энергія лес рака архіў газета заробак забастоўка рэформа саюз вёска музей \
    надвор'е ўраджай тэатр падатак дагавор завод настаўнік";
const RUSSIAN: &str = "пристань совет бюджет мост железная школа больница рынок министерство суд \
    выборы граница энергия лес река архив газета зарплата забастовка реформа союз деревня музей \
    погода урожай театр налог договор завод учитель";
const ENGLISH_SYLLABLES: &str = "an bel cor da den el fa gar hil in ka lo mer na or pel qui ra sen \
    ta ul ven wi yor zen";
const BELARUSIAN_SYLLABLES: &str = "ан бэ вя га дзе ж ка лі мя на ні о па рэ сы та ку ўс фа ха ця \
    чы шо эн ю ян";
const RUSSIAN_SYLLABLES: &str = "ан бе ви го де жи ка ли мя на но по ре сы та ку ус фа ха ця чи шо \
    эн ю ян";
