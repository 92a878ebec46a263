//! Which texts a query finds: by their words, whatever their form.

use support::TestApp;
use support::seed::{article, publication};

use super::{found, found_set};

#[tokio::test]
async fn words_are_found_in_their_inflected_forms() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("rivers")
                .title("en", "Rivers were rising")
                .title("be", "Рэкі паднімаюцца")
                .title("ru", "Реки поднимаются"),
            article("roads")
                .title("en", "The road closed")
                .title("be", "Дарогу закрылі")
                .title("ru", "Дорогу закрыли"),
        ])
        .await;

        for (locale, query, key) in [
            ("en", "river", "rivers"),
            ("en", "rises river ", "rivers"),
            ("en", "roads closing ", "roads"),
            ("be", "рака", "rivers"),
            ("be", "рацэ", "rivers"),
            ("be", "паднімацца ", "rivers"),
            ("be", "дарозе ", "roads"),
            ("be", "дарогамі закрыць ", "roads"),
            ("ru", "река ", "rivers"),
            ("ru", "рекою ", "rivers"),
            ("ru", "дорогами закрыть ", "roads"),
        ] {
            assert_eq!(found(app, query, &[locale]).await, [key], "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn capitals_accents_apostrophes_and_letters_that_many_leave_out_make_no_difference() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("cafe").title("en", "The café can’t open"),
            article("family").title("be", "Сям'я ў Салаўёва"),
            article("tree").title("ru", "Зелёная ЁЛКА за\u{301}мка"),
            article("soft").title(
                "en",
                "Nu\u{ad}clear co\u{200b}operation \u{200f}\u{202b}now",
            ),
        ])
        .await;

        for (locale, query, key) in [
            ("en", "CAFE ", "cafe"),
            ("en", "Café ", "cafe"),
            ("en", "cafe\u{301} ", "cafe"),
            ("en", "cant ", "cafe"),
            ("en", "can't ", "cafe"),
            ("en", "canʼt ", "cafe"),
            ("be", "сям’я ", "family"),
            ("be", "сямʼя ", "family"),
            ("be", "сям`я ", "family"),
            ("be", "сямя ", "family"),
            ("be", "салауева ", "family"),
            ("ru", "елка ", "tree"),
            ("ru", "ёлки ", "tree"),
            ("ru", "замка ", "tree"),
            ("en", "nuclear cooperation ", "soft"),
            ("en", "\u{200f}nuclear\u{200e} ", "soft"),
            ("en", "ｎｕｃｌｅａｒ ", "soft"),
        ] {
            assert_eq!(found(app, query, &[locale]).await, [key], "{query:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn all_words_must_be_there_in_any_field() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("all")
                .title("en", "Ferry")
                .lead("en", "Across the lake")
                .body("en", "In *winter*"),
            article("some").title("en", "Ferry across the lake"),
        ])
        .await;

        assert_eq!(found(app, "winter lake ferry ", &["en"]).await, ["all"]);
        assert_eq!(
            found_set(app, "lake ferry ", &["en"]).await,
            ["all", "some"]
        );
        assert!(found(app, "lake ferry summer ", &["en"]).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn quoted_words_are_found_one_after_the_other_within_one_field() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("row")
                .title("en", "Nuclear sanctions")
                .lead("en", "Again"),
            article("other")
                .title("en", "Sanctions nuclear")
                .lead("en", "Again"),
            article("apart")
                .title("en", "Nuclear")
                .lead("en", "Sanctions again"),
            article("nearly")
                .title("en", "Nuclear plant sanctions")
                .lead("en", ""),
        ])
        .await;

        for query in [
            "\"nuclear sanctions\"",
            "\"nuclear sanction",
            "“nuclear sanctions”",
            "«Nuclear sanctioned»",
            "\"nuclear, sanctions!\" again",
        ] {
            assert_eq!(found(app, query, &["en"]).await, ["row"], "{query}");
        }
        let all = ["apart", "nearly", "other", "row"];
        assert_eq!(found_set(app, "nuclear sanctions", &["en"]).await, all);
        assert!(found(app, "\"sanctions again\"", &["en"]).await == ["apart"]);
        assert!(found(app, "\"nuclear again\"", &["en"]).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn excluded_words_and_phrases_keep_articles_out() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ferry").title("en", "Lake ferry").lead("en", ""),
            article("boat").title("en", "Lake boat").lead("en", ""),
            article("ice").title("en", "Lake ice road").lead("en", ""),
        ])
        .await;

        for (query, keys) in [
            ("lake -boats", vec!["ferry", "ice"]),
            ("lake -\"ice road\"", vec!["boat", "ferry"]),
            ("lake -\"road ice\"", vec!["boat", "ferry", "ice"]),
            ("-boat -ferry lakes", vec!["ice"]),
            ("lake - boat", vec!["boat"]),
            ("lake -ice-road ", vec!["boat", "ferry"]),
            ("lake-boat", vec!["boat"]),
        ] {
            assert_eq!(found_set(app, query, &["en"]).await, keys, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_beginning_of_a_word_finds_it_while_it_is_typed() {
    TestApp::on_each_engine(async |app| {
        let titles = [
            ("en", "Accompanying wonderful sanctions"),
            ("be", "Перамоўшчыкі салаўіных дарог"),
            ("ru", "Переговорщики ёлочных дорог"),
        ];
        let written = titles
            .iter()
            .fold(article("a"), |article, (locale, title)| {
                article.title(locale, title)
            });
        app.seed([written]).await;

        for (locale, title) in titles {
            for word in title.split(' ') {
                let ends = word.char_indices().map(|(end, _)| end).skip(2);
                for end in ends.chain([word.len()]) {
                    let query = &word[..end];
                    assert_eq!(found(app, query, &[locale]).await, ["a"], "{query}");
                }
            }
        }
        // What is followed by space, quoted, or not last, is whole.
        for query in ["won ", "\"won", "won sanctions"] {
            assert!(found(app, query, &["en"]).await.is_empty(), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn words_that_say_nothing_count_in_phrases_and_alone() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("with")
                .title("en", "Out of the lake")
                .lead("en", ""),
            article("without")
                .title("en", "Out lake")
                .lead("en", "")
                .body("en", ""),
        ])
        .await;

        assert_eq!(
            found_set(app, "the lake of ", &["en"]).await,
            ["with", "without"]
        );
        assert_eq!(found(app, "\"of the lake\"", &["en"]).await, ["with"]);
        assert_eq!(found(app, "the of ", &["en"]).await, ["with"]);
    })
    .await;
}

#[tokio::test]
async fn a_word_that_is_two_in_one_language_is_lined_up_with_the_one_it_is_in_another() {
    TestApp::on_each_engine(async |app| {
        let articles = [
            article("siege")
                .only_in(["fr"])
                .title("fr", "L'état de siège"),
            article("other").only_in(["fr"]).title("fr", "Le siège"),
        ];
        app.seed(publication().locales(["en", "fr"]).with(articles))
            .await;

        let found = found(app, "l'état of siege ", &["fr", "en"]).await;

        assert_eq!(found, ["siege"]);
    })
    .await;
}
