//! Ranges of days, as each language writes them.

use chrono::NaiveDate;

use super::{DateRangeStyle, date_range};

/// A day; a week in one month, over two, over two years.
const RANGES: [(&str, &str); 4] = [
    ("2021-02-08", "2021-02-08"),
    ("2021-02-08", "2021-02-14"),
    ("2021-03-29", "2021-04-04"),
    ("2021-12-27", "2022-01-02"),
];

fn written(locale: &str, style: DateRangeStyle) -> [String; 4] {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    RANGES.map(|(first, last)| date_range(locale, style, day(first), day(last)))
}

#[test]
fn a_range_in_words_says_once_what_its_ends_share() {
    for (locale, ranges) in [
        (
            "en",
            [
                "February 8, 2021",
                "February 8 – 14, 2021",
                "March 29 – April 4, 2021",
                "December 27, 2021 – January 2, 2022",
            ],
        ),
        (
            "en-GB",
            [
                "8 February 2021",
                "8 – 14 February 2021",
                "29 March – 4 April 2021",
                "27 December 2021 – 2 January 2022",
            ],
        ),
        (
            "be",
            [
                "8 лютага 2021 г.",
                "8–14 лютага 2021 г.",
                "29 сакавіка – 4 красавіка 2021 г.",
                "27 снежня 2021 г. – 2 студзеня 2022 г.",
            ],
        ),
        (
            "be-tarask",
            [
                "8 лютага 2021 г.",
                "8–14 лютага 2021 г.",
                "29 сакавіка – 4 красавіка 2021 г.",
                "27 снежня 2021 г. – 2 студзеня 2022 г.",
            ],
        ),
        (
            "ru",
            [
                "8 февраля 2021 г.",
                "8–14 февраля 2021 г.",
                "29 марта – 4 апреля 2021 г.",
                "27 декабря 2021 г. – 2 января 2022 г.",
            ],
        ),
        (
            "uk",
            [
                "8 лютого 2021 р.",
                "8–14 лютого 2021 р.",
                "29 березня — 4 квітня 2021 р.",
                "27 грудня 2021 р. — 2 січня 2022 р.",
            ],
        ),
        (
            "lt",
            [
                "2021 m. vasario 8 d.",
                "2021 m. vasario 8–14 d.",
                "2021 m. kovo 29 d. – balandžio 4 d.",
                "2021 m. gruodžio 27 d. – 2022 m. sausio 2 d.",
            ],
        ),
        (
            "pl",
            [
                "8 lutego 2021",
                "8–14 lutego 2021",
                "29 marca – 4 kwietnia 2021",
                "27 grudnia 2021 – 2 stycznia 2022",
            ],
        ),
        (
            "de",
            [
                "8. Februar 2021",
                "8.–14. Februar 2021",
                "29. März – 4. April 2021",
                "27. Dezember 2021 – 2. Januar 2022",
            ],
        ),
        (
            "fr",
            [
                "8 février 2021",
                "8–14 février 2021",
                "29 mars – 4 avril 2021",
                "27 décembre 2021 – 2 janvier 2022",
            ],
        ),
        (
            "es",
            [
                "8 de febrero de 2021",
                "8–14 de febrero de 2021",
                "29 de marzo – 4 de abril de 2021",
                "27 de diciembre de 2021 – 2 de enero de 2022",
            ],
        ),
        (
            "hu",
            [
                "2021. február 8.",
                "2021. február 8–14.",
                "2021. március 29. – április 4.",
                "2021. december 27. – 2022. január 2.",
            ],
        ),
        (
            "sr-Latn",
            [
                "08. februar 2021.",
                "08–14. februar 2021.",
                "29. mart – 04. april 2021.",
                "27. decembar 2021. – 02. januar 2022.",
            ],
        ),
        (
            "ar",
            [
                "8 فبراير 2021",
                "8–14 فبراير 2021",
                "29 مارس – 4 أبريل 2021",
                "27 ديسمبر 2021 – 2 يناير 2022",
            ],
        ),
        (
            "ar-EG",
            [
                "٨ فبراير ٢٠٢١",
                "٨–١٤ فبراير ٢٠٢١",
                "٢٩ مارس – ٤ أبريل ٢٠٢١",
                "٢٧ ديسمبر ٢٠٢١ – ٢ يناير ٢٠٢٢",
            ],
        ),
        (
            "he",
            [
                "8 בפברואר 2021",
                "8–14 בפברואר 2021",
                "29 במרץ – 4 באפריל 2021",
                "27 בדצמבר 2021 – 2 בינואר 2022",
            ],
        ),
        (
            "fa",
            [
                "۸ فوریه ۲۰۲۱",
                "۸ تا ۱۴ فوریه ۲۰۲۱",
                "۲۹ مارس تا ۴ آوریل ۲۰۲۱",
                "۲۷ دسامبر ۲۰۲۱ تا ۲ ژانویه ۲۰۲۲",
            ],
        ),
        (
            "zh",
            [
                "2021年2月8日",
                "2021年2月8日至14日",
                "2021年3月29日至4月4日",
                "2021年12月27日至2022年1月2日",
            ],
        ),
    ] {
        assert_eq!(written(locale, DateRangeStyle::Long), ranges, "{locale}");
    }
}

#[test]
fn a_shorter_range_has_short_names_or_numbers_as_the_language_has_it() {
    for (locale, ranges) in [
        (
            "en",
            [
                "Feb 8, 2021",
                "Feb 8 – 14, 2021",
                "Mar 29 – Apr 4, 2021",
                "Dec 27, 2021 – Jan 2, 2022",
            ],
        ),
        (
            "be",
            [
                "8.02.2021",
                "8.02.2021 – 14.02.2021",
                "29.03.2021 – 4.04.2021",
                "27.12.2021 – 2.01.2022",
            ],
        ),
        (
            "ru",
            [
                "8 февр. 2021 г.",
                "8–14 февр. 2021 г.",
                "29 мар. – 4 апр. 2021 г.",
                "27 дек. 2021 г. – 2 янв. 2022 г.",
            ],
        ),
        (
            "fr",
            [
                "8 févr. 2021",
                "8–14 févr. 2021",
                "29 mars – 4 avr. 2021",
                "27 déc. 2021 – 2 janv. 2022",
            ],
        ),
    ] {
        assert_eq!(written(locale, DateRangeStyle::Medium), ranges, "{locale}");
    }
}

#[test]
fn a_range_in_numbers_has_whole_ends() {
    for (locale, ranges) in [
        (
            "en",
            [
                "2/8/2021",
                "2/8/2021 – 2/14/2021",
                "3/29/2021 – 4/4/2021",
                "12/27/2021 – 1/2/2022",
            ],
        ),
        (
            "be",
            [
                "8.02.2021",
                "8.02.2021 – 14.02.2021",
                "29.03.2021 – 4.04.2021",
                "27.12.2021 – 2.01.2022",
            ],
        ),
        (
            "ru",
            [
                "08.02.2021",
                "08.02.2021 – 14.02.2021",
                "29.03.2021 – 04.04.2021",
                "27.12.2021 – 02.01.2022",
            ],
        ),
        (
            "lt",
            [
                "2021-02-08",
                "2021-02-08 – 2021-02-14",
                "2021-03-29 – 2021-04-04",
                "2021-12-27 – 2022-01-02",
            ],
        ),
        (
            "de",
            [
                "08.02.2021",
                "08.02.2021 – 14.02.2021",
                "29.03.2021 – 04.04.2021",
                "27.12.2021 – 02.01.2022",
            ],
        ),
    ] {
        assert_eq!(written(locale, DateRangeStyle::Short), ranges, "{locale}");
    }
}

#[test]
fn a_month_from_a_day_to_the_same_day_has_both_days() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();

    let range = |locale| {
        date_range(
            locale,
            DateRangeStyle::Long,
            day("2021-03-08"),
            day("2021-04-08"),
        )
    };

    assert_eq!(range("en"), "March 8 – April 8, 2021");
    assert_eq!(range("be"), "8 сакавіка – 8 красавіка 2021 г.");
}

#[test]
fn any_year_and_any_locale_has_a_range() {
    for (first, last) in [("0001-01-01", "0001-01-07"), ("9999-12-25", "9999-12-31")] {
        for locale in ["en", "be", "xx", "th", "ja-u-ca-japanese", "not a tag"] {
            for style in [
                DateRangeStyle::Long,
                DateRangeStyle::Medium,
                DateRangeStyle::Short,
            ] {
                let range =
                    date_range(locale, style, first.parse().unwrap(), last.parse().unwrap());

                assert!(
                    range.contains(last[8..].trim_start_matches('0')),
                    "{locale}: {range}"
                );
            }
        }
    }
}
